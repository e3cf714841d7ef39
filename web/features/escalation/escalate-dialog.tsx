import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Select, TextArea } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./escalation.module.css";
import { raise, touched } from "./escalation-query.ts";
import { useEscalationWords } from "./use-words.ts";

type Props = { conversationId: string; open: boolean; onClose: () => void };

/** "Somebody has to look at this": how grave, and why. */
export default function EscalateDialog({ conversationId, open, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog open={open} onClose={onClose} title={t`Escalate`} width={460}>
      <EscalateForm conversationId={conversationId} onDone={onClose} />
    </Dialog>
  );
}

function EscalateForm({ conversationId, onDone }: { conversationId: string; onDone: () => void }) {
  const { t } = useLingui();
  const words = useEscalationWords();
  const { and } = useLists();
  const [severity, setSeverity] = useState("2");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const send = useCommand({
    run: raise,
    invalidates: touched,
    onDone: (made) => {
      const n = made.paged.length;
      const names = and(made.paged.map((one) => one.name));
      toasts.add({
        text:
          n > 0
            ? t`${plural(n, { one: `Escalated: ${names} is asked now.`, other: `Escalated: ${names} are asked now.` })}`
            : t`Escalated. Nobody can be reached: alarm.`,
      });
      onDone();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason.trim() && !send.busy) send.send({ conversationId, severity: Number(severity), reason: reason.trim() });
  }
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {send.problem ? <ProblemNotice problem={send.problem} safe={t`Your words are safe here.`} /> : null}
      <Select
        label={t`How grave?`}
        hint={t`It decides who is asked, and how soon the next one is.`}
        value={severity}
        options={words.severities.map((label, i) => ({ value: String(i), label }))}
        onChange={setSeverity}
      />
      <TextArea
        label={t`Why?`}
        hint={t`Who is asked reads this first. The customer never sees it.`}
        rows={3}
        maxLength={500}
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        fault={tried && !reason.trim() ? t`Say why, in a few words.` : undefined}
      />
      <Button look="primary" type="submit" busy={send.busy}>{t`Escalate`}</Button>
    </form>
  );
}
