import fc from "fast-check";
import { expect, test } from "vitest";
import { daysOf, marksUpTo, storyOf } from "./series.ts";

const zone = "Europe/London";
const at = (text: string) => Date.parse(text);
const span = {
  from: at("2026-11-16T00:00:00Z"),
  to: at("2026-11-20T00:00:00Z"),
  asOf: at("2026-11-18T12:00:00Z"),
  zone,
};
const series = [
  { at: "2026-11-16T00:00:00.000Z", value: 4 },
  { at: "2026-11-18T00:00:00.000Z", value: 6 },
];

test("days that are not named are none for counts, unknown for times; days to come are left out", () => {
  expect(daysOf({ series, measure: "count" }, span).map((day) => day.value)).toEqual([4, 0, 6]);
  expect(daysOf({ series, measure: "milliseconds" }, span).map((day) => day.value)).toEqual([4, null, 6]);
});

test("days of the summer change are days", () => {
  const autumn = {
    from: at("2026-10-23T23:00:00Z"),
    to: at("2026-10-27T00:00:00Z"),
    asOf: at("2026-12-01T00:00:00Z"),
    zone,
  };
  const points = [{ at: "2026-10-24T23:00:00.000Z", value: 7 }];
  expect(daysOf({ series: points, measure: "count" }, autumn).map((day) => day.value)).toEqual([0, 7, 0]);
});

test("the story of a line", () => {
  const days = [5, null, 2, 9, 4].map((value, place) => ({ at: place, value }));
  expect(storyOf(days)).toMatchObject({
    first: { value: 5 },
    last: { value: 4 },
    low: { value: 2 },
    high: { value: 9 },
  });
  expect(storyOf([{ at: 0, value: 3 }])).toBeNull();
  expect(storyOf([])).toBeNull();
});

test.each([
  [48_210, "count", [0, 20_000, 40_000, 60_000]],
  [2, "count", [0, 1, 2]],
  [0, "count", [0, 1]],
  [0.914, "share", [0, 0.5, 1]],
  [13 * 60_000, "milliseconds", [0, 300_000, 600_000, 900_000]],
  [40_000, "milliseconds", [0, 20_000, 40_000]],
] as const)("marks up to %d (%s)", (high, measure, marks) => {
  expect(marksUpTo(high, measure)).toEqual(marks);
});

test("the top mark holds the highest value, and there are few", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 1e9, noNaN: true }),
      fc.constantFrom("count" as const, "share" as const, "milliseconds" as const),
      (high, measure) => {
        const marks = marksUpTo(high, measure);
        expect(marks.at(-1)).toBeGreaterThanOrEqual(high * (1 - 1e-9));
        expect(marks.length).toBeLessThanOrEqual(5);
        expect(marks[0]).toBe(0);
      },
    ),
  );
});
