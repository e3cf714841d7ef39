import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fuzzy, pieces } from "./fuzzy.ts";

const shown = (typed: string, text: string) => {
  const match = fuzzy(typed, text);
  return (
    match &&
    pieces(text, match.at)
      .map((one) => (one.hit ? `[${one.text}]` : one.text))
      .join("")
  );
};

describe("fuzzy", () => {
  test.each([
    ["", "Assign", "Assign"],
    ["ass", "Assign", "[Ass]ign"],
    ["ASS", "Assign", "[Ass]ign"],
    ["rep", "Public reply", "Public [rep]ly"],
    ["ply", "Public reply", "Public re[ply]"],
    ["pr", "Public reply", "[P]ublic [r]eply"],
    ["pure", "Public reply", "[Pu]blic [re]ply"],
    ["reply pub", "Public reply", "[Pub]lic [reply]"],
    ["zurück", "Zuruck geben", "[Zuruck] geben"],
    ["oe", "Öffnen", null],
    ["off", "Öffnen", "[Öff]nen"],
    ["snz", "Snooze until", null],
    ["plbc", "Public reply", null],
    ["x", "Assign", null],
    ["rufen", "Zurück rufen", "Zurück [rufen]"],
    ["😀", "A 😀 day", "A [😀] day"],
  ])("%j in %j", (typed, text, expected) => {
    expect(shown(typed, text)).toBe(expected);
  });

  test.each([
    ["res", "Resolve", "Send and resolve"],
    ["send", "Send later", "Undo the last send"],
    ["re", "Release", "Public reply"],
    ["note", "Note", "Note for the next one"],
  ])("%j finds %j before %j", (typed, better, worse) => {
    expect(fuzzy(typed, better)!.score).toBeGreaterThan(fuzzy(typed, worse)!.score);
  });

  test("whatever is typed, the pieces are the text", () => {
    const check = (typed: string, text: string) => {
      const match = fuzzy(typed, text);
      expect(
        pieces(text, match?.at ?? [])
          .map((one) => one.text)
          .join(""),
      ).toBe(text);
    };
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12, unit: "grapheme" }),
        fc.string({ maxLength: 30, unit: "grapheme" }),
        check,
      ),
      { numRuns: 300 },
    );
  });

  test("a long text of one letter is given up, not tried for ever", () => {
    expect(fuzzy(`${"a".repeat(59)}b`, "a ".repeat(200))).toBe(null);
  });
});
