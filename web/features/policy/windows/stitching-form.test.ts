import { expect, test } from "vitest";
import { formOfLimits, limitOf, limitsOf, sameLimits } from "./stitching-form.ts";

const HOUR = 3_600_000;
const limits = { freshPostMs: 24 * HOUR, mediaShiftMs: 36 * HOUR, memoryMs: 30 * 24 * HOUR, burstMs: 600_000 };

test("limits are shown in hours, days and minutes, and read back as they were", () => {
  const form = formOfLimits(limits);
  expect(form).toEqual({ fresh: "24", shift: "36", memory: "30", breath: "10" });
  expect(limitsOf(form)).toEqual(limits);
  expect(limitsOf({ ...form, fresh: "1,5" })?.freshPostMs).toBe(1.5 * HOUR);
});

test.each(["", "-1", "many", "1e9", "8785", "٣"])("%s is no number of hours up to a year", (said) => {
  expect(limitOf("fresh", said)).toBeNull();
  expect(limitsOf({ ...formOfLimits(limits), fresh: said })).toBeNull();
});

test("two drafts are the same when each limit is", () => {
  expect(sameLimits(limits, { ...limits })).toBe(true);
  expect(sameLimits(limits, { ...limits, burstMs: 0 })).toBe(false);
  expect(sameLimits(null, limits)).toBe(false);
});
