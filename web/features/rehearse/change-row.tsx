import { useLingui } from "@lingui/react/macro";
import { Button } from "../../shared/ui/button.tsx";
import { Checkbox, type Option, Select, TextField } from "../../shared/ui/field.tsx";
import { type ChangeRow, changeOf, turnedInto, type What } from "./change-rows.ts";
import css from "./rehearse-page.module.css";
import { useChangeWords } from "./use-change-words.ts";

type Named = readonly { id: string; name: string }[];
export type Names = {
  teams: Named;
  agents: Named;
  queues: readonly { id: string; name: string; teamId: string }[];
  skills: Named;
};

type ChangeRowProps = {
  row: ChangeRow;
  /** From 1 on. */
  nth: number;
  names: Names;
  onEdit: (row: ChangeRow) => void;
  onDrop: () => void;
};

const asOptions = (list: Named): Option<string>[] => list.map(({ id, name }) => ({ value: id, label: name }));

/** One change as a sentence of choices. */
export function ChangeFields({ row, nth, names, onEdit, onDrop }: ChangeRowProps) {
  const { t } = useLingui();
  const words = useChangeWords();
  const made = changeOf(row);
  const fault = typeof made === "string" ? words.faults[made] : null;
  const set = (part: Partial<ChangeRow>) => onEdit({ ...row, ...part });
  const listed = <K extends string>(of: Record<K, string>, without?: string) =>
    (Object.keys(of) as K[]).filter((key) => key !== without).map((value) => ({ value, label: of[value] }));
  const pick = (part: "teamId" | "agentId" | "queueId" | "skillId", label: string, list: Named) => (
    <Select label={label} value={row[part]} options={asOptions(list)} onChange={(id) => set({ [part]: id })} />
  );
  const number = (label: string, step = "1") => (
    <TextField
      label={label}
      type="number"
      inputMode="decimal"
      step={step}
      min={0}
      value={row.number}
      fault={made === "number" || made === "tenths" ? fault : null}
      onChange={(event) => set({ number: event.target.value })}
    />
  );
  return (
    <fieldset className={css.change}>
      <legend className={css.legend}>{t`Change ${nth}`}</legend>
      <div className={css.fields}>
        <Select
          label={t`What`}
          value={row.what}
          options={listed<What>(words.kinds)}
          onChange={(what) => onEdit(turnedInto(row, what))}
        />
        {row.what === "people" ? number(t`How many more`) : null}
        {row.what === "absence" || row.what === "join" ? pick("agentId", t`Who`, names.agents) : null}
        {row.what === "people" || row.what === "skill" || row.what === "join"
          ? pick("teamId", t`Team`, names.teams)
          : null}
        {row.what === "skill" || row.what === "ask" ? pick("skillId", t`Skill`, names.skills) : null}
        {row.what === "skill" ? number(t`As well as, of 100`) : null}
        {row.what === "ask" ? (
          <Select
            label={t`How it is asked for`}
            value={row.kind}
            options={[
              { value: "soft", label: t`softly: waiting relaxes it` },
              { value: "hard", label: t`without fail` },
            ]}
            onChange={(kind) => set({ kind })}
          />
        ) : null}
        {row.what === "target" ? (
          <>
            {pick("queueId", t`Queue`, names.queues)}
            <Select
              label={t`Class`}
              value={row.priority}
              options={listed(words.priorities)}
              onChange={(priority) => set({ priority })}
            />
            {number(t`Target, minutes it is open`)}
          </>
        ) : null}
        {row.what === "weight" || row.what === "cap" ? (
          <Select
            label={t`Kind of work`}
            value={row.medium}
            options={listed(words.media, row.what === "weight" ? "phone" : undefined)}
            onChange={(medium) => set({ medium })}
          />
        ) : null}
        {row.what === "weight" ? number(t`Takes of a person's 10`, "0.1") : null}
        {row.what === "cap" ? number(t`At most at a time`) : null}
        {row.what === "people" || row.what === "absence" ? (
          <Daily row={row} onEdit={set} fault={made === "time" ? fault : null} />
        ) : null}
        <Button
          size="small"
          look="bare"
          icon="close"
          className={css.drop}
          onClick={onDrop}
          aria-label={t`Take out change ${nth}`}
        >
          {t`Take out`}
        </Button>
      </div>
      {made === "choice" ? <p className={css.fault}>{fault}</p> : null}
    </fieldset>
  );
}

type DailyProps = { row: ChangeRow; onEdit: (part: Partial<ChangeRow>) => void; fault: string | null };

function Daily({ row, onEdit, fault }: DailyProps) {
  const { t } = useLingui();
  const time = (part: "from" | "to", label: string) => (
    <TextField
      label={label}
      type="time"
      value={row[part]}
      fault={row[part] === "" ? fault : null}
      onChange={(event) => onEdit({ [part]: event.target.value })}
    />
  );
  return (
    <>
      <Checkbox className={css.always} checked={row.always} onChange={(always) => onEdit({ always })}>
        {t`All the time`}
      </Checkbox>
      {row.always ? null : (
        <>
          {time("from", t`Every day from`)}
          {time("to", t`to`)}
        </>
      )}
    </>
  );
}
