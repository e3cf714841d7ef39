import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { Button } from "../../shared/ui/button.tsx";
import { asTime, isTime, type Period, withPeriod } from "./calendar-form.ts";
import css from "./hours-page.module.css";

type PeriodsProps = {
  /** What they belong to, for screen readers: a weekday, a date. */
  of: string;
  periods: readonly Period[];
  closedWord: string;
  onChange: (periods: Period[]) => void;
  /** The least there is: the last one cannot be taken away. */
  least?: number;
};

/** Times from … to, several a day; an end that is not after its start lies on the next day. Typing "9" is enough. */
export function Periods({ of, periods, closedWord, onChange, least = 0 }: PeriodsProps) {
  const { t } = useLingui();
  const box = useRef<HTMLSpanElement>(null);
  const added = useRef(false);
  useEffect(() => {
    // The new one is the last: of its two fields the first.
    if (added.current) [...(box.current?.querySelectorAll("input") ?? [])].at(-2)?.focus();
    added.current = false;
  });
  const set = (place: number, side: 0 | 1, text: string) =>
    onChange(periods.map((one, i) => (i === place ? (side === 0 ? [text, one[1]] : [one[0], text]) : one)));
  return (
    <span className={css.periods} ref={box}>
      {periods.length === 0 ? <span className="mid">{closedWord}</span> : null}
      {periods.map(([from, to], place) => (
        <span key={place} className={css.period}>
          <TimeInput label={t`${of}, from`} value={from} onChange={(text) => set(place, 0, text)} />
          <span aria-hidden="true">–</span>
          <TimeInput label={t`${of}, to`} value={to} onChange={(text) => set(place, 1, text)} />
          {isTime(from) && isTime(to) && to <= from ? <span className="small mid">{t`next day`}</span> : null}
          {periods.length > least ? (
            <Button
              look="bare"
              size="small"
              icon="close"
              iconOnly
              aria-label={t`Remove ${from} to ${to}, ${of}`}
              onClick={() => onChange(periods.filter((_, i) => i !== place))}
            />
          ) : null}
        </span>
      ))}
      {periods.length < 12 ? (
        <Button
          look="bare"
          size="small"
          icon="plus"
          iconOnly
          aria-label={t`Add a time, ${of}`}
          onClick={() => {
            added.current = true;
            onChange(withPeriod(periods));
          }}
        />
      ) : null}
    </span>
  );
}

function TimeInput({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  return (
    <input
      type="text"
      inputMode="numeric"
      className={css.time}
      aria-label={label}
      aria-invalid={isTime(value) ? undefined : true}
      value={value}
      maxLength={5}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => asTime(value) !== value && onChange(asTime(value))}
    />
  );
}
