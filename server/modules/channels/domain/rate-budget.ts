import type { Instant, Millis } from "#platform/clock";
import type { RateRule } from "#shared/capabilities";
import type { Money } from "./money-budget.ts";
import type { Urgency } from "./urgency.ts";

/** Share of every bucket that listening leaves untouched for the answers of agents. */
export const RESERVE_FOR_REPLIES = 0.3;
/** Share of every bucket that other answers leave untouched for those to people in danger. */
export const RESERVE_FOR_CRISIS = 0.1;

/** What is left of one limit of calls. A window that has ended begins again, full, with the next call. */
export interface Bucket {
  limit: number;
  remaining: number;
  /** Null: no window is running. */
  resetAt: Instant | null;
}

/**
 * What may still be called on a channel: the network's limits as its data state them, corrected by what its answers say.
 * A bucket of which nothing is known holds nothing back.
 */
export interface RateBudget {
  /** Milliseconds to wait before a call; 0 when it may go now, and then it is counted. */
  wait(bucket: string, forWhat: Urgency, now: Instant): Millis;
  observe(bucket: string, seen: { limit?: number; remaining?: number; resetAt?: Instant }): void;
  /** The network said no: nothing goes out of this bucket before. */
  block(bucket: string, until: Instant): void;
}

/** One that can be written down and shown. */
export interface KeptBudget extends RateBudget {
  buckets(now: Instant): ReadonlyMap<string, Bucket>;
  /** As another node, or this one before it was started anew, left it. */
  restore(bucket: string, known: Bucket): void;
}

/** What callers of this urgency must leave; at least one call where there are enough to share. */
export function reserveOf(limit: number, forWhat: Urgency): number {
  if (forWhat === "crisis") return 0;
  const forCrisis = limit >= 5 ? Math.max(1, Math.floor(limit * RESERVE_FOR_CRISIS)) : 0;
  return forWhat === "reply" ? forCrisis : Math.max(forCrisis, Math.floor(limit * RESERVE_FOR_REPLIES));
}

/** Windows of the same length told by two answers end within this of one another: networks say it in whole seconds. */
const SAME_WINDOW: Millis = 1_500;
const LONGEST_WINDOW: Millis = 32 * 86_400_000;
const MOST_CALLS = 1_000_000_000;
/** A header's number as one that can be counted with and written down; undefined when it is none. */
const whole = (n: number | undefined, most: number): number | undefined =>
  n !== undefined && Number.isFinite(n) && n >= 0 ? Math.min(Math.floor(n), most) : undefined;
/** A wait is looked at again after this time, whatever it waits for: a limit or a cap may have been raised. */
const LONGEST: Millis = 3_600_000;

export function createRateBudget(rules: readonly RateRule[] = [], money?: Money): KeptBudget {
  const windows = new Map<string, Millis>();
  const buckets = new Map<string, Bucket>();
  const blocked = new Map<string, Instant>();
  const stated = new Map<string, number>();
  const told = new Set<string>();
  /** Further limits of a bucket (a hundred in a quarter of an hour, and ten thousand a day), each under a name of its own. */
  const further = new Map<string, string[]>();
  for (const { bucket, limit, windowMs } of rules) {
    if (limit === undefined || windowMs === undefined) continue;
    const others = further.get(bucket) ?? [];
    const name = buckets.has(bucket) ? `${bucket} (${windowMs / 1_000} s)` : bucket;
    if (name !== bucket) further.set(bucket, [...others, name]);
    buckets.set(name, { limit, remaining: limit, resetAt: null });
    windows.set(name, windowMs);
    stated.set(name, limit);
  }

  /** The bucket as it is at that moment. */
  function current(name: string, now: Instant): Bucket | undefined {
    const bucket = buckets.get(name);
    // No network counts over more than a month: a greater time is a fault of whoever said it, and would shut the bucket for ever.
    if (bucket?.resetAt != null && bucket.resetAt > now + LONGEST_WINDOW) bucket.resetAt = now + LONGEST;
    if (!bucket || bucket.resetAt === null || bucket.resetAt > now) return bucket;
    // What the network itself said of its limit holds until it says something else; else the data hold.
    const limit = told.has(name) ? bucket.limit : (stated.get(name) ?? bucket.limit);
    const begun = windows.has(name) ? { limit, remaining: limit, resetAt: null } : undefined;
    if (begun) buckets.set(name, begun);
    else buckets.delete(name);
    return begun;
  }

  return {
    wait(name, forWhat, now) {
      const until = blocked.get(name) ?? 0;
      if (until > now) return Math.min(until - now, LONGEST);
      const names = [name, ...(further.get(name) ?? [])];
      const waits = names.map((one) => {
        const bucket = current(one, now);
        if (!bucket || bucket.remaining > reserveOf(bucket.limit, forWhat)) return 0;
        return (bucket.resetAt ?? now + (windows.get(one) ?? LONGEST)) - now;
      });
      const wait = Math.max(...waits, money?.wait(name, forWhat, now) ?? 0);
      if (wait > 0) return Math.min(wait, LONGEST);
      for (const one of names) {
        const bucket = buckets.get(one);
        if (!bucket) continue;
        bucket.remaining -= 1;
        bucket.resetAt ??= now + (windows.get(one) ?? 0);
      }
      money?.spend(name, now);
      return 0;
    },
    observe(name, seen) {
      const [limit, remaining] = [whole(seen.limit, MOST_CALLS), whole(seen.remaining, MOST_CALLS)];
      const resetAt = whole(seen.resetAt, Number.MAX_SAFE_INTEGER);
      if (limit === undefined || remaining === undefined || resetAt === undefined) return;
      const known = buckets.get(name);
      const same = known?.resetAt != null && known.limit === limit && Math.abs(known.resetAt - resetAt) < SAME_WINDOW;
      told.add(name);
      // Calls of ours may be under way that this answer does not know of yet.
      buckets.set(name, { limit, remaining: same ? Math.min(known.remaining, remaining) : remaining, resetAt });
    },
    block(name, until) {
      blocked.set(name, until);
    },
    buckets(now) {
      const shown = new Map<string, Bucket>();
      for (const name of [...buckets.keys()]) {
        const bucket = current(name, now);
        const until = blocked.get(name) ?? 0;
        if (bucket) shown.set(name, until > now ? { ...bucket, remaining: 0, resetAt: until } : { ...bucket });
      }
      return shown;
    },
    restore(name, known) {
      const here = buckets.get(name);
      if (!here || here.resetAt === null) buckets.set(name, { ...known });
    },
  };
}

/** The same budget for answers to people in danger: they may use what other answers must leave. */
export function forCrisis(budget: RateBudget): RateBudget {
  return {
    wait: (bucket, forWhat, now) => budget.wait(bucket, forWhat === "reply" ? "crisis" : forWhat, now),
    observe: (bucket, seen) => budget.observe(bucket, seen),
    block: (bucket, until) => budget.block(bucket, until),
  };
}
