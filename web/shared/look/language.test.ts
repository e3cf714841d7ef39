import { expect, test } from "vitest";
import { pickLanguage } from "./language.ts";

test.each([
  [["de"], "de"],
  [["de-AT", "en"], "de"],
  [[null, undefined, "cy", "en-GB"], "en"],
  [["xx"], "en"],
  [[], "en"],
])("%j → %s", (wanted, locale) => {
  expect(pickLanguage(wanted, ["en", "de"])).toBe(locale);
});
