import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { Figure } from "#contracts/insights";
import { regionOf } from "../../shared/time/format.ts";
import { type Delta, deltaOf, type Said, sayLength, sayValue } from "./measures.ts";

const DAY = 86_400_000;

/** Values, changes and days of the reports in the reader's language; days are days of the reports' own zone. */
export function useMeasureWords(zone: string) {
  const { t, i18n } = useLingui();
  return useMemo(() => {
    const locale = regionOf(i18n.locale, navigator.languages);
    const numbers = [0, 1].map(
      (digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: digits }),
    );
    const number = (value: number, digits = 0) => numbers[digits ? 1 : 0]!.format(value);
    const day = new Intl.DateTimeFormat(locale, { timeZone: zone, day: "numeric", month: "short" });
    const dated = new Intl.DateTimeFormat(locale, { timeZone: zone, day: "numeric", month: "short", year: "numeric" });
    const moment = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });

    /** The number and its unit apart, as a cell shows them. */
    function parts(said: Exclude<Said, null> | Delta["size"]): { value: string; unit: string } {
      switch (said.unit) {
        case "none":
          return { value: number(said.number), unit: "" };
        case "percent":
          return { value: number(said.number, said.digits), unit: "%" };
        case "points":
          return { value: number(said.number, said.digits), unit: t`points` };
        case "seconds":
          return { value: number(said.number), unit: t`s` };
        case "minutes":
          return { value: number(said.number), unit: t`min` };
        case "hours":
          return said.minutes === 0
            ? { value: number(said.number), unit: t`h` }
            : { value: t`${number(said.number)} h ${String(said.minutes).padStart(2, "0")}`, unit: "" };
        case "days":
          return { value: number(said.number, said.digits), unit: t`days` };
      }
    }
    const joined = (said: Exclude<Said, null> | Delta["size"]) => {
      const { value, unit } = parts(said);
      return unit === "" ? value : `${value} ${unit}`;
    };

    function value(measure: Figure["measure"], raw: number | null): string {
      const said = sayValue(measure, raw);
      return said ? joined(said) : t`too few to tell`;
    }

    /** "+12 %", "−1 min"; "no change". */
    function delta(figure: Parameters<typeof deltaOf>[0]): { text: string; direction: Delta["direction"] } | null {
      const found = deltaOf(figure);
      if (!found) return null;
      if (found.sign === 0) return { text: t`no change`, direction: "neither" };
      return { text: `${found.sign > 0 ? "+" : "−"}${joined(found.size)}`, direction: found.direction };
    }

    /** "22 Nov"; the first instant of a day that ends something is told as the day before it, "to the end of 22 Nov". */
    function until(at: number, now: number): string {
      const soon = at - now < DAY && day.format(at - 1) === day.format(now);
      return soon ? t`midnight` : day.format(at - 1);
    }

    return {
      number,
      parts,
      value,
      delta,
      until,
      length: (ms: number) => joined(sayLength(ms)),
      day: (at: number | string) => day.format(typeof at === "string" ? Date.parse(at) : at),
      dated: (at: number | string) => dated.format(typeof at === "string" ? Date.parse(at) : at),
      moment: (at: number | string) => moment.format(typeof at === "string" ? Date.parse(at) : at),
    };
  }, [i18n.locale, t, zone]);
}
