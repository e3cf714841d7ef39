import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../../../shared/ui/button.tsx";
import { TextField } from "../../../shared/ui/field.tsx";
import css from "./voice.module.css";

const SHORTEST = 3;

/** The way past what holds a reply: with a reason that is kept, and only where the brand allows it. */
export function SendAnyway({ allowed, onAnyway }: { allowed: boolean; onAnyway: ((reason: string) => void) | null }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  if (!allowed) return <p className={css.held}>{t`This is held. Change it, or answer in private.`}</p>;
  if (!open)
    return (
      <p className={css.held}>
        <span className="grow">{t`This is held until it is changed.`}</span>
        <Button look="bare" size="small" onClick={() => setOpen(true)}>{t`Send it anyway …`}</Button>
      </p>
    );
  const missing = reason.trim().length < SHORTEST ? t`Write the reason first.` : null;
  return (
    <form
      className={css.held}
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null) onAnyway?.(reason.trim());
      }}
    >
      <span className="grow">
        <TextField
          label={t`Why it may leave as it is; this is kept`}
          value={reason}
          maxLength={500}
          autoFocus
          onChange={(event) => setReason(event.target.value)}
        />
      </span>
      <Button size="small" onClick={() => setOpen(false)}>{t`Cancel`}</Button>
      <Button
        size="small"
        look="stop"
        type="submit"
        refused={missing ?? (onAnyway === null ? t`It cannot be sent now.` : null)}
      >
        {t`Send anyway`}
      </Button>
    </form>
  );
}
