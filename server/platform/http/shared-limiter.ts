import { createHash } from "node:crypto";
import type { Clock, Millis } from "../clock.ts";
import { type Database, sql, ts } from "../db.ts";
import { createLimiter } from "./limiter.ts";

/** Counts in fixed windows over all processes: for the few pages that strangers may open. */
export interface SharedLimiter {
  /** True while `key` has done it no more than `max` times in the window, wherever; counts this time, too. */
  allows(key: string): Promise<boolean>;
}

/**
 * `name` keeps what is counted apart. Whoever is over the limit in this process alone is refused without a question to the database, so a
 * flood costs it at most `max` writes for each key and window. Where the database cannot be asked, what this process counted decides.
 */
export function createSharedLimiter(
  db: Database,
  clock: Clock,
  name: string,
  max: number,
  windowMs: Millis,
): SharedLimiter {
  const here = createLimiter(clock, max, windowMs);
  return {
    async allows(key) {
      if (!here.allows(key)) return false;
      const now = clock.now();
      const ends = (Math.floor(now / windowMs) + 1) * windowMs;
      // An address is personal: only its digest is kept, and not longer than the window.
      const bucket = createHash("sha256").update(`${name}\0${key}`).digest("base64url");
      const counted = await db
        .asSystem((trx) =>
          sql<{ n: number }>`
            with gone as (delete from rate_window where (bucket, ends_at) in (
              select bucket, ends_at from rate_window where ends_at <= ${ts(now)} order by ends_at limit 20 for update skip locked))
            insert into rate_window as w (bucket, ends_at, n) values (${bucket}, ${ts(ends)}, 1)
            on conflict (bucket, ends_at) do update set n = w.n + 1 returning n`.execute(trx),
        )
        .catch(() => null);
      return (counted?.rows[0]?.n ?? 1) <= max;
    },
  };
}
