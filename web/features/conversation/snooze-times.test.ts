import { expect, test } from "vitest";
import { forField, fromField, snoozeChoices } from "./snooze-times.ts";

/** A moment by the clock on the agent's wall, whatever zone the test runs in. */
const wall = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();

test("an hour, tomorrow at nine, Monday at nine", () => {
  const thursday = wall(19, 14, 52);
  expect(snoozeChoices(thursday)).toEqual([
    { id: "hour", at: thursday + 3_600_000 },
    { id: "tomorrow", at: wall(20, 9) },
    { id: "monday", at: wall(23, 9) },
  ]);
});

test("on a Sunday tomorrow is Monday, and on a Monday the next one is meant", () => {
  expect(snoozeChoices(wall(22, 10)).map((one) => one.id)).toEqual(["hour", "tomorrow"]);
  expect(snoozeChoices(wall(23, 10)).at(-1)).toEqual({ id: "monday", at: wall(30, 9) });
});

test("a field's time goes there and back, and the past is no time to snooze until", () => {
  const now = wall(19, 14, 52);
  const then = wall(20, 8, 5);
  expect(fromField(forField(then), now)).toBe(then);
  expect([fromField(forField(now), now), fromField("", now), fromField("2026-99-99T99:99", now)]).toEqual([
    null,
    null,
    null,
  ]);
});
