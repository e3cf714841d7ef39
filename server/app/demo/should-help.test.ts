import { expect, test } from "vitest";
import { shouldHelp } from "./should-help.ts";

test.each([
  [0, null, false],
  [14, null, false],
  [15, null, true],
  [14, false, false],
  [15, false, true],
  [8, true, true],
  [7, true, false],
] as const)("%i wait, helping %s: %s", (waiting, helping, helps) => {
  expect(shouldHelp(waiting, helping)).toBe(helps);
});
