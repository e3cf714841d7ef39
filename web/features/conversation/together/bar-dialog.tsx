import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useSending } from "../../../shared/api/use-sending.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { TextField } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Colleagues } from "./colleagues.tsx";
import css from "./together.module.css";
import type { Named } from "./use-together-acts.ts";

type BarProps = { me: string; onClose: () => void; onBar: (asked: Named & { reason: string }) => Promise<unknown> };

/** A complaint in it is about somebody: it is never offered to them again, and what they have of it goes back. */
export default function BarDialog({ me, onClose, onBar }: BarProps) {
  const { t } = useLingui();
  const [who, setWho] = useState<Named | null>(null);
  const [reason, setReason] = useState("");
  const sending = useSending();
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
            busy={sending.busy}
            onClick={() => who && sending.send(() => onBar({ ...who, reason: reason.trim() }))}
          >
            {who ? t`Keep ${who.name} away` : t`Keep away`}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        {sending.problem ? <ProblemNotice problem={sending.problem} safe={t`Your words are safe here.`} /> : null}
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
