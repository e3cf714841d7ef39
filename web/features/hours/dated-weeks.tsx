import { Trans, useLingui } from "@lingui/react/macro";
import type { CalendarRuleView } from "#contracts/hours";
import { regionOf } from "../../shared/time/format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { isDate, WEEKDAYS, withDay } from "./calendar-form.ts";
import css from "./hours-page.module.css";
import { Periods } from "./periods.tsx";
import { ZONE_LIST, zoneNames } from "./zones.tsx";

type WeeksProps = { rules: CalendarRuleView[]; onChange: (rules: CalendarRuleView[]) => void };

/** Weeks, each in force from its date until the next begins. What runs over a change is counted by each in its part. */
export function DatedWeeks({ rules, onChange }: WeeksProps) {
  const { t } = useLingui();
  const set = (place: number, rule: CalendarRuleView) => onChange(rules.map((one, i) => (i === place ? rule : one)));
  const add = () => {
    const last = rules.at(-1);
    if (!last) return;
    const next = new Date(Math.max(Date.now(), Date.parse(last.from) || 0) + 7 * 86_400_000);
    const { holidays: _, ...week } = last;
    onChange([...rules, { ...week, from: next.toISOString().slice(0, 10) }]);
  };
  return (
    <>
      {rules.map((rule, place) => (
        <Week
          key={place}
          rule={rule}
          first={place === 0}
          only={rules.length === 1}
          onChange={(one) => set(place, one)}
          onRemove={() => onChange(rules.filter((_, i) => i !== place))}
        />
      ))}
      <div>
        <Button size="small" icon="plus" title={t`From a date on other hours hold`} onClick={add}>
          <Trans>Other hours from a date on</Trans>
        </Button>
      </div>
    </>
  );
}

type WeekProps = {
  rule: CalendarRuleView;
  first: boolean;
  only: boolean;
  onChange: (rule: CalendarRuleView) => void;
  onRemove: () => void;
};

function Week({ rule, first, only, onChange, onRemove }: WeekProps) {
  const { t, i18n } = useLingui();
  const dayName = new Intl.DateTimeFormat(regionOf(i18n.locale, navigator.languages), {
    weekday: "long",
    timeZone: "UTC",
  });
  // 2024-01-01 was a Monday.
  const name = (day: string) => dayName.format(Date.UTC(2024, 0, Number(day)));
  const monday = rule.week["1"] ?? [];
  return (
    <fieldset className={css.week} aria-label={t`Hours from ${rule.from}`}>
      <div className={css.weekHead}>
        <TextField
          type="date"
          label={first ? t`In force from (and before)` : t`In force from`}
          value={rule.from}
          fault={isDate(rule.from) ? undefined : t`Choose a date.`}
          onChange={(event) => onChange({ ...rule, from: event.target.value })}
        />
        <TextField
          label={t`Time zone`}
          value={rule.zone}
          list={ZONE_LIST}
          autoComplete="off"
          spellCheck={false}
          fault={zoneNames.has(rule.zone) ? undefined : t`Choose one of the list.`}
          onChange={(event) => onChange({ ...rule, zone: event.target.value })}
        />
        {only ? null : (
          <Button
            look="bare"
            size="small"
            icon="close"
            iconOnly
            aria-label={t`Remove these hours`}
            onClick={onRemove}
          />
        )}
      </div>
      {WEEKDAYS.map((day) => (
        <div key={day} className={css.day}>
          <span className={css.dayName}>{name(day)}</span>
          <Periods
            of={name(day)}
            periods={(rule.week[day] ?? []) as [string, string][]}
            closedWord={t`closed`}
            onChange={(periods) => onChange(withDay(rule, day, periods))}
          />
          {day === "1" && monday.length > 0 ? (
            <Button
              look="bare"
              size="small"
              onClick={() =>
                onChange(
                  (["2", "3", "4", "5"] as const).reduce((week, other) => withDay(week, other, [...monday]), rule),
                )
              }
            >
              <Trans>Same to Friday</Trans>
            </Button>
          ) : null}
        </div>
      ))}
    </fieldset>
  );
}
