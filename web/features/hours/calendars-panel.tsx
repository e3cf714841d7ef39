import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CalendarView } from "#contracts/hours";
import { asProblem } from "../../shared/api/problem.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { CalendarEditor } from "./calendar-editor.tsx";
import { newCalendar, weekMinutes } from "./calendar-form.ts";
import css from "./hours-page.module.css";
import { calendarsQuery, slaQuery } from "./hours-query.ts";

const NEW = "new";

/** All calendars on the left, the chosen one on the right. */
export function CalendarsPanel() {
  const { t } = useLingui();
  const calendars = useQuery(calendarsQuery);
  const sla = useQuery(slaQuery);
  const [chosen, setChosen] = useState("");
  if (calendars.isError)
    return (
      <ProblemNotice
        problem={asProblem(calendars.error)}
        acts={<Button size="small" onClick={() => void calendars.refetch()}>{t`Try again`}</Button>}
      />
    );
  if (!calendars.data) return <Skeleton shape="lines" count={6} />;
  const list = calendars.data.calendars;
  const one = list.find((c) => c.id === chosen) ?? list[0];
  const making = chosen === NEW || !one;
  const usedBy = (id: string) =>
    (sla.data?.queues ?? []).filter((queue) => queue.calendarId === id).map((queue) => queue.name);
  const today = new Date().toISOString().slice(0, 10);
  const zone = one?.rules.at(-1)?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className={css.columns}>
      <nav className={css.list} aria-label={t`Calendars`}>
        {list.map((calendar) => (
          <button
            key={calendar.id}
            type="button"
            className={css.choice}
            aria-current={!making && calendar.id === one.id ? "true" : undefined}
            onClick={() => setChosen(calendar.id)}
          >
            <CalendarLine calendar={calendar} usedBy={usedBy(calendar.id)} />
          </button>
        ))}
        <Button icon="plus" size="small" onClick={() => setChosen(NEW)}>
          <Trans>Add a calendar</Trans>
        </Button>
      </nav>
      {making ? (
        <CalendarEditor
          key={NEW}
          view={null}
          first={newCalendar(`${today.slice(0, 4)}-01-01`, zone)}
          onSaved={(made) => setChosen(made.id)}
          onDrop={() => setChosen(one?.id ?? "")}
        />
      ) : (
        <CalendarEditor key={one.id} view={one} first={null} onSaved={() => undefined} onDrop={() => undefined} />
      )}
    </div>
  );
}

function CalendarLine({ calendar, usedBy }: { calendar: CalendarView; usedBy: readonly string[] }) {
  const { t } = useLingui();
  const { list } = useLists();
  const today = new Date().toISOString().slice(0, 10);
  const rule = calendar.rules.findLast((one) => one.from <= today) ?? calendar.rules[0];
  const hours = rule ? Math.round(weekMinutes(rule) / 6) / 10 : 0;
  const queues = list(usedBy);
  return (
    <>
      <span className={css.choiceHead}>
        <b className="clip">
          <bdi>{calendar.name}</bdi>
        </b>
        {calendar.open ? <Chip look="good">{t`open`}</Chip> : <Chip>{t`closed`}</Chip>}
      </span>
      <span className="small mid">{rule ? t`${hours} h a week, ${rule.zone}` : ""}</span>
      {usedBy.length > 0 ? <span className="small mid clip">{t`Queues: ${queues}`}</span> : null}
    </>
  );
}
