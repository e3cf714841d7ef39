import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { EscalationView } from "#contracts/escalation";
import type { Problem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { FetchFault } from "../../shared/ui/fetched.tsx";
import { Select, TextArea } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./escalation.module.css";
import { actOn, agentsQuery, handOn, standDown, touched } from "./escalation-query.ts";

export type Asking = "act" | "hand-on" | "end" | null;
type Props = { of: EscalationView; asking: Asking; onClose: () => void };

export function ActDialogs({ of: e, asking, onClose }: Props) {
  const { t } = useLingui();
  const on = { id: e.id, expectedVersion: e.version };
  const done = (text: string) => () => {
    toasts.add({ text });
    onClose();
  };
  const act = useCommand({ run: actOn, invalidates: touched, onDone: done(t`Noted. No clock runs on it now.`) });
  const hand = useCommand({ run: handOn, invalidates: touched, onDone: done(t`Handed on. They are asked now.`) });
  const end = useCommand({ run: standDown, invalidates: touched, onDone: done(t`Stood down.`) });
  function close(): void {
    for (const one of [act, hand, end]) one.clear();
    onClose();
  }
  return (
    <>
      <Dialog open={asking === "act"} onClose={close} title={t`What was done about it?`} width={460}>
        <WordsForm
          label={t`In a sentence or two`}
          button={t`Say so`}
          busy={act.busy}
          problem={act.problem}
          onSend={(says) => act.send({ ...on, says })}
        />
      </Dialog>
      <Dialog open={asking === "hand-on"} onClose={close} title={t`Hand it on`} width={460}>
        <HandOnForm busy={hand.busy} problem={hand.problem} onSend={(to) => hand.send({ ...on, ...to })} />
      </Dialog>
      <Dialog open={asking === "end"} onClose={close} title={t`Stand down`} width={460}>
        <WordsForm
          label={t`Why is it over?`}
          hint={t`Kept with the escalation. The same matter asks nobody again for a while, unless it gets worse.`}
          button={t`Stand down`}
          busy={end.busy}
          problem={end.problem}
          onSend={(reason) => end.send({ ...on, reason })}
        />
      </Dialog>
    </>
  );
}

type WordsProps = {
  label: string;
  hint?: string;
  button: string;
  busy: boolean;
  problem: Problem | null;
  onSend: (words: string) => void;
};
export function WordsForm({ label, hint, button, busy, problem, onSend }: WordsProps) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (words.trim() && !busy) onSend(words.trim());
  }
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {problem ? <ProblemNotice problem={problem} safe={t`Your words are safe here.`} /> : null}
      <TextArea
        label={label}
        hint={hint}
        rows={3}
        maxLength={500}
        autoFocus
        value={words}
        onChange={(event) => setWords(event.target.value)}
        fault={tried && !words.trim() ? t`Say it in a few words.` : undefined}
      />
      <Button look="primary" type="submit" busy={busy}>
        {button}
      </Button>
    </form>
  );
}

function HandOnForm(props: {
  busy: boolean;
  problem: Problem | null;
  onSend: (to: { agentId: string; reason: string }) => void;
}) {
  const { t } = useLingui();
  const agents = useQuery(agentsQuery);
  const options = (agents.data?.agents ?? [])
    .filter((a) => a.state === "active")
    .map((a) => ({ value: a.id, label: a.name }));
  const [to, setTo] = useState("");
  const [tried, setTried] = useState(false);
  const [reason, setReason] = useState("");
  const agentId = to || options[0]?.value || "";
  const client = useQueryClient();
  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (props.busy) return;
    // Pressed before the list is there, it goes to whom the list will show first.
    const list = agentId ? null : await client.ensureQueryData(agentsQuery).catch(() => null);
    const first = list?.agents.find((one) => one.state === "active")?.id ?? "";
    if (agentId || first) props.onSend({ agentId: agentId || first, reason: reason.trim() });
    else setTried(true);
  }
  return (
    <form className={css.form} onSubmit={(event) => void onSubmit(event)}>
      {props.problem ? <ProblemNotice problem={props.problem} safe={t`Your words are safe here.`} /> : null}
      <FetchFault query={agents} />
      <Select
        label={t`To`}
        options={options}
        value={agentId}
        onChange={setTo}
        fault={tried && !agentId ? t`Choose a colleague.` : undefined}
      />
      <TextArea
        label={t`What they should know`}
        rows={2}
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button look="primary" type="submit" busy={props.busy}>{t`Hand it on`}</Button>
    </form>
  );
}
