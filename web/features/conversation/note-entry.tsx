import { useLingui } from "@lingui/react/macro";
import { Icon } from "../../shared/ui/icon.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import type { NoteEntry } from "./conversation-query.ts";
import css from "./entries.module.css";
import { Said } from "./said.tsx";

/** Yellow, dashed, and it says so: only the team reads it. */
export function NoteItem({ note }: { note: NoteEntry }) {
  const { t } = useLingui();
  return (
    <div className={css.note}>
      <p className={css.noteBy}>
        <Icon name="note" size="small" />
        <bdi>{note.saidBy ?? note.agent.name}</bdi> <Moment at={note.at} />{" "}
        <span>
          {note.saidBy
            ? t`From outside, asked by ${note.agent.name}. Only the team sees this`
            : t`Only the team sees this`}
        </span>
      </p>
      {note.about ? (
        <p className={`${css.about} said`} dir="auto">
          {note.about}
        </p>
      ) : null}
      <Said text={note.text} words={note.mentions ?? []} />
    </div>
  );
}
