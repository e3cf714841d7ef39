import type { Instant } from "#platform/clock";
import { INTERVAL, LEAST, type Reading, type RiseDetector } from "./rise-detector.ts";

/** What a monitor caught in the interval that begins at `at`. */
export interface Slot {
  at: Instant;
  posts: number;
}
export const sensitivities = ["calm", "normal", "keen"] as const;
export type Sensitivity = (typeof sensitivities)[number];
/** Spreads above the usual that are out of the ordinary. `normal` is the measured one (rise-detector); a step apart each way. */
export const LEAST_OF: Readonly<Record<Sensitivity, number>> = { calm: 6.5, normal: LEAST, keen: 3.75 };

/** A rise that the detector saw. */
export interface Rise {
  at: Instant;
  /** Posts that were usual in the quarter of an hour in which it was seen, and those there were. */
  expected: number;
  posts: number;
  strength: number;
  /** When it had been calm again for three hours; null: it lasts. */
  overAt: Instant | null;
}
export interface Followed {
  rises: Rise[];
  /** Over in these intervals though it began before. */
  overAt: Instant | null;
  last: Reading | null;
}

/**
 * Takes a detector through all intervals from `from` to before `to`; those without a row held nothing. What is usual is said of a
 * quarter of an hour, as the strength is.
 */
export function followSeries(detector: RiseDetector, slots: readonly Slot[], from: Instant, to: Instant): Followed {
  const posts = new Map(slots.map((slot) => [slot.at, slot.posts]));
  const rises: Rise[] = [];
  let overAt: Instant | null = null;
  let last: Reading | null = null;
  const lately: { posts: number; expected: number }[] = [];
  for (let at = from; at < to; at += INTERVAL) {
    const count = posts.get(at) ?? 0;
    last = detector.next(at, count);
    lately.push({ posts: count, expected: last.expected });
    if (lately.length > 3) lately.shift();
    if (last.raised) {
      const same = rises.at(-1)?.overAt === null ? rises.pop() : undefined;
      const [posts, expected] = [sum(lately, "posts"), sum(lately, "expected")];
      // One that lasts and grows stronger is the same one, with the figures of its height.
      rises.push({ at: same?.at ?? at, strength: last.strength, overAt: null, posts, expected });
    }
    if (last.over) {
      const open = rises.at(-1);
      if (open && open.overAt === null) open.overAt = at;
      else overAt = at;
    }
  }
  return { rises, overAt, last };
}

const sum = <K extends string>(list: readonly Record<K, number>[], key: K): number =>
  list.reduce((total, one) => total + one[key], 0);

/** The interval an instant lies in. */
export const slotOf = (at: Instant): Instant => Math.floor(at / INTERVAL) * INTERVAL;
