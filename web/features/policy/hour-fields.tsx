import { useLingui } from "@lingui/react/macro";
import type { PolicyCondition } from "#contracts/policy";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import css from "./policy-page.module.css";
import { DAYS, isClockTime } from "./rules.ts";
import type { PolicyWords } from "./use-condition-words.ts";

export type HourCondition = Extract<PolicyCondition, { on: "hour" }>;
type Props = { condition: HourCondition; words: PolicyWords; onChange: (condition: HourCondition) => void };

/** From when to when, on which days, by the clock of which place. */
export function HourFields({ condition, words, onChange }: Props) {
  const { t } = useLingui();
  const zones = [...new Set([condition.zone, ...Intl.supportedValuesOf("timeZone")])];
  const time = (label: string, end: "from" | "to") => (
    <TextField
      label={label}
      type="time"
      value={condition[end]}
      fault={isClockTime(condition[end]) ? undefined : t`An hour such as 22:00.`}
      onChange={(event) => onChange({ ...condition, [end]: event.target.value })}
    />
  );
  return (
    <div className={css.hours}>
      <div className={css.hourTimes}>
        {time(t`From`, "from")}
        {time(t`Until`, "to")}
        <Select
          label={t`By the clock of`}
          value={condition.zone}
          options={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          onChange={(zone) => onChange({ ...condition, zone })}
        />
      </div>
      <div className={css.choices}>
        {DAYS.map((day) => (
          <Checkbox
            key={day}
            checked={condition.days.includes(day)}
            onChange={(on) =>
              onChange({
                ...condition,
                days: DAYS.filter((one) => (one === day ? on : condition.days.includes(one))),
              })
            }
          >
            {words.day(day)}
          </Checkbox>
        ))}
      </div>
      {condition.days.length === 0 ? <p className={css.fault}>{t`Choose at least one.`}</p> : null}
    </div>
  );
}
