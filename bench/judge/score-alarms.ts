import type { Figures, Row } from "./rows.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Alarms so near to the one before tell the same thing. */
const SAME = 2 * HOUR;
/** The first part of a series is for learning; alarms there are not counted. */
const LEARNING_PART = 0.15;
const LEARNING_ROWS = 750;

/** How many unusual windows have an alarm, and how often one is raised outside of them. */
export function scoreAlarms(truth: readonly Row[], found: readonly Row[], counts: readonly Row[]): Figures {
  let windows = 0;
  let hit = 0;
  let wrong = 0;
  let days = 0;
  for (const [series, rows] of Map.groupBy(counts, (c) => String(c.series))) {
    const times = rows.map((r) => instantOf(r.at));
    const from = times[Math.min(Math.floor(times.length * LEARNING_PART), LEARNING_ROWS)]!;
    const of = truth.filter((t) => t.series === series).map((t) => [instantOf(t.from), instantOf(t.to)] as const);
    const alarms = found
      .filter((f) => f.series === series && instantOf(f.at) >= from)
      .map((f) => instantOf(f.at))
      .sort((a, b) => a - b);
    const inside = (at: number) => of.some(([a, b]) => a <= at && at <= b);
    windows += of.length;
    hit += of.filter(([a, b]) => alarms.some((at) => a <= at && at <= b)).length;
    wrong += alarms.filter((at, i) => (i === 0 || at - alarms[i - 1]! > SAME) && !inside(at)).length;
    days += (times.at(-1)! - from) / DAY;
  }
  return { windows, found_share: hit / (windows || 1), false_alarms_per_series_day: wrong / (days || 1) };
}

function instantOf(value: unknown): number {
  const said = String(value);
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(said) ? said : `${said}Z`);
}
