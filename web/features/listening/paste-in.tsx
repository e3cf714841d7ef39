import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Select, TextArea } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./listening.module.css";
import { adoptQuery, type QueryAdopted } from "./monitors-query.ts";
import { QueryFault } from "./query-fault.tsx";

type Tool = "any" | "x" | "brandwatch" | "meltwater" | "talkwalker";

/** A query of another listening tool, put into our language; what had to be said otherwise is told before it is taken. */
export function PasteIn({ onTake }: { onTake: (query: string) => void }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [given, setGiven] = useState("");
  const [tool, setTool] = useState<Tool>("any");
  const [adopted, setAdopted] = useState<QueryAdopted | null>(null);
  const adopt = useCommand<{ query: string; tool: Tool }, QueryAdopted>({
    run: (asked, commandId) => adoptQuery(asked, commandId),
    onDone: setAdopted,
  });
  const effect = { changed: t`said otherwise`, wider: t`finds more`, narrower: t`finds less` };
  const close = () => {
    setOpen(false);
    setAdopted(null);
  };
  return (
    <>
      <div>
        <Button look="bare" size="small" onClick={() => setOpen(true)}>
          {t`Paste a query of another tool`}
        </Button>
      </div>
      <Dialog
        open={open}
        onClose={close}
        title={t`A query of another tool`}
        width={640}
        foot={
          <>
            <Button onClick={close}>{t`Cancel`}</Button>
            {adopted && adopted.query !== "" ? (
              <Button
                look="primary"
                onClick={() => {
                  onTake(adopted.query);
                  close();
                }}
              >
                {t({ message: "Take it over", context: "query" })}
              </Button>
            ) : (
              <Button
                look="primary"
                busy={adopt.busy}
                refused={given.trim() === "" ? t`Paste the query first.` : null}
                onClick={() => adopt.send({ query: given, tool })}
              >{t`Put it into our language`}</Button>
            )}
          </>
        }
      >
        <div className={css.editor}>
          <Select
            label={t`Where it comes from`}
            value={tool}
            options={[
              { value: "any", label: t`Find out` },
              { value: "x", label: "X" },
              { value: "brandwatch", label: "Brandwatch" },
              { value: "meltwater", label: "Meltwater" },
              { value: "talkwalker", label: "Talkwalker" },
            ]}
            onChange={(value) => {
              setTool(value);
              setAdopted(null);
            }}
          />
          <TextArea
            label={t`The query`}
            rows={5}
            value={given}
            onChange={(event) => {
              setGiven(event.target.value);
              setAdopted(null);
            }}
          />
          {adopt.problem ? <ProblemNotice problem={adopt.problem} /> : null}
          {adopted ? (
            <div role="status" className={css.editor}>
              <p className={css.label}>{t`In our language`}</p>
              <code className={css.adopted}>{adopted.query}</code>
              {adopted.fault ? (
                <p className={css.fault}>
                  <QueryFault fault={adopted.fault} />
                </p>
              ) : null}
              {adopted.notes.length > 0 ? (
                <ul className={css.notes}>
                  {adopted.notes.map((note) => (
                    <li key={`${note.at} ${note.text}`}>
                      <code>{note.text}</code> <b>{effect[note.code]}</b> <ServerWords>{note.says}</ServerWords>
                    </li>
                  ))}
                </ul>
              ) : null}
            </div>
          ) : null}
        </div>
      </Dialog>
    </>
  );
}
