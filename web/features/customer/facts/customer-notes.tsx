import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CustomerFacts } from "#contracts/customer-facts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { useSession } from "../../../shared/session/session.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { TextArea } from "../../../shared/ui/field.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { addNote, dropNote, staleOf } from "../customer-query.ts";
import { FactForm } from "./fact-form.tsx";
import css from "./facts.module.css";
import { Section } from "./section.tsx";

type NotesProps = { customerId: string; notes: CustomerFacts["notes"]; mayWrite: boolean; level: 2 | 3 };

/** Notes about the customer, whatever the conversation. Only the team reads them. */
export function CustomerNotes({ customerId, notes, mayWrite, level }: NotesProps) {
  const { t } = useLingui();
  const me = useSession().agent.id;
  const drop = useCommand({ run: dropNote, invalidates: () => staleOf(customerId) });
  if (notes.length === 0 && !mayWrite) return null;
  return (
    <Section
      level={level}
      title={t`Notes`}
      aside={t`only the team`}
      add={mayWrite ? t`Write a note about this customer` : undefined}
      form={(close) => <NoteForm customerId={customerId} onClose={close} />}
    >
      {notes.length === 0 ? <p className="small mid">{t`None yet.`}</p> : null}
      {drop.problem ? <ProblemNotice problem={drop.problem} /> : null}
      <ul className={css.list}>
        {notes.map((one) => (
          <li key={one.id} className={css.note}>
            <p className="said" dir="auto">
              {one.text}
            </p>
            <p className="micro mute">
              <bdi>{one.agent?.name ?? t`A program`}</bdi>, <Moment at={one.at} />
              {mayWrite && one.agent?.id === me ? (
                <Button
                  look="bare"
                  size="small"
                  busy={drop.busy}
                  onClick={() => drop.send({ customerId, noteId: one.id })}
                >{t`Take away`}</Button>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function NoteForm({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const add = useCommand({ run: addNote, invalidates: () => staleOf(customerId), onDone: onClose });
  return (
    <FactForm
      label={t`Write a note about this customer`}
      command={add}
      onClose={onClose}
      refused={text.trim() ? null : t`Write something first.`}
      onSave={() => add.send({ customerId, text: text.trim() })}
    >
      <TextArea
        label={t`Note`}
        labelHidden
        autoFocus
        rows={3}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </FactForm>
  );
}
