import { expect, test } from "vitest";
import { createLimiter } from "./limits.ts";

test("counts within a window, begins anew after it, keeps callers and buckets apart", () => {
  const limiter = createLimiter({ write: { max: 2, windowMs: 1000 }, read: { max: 1, windowMs: 1000 } });
  const take = (who: string, now: number) => limiter.take(who, "write", now);
  expect(take("a", 0)).toEqual({ allowed: true, limit: 2, remaining: 1, resetAt: 1000 });
  expect(take("a", 999)).toMatchObject({ allowed: true, remaining: 0 });
  expect(take("a", 999)).toMatchObject({ allowed: false, remaining: 0, resetAt: 1000 });
  expect(take("b", 999).allowed).toBe(true);
  expect(limiter.take("a", "read", 999).allowed).toBe(true);
  expect(take("a", 1000)).toMatchObject({ allowed: true, remaining: 1, resetAt: 2000 });
});

test("a window of a clock that was set back does not last for ever", () => {
  const limiter = createLimiter({ write: { max: 1, windowMs: 1000 }, read: { max: 1, windowMs: 1000 } });
  limiter.take("a", "write", 1_000_000);
  expect(limiter.take("a", "write", 0).allowed).toBe(true);
});
