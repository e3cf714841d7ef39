import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { EscalationView } from "#contracts/escalation";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import css from "./escalation.module.css";
import { openQuery, overQuery } from "./escalation-query.ts";
import { SeverityMark } from "./severity-mark.tsx";
import { StateChip } from "./state-chip.tsx";
import { Story } from "./story.tsx";
import { useEscalationWords } from "./use-words.ts";

/** The open ones gravest first, mine marked; one of them beside the list with its clocks and acts. */
export function OpenTab() {
  const { t } = useLingui();
  const query = useQuery(openQuery);
  const over = useQuery(overQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const items = query.data?.items ?? [];
  const past = over.data?.items ?? [];
  const shown = [...items, ...past].find((e) => e.id === chosen) ?? items[0];
  const place = items.findIndex((e) => e.id === shown?.id);
  const to = (step: number) => setChosen(items[Math.max(0, Math.min(items.length - 1, place + step))]?.id ?? null);

  useKeys("screen", [
    { id: "escalation.next", keys: "j", label: t`Next escalation`, group: t`Escalations`, run: () => to(1) },
    { id: "escalation.before", keys: "k", label: t`Escalation before`, group: t`Escalations`, run: () => to(-1) },
  ]);

  return (
    <Fetched query={query}>
      {() =>
        items.length === 0 && past.length === 0 ? (
          <EmptyState title={t`Nothing is escalated`}>
            <Trans>What somebody has to look at in time stands here, with who is asked and until when.</Trans>
          </EmptyState>
        ) : (
          <div className={css.columns}>
            <div className={css.list}>
              {items.length === 0 ? (
                <p className="mid">
                  <Trans>Nothing is open.</Trans>
                </p>
              ) : null}
              <ul className={css.list} aria-label={t`Open escalations`}>
                {items.map((e) => (
                  <Row key={e.id} of={e} current={e.id === shown?.id} onOpen={() => setChosen(e.id)} />
                ))}
              </ul>
              {past.length > 0 ? (
                <details>
                  <summary className="small mid">
                    <Trans>Ended lately</Trans>
                  </summary>
                  <ul className={css.list}>
                    {past.slice(0, 20).map((e) => (
                      <Row key={e.id} of={e} current={e.id === shown?.id} onOpen={() => setChosen(e.id)} />
                    ))}
                  </ul>
                </details>
              ) : null}
            </div>
            {shown ? <Story key={shown.id} of={shown} /> : null}
          </div>
        )
      }
    </Fetched>
  );
}

function Row({ of: e, current, onOpen }: { of: EscalationView; current: boolean; onOpen: () => void }) {
  const words = useEscalationWords();
  return (
    <li>
      <button type="button" className={css.row} aria-current={current} onClick={onOpen}>
        <span className={css.rowHead}>
          <SeverityMark severity={e.severity} />
          <StateChip of={e} />
          {e.dueAt ? (
            <Deadline dueAt={e.dueAt} target={Date.parse(e.dueAt) - Date.parse(e.since)} />
          ) : (
            <span className="small mute">
              <Moment at={e.endedAt ?? e.since} />
            </span>
          )}
        </span>
        <span className={css.says}>
          <ServerWords>{e.says}</ServerWords>
        </span>
        <span className={css.small}>
          <span>{words.trigger(e.trigger)}</span>
          {e.conversation ? <span className="clip">{e.conversation.subject}</span> : null}
        </span>
      </button>
    </li>
  );
}
