import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { withOurDigits } from "../look/direction.ts";
import { span } from "./deadline.ts";

const DAY = 86_400_000;

/** The page's language in the reader's own region, which orders dates: "en" read in Leith is en-GB. */
export function regionOf(language: string, preferred: readonly string[]): string {
  const base = language.split("-")[0] ?? language;
  return withOurDigits(preferred.find((locale) => locale.startsWith(`${base}-`)) ?? (base === "en" ? "en-GB" : base));
}

/** Spans and moments in the reader's language. Moments take epoch ms or an RFC 3339 string. */
export function useTimeWords() {
  const { t, i18n } = useLingui();
  return useMemo(() => {
    const locale = regionOf(i18n.locale, navigator.languages);
    const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const dayTime = new Intl.DateTimeFormat(locale, {
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    const datedDayTime = new Intl.DateTimeFormat(locale, {
      ...{ weekday: "short", day: "numeric", month: "short" },
      ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    });
    const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
    const exact = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" });
    const ms = (moment: number | string) => (typeof moment === "string" ? Date.parse(moment) : moment);

    /** "4:12", "38 min", "2 h 10", "3 days" */
    function length(milliseconds: number): string {
      const said = span(milliseconds);
      if (said.unit === "clock") return `${said.minutes}:${said.seconds}`;
      if (said.unit === "minutes") return t`${said.minutes} min`;
      if (said.unit === "hours") return t`${said.hours} h ${said.minutes}`;
      return said.days === 1 ? t`1 day` : t`${said.days} days`;
    }

    /** "14:46" today, "Thu 14:46" within six days, else "12 Nov 2026". */
    function moment(at: number | string, now: number): string {
      const when = ms(at);
      const sameDay = new Date(when).toDateString() === new Date(now).toDateString();
      if (sameDay) return time.format(when);
      return Math.abs(now - when) < 6 * DAY ? dayTime.format(when) : date.format(when);
    }

    /** To come: "Thu 14:46" within six days; from then on a weekday alone would be taken for an earlier one: "Mon 30 Nov, 09:00". */
    function coming(at: number | string, now: number): string {
      return (ms(at) - now < 6 * DAY ? dayTime : datedDayTime).format(ms(at));
    }

    return {
      length,
      moment,
      coming,
      time: (at: number | string) => time.format(ms(at)),
      weekdayTime: (at: number | string) => dayTime.format(ms(at)),
      date: (at: number | string) => date.format(ms(at)),
      exact: (at: number | string) => exact.format(ms(at)),
    };
  }, [i18n.locale, t]);
}
