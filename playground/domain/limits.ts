export type Bucket = "read" | "write";
/** At most `max` calls in a window of `windowMs`. */
export type Limits = Record<Bucket, { max: number; windowMs: number }>;

export const DEFAULT_LIMITS: Limits = {
  write: { max: 300, windowMs: 60_000 },
  read: { max: 1_200, windowMs: 60_000 },
};

export type Verdict = { allowed: boolean; limit: number; remaining: number; resetAt: number };

export type Limiter = { take(who: string, bucket: Bucket, now: number): Verdict; limits: Limits };

/** Fixed windows per caller and bucket, beginning with the first call. */
export function createLimiter(limits: Limits): Limiter {
  const windows = new Map<string, { resetAt: number; used: number }>();
  return {
    limits,
    take(who, bucket, now) {
      const { max, windowMs } = this.limits[bucket];
      const key = `${bucket} ${who}`;
      let window = windows.get(key);
      if (!window || now >= window.resetAt || window.resetAt - now > windowMs) {
        window = { resetAt: now + windowMs, used: 0 };
        windows.set(key, window);
      }
      const allowed = window.used < max;
      if (allowed) window.used++;
      return { allowed, limit: max, remaining: Math.max(0, max - window.used), resetAt: window.resetAt };
    },
  };
}
