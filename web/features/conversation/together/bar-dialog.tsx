import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { TextField } from "../../../shared/ui/field.tsx";
import { Colleagues } from "./colleagues.tsx";
import css from "./together.module.css";
import type { Named } from "./use-together-acts.ts";

type BarProps = { me: string; onClose: () => void; onBar: (asked: Named & { reason: string }) => void };

/** A complaint in it is about somebody: it is never offered to them again, and what they have of it goes back. */
export default function BarDialog({ me, onClose, onBar }: BarProps) {
  const { t } = useLingui();
  const [who, setWho] = useState<Named | null>(null);
  const [reason, setReason] = useState("");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Keep a colleague away from it`}
      width={480}
      foot={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button
            look="primary"
            refused={who === null ? t`Choose a colleague first.` : reason.trim() ? null : t`It needs a reason.`}
            onClick={() => who && onBar({ ...who, reason: reason.trim() })}
          >
            {who ? t`Keep ${who.name} away` : t`Keep away`}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <TextField
          label={t`Why`}
          hint={t`It stands in the audit log and in the reasons of routing.`}
          value={reason}
          maxLength={500}
          autoFocus
          onChange={(event) => setReason(event.target.value)}
        />
        <Colleagues
          shows={(agent) => agent.agentId !== me}
          empty={t`There is nobody else.`}
          chosen={who?.id ?? null}
          onChoose={setWho}
        />
      </div>
    </Dialog>
  );
}
