import { expect, it } from "vitest";
import { wallClockAt } from "./zone-days.ts";

it.each([
  ["2026-11-22T12:00:00Z", "UTC", 7, 720],
  ["2026-11-22T23:30:59Z", "Europe/Berlin", 1, 30],
  ["2026-11-22T00:10:00Z", "America/St_Johns", 6, 1_240],
  // The hour that comes twice, and the one that never was.
  ["2026-10-25T00:30:00Z", "Europe/Berlin", 7, 150],
  ["2026-10-25T01:30:00Z", "Europe/Berlin", 7, 150],
  ["2026-03-29T01:00:00Z", "Europe/Berlin", 7, 180],
  ["1960-01-01T00:00:00Z", "Asia/Kathmandu", 5, 330],
])("%s in %s is day %i, minute %i", (at, zone, weekday, minute) => {
  expect(wallClockAt(zone, Date.parse(at))).toEqual({ weekday, minute });
});
