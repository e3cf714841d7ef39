import type { Instant } from "#platform/clock";

/** Share of every bucket that listening leaves untouched for the answers of agents. */
export const RESERVE_FOR_REPLIES = 0.3;

interface Bucket {
  limit: number;
  remaining: number;
  resetAt: Instant;
}

/** What the network's own headers say is left, per bucket. Nothing known means nothing is held back. */
export interface RateBudget {
  /** Milliseconds to wait before a call; 0 when it may go now. `reply` may use the reserve. */
  wait(bucket: string, forWhat: "reply" | "listening", now: Instant): number;
  observe(bucket: string, seen: { limit?: number; remaining?: number; resetAt?: Instant }): void;
  /** The network said no: nothing goes out of this bucket before. */
  block(bucket: string, until: Instant): void;
}

export function createRateBudget(): RateBudget {
  const buckets = new Map<string, Bucket>();
  return {
    wait(name, forWhat, now) {
      const bucket = buckets.get(name);
      if (!bucket || bucket.resetAt <= now) return 0;
      const floor = forWhat === "reply" ? 0 : Math.floor(bucket.limit * RESERVE_FOR_REPLIES);
      if (bucket.remaining > floor) {
        bucket.remaining -= 1;
        return 0;
      }
      return bucket.resetAt - now;
    },
    observe(name, { limit, remaining, resetAt }) {
      if (limit === undefined || remaining === undefined || resetAt === undefined) return;
      if (![limit, remaining, resetAt].every((n) => Number.isFinite(n) && n >= 0)) return;
      buckets.set(name, { limit, remaining, resetAt });
    },
    block(name, until) {
      // Its own word is newer than the window it told of before.
      buckets.set(name, { limit: buckets.get(name)?.limit ?? 0, remaining: 0, resetAt: until });
    },
  };
}
