import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { CrisisView } from "#contracts/escalation";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Select, Switch, TextArea } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { WordsForm } from "./act-dialogs.tsx";
import css from "./escalation.module.css";
import {
  agentsQuery,
  bindConversation,
  changeCrisis,
  crisisQuery,
  endCrisis,
  noteInCrisis,
} from "./escalation-query.ts";
import { Log } from "./story.tsx";
import { useEscalationWords } from "./use-words.ts";

const stale = () => [["crises"], ["alerts"], ["channels"]] as const;

/** A crisis that runs: who speaks, what is paused, the words at hand, the log. */
export function CrisisCard({ crisis: c, leads }: { crisis: CrisisView; leads: boolean }) {
  const { t } = useLingui();
  const words = useEscalationWords();
  const story = useQuery(crisisQuery(c.id));
  const agents = (useQuery(agentsQuery).data?.agents ?? []).filter((a) => a.state === "active");
  const [asking, setAsking] = useState<"end" | "note" | null>(null);
  const [holding, setHolding] = useState<string | null>(null);
  const on = { id: c.id, expectedVersion: c.version };
  const change = useCommand({ run: changeCrisis, invalidates: stale, onDone: () => setHolding(null) });
  const bind = useCommand({ run: bindConversation, invalidates: stale });
  const note = useCommand({ run: noteInCrisis, invalidates: stale, onDone: () => setAsking(null) });
  const end = useCommand({
    run: endCrisis,
    invalidates: stale,
    onDone: () => {
      setAsking(null);
      toasts.add({ text: t`It is over. What was paused goes on.` });
    },
  });
  const problem = change.problem ?? bind.problem;
  function close(): void {
    for (const one of [note, end]) one.clear();
    setAsking(null);
  }
  return (
    <Card
      title={c.topic}
      aside={
        <>
          <span className="small mid">{c.brand}</span>
          {c.paused ? <Chip look="late" icon="warning">{t`Publishing is paused`}</Chip> : null}
        </>
      }
      acts={
        leads ? (
          <>
            <Button size="small" onClick={() => setAsking("note")}>{t`Note`}</Button>
            <Button size="small" onClick={() => setAsking("end")}>{t`Stand down …`}</Button>
          </>
        ) : undefined
      }
    >
      <div className={css.form}>
        {problem ? <ProblemNotice problem={problem} /> : null}
        <p className="mid">
          <Trans>
            Started <Moment at={c.startedAt} /> by {c.startedBy}.
          </Trans>
        </p>
        <div className={css.pair}>
          {leads ? (
            <Select
              label={t`Speaks in public on it`}
              value={c.spokesperson.id}
              options={agents.map((a) => ({ value: a.id, label: a.name }))}
              onChange={(spokespersonId) => change.send({ ...on, spokespersonId })}
            />
          ) : (
            <p>
              <Trans>
                <b>{c.spokesperson.name}</b> speaks in public on it; others answer in private.
              </Trans>
            </p>
          )}
          {leads ? (
            <Switch
              checked={c.paused}
              disabled={change.busy}
              onChange={(pause) => change.send({ ...on, pause })}
            >{t`Publishing is paused, all but theirs`}</Switch>
          ) : null}
        </div>
        {leads ? (
          <div className={css.form}>
            <TextArea
              label={t`Holding statement`}
              hint={t`At hand in the composer of every conversation on the topic. It is never sent by itself.`}
              rows={3}
              maxLength={2_000}
              value={holding ?? c.holding}
              onChange={(event) => setHolding(event.target.value)}
            />
            {holding !== null && holding !== c.holding ? (
              <div>
                <Button
                  busy={change.busy}
                  onClick={() => change.send({ ...on, holding })}
                >{t`Keep these words`}</Button>
              </div>
            ) : null}
          </div>
        ) : c.holding ? (
          <blockquote className={css.quote}>{c.holding}</blockquote>
        ) : null}
        <div>
          <p className="small mid">
            {c.conversations.length === 0
              ? t`No conversation is under the topic yet. Add them from the conversation's menu.`
              : t`Under the topic:`}
          </p>
          <ul className={css.small}>
            {c.conversations.slice(0, 40).map(({ id: conversationId, number }) => (
              <li key={conversationId}>
                <Link to="/desk/$conversationId" params={{ conversationId }}>
                  {number}
                </Link>
                {leads ? (
                  <Button
                    size="small"
                    look="bare"
                    iconOnly
                    icon="close"
                    aria-label={t`Take ${number} out`}
                    onClick={() => bind.send({ ...on, conversationId, bound: false })}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        </div>
        <Log
          label={t`What happened`}
          rows={(story.data?.log ?? []).map((row) => ({ ...row, act: words.act(row.act) })).reverse()}
        />
      </div>
      <Dialog open={asking === "note"} onClose={close} title={t`Note in the log`} width={460}>
        <WordsForm
          label={t`What happened`}
          button={t`Note it`}
          busy={note.busy}
          problem={note.problem}
          onSend={(says) => note.send({ id: c.id, says })}
        />
      </Dialog>
      <Dialog open={asking === "end"} onClose={close} title={t`Stand down`} width={460}>
        <WordsForm
          label={t`What is to be learned of it?`}
          hint={t`Kept with the log. What this crisis paused goes on at once.`}
          button={t`It is over`}
          busy={end.busy}
          problem={end.problem}
          onSend={(review) => end.send({ ...on, review })}
        />
      </Dialog>
    </Card>
  );
}
