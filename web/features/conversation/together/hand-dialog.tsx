import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useSending } from "../../../shared/api/use-sending.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { TextArea } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import css from "./together.module.css";
import type { Named } from "./use-together-acts.ts";

type HandProps = { to: Named; onClose: () => void; onHand: (note: string) => Promise<unknown> };

/** The work goes to who was asked in, with what they have to know. */
export default function HandDialog({ to, onClose, onHand }: HandProps) {
  const { t } = useLingui();
  const [note, setNote] = useState("");
  const sending = useSending();
  return (
    <Dialog open onClose={onClose} title={t`Hand it over to ${to.name}`} width={460}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          sending.send(() => onHand(note.trim()));
        }}
      >
        {sending.problem ? <ProblemNotice problem={sending.problem} safe={t`Your words are safe here.`} /> : null}
        <TextArea
          label={t`What they have to know`}
          hint={t`It stands as a note, and under For me of ${to.name}. Only the team reads it.`}
          value={note}
          rows={3}
          maxLength={2_000}
          autoFocus
          onChange={(event) => setNote(event.target.value)}
        />
        <p>
          <Button look="primary" type="submit" busy={sending.busy}>{t`Hand it over`}</Button>
        </p>
      </form>
    </Dialog>
  );
}
