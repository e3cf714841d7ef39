import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { WorkRow } from "#contracts/desk";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { TextArea } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./dialogs.module.css";
import { writeNote } from "./wallboard-query.ts";

/** A word of help to whoever has it. Only the team reads it. */
export function NoteDialog({ row, onClose }: { row: WorkRow; onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const name = row.customer.name || row.number;
  const note = useCommand({
    run: writeNote,
    invalidates: () => [["conversation", row.conversationId]],
    onDone: () => {
      toasts.add({ text: t`The note stands in the conversation.` });
      onClose();
    },
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (text.trim() === "" || note.busy) return;
    note.send({ conversationId: row.conversationId, text: text.trim() });
  }
  return (
    <Dialog open onClose={onClose} title={t`Note on ${name}`} width={440}>
      <form className={css.form} onSubmit={onSubmit}>
        {note.problem ? <ProblemNotice problem={note.problem} safe={t`Your words are safe here.`} /> : null}
        <TextArea
          label={row.owner ? t`For ${row.owner.name}` : t`For whoever takes it`}
          hint={t`Only the team reads it.`}
          rows={4}
          maxLength={2_000}
          autoFocus
          value={text}
          fault={tried && text.trim() === "" ? t`Say it in a few words.` : undefined}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" look="note" busy={note.busy}>{t`Add the note`}</Button>
      </form>
    </Dialog>
  );
}
