import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CalendarView } from "#contracts/hours";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./hours-page.module.css";
import { calendarsQuery, dropHolidays } from "./hours-query.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { useDayWords } from "./use-day-words.ts";

/** Holidays that calendar files brought; a file goes as a whole. */
export function FileDays({ view, draft }: { view: CalendarView; draft: boolean }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const drop = useCommand({
    run: dropHolidays,
    invalidates: () => [calendarsQuery.queryKey],
    onDone: () => toasts.add({ text: t`What the file brought is gone.` }),
    onProblem: () => void client.invalidateQueries({ queryKey: calendarsQuery.queryKey }),
  });
  const first = draft ? t`Save or drop your changes first.` : null;
  return (
    <Card
      title={t`Holidays of files`}
      acts={
        <Button size="small" icon="download" refused={first} onClick={() => setAsking(true)}>
          <Trans>Import a calendar file</Trans>
        </Button>
      }
    >
      <div className={css.grid}>
        {drop.problem ? <ProblemNotice problem={drop.problem} /> : null}
        {view.sources.length === 0 ? (
          <p className="small mid">
            <Trans>None yet. Public holidays come as .ics files from most governments and calendar programs.</Trans>
          </p>
        ) : null}
        {view.sources.map((source) => (
          <section key={source.id} className={css.source} aria-label={source.name}>
            <header className={css.sourceHead}>
              <b className="clip">
                <bdi>{source.name}</bdi>
              </b>
              <span className="small mid">{t`${source.days} days`}</span>
              <span className="grow" />
              <Button
                look="bare"
                size="small"
                busy={drop.busy}
                refused={first}
                onClick={() => drop.send({ id: view.id, sourceId: source.id, expectedVersion: view.version })}
              >
                <Trans>Take them away</Trans>
              </Button>
            </header>
            <DayLines days={view.days.filter((day) => day.sourceId === source.id)} />
          </section>
        ))}
      </div>
      {asking ? <ImportDialog view={view} onClose={() => setAsking(false)} /> : null}
    </Card>
  );
}

function DayLines({ days }: { days: CalendarView["days"] }) {
  const say = useDayWords();
  const today = new Date().toISOString().slice(0, 10);
  const coming = days.filter((day) => day.date >= today);
  const shown = coming.slice(0, 6);
  return (
    <>
      <ul className={css.dayLines}>
        {shown.map((day) => (
          <li key={day.date}>
            <span className="num">{say.date(day.date)}</span>
            <span className="clip">
              <bdi>{day.name}</bdi>
            </span>
            <span className="small mid">{say.what(day)}</span>
          </li>
        ))}
      </ul>
      {coming.length > shown.length ? (
        <p className="small mid">
          <Trans>and {coming.length - shown.length} more to come</Trans>
        </p>
      ) : null}
    </>
  );
}
