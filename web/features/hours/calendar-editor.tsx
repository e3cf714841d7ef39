import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CalendarView } from "#contracts/hours";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { DraftNotice } from "../../shared/ui/draft-notice.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { type CalendarForm, faultsOf, formOf } from "./calendar-form.ts";
import { DatedWeeks } from "./dated-weeks.tsx";
import { FileDays } from "./file-days.tsx";
import css from "./hours-page.module.css";
import { calendarsQuery, saveCalendar } from "./hours-query.ts";
import { OpenToo } from "./open-too.tsx";
import { SpecialDays } from "./special-days.tsx";
import { useFaultWords } from "./use-fault-words.ts";
import { ZONES, zoneNames } from "./zones.tsx";

type EditorProps = {
  /** Null: it is new, and begins as `first`. */
  view: CalendarView | null;
  first: CalendarForm | null;
  onSaved: (calendar: CalendarView) => void;
  onDrop: () => void;
};

export function CalendarEditor({ view, first, onSaved, onDrop }: EditorProps) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<{ form: CalendarForm; base: number } | null>(null);
  const saved = view ? formOf(view) : (first as CalendarForm);
  const form = draft?.form ?? saved;
  const change = (part: Partial<CalendarForm>) =>
    setDraft({ form: { ...form, ...part }, base: draft?.base ?? view?.version ?? 0 });
  const changed = draft !== null && JSON.stringify(draft.form) !== JSON.stringify(saved);
  return (
    <div className={css.main}>
      <Card title={view ? <bdi>{view.name}</bdi> : t`A new calendar`}>
        <div className={css.grid}>
          <div className={css.name}>
            <TextField
              label={t`Name`}
              value={form.name}
              maxLength={120}
              onChange={(event) => change({ name: event.target.value })}
            />
          </div>
          <DatedWeeks rules={form.rules} onChange={(rules) => change({ rules })} />
        </div>
      </Card>
      <SpecialDays days={form.days} onChange={(days) => change({ days })} />
      {view ? <FileDays view={view} draft={changed} /> : null}
      {ZONES}
      {changed || !view ? (
        <SaveCalendarBar
          view={view}
          form={form}
          base={draft?.base ?? 0}
          onSaved={(calendar) => {
            setDraft(null);
            onSaved(calendar);
          }}
          onDrop={() => {
            setDraft(null);
            onDrop();
          }}
        />
      ) : null}
    </div>
  );
}

type SaveProps = {
  view: CalendarView | null;
  form: CalendarForm;
  base: number;
  onSaved: (calendar: CalendarView) => void;
  onDrop: () => void;
};

function SaveCalendarBar({ view, form, base, onSaved, onDrop }: SaveProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [openToo, setOpenToo] = useState(false);
  const words = useFaultWords();
  const save = useCommand({
    run: saveCalendar,
    onDone: (calendar) => {
      client.setQueryData(calendarsQuery.queryKey, (old) => {
        if (!old) return old;
        const others = old.calendars.filter((one) => one.id !== calendar.id);
        return { calendars: [...others, calendar].sort((a, b) => a.name.localeCompare(b.name)) };
      });
      onSaved(calendar);
      toasts.add({ text: t`${calendar.name} is saved.` });
    },
    onProblem: (problem) => {
      if (problem.kind === "conflict") void client.invalidateQueries({ queryKey: calendarsQuery.queryKey });
    },
  });
  const overtaken = view !== null && base !== view.version;
  const [fault] = faultsOf(form, zoneNames);
  return (
    <section className={css.save} aria-label={t`Save`}>
      <DraftNotice
        overtaken={overtaken ? t`Somebody else changed this calendar meanwhile.` : null}
        onDrop={onDrop}
        problem={save.problem}
      />
      <div className={css.saveRow}>
        {view ? <OpenToo value={openToo} onChange={setOpenToo} /> : <p className="grow" />}
        <Button look="bare" onClick={onDrop}>
          <Trans>Drop the changes</Trans>
        </Button>
        <Button
          look="primary"
          busy={save.busy}
          refused={
            fault ? words(fault) : overtaken ? t`Decide first what becomes of the change of somebody else.` : null
          }
          onClick={() => save.send({ id: view?.id ?? null, form, expectedVersion: base, openToo })}
        >
          <Trans>Save the calendar</Trans>
        </Button>
      </div>
    </section>
  );
}
