import type { Figure } from "#contracts/insights";

/** A value split into its number and its unit; the words of the unit are the screen's. Null: too few to tell. */
export type Said =
  | { unit: "none"; number: number; digits: number }
  | { unit: "percent"; number: number; digits: number }
  | { unit: "seconds" | "minutes" | "days"; number: number; digits: number }
  | { unit: "hours"; number: number; minutes: number; digits: number }
  | null;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time as people say it: 45 s, 13 min, 2 h 10, 3.2 days. Takes milliseconds, not below zero. */
export function sayLength(ms: number): Exclude<Said, null> {
  if (ms < 59.5 * SECOND) return { unit: "seconds", number: Math.round(ms / SECOND), digits: 0 };
  if (ms < 59.5 * MINUTE) return { unit: "minutes", number: Math.round(ms / MINUTE), digits: 0 };
  const minutes = Math.round(ms / MINUTE);
  if (minutes < DAY / MINUTE)
    return { unit: "hours", number: Math.floor(minutes / 60), minutes: minutes % 60, digits: 0 };
  const days = ms / DAY;
  return { unit: "days", number: days, digits: days < 10 ? 1 : 0 };
}

/** A figure's value in its unit; shares come as 0…1. */
export function sayValue(measure: Figure["measure"], value: number | null): Said {
  if (value === null || !Number.isFinite(value)) return null;
  if (measure === "count") return { unit: "none", number: Math.round(value), digits: 0 };
  if (measure === "milliseconds") return sayLength(Math.max(0, value));
  const percent = value * 100;
  return { unit: "percent", number: percent, digits: percent === 0 || percent >= 99.95 ? 0 : 1 };
}

export type Direction = "better" | "worse" | "neither";
/** The change against the span before: of counts in per cent, of times as a length, of shares in points. */
export type Delta = {
  sign: -1 | 0 | 1;
  size: Exclude<Said, null> | { unit: "points"; number: number; digits: number };
  direction: Direction;
};

/** Which way is good. A count of what came is neither. */
const GOOD: Record<string, -1 | 1> = {
  backlog: -1,
  "first-response": -1,
  "next-response": -1,
  resolution: -1,
  "approval-time": -1,
  "gratitude-share": 1,
  "settled-share": 1,
  "invites-opened": 1,
  "invites-returned": 1,
  "thanked-share": 1,
  "first-contact-resolution": 1,
  "transfer-share": -1,
};

function sizeOf(measure: Figure["measure"], value: number, before: number): Delta["size"] | null {
  if (measure === "milliseconds") return sayLength(Math.abs(value - before));
  if (measure === "share") return { unit: "points", number: Math.abs(value - before) * 100, digits: 1 };
  if (before === 0) return null;
  const percent = (Math.abs(value - before) / before) * 100;
  return { unit: "percent", number: percent, digits: percent < 10 && percent !== 0 ? 1 : 0 };
}

/** Null when there is nothing to compare with. What rounds to nothing is no change. */
export function deltaOf(figure: Pick<Figure, "key" | "measure" | "value" | "before">): Delta | null {
  const { key, measure, value, before } = figure;
  if (value === null || before === null) return null;
  if (value === before) {
    const nothing = sizeOf(measure, value, value);
    return nothing ? { sign: 0, size: nothing, direction: "neither" } : null;
  }
  const size = sizeOf(measure, value, before);
  if (!size) return null;
  const shown = Number(size.number.toFixed(size.digits)) + ("minutes" in size ? size.minutes : 0);
  const sign = shown === 0 ? 0 : value > before ? 1 : -1;
  const good = Object.hasOwn(GOOD, key) ? GOOD[key] : 0;
  return { sign, size, direction: sign === 0 || !good ? "neither" : sign === good ? "better" : "worse" };
}

/** The way a provisional figure can still go: a customer who comes back takes from what counted as settled, and adds to who came. */
export function mayMove(key: string): "down" | "up" | null {
  if (key === "invites-opened" || key === "invites-returned") return "up";
  return key === "settled-share" || key === "first-contact-resolution" ? "down" : null;
}

/** A key without a name of ours is still shown: "median-wait" → "Median wait". */
export function nameFromKey(key: string): string {
  const words = key.replace(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
