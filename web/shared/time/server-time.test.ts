import { expect, test } from "vitest";
import { clockOffset } from "./server-time.ts";

const noon = Date.parse("2026-11-18T12:00:00Z");

test.each([
  ["same clock", "Wed, 18 Nov 2026 12:00:00 GMT", noon, noon + 80, 0],
  ["within the header's grain", "Wed, 18 Nov 2026 12:00:02 GMT", noon, noon + 80, 0],
  ["this machine five minutes slow", "Wed, 18 Nov 2026 12:05:00 GMT", noon, noon + 100, 299_950],
  ["no header", null, noon, noon, null],
  ["no date", "soon", noon, noon, null],
  ["the machine's clock was set back meanwhile", "Wed, 18 Nov 2026 12:00:00 GMT", noon, noon - 1, null],
])("%s", (_name, header, sent, received, expected) => {
  expect(clockOffset(header, sent, received)).toBe(expected);
});
