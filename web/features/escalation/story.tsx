import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { EscalationView } from "#contracts/escalation";
import { useCommand } from "../../shared/api/use-command.ts";
import { useKeyFor, useKeys } from "../../shared/keys/use-keys.ts";
import { useMay } from "../../shared/session/session.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { ActDialogs, type Asking } from "./act-dialogs.tsx";
import css from "./escalation.module.css";
import { acknowledge, storyQuery, touched } from "./escalation-query.ts";
import { SeverityMark } from "./severity-mark.tsx";
import { StateChip } from "./state-chip.tsx";
import { useEscalationWords } from "./use-words.ts";

/** One escalation: what it is, until when, what can be done, and all that happened. */
export function Story({ of: e }: { of: EscalationView }) {
  const { t } = useLingui();
  const { and } = useLists();
  const words = useEscalationWords();
  const story = useQuery(storyQuery(e.id));
  const leads = useMay("crisis.lead");
  const [asking, setAsking] = useState<Asking>(null);
  const has = useCommand({
    run: acknowledge,
    invalidates: touched,
    onDone: () => toasts.add({ text: t`You have it. Say what you did before its time is over.` }),
  });
  const over = e.state === "over";
  const have = () => has.send({ id: e.id, expectedVersion: e.version });
  const group = t`Escalations`;
  useKeys("screen", [
    {
      id: "escalation.have",
      keys: "h",
      label: t`I have it`,
      group,
      disabled: e.state !== "paging" || has.busy,
      run: have,
    },
    {
      id: "escalation.act",
      keys: "e",
      label: t`Say what was done`,
      group,
      disabled: over || e.state === "acted",
      run: () => setAsking("act"),
    },
    { id: "escalation.hand", keys: "a", label: t`Hand it on`, group, disabled: over, run: () => setAsking("hand-on") },
    { id: "escalation.end", keys: "x", label: t`Stand down`, group, disabled: over, run: () => setAsking("end") },
  ]);
  const keys = {
    have: useKeyFor("escalation.have", "h"),
    act: useKeyFor("escalation.act", "e"),
    hand: useKeyFor("escalation.hand", "a"),
    end: useKeyFor("escalation.end", "x"),
  };

  return (
    <Card label={t`The chosen escalation`}>
      <div className={css.form}>
        <div className={css.rowHead}>
          <SeverityMark severity={e.severity} />
          <StateChip of={e} />
          {e.dueAt ? (
            <Deadline
              dueAt={e.dueAt}
              target={Date.parse(e.dueAt) - Date.parse(e.since)}
              suffix={e.state === "paging" ? t`to acknowledge` : t`to act`}
            />
          ) : null}
        </div>
        <p className={css.says}>
          <ServerWords>{e.says}</ServerWords>
        </p>
        <p className={css.small}>
          <span>{words.trigger(e.trigger)}</span>
          <span>
            <Trans>
              since <Moment at={e.openedAt} />
            </Trans>
          </span>
          {e.seen > 1 ? <span>{t`seen ${e.seen} times`}</span> : null}
          {e.conversation ? (
            <Link to="/desk/$conversationId" params={{ conversationId: e.conversation.id }}>
              {e.conversation.number} <bdi>{e.conversation.subject}</bdi>
            </Link>
          ) : null}
        </p>
        {over ? (
          <p className="mid">{e.endReason}</p>
        ) : (
          <div className={css.acts}>
            {e.state === "paging" ? (
              <Button look="primary" keys={keys.have} busy={has.busy} onClick={have}>{t`I have it`}</Button>
            ) : null}
            {e.state === "acted" ? null : (
              <Button
                look={e.state === "acknowledged" ? "primary" : "quiet"}
                keys={keys.act}
                onClick={() => setAsking("act")}
              >{t`Say what was done`}</Button>
            )}
            <Button keys={keys.hand} onClick={() => setAsking("hand-on")}>{t`Hand it on`}</Button>
            <Button keys={keys.end} onClick={() => setAsking("end")}>{t`Stand down`}</Button>
            {e.severity >= 3 && leads ? (
              <Link to="/escalations" search={{ tab: "crisis" } as never} className={buttonClass("bare")}>
                {t`Is it a crisis?`}
              </Link>
            ) : null}
          </div>
        )}
        {has.problem ? <ProblemNotice problem={has.problem} /> : null}
        {e.holding.length > 0 && !over ? (
          <div>
            <p className="small mid">
              {e.approvers.length > 0
                ? t`Holding statement, released by ${and(e.approvers)}. It is never sent by itself.`
                : t`Holding statement. It is never sent by itself.`}
            </p>
            {e.holding.map((h) => (
              <blockquote key={h.locale} className={css.quote} lang={h.locale}>
                {h.text}
              </blockquote>
            ))}
          </div>
        ) : null}
        <Log
          label={t`What happened`}
          rows={(story.data?.steps ?? []).map((s) => ({ ...s, act: words.act(s.act) })).reverse()}
        />
      </div>
      <ActDialogs of={e} asking={asking} onClose={() => setAsking(null)} />
    </Card>
  );
}

type LogRow = { at: string; act: string; who: string | null; says: string };
/** Newest first: when, what, who, and their words. */
export function Log({ label, rows }: { label: string; rows: readonly LogRow[] }) {
  return (
    <ol className={css.log} aria-label={label}>
      {rows.map((row, i) => (
        <li key={`${row.at} ${rows.length - i}`}>
          <Moment at={row.at} />
          <span>
            <b>{row.act}</b> {row.who} {row.says ? <bdi className="mid">{row.says}</bdi> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
