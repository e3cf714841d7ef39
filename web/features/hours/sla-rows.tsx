import { Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import type { SlaView } from "#contracts/sla";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./hours-page.module.css";
import { moved, newRow, type RowForm, TARGETS, target } from "./sla-form.ts";
import { useSlaWords } from "./use-sla-words.ts";

type Names = { id: string; name: string }[];
type RowsProps = {
  rows: RowForm[];
  view: SlaView;
  calendars: Names;
  brands: Names;
  onChange: (rows: RowForm[]) => void;
};

/** Promises in their order; the first that fits decides. */
export function SlaRows({ rows, view, calendars, brands, onChange }: RowsProps) {
  const { t } = useLingui();
  const made = useRef(0);
  const set = (place: number, row: RowForm) => onChange(rows.map((one, i) => (i === place ? row : one)));
  const add = () => {
    made.current += 1;
    onChange([...rows, newRow(`new-${made.current}`, t`Promise ${rows.length + 1}`)]);
  };
  const move = (place: number, by: -1 | 1) => {
    onChange(moved(rows, place, by));
    announce(t`Now ${place + by + 1} of ${rows.length}.`);
  };
  const remove = (place: number) => {
    const before = rows;
    onChange(rows.filter((_, i) => i !== place));
    toasts.add({ text: t`Removed from the draft.`, undo: () => onChange(before) });
  };
  return (
    <>
      <h3>
        <Trans>Promises, in this order; the first that fits decides</Trans>
      </h3>
      {rows.length === 0 ? (
        <p className="mid">
          <Trans>None of its own: every queue has the targets below.</Trans>
        </p>
      ) : null}
      {rows.map((row, place) => (
        <SlaRowEditor
          key={row.key}
          row={row}
          {...{ view, calendars, brands }}
          onChange={(next) => set(place, next)}
          acts={
            <>
              {place > 0 ? <Button look="bare" size="small" onClick={() => move(place, -1)}>{t`Up`}</Button> : null}
              {place < rows.length - 1 ? (
                <Button look="bare" size="small" onClick={() => move(place, 1)}>{t`Down`}</Button>
              ) : null}
              <Button
                look="bare"
                size="small"
                icon="close"
                iconOnly
                aria-label={t`Remove ${row.name}`}
                onClick={() => remove(place)}
              />
            </>
          }
        />
      ))}
      <div>
        <Button size="small" icon="plus" onClick={add}>
          <Trans>Add a promise</Trans>
        </Button>
      </div>
    </>
  );
}

type RowProps = Omit<RowsProps, "rows" | "onChange"> & {
  row: RowForm;
  acts: React.ReactNode;
  onChange: (row: RowForm) => void;
};

function SlaRowEditor({ row, view, calendars, brands, acts, onChange }: RowProps) {
  const { t } = useLingui();
  const words = useSlaWords();
  const one = (list: readonly string[]) => list[0] ?? "";
  const any = (label: string) => ({ value: "", label });
  /** One of a kind or any: what is written in a screenful. Lists of several stay as they are. */
  const pick = (
    label: string,
    key: "brandIds" | "queueIds" | "priorities" | "mediums",
    all: string,
    options: Names,
  ) => (
    <Select
      label={label}
      value={row[key].length > 1 ? "several" : one(row[key])}
      options={[
        any(all),
        ...(row[key].length > 1 ? [{ value: "several", label: t`several of them` }] : []),
        ...options.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(value) => value !== "several" && onChange({ ...row, [key]: value === "" ? [] : [value] } as RowForm)}
    />
  );
  const labels = { first: t`First answer`, next: t`Next answers`, resolution: t`Solved` };
  const empties = { first: t`as the queue`, next: t`as the first`, resolution: t`no promise` };
  return (
    <fieldset className={css.slaRow} aria-label={row.name}>
      <div className={css.slaHead}>
        <TextField
          label={t`Name`}
          labelHidden
          value={row.name}
          maxLength={120}
          fault={row.name.trim() === "" ? t`Give it a name.` : undefined}
          onChange={(event) => onChange({ ...row, name: event.target.value })}
        />
        {acts}
      </div>
      <div className={css.slaFor}>
        {pick(t`Brand`, "brandIds", t`any brand`, brands)}
        {pick(t`Queue`, "queueIds", t`any queue`, view.queues)}
        {pick(t`Priority`, "priorities", t`any priority`, words.priorities)}
        {pick(t`Medium`, "mediums", t`any medium`, words.mediums)}
      </div>
      <div className={css.slaTargets}>
        {TARGETS.map((key) => (
          <TextField
            key={key}
            label={labels[key]}
            placeholder={empties[key]}
            value={row[key]}
            fault={target(row[key]) === undefined ? t`Write it like 15 min, 4 h or 2 d.` : undefined}
            onChange={(event) => onChange({ ...row, [key]: event.target.value })}
          />
        ))}
        <Select
          label={t`Counted in`}
          value={row.hours}
          options={[
            { value: "queue", label: t`the queue's hours` },
            { value: "plain", label: t`all time, day and night` },
            ...calendars.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(hours) => onChange({ ...row, hours })}
        />
      </div>
    </fieldset>
  );
}
