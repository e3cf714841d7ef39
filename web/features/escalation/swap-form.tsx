import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { mayDo, useSession } from "../../shared/session/session.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./escalation.module.css";
import { type Person, swapDuty } from "./escalation-query.ts";

const HOUR = 3_600_000;
/** By the reader's clock, in the form of a field. */
function forField(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Somebody stands in for a time: oneself, or whom one names who may. */
export function SwapForm({
  rotaId,
  agents,
  onDone,
}: {
  rotaId: string;
  agents: readonly Person[];
  onDone: () => void;
}) {
  const { t } = useLingui();
  const session = useSession();
  const manages = mayDo(session, "escalation.manage");
  const [agentId, setAgent] = useState(session.agent.id);
  const [from, setFrom] = useState(() => forField(presentMoment()));
  const [to, setTo] = useState(() => forField(presentMoment() + 12 * HOUR));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const wrong = !(Date.parse(to) > Date.parse(from));
  const swap = useCommand({
    run: swapDuty,
    invalidates: () => [["escalations"]],
    onDone: () => {
      toasts.add({ text: t`They stand in.` });
      onDone();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (wrong || swap.busy) return;
    const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    swap.send({ rotaId, ...span, agentId, reason: reason.trim() });
  }
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {swap.problem ? <ProblemNotice problem={swap.problem} /> : null}
      <div className={css.pair}>
        {manages ? (
          <Select
            label={t`Who stands in`}
            value={agentId}
            options={agents.map((a) => ({ value: a.id, label: a.name }))}
            onChange={setAgent}
          />
        ) : null}
        <TextField
          label={t`From, by your clock`}
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          label={t({ message: "To", context: "end of a span" })}
          type="datetime-local"
          value={to}
          onChange={(event) => setTo(event.target.value)}
          fault={tried && wrong ? t`It has to end after it begins.` : undefined}
        />
        <TextField label={t`Why`} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </div>
      <div>
        <Button look="primary" type="submit" busy={swap.busy}>
          {manages ? t`Let them stand in` : t`Take these hours`}
        </Button>
      </div>
    </form>
  );
}
