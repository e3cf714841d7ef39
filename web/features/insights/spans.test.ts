import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, dayOf, dayStart, daysBetween, faultOfDays, spanOf } from "./spans.ts";

const iso = (at: number) => new Date(at).toISOString();
const none = { first: "", last: "" };

test.each([
  ["2026-11-22", "Europe/London", "2026-11-22T00:00:00.000Z"],
  ["2026-07-01", "Europe/London", "2026-06-30T23:00:00.000Z"],
  ["2026-11-22", "Pacific/Chatham", "2026-11-21T10:15:00.000Z"],
  ["2026-11-22", "America/St_Johns", "2026-11-22T03:30:00.000Z"],
  // Midnight of this day is jumped over: the day begins at one.
  ["2024-04-26", "Africa/Cairo", "2024-04-25T22:00:00.000Z"],
  ["2026-03-29", "Europe/London", "2026-03-29T00:00:00.000Z"],
  ["2026-10-25", "Europe/London", "2026-10-24T23:00:00.000Z"],
])("%s in %s begins at %s", (day, zone, at) => {
  expect(iso(dayStart(day, zone))).toBe(at);
});

test("a day is the one its beginning lies in, in every zone", () => {
  const zones = ["Europe/London", "Pacific/Chatham", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "UTC"];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(...zones), (place, zone) => {
      const day = addDays("1990-01-01", place);
      // Apia left out 30 December 2011 altogether.
      if (zone === "Pacific/Apia" && day === "2011-12-30") return;
      const start = dayStart(day, zone);
      expect(dayOf(start, zone)).toBe(day);
      expect(dayOf(start - 1, zone) < day).toBe(true);
    }),
  );
});

describe("spans", () => {
  const now = Date.parse("2026-11-22T15:30:00Z");

  test.each([
    ["today", "2026-11-22T00:00:00.000Z", 1],
    ["7-days", "2026-11-16T00:00:00.000Z", 7],
    ["30-days", "2026-10-23T23:00:00.000Z", 30],
    ["26-weeks", "2026-05-24T23:00:00.000Z", 182],
  ] as const)("%s ends with today", (choice, from, days) => {
    const span = spanOf(choice, now, "Europe/London", none);
    expect([iso(span.from), iso(span.to), span.days]).toEqual([from, "2026-11-23T00:00:00.000Z", days]);
  });

  test("own days hold the last day", () => {
    const span = spanOf("custom", now, "Europe/London", { first: "2026-10-24", last: "2026-10-26" });
    expect([iso(span.from), iso(span.to), span.days]).toEqual([
      "2026-10-23T23:00:00.000Z",
      "2026-10-27T00:00:00.000Z",
      3,
    ]);
    expect(daysBetween(span.from, span.to, "Europe/London").map(iso)).toEqual([
      "2026-10-23T23:00:00.000Z",
      "2026-10-24T23:00:00.000Z",
      "2026-10-26T00:00:00.000Z",
    ]);
  });

  test.each([
    ["", "2026-11-22", "no-day"],
    ["2026-13-40", "2026-11-22", "no-day"],
    ["2026-11-23", "2026-11-22", "wrong-order"],
    ["2020-01-01", "2026-11-22", "too-long"],
    ["2026-11-22", "2026-11-22", null],
  ])("%s to %s: %s", (first, last, fault) => {
    expect(faultOfDays({ first, last })).toBe(fault);
    if (fault) expect(spanOf("custom", now, "UTC", { first, last }).days).toBe(7);
  });
});
