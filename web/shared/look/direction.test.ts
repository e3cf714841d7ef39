import { expect, test } from "vitest";
import { directionOf, stepArrow, withOurDigits } from "./direction.ts";

test.each([
  ["en", "ltr", " → "],
  ["de-AT", "ltr", " → "],
  ["ar", "rtl", " ← "],
  ["ar-EG", "rtl", " ← "],
  ["he", "rtl", " ← "],
  ["arn", "ltr", " → "],
])("%s is read %s", (locale, direction, arrow) => {
  expect(directionOf(locale)).toBe(direction);
  expect(stepArrow(locale)).toBe(arrow);
});

test("Arabic counts in the digits of the rest of the desk, whatever the region", () => {
  for (const locale of ["ar", "ar-EG", "ar-SA"])
    expect(new Intl.NumberFormat(withOurDigits(locale)).format(1_234)).toBe("1,234");
  expect(withOurDigits("de")).toBe("de");
});
