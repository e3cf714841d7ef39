import { describe, expect, test } from "vitest";
import type { ReachWish, Way } from "#contracts/escalation";
import { MINUTE } from "#platform/clock";
import { againAfter } from "./again.ts";
import { isQuietHour, USUAL_WISH, waysFor } from "./ways.ts";

const night: ReachWish = { ...USUAL_WISH, quiet: { from: "22:00", to: "07:00", zone: "Europe/London" } };
const everything = new Set<Way>(["push", "email", "webhook"]);
const at = (time: string) => Date.parse(`2026-11-17T${time}:00Z`);

describe("ways to a person", () => {
  test.each<[number, Way[]]>([
    [0, ["desk"]],
    [1, ["desk", "push"]],
    [2, ["desk", "push", "email"]],
    [4, ["desk", "push", "email", "webhook"]],
  ])("severity %i, by the usual wish", (severity, ways) =>
    expect(waysFor(USUAL_WISH, everything, severity, at("12:00"))).toEqual(ways),
  );
  test("only those there are", () =>
    expect(waysFor(USUAL_WISH, new Set(["email"]), 4, at("12:00"))).toEqual(["desk", "email"]));
  test("quiet hours hold up to severity 2, by the person's own clock and over midnight", () => {
    expect(waysFor(night, everything, 2, at("23:30"))).toEqual(["desk"]);
    expect(waysFor(night, everything, 3, at("23:30"))).toEqual(["desk", "push", "email", "webhook"]);
    expect(isQuietHour(night, at("06:59"))).toBe(true);
    expect(isQuietHour(night, at("07:00"))).toBe(false);
    expect(isQuietHour(night, at("21:59"))).toBe(false);
  });
  test("who wants nothing is reached all the same when it is grave", () => {
    const nothing: ReachWish = { ways: [], quiet: null };
    expect(waysFor(nothing, everything, 2, at("12:00"))).toEqual(["desk"]);
    expect(waysFor(nothing, everything, 3, at("12:00"))).toEqual(["desk", "push", "email", "webhook"]);
  });
});
test("tries come further apart, and end", () => {
  const waits = Array.from({ length: 8 }, (_, i) => againAfter(i + 1));
  expect(waits.at(-1)).toBeNull();
  expect(waits.slice(0, -1)).toEqual([...waits.slice(0, -1)].sort((a, b) => a! - b!));
  expect(waits.slice(0, -1).reduce((sum: number, w) => sum + (w ?? 0), 0)).toBeLessThan(60 * MINUTE);
});
