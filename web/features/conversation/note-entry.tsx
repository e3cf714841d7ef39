import { useLingui } from "@lingui/react/macro";
import { Icon } from "../../shared/ui/icon.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import type { NoteEntry } from "./conversation-query.ts";
import css from "./entries.module.css";

/** Yellow, dashed, and it says so: only the team reads it. */
export function NoteItem({ note }: { note: NoteEntry }) {
  const { t } = useLingui();
  return (
    <div className={css.note}>
      <p className={css.noteBy}>
        <Icon name="note" size="small" />
        <bdi>{note.agent.name}</bdi> <Moment at={note.at} /> <span>{t`Only the team sees this`}</span>
      </p>
      <p className={`${css.text} said`} dir="auto">
        {note.text}
      </p>
    </div>
  );
}
