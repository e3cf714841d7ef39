import { useLingui } from "@lingui/react/macro";
import { useNow } from "../../shared/time/clock.ts";
import css from "./customer-pane.module.css";
import { type Month, twelveMonths } from "./month-strip.ts";

const STEP = 19.5;
const START = 62;

/** Messages of a year, in public as squares and in private as circles; bigger is more. */
export function TwelveMonths({ months }: { months: readonly Month[] }) {
  const { t, i18n } = useLingui();
  const strip = twelveMonths(months, useNow("minute"));
  const sum = (side: "public" | "private") => strip.reduce((all, month) => all + month[side], 0);
  const [open, closed] = [sum("public"), sum("private")];
  const most = Math.max(1, ...strip.flatMap((month) => [month.public, month.private]));
  const size = (n: number) => (n === 0 ? 0 : 4 + 8 * Math.sqrt(n / most));
  const letter = new Intl.DateTimeFormat(i18n.locale, { month: "narrow", timeZone: "UTC" });
  const x = (place: number) => START + place * STEP + STEP / 2;
  const at = (month: string) => Date.parse(`${month}-15T00:00:00Z`);
  return (
    <svg
      className={css.strip}
      viewBox="0 0 300 62"
      role="img"
      aria-label={t`Messages over twelve months: ${open} in public, ${closed} in private`}
    >
      <text x="0" y="17">{t`Public`}</text>
      <text x="0" y="38">{t`Private`}</text>
      <path d={`M${START} 13H296M${START} 34H296`} className={css.axis} />
      {strip.map((month, place) => {
        const side = size(month.public);
        return (
          <g key={month.month}>
            {side > 0 ? (
              <rect
                x={x(place) - side / 2}
                y={13 - side / 2}
                width={side}
                height={side}
                rx="2"
                className={css.public}
              />
            ) : null}
            {month.private > 0 ? (
              <circle cx={x(place)} cy="34" r={size(month.private) / 2} className={css.private} />
            ) : null}
            <text x={x(place)} y="58" textAnchor="middle">
              {letter.format(at(month.month))}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
