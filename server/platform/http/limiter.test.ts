import { expect, it } from "vitest";
import { ManualClock } from "../clock.ts";
import { createLimiter } from "./limiter.ts";

it("allows so many in a window, each key for itself, and again in the next", () => {
  const clock = new ManualClock(0);
  const limiter = createLimiter(clock, 2, 1_000);
  expect(["a", "a", "a", "b"].map((key) => limiter.allows(key))).toEqual([true, true, false, true]);
  clock.set(1_000);
  expect(limiter.allows("a")).toBe(true);
});

it("does not fill the memory, whoever floods it", () => {
  const limiter = createLimiter(new ManualClock(0), 1, 1_000);
  for (let i = 0; i < 50_000; i++) limiter.allows(`key ${i}`);
  expect(limiter.allows("key 49999")).toBe(false);
});
