import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card, Facts } from "../../shared/ui/card.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import css from "./book.module.css";
import { Sample } from "./sample.tsx";

export function HardStatesSection() {
  return (
    <>
      <Sample name="Empty">
        <Card label="Work list, empty">
          <EmptyState level={3} title="Nothing waits for you" act={<Button keys="t">Take the most urgent</Button>}>
            While you are available the next offer comes by itself. 38 wait in the team queue.
          </EmptyState>
        </Card>
      </Sample>
      <Sample name="Waiting" note="after 300 ms only">
        <Card label="Work list, loading" flush>
          <Skeleton shape="rows" count={2} />
        </Card>
        <Skeleton shape="cell" count={1} />
      </Sample>
      <Sample name="Lasting states">
        <div className={css.stack}>
          <Banner look="late" title="Instagram wants a new sign-in." acts={<Button size="small">Sign in</Button>}>
            Deaf since 14:44; what was missed is fetched afterwards. Replies wait.
          </Banner>
          <Banner look="soon" title="Frozen at 14:51." acts={<Button size="small">Try now</Button>}>
            Countdowns go on.
          </Banner>
          <Banner look="plain" title="Offline since 14:51.">
            Keep writing. Before anything goes out you see what changed.
          </Banner>
          <Banner look="note" title="Only the team reads this." />
          <Banner look="info" title="Matched: “no signal”, “Leith”." />
          <Banner look="good" title="Aisha passed it with two words changed." />
        </div>
      </Sample>
      <Sample name="Card">
        <Card title="Account" aside={<span className="small mute">read 14:47</span>} level={3}>
          <Facts
            rows={[
              { name: "Plan", value: "Business 5, to Mar 2027" },
              { name: "Bill", value: "£41.20 due 1 Dec" },
            ]}
          />
        </Card>
      </Sample>
    </>
  );
}
