import { expect, test } from "vitest";
import { safeReturn } from "./safe-return.ts";

test.each([
  ["/desk/abc?x=1", "/desk/abc?x=1"],
  ["https://elsewhere.example", "/"],
  ["//elsewhere.example", "/"],
  ["/\\elsewhere.example", "/"],
  ["/\t/elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?next=/desk", "/"],
  [undefined, "/"],
  [["/desk"], "/"],
  [`/${"a".repeat(600)}`, "/"],
])("%j → %s", (value, path) => {
  expect(safeReturn(value)).toBe(path);
});
