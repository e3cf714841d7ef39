import { expect, test } from "vitest";
import { pickLanguage } from "./words.ts";

test.each([
  ["the host's page first", ["de"], ["fr-FR", "en"], "de", "de"],
  ["times as where the visitor is", ["en"], ["en-GB", "en"], "en", "en-GB"],
  ["by the base", ["pt-BR"], ["en-GB"], "pt", "pt-BR"],
  ["the visitor's, where the page's is not known", ["cy"], ["it-CH"], "it", "it-CH"],
  ["English else", ["cy"], ["zh-CN"], "en", "en"],
  ["what is no language", ["", null, "e".repeat(5_000)], ["constructor"], "en", "en"],
  ["a broken tag", ["de_at-!"], [], "de", "de"],
])("%s", (_what, wanted, own, language, locale) => {
  expect(pickLanguage(wanted, own)).toEqual({ language, locale });
});
