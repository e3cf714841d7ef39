import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { RehearsedLine } from "#contracts/rehearse";
import { regionOf, useTimeWords } from "../../shared/time/format.ts";

export type FigureName = keyof RehearsedLine["figures"];
const PARTS: ReadonlySet<FigureName> = new Set(["serviceLevel", "occupancy"]);
const LENGTHS: ReadonlySet<FigureName> = new Set(["waitP50", "waitP90", "waitWorst", "overtime"]);

/** A figure as people read it: a part in percent, a wait as a length, all else as a number. */
export function useFigureWords(): (name: FigureName, value: number | null) => string {
  const { i18n } = useLingui();
  const { length } = useTimeWords();
  return useMemo(() => {
    const locale = regionOf(i18n.locale, navigator.languages);
    const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    return (name, value) => {
      if (value === null) return "–";
      if (PARTS.has(name)) return percent.format(value);
      return LENGTHS.has(name) ? length(value) : number.format(value);
    };
  }, [i18n.locale, length]);
}
