import { useState } from "react";
import { Problem } from "../../shared/api/problem.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { DraftNotice } from "../../shared/ui/draft-notice.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { SkipLink } from "../../shared/ui/skip-link.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import WhenDialog from "../../shared/ui/when-dialog.tsx";
import css from "./book.module.css";
import { Sample } from "./sample.tsx";

const broke = new Problem({
  ...{ kind: "failed", type: "about:blank", status: 500, code: "internal", traceId: "4f1c0a9e7d2b" },
  ...{ title: "The server broke while it did this.", detail: "Nothing was changed." },
});
const notRead = new Problem({ kind: "offline", type: "about:blank", status: 0, code: "not-read", title: "" });
const taken = new Problem({
  ...{ kind: "refused", type: "about:blank", status: 422, code: "name-taken" },
  title: "A queue of this name is there already.",
});
const none = () => {};
const read = { refetch: none };

/** Lists that are fetched, drafts that were overtaken, times in words, and what only some people hear or see. */
export function LastingSection() {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Sample name="Fetched" note="waits, failed, not read, old, there">
        <div className={css.stack}>
          <Fetched query={{ ...read, data: undefined, error: null }}>{words}</Fetched>
          <Fetched query={{ ...read, data: undefined, error: broke }}>{words}</Fetched>
          <Fetched query={{ ...read, data: undefined, error: notRead }}>{words}</Fetched>
          <Fetched query={{ ...read, data: "What was read before stays.", error: broke }}>{words}</Fetched>
          <Fetched query={{ ...read, data: "Three queues.", error: null }}>{words}</Fetched>
        </div>
      </Sample>
      <Sample name="A draft that is not saved" note="overtaken, refused">
        <div className={css.stack}>
          <DraftNotice overtaken="Marek saved version 4 meanwhile." onDrop={none} onKeep={none} problem={null} />
          <DraftNotice overtaken={null} onDrop={none} problem={taken} />
        </div>
      </Sample>
      <Sample name="A time in words; heard, not seen" note="the skip link shows with the focus">
        <div className={css.flow}>
          <Button look="soft" onClick={() => setAsking(true)}>
            Snooze…
          </Button>
          <Button look="soft" onClick={() => announce("Taken: Ines Rocha.")}>
            Say it<VisuallyHidden> to a screen reader</VisuallyHidden>
          </Button>
          <SkipLink to="main">Skip to the page</SkipLink>
        </div>
        {asking ? (
          <WhenDialog
            title="Snooze until"
            act="Snooze"
            hint="It comes back by itself."
            onClose={() => setAsking(false)}
            onChoose={async (at) => {
              setAsking(false);
              toasts.add({ text: `Snoozed until ${new Date(at).toISOString()}` });
            }}
          />
        ) : null}
      </Sample>
    </>
  );
}

const words = (said: string) => <p className="small">{said}</p>;
