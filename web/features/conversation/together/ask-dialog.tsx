import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { WorkRow } from "#contracts/desk";
import { useSending } from "../../../shared/api/use-sending.ts";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Select, TextField } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Colleagues } from "./colleagues.tsx";
import css from "./together.module.css";
import type { Asked } from "./use-together-acts.ts";

type AskProps = { me: string; work: WorkRow; onClose: () => void; onAsk: (asked: Asked) => Promise<unknown> };

/** Whom to ask in? One press asks; the work stays where it is. */
export default function AskDialog({ me, work, onClose, onAsk }: AskProps) {
  const { t } = useLingui();
  const [kind, setKind] = useState<Asked["kind"]>("consult");
  const [note, setNote] = useState("");
  const sending = useSending();
  const away = new Set([me, work.owner?.id, ...work.guests.map((guest) => guest.id), ...work.barred.map((b) => b.id)]);
  return (
    <Dialog open onClose={onClose} title={t`Ask a colleague in`} width={480}>
      <div className={css.form}>
        {sending.problem ? <ProblemNotice problem={sending.problem} safe={t`Your words are safe here.`} /> : null}
        <Select
          label={t({ message: "For", context: "purpose" })}
          value={kind}
          options={[
            { value: "consult", label: t`advice, perhaps to hand it over` },
            { value: "conference", label: t`a conference of several` },
          ]}
          onChange={setKind}
        />
        <TextField
          label={t`A note for them`}
          hint={t`Only the team reads it.`}
          value={note}
          maxLength={2_000}
          onChange={(event) => setNote(event.target.value)}
        />
        <Colleagues
          shows={(agent) => !away.has(agent.agentId) && (agent.state === "available" || agent.state === "busy")}
          empty={t`No colleague is here now.`}
          busy={sending.busy}
          onChoose={(who) => sending.send(() => onAsk({ ...who, kind, note }))}
        />
      </div>
    </Dialog>
  );
}
