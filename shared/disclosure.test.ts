import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendDisclosure,
  type DisclosureRule,
  disclosureLine,
  hasDisclosure,
  initialsOf,
  withoutDisclosure,
} from "./disclosure.ts";

const agent = "Priya Nair";
const brand = "Northwind Mobile";
const signature: DisclosureRule = { style: "signature", agent, brand };
const initials: DisclosureRule = { style: "initials", agent, brand };

test.each([
  ["signature", undefined, "— Priya Nair, Northwind Mobile"],
  ["signature", "ja", "— Priya Nair、Northwind Mobile"],
  ["initials", undefined, "^PN"],
  ["none", undefined, ""],
] as const)("%s in %s", (style, locale, line) => expect(disclosureLine(style, agent, brand, locale)).toBe(line));

test.each([
  ["Priya Nair", undefined, "PN"],
  ["Ana María de la Cruz", "es", "AC"],
  ["佐藤花子", "ja", "佐"],
  ["Cher", undefined, "C"],
  ["ılgın işler", "tr", "Iİ"],
  ["igor ivanov", undefined, "II"],
  ["  ", undefined, ""],
])("initials of %j", (name, locale, expected) => expect(initialsOf(name, locale)).toBe(expected));

describe("is it there?", () => {
  test.each<[string, DisclosureRule, boolean]>([
    ["All done. — Priya Nair, Northwind Mobile", signature, true],
    ["All done. - Priya Nair, Northwind Mobile", signature, true],
    ["All done.\n— Priya  Nair,Northwind Mobile ", signature, true],
    ["— Priya Nair, Northwind Mobile. All done.", signature, false],
    ["— Priya Nair, Northwind Mobile, told you so. ", signature, false],
    ["^PN is done", initials, false],
    ["it is ^PN ok?", initials, false],
    ["All done. — Priya Nair", signature, false],
    ["All done. — Ines Rocha, Northwind Mobile", signature, false],
    ["All done. ^PN", initials, true],
    ["All done.^PN", initials, true],
    ["All done^PN", initials, false],
    ["All done. ^pn", initials, false],
    ["All done. ^PN #sale", initials, false],
    ["All done.", { ...signature, style: "none" }, false],
    ["All done.", { ...signature, style: "none", profileDiscloses: true }, true],
    ["All done. ^", { ...initials, agent: "" }, false],
    ["All done. — ,", { ...signature, agent: " ", brand: "" }, false],
  ])("%j", (text, rule, there) => expect(hasDisclosure(text, rule)).toBe(there));
});

const words = fc.string({ unit: "grapheme", maxLength: 60 });
const name = fc.constantFrom("Priya Nair", "佐藤 花子", "O’Neill-Smith, Ana", "José", "Zoë van der Berg");

test("what was appended is there, is last, is appended once and can be taken off", () => {
  fc.assert(
    fc.property(words, name, fc.constantFrom("signature" as const, "initials" as const), (text, who, style) => {
      const rule = { style, agent: who, brand };
      const said = appendDisclosure(text, style, who, brand);
      expect(hasDisclosure(said, rule)).toBe(true);
      expect(said.endsWith(disclosureLine(style, who, brand)) || said === text).toBe(true);
      expect(appendDisclosure(said, style, who, brand)).toBe(said);
      if (said !== text) expect(withoutDisclosure(said, rule)).toBe(text.trimEnd());
    }),
  );
});

test("is found behind and taken off a hundred thousand spaces and line separators", () => {
  const rule = { style: "signature", agent: "Priya Nair", brand: "Northwind" } as const;
  for (const space of [" ", "\u2029", "\n"]) {
    const typed = `Hello${space.repeat(100_000)}—  Priya${space.repeat(1_000)}Nair, Northwind`;
    expect(withoutDisclosure(typed, rule)).toBe("Hello");
    expect(withoutDisclosure(`${space.repeat(100_000)}x`, rule)).toContain("x");
  }
});
