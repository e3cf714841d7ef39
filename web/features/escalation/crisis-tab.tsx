import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { CrisisView } from "#contracts/escalation";
import { useMay } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { CrisisCard } from "./crisis-card.tsx";
import { CrisisStartForm } from "./crisis-start-form.tsx";
import css from "./escalation.module.css";
import { crisesQuery, crisisQuery } from "./escalation-query.ts";
import { Log } from "./story.tsx";
import { useEscalationWords } from "./use-words.ts";

/** The playbook: start it, lead it, end it with what is to be learned. */
export default function CrisisTab() {
  const { t } = useLingui();
  const query = useQuery(crisesQuery);
  const leads = useMay("crisis.lead");
  const asked = useSearch({ strict: false }) as { topic?: string; brand?: string };
  const [starting, setStarting] = useState(leads && typeof asked.topic === "string");
  return (
    <Fetched query={query}>
      {({ crises }) => {
        const running = crises.filter((c) => c.state === "running");
        const past = crises.filter((c) => c.state === "over");
        return (
          <>
            {running.length === 0 && !starting ? (
              <EmptyState
                title={t`No crisis runs`}
                level={3}
                act={
                  leads ? (
                    <Button onClick={() => setStarting(true)}>{t`Start the crisis playbook …`}</Button>
                  ) : undefined
                }
              >
                <Trans>
                  In a crisis one person speaks for the company on its topic, publishing can be paused, and every desk
                  says so. Nothing is ever sent by itself.
                </Trans>
              </EmptyState>
            ) : null}
            {running.map((c) => (
              <CrisisCard key={c.id} crisis={c} leads={leads} />
            ))}
            {running.length > 0 && leads && !starting ? (
              <div>
                <Button onClick={() => setStarting(true)}>{t`Start another …`}</Button>
              </div>
            ) : null}
            {starting ? (
              <Card title={t`Start the crisis playbook`}>
                <CrisisStartForm topic={asked.topic} brandId={asked.brand} onDone={() => setStarting(false)} />
              </Card>
            ) : null}
            {past.length > 0 ? (
              <section className={css.list} aria-label={t`Crises that are over`}>
                <h3 className="small mid">
                  <Trans>Over</Trans>
                </h3>
                {past.map((c) => (
                  <Past key={c.id} crisis={c} />
                ))}
              </section>
            ) : null}
          </>
        );
      }}
    </Fetched>
  );
}

function Past({ crisis }: { crisis: CrisisView }) {
  const { t } = useLingui();
  const words = useEscalationWords();
  const [open, setOpen] = useState(false);
  const story = useQuery({ ...crisisQuery(crisis.id), enabled: open });
  return (
    <details className={css.rung} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={css.rungBody}>
        <span className={css.rowHead}>
          <b>{crisis.topic}</b>
          <span className="small mid">{crisis.brand}</span>
          <span className="small mute">{crisis.endedAt ? <Moment at={crisis.endedAt} /> : null}</span>
        </span>
      </summary>
      <div className={css.rungBody}>
        <p className={css.quote}>{crisis.review}</p>
        <Log
          label={t`What happened`}
          rows={(story.data?.log ?? []).map((row) => ({ ...row, act: words.act(row.act) })).reverse()}
        />
      </div>
    </details>
  );
}
