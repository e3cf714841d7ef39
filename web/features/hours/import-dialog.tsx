import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CalendarView, HolidayPreviewView } from "#contracts/hours";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Checkbox, TextArea, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./hours-page.module.css";
import { calendarsQuery, previewHolidays, takeHolidays } from "./hours-query.ts";
import { OpenToo } from "./open-too.tsx";
import { useDayWords } from "./use-day-words.ts";
import { useNotTakenWords } from "./use-not-taken-words.ts";

/** First what the file would close, then, day by day, what is taken of it. */
export function ImportDialog({ view, onClose }: { view: CalendarView; onClose: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [text, setText] = useState("");
  const [fileName, setFileName] = useState("");
  const [name, setName] = useState("");
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [openToo, setOpenToo] = useState(false);
  const look = useCommand({
    run: previewHolidays,
    onDone: (found) => {
      setName(found.name ?? fileName.replace(/\.ics$/i, "") ?? "");
      setWithout(new Set());
    },
  });
  const take = useCommand({
    run: takeHolidays,
    invalidates: () => [calendarsQuery.queryKey],
    onDone: ({ taken, changed }) => {
      toasts.add({ text: changed ? t`${taken} days are taken.` : t`All of them were there already: nothing changed.` });
      onClose();
    },
    onProblem: () => void client.invalidateQueries({ queryKey: calendarsQuery.queryKey }),
  });
  const found = look.answer;
  const days = found?.days.filter((day) => !without.has(day.date)).length ?? 0;
  return (
    <Dialog
      open
      onClose={onClose}
      width={640}
      title={t`Import holidays`}
      foot={
        found ? (
          <>
            <Button onClick={() => look.clear()}>
              <Trans>Another file</Trans>
            </Button>
            <Button
              look="primary"
              busy={take.busy}
              refused={days === 0 ? t`No day is chosen.` : name.trim() === "" ? t`Give the file a name.` : null}
              onClick={() =>
                take.send({
                  ...{ id: view.id, name, text, without: [...without], expectedVersion: view.version, openToo },
                })
              }
            >
              {t`${plural(days, { one: "Take # day", other: "Take # days" })}`}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button
              look="primary"
              busy={look.busy}
              refused={text.trim() === "" ? t`Choose a file, or paste its text.` : null}
              onClick={() => look.send({ id: view.id, text })}
            >
              <Trans>Show the days</Trans>
            </Button>
          </>
        )
      }
    >
      <div className={css.grid}>
        {look.problem ? <ProblemNotice problem={look.problem} /> : null}
        {take.problem ? <ProblemNotice problem={take.problem} /> : null}
        {found ? (
          <Found found={found} without={without} onWithout={setWithout} name={name} onName={setName} />
        ) : (
          <>
            <label className={css.file}>
              <span className="small mid">
                <Trans>Calendar file (.ics)</Trans>
              </span>
              <input
                type="file"
                accept=".ics,text/calendar"
                onChange={(event) => {
                  const file = event.target.files?.[0];
                  if (!file) return;
                  setFileName(file.name);
                  void file.text().then(setText);
                }}
              />
            </label>
            <TextArea
              label={t`or its text`}
              rows={6}
              dir="ltr"
              spellCheck={false}
              value={text}
              placeholder="BEGIN:VCALENDAR …"
              onChange={(event) => setText(event.target.value)}
            />
          </>
        )}
        {found ? <OpenToo value={openToo} onChange={setOpenToo} /> : null}
      </div>
    </Dialog>
  );
}

type FoundProps = {
  found: HolidayPreviewView;
  without: ReadonlySet<string>;
  onWithout: (dates: ReadonlySet<string>) => void;
  name: string;
  onName: (name: string) => void;
};

function Found({ found, without, onWithout, name, onName }: FoundProps) {
  const { t } = useLingui();
  const say = useDayWords();
  const why = useNotTakenWords();
  const known = new Set(found.known);
  const toggle = (date: string, on: boolean) => {
    const next = new Set(without);
    if (on) next.delete(date);
    else next.add(date);
    onWithout(next);
  };
  return (
    <>
      <TextField
        label={t`Name of this file`}
        hint={t`A file of the same name replaces what it brought before.`}
        value={name}
        maxLength={120}
        onChange={(event) => onName(event.target.value)}
      />
      {found.days.length === 0 ? (
        <p>
          <Trans>This file closes no day between last year and the fifth year from now.</Trans>
        </p>
      ) : (
        <ul className={css.found} aria-label={t`Days of the file`}>
          {found.days.map((day) => (
            <li key={day.date}>
              <Checkbox checked={!without.has(day.date)} onChange={(on) => toggle(day.date, on)}>
                <span className="num">{say.date(day.date)}</span> <bdi>{day.name}</bdi>
              </Checkbox>
              <span className="grow" />
              {known.has(day.date) ? <Chip>{t`known`}</Chip> : null}
              <span className="small mid">{say.what(day)}</span>
            </li>
          ))}
        </ul>
      )}
      {found.notTaken.length > 0 ? (
        <details>
          <summary className="small">
            {t`${plural(found.notTaken.length, { one: "# entry is not taken", other: "# entries are not taken" })}`}
          </summary>
          <ul className="small mid">
            {found.notTaken.map((one) => (
              <li key={`${one.code} ${one.title}`}>
                <bdi>{one.title ?? t`An event without a name`}</bdi>: {why(one)}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}
