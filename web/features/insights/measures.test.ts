import { describe, expect, test } from "vitest";
import { deltaOf, nameFromKey, sayLength, sayValue } from "./measures.ts";

const MIN = 60_000;

test.each([
  [0, { unit: "seconds", number: 0 }],
  [44_600, { unit: "seconds", number: 45 }],
  [59_600, { unit: "minutes", number: 1 }],
  [13.2 * MIN, { unit: "minutes", number: 13 }],
  [59.6 * MIN, { unit: "hours", number: 1, minutes: 0 }],
  [130 * MIN, { unit: "hours", number: 2, minutes: 10 }],
  [1_439 * MIN, { unit: "hours", number: 23, minutes: 59 }],
  [1_439.8 * MIN, { unit: "days", digits: 1 }],
  [77 * 60 * MIN, { unit: "days", digits: 1 }],
  [40 * 1_440 * MIN, { unit: "days", number: 40, digits: 0 }],
])("%d ms is %o", (ms, said) => {
  expect(sayLength(ms)).toMatchObject(said);
});

test.each([
  ["count", 48_210, { unit: "none", number: 48_210 }],
  ["share", 0.9142, { unit: "percent", number: 91.42, digits: 1 }],
  ["share", 1, { unit: "percent", number: 100, digits: 0 }],
  ["share", 0, { unit: "percent", number: 0, digits: 0 }],
  ["milliseconds", -5, { unit: "seconds", number: 0 }],
] as const)("%s %d", (measure, value, said) => {
  expect(sayValue(measure, value)).toMatchObject(said);
});

test("too few to tell is no number", () => {
  expect(sayValue("share", null)).toBeNull();
  expect(sayValue("milliseconds", Number.NaN)).toBeNull();
});

describe("against the span before", () => {
  test.each([
    ["first-response", "milliseconds", 13 * MIN, 14 * MIN, -1, "better"],
    ["first-response", "milliseconds", 15 * MIN, 14 * MIN, 1, "worse"],
    ["settled-share", "share", 0.69, 0.71, -1, "worse"],
    ["gratitude-share", "share", 0.148, 0.139, 1, "better"],
    ["messages-in", "count", 112, 100, 1, "neither"],
    ["backlog", "count", 90, 100, -1, "better"],
    ["backlog", "count", 100, 100, 0, "neither"],
    // Less than what is shown is no change.
    ["first-response", "milliseconds", 13 * MIN, 13 * MIN + 300, 0, "neither"],
    ["toString", "count", 5, 10, -1, "neither"],
  ] as const)("%s %s %d after %d", (key, measure, value, before, sign, direction) => {
    expect(deltaOf({ key, measure, value, before })).toMatchObject({ sign, direction });
  });

  test("nothing before, or nothing to divide by, is no delta", () => {
    expect(deltaOf({ key: "backlog", measure: "count", value: 3, before: null })).toBeNull();
    expect(deltaOf({ key: "backlog", measure: "count", value: 3, before: 0 })).toBeNull();
    expect(deltaOf({ key: "backlog", measure: "count", value: null, before: 3 })).toBeNull();
  });

  test("counts change in per cent, shares in points", () => {
    expect(deltaOf({ key: "messages-in", measure: "count", value: 112, before: 100 })?.size).toMatchObject({
      unit: "percent",
      number: 12,
    });
    expect(deltaOf({ key: "settled-share", measure: "share", value: 0.5, before: 0.4 })?.size).toMatchObject({
      unit: "points",
      digits: 1,
    });
  });
});

test("a figure without a name is named by its key", () => {
  expect(nameFromKey("median-wait_time")).toBe("Median wait time");
});
