import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { Capabilities } from "#shared/capabilities";
import { useTimeWords } from "../../../shared/time/format.ts";
import css from "./connect.module.css";

/** How often the network lets us call, as it documents it. */
export function Quota({ sheet }: { sheet: Partial<Capabilities> }) {
  const { t, i18n } = useLingui();
  const time = useTimeWords();
  const span = (ms: number) => {
    const minutes = ms / 60_000;
    if (Number.isInteger(minutes) && minutes < 60) return t`${minutes} min`;
    return ms === 3_600_000 ? t`1 h` : time.length(ms);
  };
  const names: Record<string, string> = { read: t`Reading`, write: t`Writing` };
  const known = (sheet.rate ?? []).flatMap(({ bucket, limit, windowMs }) =>
    limit !== undefined && windowMs !== undefined ? [{ bucket, limit, windowMs }] : [],
  );
  const { costs } = sheet;
  const money =
    costs &&
    new Intl.NumberFormat(i18n.locale, { style: "currency", currency: costs.currency, maximumSignificantDigits: 3 });
  return (
    <ul className={css.quota}>
      {money ? (
        Object.entries(costs.microsPerCall).map(([bucket, micros]) => {
          const name = names[bucket] ?? bucket;
          return <li key={`cost ${bucket}`}>{t`${name}: ${money.format(micros / 1_000_000)} a call`}</li>;
        })
      ) : (
        <li>
          <Trans>The network charges nothing for calls.</Trans>
        </li>
      )}
      {known.map(({ bucket, limit, windowMs }) => {
        const name = names[bucket] ?? bucket;
        const calls = plural(limit, { one: "# call", other: "# calls" });
        return <li key={bucket}>{t`${name}: ${calls} in ${span(windowMs)}`}</li>;
      })}
      {known.length === 0 ? (
        <li>
          <Trans>The network names no limit of calls.</Trans>
        </li>
      ) : null}
    </ul>
  );
}
