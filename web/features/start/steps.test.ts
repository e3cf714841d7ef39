import { expect, test } from "vitest";
import { newest, stepsOf } from "./steps.ts";

test.each([
  [{ mission: "Nobody is left alone", channelsOn: 1, agents: 6, policyVersion: 1 }, "mission channels people policy"],
  [{ mission: "  ", channelsOn: 0, agents: 1, policyVersion: 0 }, ""],
])("what is done: %o", (known, done) => {
  const steps = stepsOf(known);
  expect(steps).toHaveLength(4);
  expect(
    steps
      .filter((step) => step.done)
      .map((step) => step.id)
      .join(" "),
  ).toBe(done);
});

test("what may not be seen is no step", () => {
  const steps = stepsOf({ mission: "x", channelsOn: null, agents: null, policyVersion: null });
  expect(steps).toEqual([{ id: "mission", done: true }]);
});

test("newest first, no more than asked for", () => {
  const row = (number: string, startedAt: string) => ({ number, clock: { startedAt } });
  const rows = [
    row("C-1", "2026-11-22T10:00:00.000Z"),
    row("C-3", "2026-11-22T10:05:00.000Z"),
    row("C-2", "2026-11-22T10:05:00.000Z"),
  ];
  expect(newest(rows, 2).map((one) => one.number)).toEqual(["C-3", "C-2"]);
});
