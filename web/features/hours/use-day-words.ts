import { useLingui } from "@lingui/react/macro";
import type { SpecialDayView } from "#contracts/hours";
import { useLists } from "../../shared/text/use-lists.ts";
import { regionOf } from "../../shared/time/format.ts";

/** A special day in words: "Thu, 24 Dec 2026", "closed 12:00–24:00". */
export function useDayWords() {
  const { t, i18n } = useLingui();
  const { list } = useLists();
  const format = new Intl.DateTimeFormat(regionOf(i18n.locale, navigator.languages), {
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" },
  });
  const spans = (all: readonly (readonly string[])[]) => list(all.map(([from, to]) => `${from}–${to}`));
  return {
    date: (date: string) => format.format(Date.parse(`${date}T00:00:00Z`)),
    what: (day: Pick<SpecialDayView, "hours" | "closed">) => {
      if (day.closed.length > 0) {
        const times = spans(day.closed);
        return t`closed ${times}`;
      }
      if (!day.hours || day.hours.length === 0) return t`closed all day`;
      const times = spans(day.hours);
      return t`open ${times}`;
    },
  };
}
