import { useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../shared/api/api.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Checkbox, TextArea, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./outcomes.module.css";
import { queuesQuery } from "./queues-query.ts";
import { freeKey, type Outcome, reasonsAsText, reasonsFromText } from "./reasons-text.ts";

type Kept = { outcomes: Outcome[]; needed: string[] };
const outcomesQuery = queryOptions({
  queryKey: ["settings", "desk.outcomes"],
  async queryFn({ signal }): Promise<Kept> {
    const { settings } = await api.get<{ settings: { key: string; value: unknown }[] }>(
      "/api/settings",
      undefined,
      signal,
    );
    const kept = (key: string) => settings.find((one) => one.key === key)?.value;
    return {
      outcomes: (kept("desk.outcomes") ?? []) as Outcome[],
      needed: (kept("desk.reason-needed") ?? []) as string[],
    };
  },
});

/** What may come of work, why, and which queues ask for the reason. */
export default function OutcomesTab() {
  return <Fetched query={useQuery(outcomesQuery)}>{(kept) => <OutcomesForm kept={kept} />}</Fetched>;
}

type Row = { key: string | null; name: string; text: string; before: Outcome["reasons"] };
const rowOf = ({ key, name, reasons }: Outcome): Row => ({ key, name, text: reasonsAsText(reasons), before: reasons });

function OutcomesForm({ kept }: { kept: Kept }) {
  const { t } = useLingui();
  const queues = useQuery(queuesQuery).data?.queues ?? [];
  const [rows, setRows] = useState(() => kept.outcomes.map(rowOf));
  const [needed, setNeeded] = useState(kept.needed);
  const save = useCommand<Kept>({
    async run({ outcomes, needed: queueIds }, commandId) {
      await api.put("/api/settings/desk.outcomes", { value: outcomes }, { commandId: `${commandId}.outcomes` });
      return api.put("/api/settings/desk.reason-needed", { value: queueIds }, { commandId: `${commandId}.needed` });
    },
    invalidates: () => [["settings"], ["conversation"]],
    onDone: () => toasts.add({ text: t`Kept. It counts from now on.` }),
  });
  const change = (place: number, next: Partial<Row>) =>
    setRows(rows.map((row, at) => (at === place ? { ...row, ...next } : row)));
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const outcomes: Outcome[] = [];
    for (const { key, name, text, before } of rows) {
      if (name.trim() === "") continue;
      const reasons = reasonsFromText(text, before);
      const one = { key: key ?? freeKey(name, [...outcomes, ...kept.outcomes]), name: name.trim() };
      outcomes.push(reasons.length > 0 ? { ...one, reasons } : one);
    }
    save.send({ outcomes, needed });
  }
  return (
    <form className={css.form} onSubmit={onSubmit}>
      {save.problem ? <ProblemNotice problem={save.problem} /> : null}
      <div className={css.cards}>
        {rows.map((row, place) => (
          <Card key={row.key ?? `new-${place}`}>
            <div className={css.one}>
              <TextField
                label={t`Outcome`}
                value={row.name}
                maxLength={80}
                onChange={(event) => change(place, { name: event.target.value })}
              />
              <TextArea
                label={t`Reasons`}
                value={row.text}
                rows={Math.min(10, Math.max(2, row.text.split("\n").length + 1))}
                placeholder={t`One a line; what lies below one with a dash before it.`}
                onChange={(event) => change(place, { text: event.target.value })}
              />
              <p>
                <Button
                  size="small"
                  look="bare"
                  refused={rows.length === 1 ? t`One outcome has to stay.` : null}
                  onClick={() => setRows(rows.filter((_, at) => at !== place))}
                >
                  {t`Take it out`}
                </Button>
              </p>
            </div>
          </Card>
        ))}
      </div>
      <p>
        <Button
          icon="plus"
          size="small"
          refused={rows.length >= 40 ? t`More than 40 nobody finds their way in.` : null}
          onClick={() => setRows([...rows, { key: null, name: "", text: "", before: [] }])}
        >{t`Another outcome`}</Button>
      </p>
      {queues.length > 0 ? (
        <fieldset className={css.queues}>
          <legend>{t`Queues in which work ends only with a reason, where its outcome has any`}</legend>
          {queues.map((queue) => (
            <Checkbox
              key={queue.id}
              checked={needed.includes(queue.id)}
              onChange={(on) => setNeeded(on ? [...needed, queue.id] : needed.filter((id) => id !== queue.id))}
            >
              <bdi>{queue.name}</bdi>
            </Checkbox>
          ))}
        </fieldset>
      ) : null}
      <p>
        <Button look="primary" type="submit" busy={save.busy}>
          {t({ message: "Keep it", context: "save" })}
        </Button>
      </p>
    </form>
  );
}
