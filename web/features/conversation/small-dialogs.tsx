import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import css from "./conversation-head.module.css";

type OpenProps = { open: boolean; onClose: () => void; onOpen: (reason: string) => void };

export function OpenAgainDialog({ open, onClose, onOpen }: OpenProps) {
  const { t } = useLingui();
  const [reason, setReason] = useState("");
  return (
    <Dialog open={open} onClose={onClose} title={t`Open a new episode`} width={440}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) onOpen(reason.trim());
        }}
      >
        <TextField
          label={t`Why does it need work?`}
          value={reason}
          maxLength={500}
          autoFocus
          onChange={(event) => setReason(event.target.value)}
          hint={t`The team reads it in the conversation.`}
        />
        <Button look="primary" type="submit" refused={reason.trim() ? null : t`Say why first.`}>{t`Open it`}</Button>
      </form>
    </Dialog>
  );
}
