import { expect, test } from "vitest";
import { tabStep } from "./tabs.tsx";

const all = [true, true, true];

test.each([
  ["ArrowRight", 0, all, false, 1],
  ["ArrowRight", 2, all, false, 0],
  ["ArrowLeft", 0, all, false, 2],
  ["ArrowLeft", 0, all, true, 1],
  ["ArrowRight", 0, [true, false, true], false, 2],
  ["Home", 2, [false, true, true], false, 1],
  ["End", 0, all, false, 2],
  ["a", 0, all, false, null],
  ["ArrowRight", 0, [false, false, false], false, null],
])("%s from %d in %j, right to left %s", (key, at, enabled, rightToLeft, to) => {
  expect(tabStep(key, at, enabled, rightToLeft)).toBe(to);
});
