import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { presentMoment } from "../../shared/time/clock.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import css from "./conversation-head.module.css";
import { forField, fromField } from "./snooze-times.ts";

type SnoozeProps = { open: boolean; onClose: () => void; onSnooze: (until: number) => void };

export function SnoozeUntilDialog({ open, onClose, onSnooze }: SnoozeProps) {
  const { t } = useLingui();
  return (
    <Dialog open={open} onClose={onClose} title={t`Snooze until`} width={380}>
      <SnoozeForm onSnooze={onSnooze} />
    </Dialog>
  );
}

function SnoozeForm({ onSnooze }: Pick<SnoozeProps, "onSnooze">) {
  const { t } = useLingui();
  const [said, setSaid] = useState(() => forField(presentMoment() + 3 * 3_600_000));
  const [tried, setTried] = useState(false);
  const at = fromField(said, presentMoment());
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (at !== null) onSnooze(at);
  }
  return (
    <form onSubmit={onSubmit} className={css.form}>
      <TextField
        label={t`Day and time, by your clock`}
        type="datetime-local"
        value={said}
        autoFocus
        onChange={(event) => setSaid(event.target.value)}
        fault={tried && at === null ? t`Choose a time ahead of now.` : undefined}
        hint={t`If the customer writes before, it comes back at once.`}
      />
      <Button look="primary" type="submit">{t`Snooze`}</Button>
    </form>
  );
}

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
