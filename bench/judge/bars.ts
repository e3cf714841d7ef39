import type { Figures } from "./rows.ts";

/** What a figure has to reach and what would be very good. `lower`: less is better. `field`: what of the answer is scored. */
export interface Bar {
  must?: number;
  aim?: number;
  ambitious?: number;
  lower?: boolean;
}
export type Bars = Record<string, Record<string, Bar>>;

export interface Judged {
  figure: string;
  value: number;
  must: number | null;
  aim: number | null;
  missed: boolean;
  line: string;
}

/** Each figure beside its must and its aim. */
export function compare(figures: Figures, bars: Record<string, Bar> = {}): Judged[] {
  return Object.entries(figures).map(([figure, value]) => {
    const bar = bars[figure];
    const must = bar?.must ?? null;
    const aim = bar?.aim ?? bar?.ambitious ?? null;
    const reached = (goal: number) => (bar?.lower ? value <= goal : value >= goal);
    const missed = must !== null && !reached(must);
    const sign = bar?.lower ? "≤" : "≥";
    const said = [
      must === null ? "" : `must ${sign} ${must} ${missed ? "MISSED" : "reached"}`,
      aim === null ? "" : `aim ${sign} ${aim} ${reached(aim) ? "reached" : "not yet"}`,
    ].filter(Boolean);
    return {
      figure,
      value,
      must,
      aim,
      missed,
      line: `  ${figure.padEnd(30)}${shown(value).padStart(10)}   ${said.join(" · ")}`.trimEnd(),
    };
  });
}

function shown(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Number.isFinite(value) ? value.toFixed(Math.abs(value) > 1 ? 2 : 3) : "–";
}
