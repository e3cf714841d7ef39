import { fileURLToPath } from "node:url";
import { getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";
import { describe, expect, test } from "vitest";
import { pluralForms, translationFaults } from "./translation-faults.ts";

const config = getConfig({ configPath: fileURLToPath(new URL("../lingui.config.ts", import.meta.url)) });
const languages = config.locales.filter(
  (one) => one !== "en" && !config.pseudoLocale.some(({ locale }) => locale === one),
);

test("the forms of a language are those that counts come under", () => {
  expect([...pluralForms("de")].sort()).toEqual(["one", "other"]);
  expect([...pluralForms("es")].sort()).toEqual(["one", "other"]);
  expect([...pluralForms("ar")].sort()).toEqual(["few", "many", "one", "other", "two", "zero"]);
});

const COUNT = "{n, plural, one {# message} other {# messages}}";
const ALL = "{n, plural, zero {لا} one {رسالة} two {رسالتان} few {# رسائل} many {# رسالة} other {# رسالة}}";
describe("a translation", () => {
  test.each([
    ["as it should be", "de", "Sent to {name}", "An {name} gesendet", []],
    ["the same word", "de", "Hubbub", "Hubbub", []],
    ["not there", "de", "Sent", "", ["has no words"]],
    ["only spaces", "de", "Sent", "  ", ["has no words"]],
    ["another variable", "de", "Sent to {name}", "An {Name} gesendet", ["says {Name} in place of {name}"]],
    ["a variable lost", "de", "{a} of {b}", "{a}", ["says {a} in place of {a b}"]],
    ["a tag lost", "de", "<0>Go</0> on", "Weiter", ["has the tags none in place of </0> <0>"]],
    ["tags in another order", "de", "<0>a</0> <1/>", "<1/> <0>a</0>", []],
    [
      "a space lost",
      "de",
      " or ",
      "oder",
      ["begins or ends with a space where English does not, or the other way round"],
    ],
    ["all forms", "ar", COUNT, ALL, []],
    ["a form lost", "ar", COUNT, ALL.replace("few {# رسائل} ", ""), ['{n} has no "few"']],
    ["an exact number for a form", "ar", COUNT, ALL.replace("zero", "=0"), []],
    ["no other", "de", COUNT, "{n, plural, one {#}}", [expect.stringMatching(/other|cannot be read|in place of/)]],
    ["a form within a form lost", "ar", `{m, plural, one {#} other {${COUNT}}}`, ALL, ["says {n} in place of {m n}"]],
    ["broken", "de", "{a}", "{a", [expect.stringMatching(/cannot be read|in place of/)]],
  ])("%s", (_name, locale, english, said, faults) => {
    expect(translationFaults(english, said, pluralForms(locale))).toEqual(faults);
  });
});

test.each(languages)("%s says everything that English says", async (locale) => {
  const forms = pluralForms(locale);
  const faults: string[] = [];
  let count = 0;
  for (const catalog of await getCatalogs(config)) {
    const [english, said] = await Promise.all([catalog.read("en"), catalog.read(locale)]);
    for (const [id, entry] of Object.entries(english ?? {})) {
      if (entry.obsolete) continue;
      count++;
      const words = entry.translation || entry.message || id;
      for (const fault of translationFaults(words, said?.[id]?.translation ?? "", forms))
        faults.push(`${words}: ${fault}`);
    }
  }
  expect(count).toBeGreaterThan(3_000);
  expect(faults).toEqual([]);
});
