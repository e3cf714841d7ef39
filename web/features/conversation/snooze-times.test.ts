import { expect, test } from "vitest";
import { snoozeChoices } from "./snooze-times.ts";

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
