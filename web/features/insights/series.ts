import type { Figure } from "#contracts/insights";
import { dayOf, daysBetween } from "./spans.ts";

/** One day of a line; null: nothing to measure on that day. */
export type Day = { at: number; value: number | null };

/** Every day up to now, in order. A count of a day the server does not name is none; a time or a share is unknown. */
export function daysOf(
  figure: Pick<Figure, "series" | "measure">,
  span: { from: number; to: number; asOf: number; zone: string },
): Day[] {
  const known = new Map(figure.series.map((point) => [dayOf(Date.parse(point.at), span.zone), point.value]));
  const missing = figure.measure === "count" ? 0 : null;
  const end = Math.min(span.to, Math.max(span.asOf, span.from + 1));
  return daysBetween(span.from, end, span.zone).map((at) => {
    const value = known.get(dayOf(at, span.zone));
    return { at, value: value === undefined ? missing : value };
  });
}

export type Story = { first: Day; last: Day; low: Day; high: Day } | null;

/** What a line tells in a sentence; null with fewer than two days measured. */
export function storyOf(days: readonly Day[]): Story {
  const known = days.filter((day) => day.value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.length < 2) return null;
  const by = (better: (a: number, b: number) => boolean) =>
    known.reduce((best, day) => (better(day.value ?? 0, best.value ?? 0) ? day : best), first);
  return { first, last, low: by((a, b) => a < b), high: by((a, b) => a > b) };
}

const MINUTE = 60_000;
/** Steps of time that read well: minutes, quarters, hours, days. */
const LENGTHS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1_440, 2_880, 7_200, 14_400].map((min) => min * MINUTE);

/** About three round marks from zero to at least the highest value; the last one is the top of the chart. */
export function marksUpTo(highest: number, measure: Figure["measure"]): number[] {
  const high = Number.isFinite(highest) && highest > 0 ? highest : measure === "milliseconds" ? MINUTE : 1;
  const step = stepFor(high / 3, measure);
  const count = Math.max(1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, place) => place * step);
}

function stepFor(wanted: number, measure: Figure["measure"]): number {
  if (measure === "milliseconds") {
    const found = LENGTHS.find((length) => length >= wanted);
    if (wanted > 20_000 && found) return found;
    if (found) return [1_000, 5_000, 10_000, 20_000].find((length) => length >= wanted) ?? found;
  }
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = ([1, 2, 5, 10].find((part) => part * power >= wanted - 1e-12) ?? 10) * power;
  return measure === "count" ? Math.max(1, step) : step;
}
