import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useSending } from "../../shared/api/use-sending.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./conversation-head.module.css";

type OpenProps = { onClose: () => void; onOpen: (reason: string) => Promise<unknown> };

export default function OpenAgainDialog({ onClose, onOpen }: OpenProps) {
  const { t } = useLingui();
  return (
    <Dialog open onClose={onClose} title={t`Open a new episode`} width={440}>
      <OpenForm onOpen={onOpen} />
    </Dialog>
  );
}

function OpenForm({ onOpen }: Pick<OpenProps, "onOpen">) {
  const { t } = useLingui();
  const [reason, setReason] = useState("");
  const sending = useSending();
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) sending.send(() => onOpen(reason.trim()));
      }}
    >
      {sending.problem ? <ProblemNotice problem={sending.problem} safe={t`Your words are safe here.`} /> : null}
      <TextField
        label={t`Why does it need work?`}
        value={reason}
        maxLength={500}
        autoFocus
        onChange={(event) => setReason(event.target.value)}
        hint={t`The team reads it in the conversation.`}
      />
      <Button
        look="primary"
        type="submit"
        busy={sending.busy}
        refused={reason.trim() ? null : t`Say why first.`}
      >{t`Open it`}</Button>
    </form>
  );
}
