import { describe, expect, test } from "vitest";
import { deadlineFace, needsSeconds, span } from "./deadline.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const now = 1_800_000_000_000;

describe("deadlineFace", () => {
  test.each([
    ["38 min of an hour", 38 * MINUTE, HOUR, "quiet"],
    ["under ten minutes of an hour", 10 * MINUTE - 1, HOUR, "soon"],
    ["exactly ten minutes, target 20 min", 10 * MINUTE, 20 * MINUTE, "quiet"],
    ["last third of three hours comes before ten minutes", 59 * MINUTE, 3 * HOUR, "soon"],
    ["just before the last third of three hours", 60 * MINUTE, 3 * HOUR, "quiet"],
    ["the very moment is not yet late", 0, HOUR, "soon"],
    ["a millisecond over", -1, HOUR, "late"],
    ["no target known", 11 * MINUTE, null, "quiet"],
  ])("%s", (_name, left, target, state) => {
    expect(deadlineFace({ dueAt: now + left, target }, now).state).toBe(state);
  });

  test("paused and live say so whatever the clock says", () => {
    expect(deadlineFace({ dueAt: now - HOUR, paused: true }, now).state).toBe("paused");
    expect(deadlineFace({ dueAt: now - HOUR, live: true }, now).state).toBe("live");
    expect(deadlineFace({ dueAt: null }, now).state).toBe("none");
  });

  test("the pie fills with the time used and never overflows", () => {
    expect(deadlineFace({ dueAt: now + 45 * MINUTE, target: HOUR }, now).filled).toBeCloseTo(0.25);
    expect(deadlineFace({ dueAt: now + 2 * HOUR, target: HOUR }, now).filled).toBe(0);
    expect(deadlineFace({ dueAt: now - 2 * HOUR, target: HOUR }, now).filled).toBe(1);
  });
});

describe("span", () => {
  test.each([
    [4 * MINUTE + 12_000, { unit: "clock", minutes: 4, seconds: "12" }],
    [-(4 * MINUTE + 12_000), { unit: "clock", minutes: 4, seconds: "12" }],
    [5_000, { unit: "clock", minutes: 0, seconds: "05" }],
    [38 * MINUTE + 59_000, { unit: "minutes", minutes: 38 }],
    [2 * HOUR + 10 * MINUTE, { unit: "hours", hours: 2, minutes: "10" }],
    [HOUR + 5 * MINUTE, { unit: "hours", hours: 1, minutes: "05" }],
    [50 * HOUR, { unit: "days", days: 2 }],
  ])("%d ms", (milliseconds, shown) => {
    expect(span(milliseconds)).toEqual(shown);
  });
});

describe("needsSeconds", () => {
  test.each([
    ["an hour away", HOUR, HOUR, false],
    ["about to cross into soon", 11 * MINUTE, 20 * MINUTE, true],
    ["about to enter the last third", 61 * MINUTE, 3 * HOUR, true],
    ["just late", -MINUTE, HOUR, true],
    ["hours late", -2 * HOUR, HOUR, false],
  ])("%s", (_name, left, target, expected) => {
    expect(needsSeconds({ dueAt: now + left, target }, now)).toBe(expected);
  });
});
