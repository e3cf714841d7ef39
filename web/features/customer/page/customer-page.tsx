import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { CustomerPage as Page } from "#contracts/customer-page";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Avatar } from "../../../shared/ui/avatar.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { Chip } from "../../../shared/ui/chip.tsx";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { CustomerFacts } from "../facts/customer-facts.tsx";
import { IdentitySection } from "../identity/identity-section.tsx";
import { TwelveMonths } from "../twelve-months.tsx";
import { ConversationNotes } from "./conversation-notes.tsx";
import css from "./customer-page.module.css";
import { HandleList } from "./handle-list.tsx";
import { type EarlierPages, LineOfTime } from "./line-of-time-card.tsx";
import { Matters } from "./matters.tsx";

type CustomerPageProps = { view: Page; earlier: EarlierPages };

/** Everything that is known of one customer, and all that was ever said, on one line of time. */
export function CustomerPage({ view, earlier }: CustomerPageProps) {
  const { t } = useLingui();
  const words = useTimeWords();
  const { name, conversationsHidden: hidden } = view;
  if (view.state === "erased")
    return (
      <EmptyState title={t`This customer was erased`} level={2}>
        {t`What was known and said is gone for good. The page stays, so that old addresses say so.`}
      </EmptyState>
    );
  return (
    <div className={css.page}>
      <header className={css.who}>
        <Avatar name={name} size="large" />
        <div className="grow">
          <h2 className={css.name} tabIndex={-1} data-customer-title>
            <bdi>{name}</bdi>
          </h2>
          <p className="small mid">
            {t`Known since ${words.date(view.firstSeenAt)}, last heard ${words.date(view.lastSeenAt)}`}
          </p>
        </div>
        {view.kind === "organisation" ? <Chip icon="people">{t`Organisation`}</Chip> : null}
      </header>
      {hidden > 0 ? (
        <p className="small mid">
          {t`${plural(hidden, { one: "# conversation lies where you may not read.", other: "# conversations lie where you may not read." })}`}
        </p>
      ) : null}
      <div className={css.columns}>
        <div className={css.main}>
          <Matters conversations={view.conversations} />
          <LineOfTime view={view} pages={earlier} />
        </div>
        <aside className={css.side} aria-label={t`What we know`}>
          <Card>
            <div className={css.facts}>
              <IdentitySection customerId={view.id} level={3} plain={<HandleList handles={view.handles} />} />
              <CustomerFacts
                customerId={view.id}
                facts={view.facts}
                influence={view.influence}
                languages={view.languages}
                mayWrite={view.mayWrite}
                level={3}
              />
              <ConversationNotes notes={view.conversationNotes} conversations={view.conversations} />
              {hidden === 0 ? (
                <section>
                  <h3>{t`Twelve months`}</h3>
                  <TwelveMonths months={view.months} />
                </section>
              ) : null}
            </div>
          </Card>
        </aside>
      </div>
    </div>
  );
}
