import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "./instant.ts";
import {
  deadline,
  deadlineWords,
  durationWords,
  exactMoment,
  minutesSeconds,
  momentWords,
  SOON,
} from "./time-words.ts";

const london = { locale: "en-GB", timeZone: "Europe/London" };
const now = Date.UTC(2026, 10, 12, 9, 0);

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [MINUTE, "1 min"],
  [HOUR - 1, "59 min"],
  [HOUR, "1 h"],
  [2 * HOUR + 10 * MINUTE, "2 h 10"],
  [2 * HOUR + 5 * MINUTE, "2 h 05"],
  [DAY, "1 d"],
  [3 * DAY + 4 * HOUR, "3 d 4 h"],
])("%i ms is %s", (ms, words) => expect(durationWords(ms)).toBe(words));

test.each([
  [4 * MINUTE + 12 * SECOND, "4:12"],
  [9_000, "0:09"],
  [-252_000, "4:12"],
])("%i ms is %s on a clock", (ms, words) => expect(minutesSeconds(ms)).toBe(words));

describe("moments", () => {
  test.each([
    [Date.UTC(2026, 10, 12, 14, 46), "14:46"],
    [Date.UTC(2026, 10, 13, 14, 46), "Fri 14:46"],
    [Date.UTC(2026, 10, 6, 14, 46), "Fri 14:46"],
    [Date.UTC(2026, 10, 19, 14, 46), "19 Nov"],
    [Date.UTC(2025, 10, 19, 14, 46), "19 Nov 2025"],
    [Date.UTC(2026, 10, 12, 0, 5), "00:05"],
  ])("%i is %s", (at, words) => expect(momentWords(at, now, london)).toBe(words));

  test("today is the reader's today", () => {
    const at = Date.UTC(2026, 10, 12, 23, 30);
    expect(momentWords(at, now, london)).toBe("23:30");
    expect(momentWords(at, now, { locale: "en-GB", timeZone: "Asia/Tokyo" })).toBe("Fri 08:30");
    expect(momentWords(at, now, { locale: "de", timeZone: "Asia/Tokyo" })).toBe("Fr 08:30");
  });

  test("a day of 25 hours is one day", () => {
    const before = Date.UTC(2026, 9, 24, 23, 30);
    expect(momentWords(Date.UTC(2026, 9, 25, 23, 59), before, london)).toBe("23:59");
  });

  test("the exact one names its zone", () => {
    expect(exactMoment(now, london)).toMatch(/Thursday.*12 November 2026.*09:00:00.*(?:GMT|UTC)/u);
  });
});

describe("deadlines", () => {
  test.each([
    [now + 2 * HOUR + 10 * MINUTE, "quiet", "2 h 10"],
    [now + 42 * MINUTE, "quiet", "42 min"],
    [now + SOON, "quiet", "10 min"],
    [now + SOON - 1, "soon", "9:59"],
    [now, "soon", "0:00"],
    [now - 252_000, "late", "4:12 late"],
    [now - 130 * MINUTE, "late", "2 h 10 late"],
    [now + 26 * HOUR, "quiet", "Fri 11:00"],
  ])("%i is %s: %s", (due, state, words) => {
    expect(deadline(due, now, london).state).toBe(state);
    expect(deadlineWords(due, now, london)).toBe(words);
  });

  test("the last third is soon, before ten minutes too", () => {
    expect(deadline(now + 19 * MINUTE, now, london, now - 41 * MINUTE).state).toBe("soon");
    expect(deadline(now + 21 * MINUTE, now, london, now - 39 * MINUTE).state).toBe("quiet");
  });

  test("the pie only fills, and is full when late", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 * DAY }),
        fc.integer({ min: 0, max: 20 * DAY }),
        fc.nat(DAY),
        (whole, age, more) => {
          const early = deadline(now + whole, now + age, london, now);
          const later = deadline(now + whole, now + age + more, london, now);
          expect(later.used).toBeGreaterThanOrEqual(early.used);
          expect(early.used).toBeGreaterThanOrEqual(0);
          expect(later.used).toBeLessThanOrEqual(1);
          if (early.state === "late") expect(later.state).toBe("late");
        },
      ),
    );
  });
});
