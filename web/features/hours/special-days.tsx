import { Trans, useLingui } from "@lingui/react/macro";
import type { SpecialDayView } from "#contracts/hours";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { type DayKind, isDate, kindOf, type Period, withKind } from "./calendar-form.ts";
import css from "./hours-page.module.css";
import { Periods } from "./periods.tsx";

type DaysProps = { days: SpecialDayView[]; onChange: (days: SpecialDayView[]) => void };

/** Holidays, half days and other hours on one day, entered by hand; they count before what a file brought. */
export function SpecialDays({ days, onChange }: DaysProps) {
  const { t } = useLingui();
  const set = (place: number, day: SpecialDayView) => onChange(days.map((one, i) => (i === place ? day : one)));
  const add = () => onChange([...days, { date: "", name: "", hours: [], closed: [] }]);
  return (
    <Card
      title={t`Special days`}
      acts={
        <Button size="small" icon="plus" onClick={add}>
          <Trans>Add a day</Trans>
        </Button>
      }
    >
      <div className={css.grid}>
        {days.length === 0 ? (
          <p className="small mid">
            <Trans>None by hand. A day entered here counts before what a file says of it.</Trans>
          </p>
        ) : null}
        {days.map((day, place) => (
          <fieldset key={place} className={css.special} aria-label={day.name || day.date || t`A special day`}>
            <TextField
              type="date"
              label={t`Date`}
              value={day.date}
              fault={isDate(day.date) ? undefined : t`Choose a date.`}
              onChange={(event) => set(place, { ...day, date: event.target.value })}
            />
            <TextField
              label={t`Name`}
              value={day.name}
              maxLength={200}
              onChange={(event) => set(place, { ...day, name: event.target.value })}
            />
            <Select<DayKind>
              label={t`What is different`}
              value={kindOf(day)}
              options={[
                { value: "closed", label: t`Closed all day` },
                { value: "hours", label: t`Open at other hours` },
                { value: "part", label: t`Closed in a part` },
              ]}
              onChange={(kind) => set(place, withKind(day, kind))}
            />
            <Button
              look="bare"
              size="small"
              icon="close"
              iconOnly
              className={css.specialDrop ?? ""}
              aria-label={t`Remove ${day.name || day.date}`}
              onClick={() => onChange(days.filter((_, i) => i !== place))}
            />
            {kindOf(day) === "closed" ? null : (
              <span className={css.specialTimes}>
                <span className="small mid">
                  {kindOf(day) === "hours" ? t({ message: "Open", context: "opening hours" }) : t`Closed`}
                </span>
                <Periods
                  of={day.name || day.date}
                  least={1}
                  closedWord=""
                  periods={(kindOf(day) === "hours" ? (day.hours ?? []) : day.closed) as Period[]}
                  onChange={(periods) =>
                    set(place, kindOf(day) === "hours" ? { ...day, hours: periods } : { ...day, closed: periods })
                  }
                />
              </span>
            )}
          </fieldset>
        ))}
      </div>
    </Card>
  );
}
