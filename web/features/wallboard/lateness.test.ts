import { describe, expect, it } from "vitest";
import { chartHeight, lookOfNet, lookOfShare, lookOfWait, marksTo } from "./lateness.ts";

describe("how late is said", () => {
  it.each([
    [null, "plain"],
    [0.95, "good"],
    [0.9, "good"],
    [0.84, "soon"],
    [0.68, "late"],
  ] as const)("a share of %s against 0.9 is %s", (share, look) => expect(lookOfShare(share, 0.9)).toBe(look));
  it.each([
    [null, "plain"],
    [10, "plain"],
    [4, "soon"],
    [0, "late"],
    [-3, "late"],
  ] as const)("first due in %s minutes of 15 is %s", (minutes, look) => {
    const now = Date.parse("2026-11-19T14:53:00Z");
    const firstDueAt = minutes === null ? null : new Date(now + minutes * 60_000).toISOString();
    expect(lookOfWait({ firstDueAt, targetMs: 15 * 60_000 }, now)).toBe(look);
  });
  it.each([
    [104, 71, "late"],
    [46, 39, "soon"],
    [9, 8, "plain"],
    [22, 25, "good"],
    [5, 5, "plain"],
  ] as const)("%d came and %d went: %s", (came, served, look) => expect(lookOfNet(came, served)).toBe(look));
  it.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [300, [0, 100, 200, 300]],
    [271, [0, 100, 200, 300]],
  ])("an axis to %d has round marks", (highest, marks) => expect(marksTo(highest)).toEqual(marks));
  it.each([
    ["a quiet morning", [2, 3, 1], [1, 0], [2, 1], 3],
    ["nothing at all", [0, 0], [0], [0], 1],
    ["it clears, within a narrow band", [40, 45], [45, 20, 0], [45, 30, 10], 45],
    ["a band wider than the story", [40, 45], [45, 50], [45, 500], 80],
    ["a peak of two minutes, told on for hours: the past stays readable", [0, 4, 32], [32, 1_070], [32, 1_310], 204.8],
    ["the same of almost nothing", [0, 1], [1, 200], [1, 300], 12.8],
  ])("the chart of %s", (_, waited, ahead, high, height) => {
    expect(chartHeight(waited, ahead, high)).toBeCloseTo(height);
  });
});
