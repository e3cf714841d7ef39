import type { Clock, Millis } from "../clock.ts";

/** Counts in fixed windows, in memory: a brake against trying and flooding, not a promise. */
export interface Limiter {
  /** True while `key` has done it no more than `max` times in the window; counts this time, too. */
  allows(key: string): boolean;
}

const MOST_KEYS = 20_000;

export function createLimiter(clock: Clock, max: number, windowMs: Millis): Limiter {
  let counts = new Map<string, number>();
  let ends = 0;
  return {
    allows(key) {
      const now = clock.now();
      // A flood of keys begins the window anew rather than filling the memory.
      if (now >= ends || counts.size >= MOST_KEYS) {
        counts = new Map();
        ends = now + windowMs;
      }
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= max;
    },
  };
}
