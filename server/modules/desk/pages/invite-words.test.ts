import { describe, expect, it } from "vitest";
import { invitePage, wordPage } from "./invite-page.ts";
import { type PageLanguage, pageLanguages, pageWords } from "./invite-words.ts";

const facts = {
  ...{ brand: "Northwind", agent: "Priya Nair", code: "0123456789AB", token: "t.s", until: "2026-11-25 09:00 UTC" },
  consent: "I agree.",
  places: [
    { destination: "dm" as const, label: "@northwind", href: "https://x.example/messages?text={code}" },
    {
      destination: "email" as const,
      label: "help@northwind.example",
      href: "mailto:help@northwind.example?subject={code}",
    },
    { destination: "callback" as const, label: "", href: null },
    { destination: "call" as const, label: "+44 20 7946 0000", href: "tel:+442079460000" },
  ],
};
const languages = Object.keys(pageLanguages) as PageLanguage[];

describe("the language of a page", () => {
  it.each([
    ["de-AT,en;q=0.5", "de"],
    ["cy, pt-BR;q=0.8, en;q=0.4", "pt"],
    ["en;q=0.2, ar;q=0.9", "ar"],
    ["fr;q=0, nl", "nl"],
    ["__proto__, constructor;q=1", "en"],
    ["it;q=nine", "en"],
    ["", "en"],
    [undefined, "en"],
  ])("is the one liked best that we have: %s", (asked, language) => {
    expect(pageWords(asked).language).toBe(language);
  });
});

it.each(languages)("in %s nothing is left out, untranslated or empty, and it reads in its direction", (language) => {
  const spoken = pageWords(language);
  const page = invitePage(spoken, {
    ...facts,
    form: { name: "", number: "", wish: "", about: "", faults: {}, trapped: false },
  }).toString();
  expect(page).toContain(`<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">`);
  for (const held of [
    "Northwind",
    "Priya Nair",
    "@northwind",
    "help@northwind.example",
    "+44 20 7946 0000",
    facts.until,
  ])
    expect(page).toContain(held);
  expect(page).toContain('<code dir="ltr">');
  expect(Buffer.byteLength(page)).toBeLessThan(15_000);
  const say = (of: PageLanguage) =>
    Object.entries(pageLanguages[of]).map(([key, word]) => [key, typeof word === "string" ? word : word("one", "two")]);
  const english = new Map(say("en") as [string, string][]);
  for (const [key, word] of say(language) as [string, string][]) {
    expect([key, word.trim()]).not.toEqual([key, ""]);
    if (language !== "en") expect([key, word]).not.toEqual([key, english.get(key)]);
  }
  expect(wordPage(spoken, "<b>", "&").toString()).toContain("&lt;b&gt;");
});
