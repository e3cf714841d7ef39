import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LengthRule } from "./capabilities.ts";
import { fits, graphemeEnds } from "./count.ts";
import { findEntities } from "./entities.ts";
import { splitText } from "./split.ts";

const characters = (max: number): LengthRule => ({ unit: "graphemes", max });
const parts = (text: string, rule: LengthRule, closing?: string) => {
  const split = splitText(text, rule, { closing });
  return split.ok ? split.parts : split;
};

describe("splitting", () => {
  test("a text that fits stays as it is", () => {
    expect(parts("short  text ", characters(20))).toEqual(["short  text "]);
  });
  test("cuts between words and numbers the parts", () => {
    expect(parts("one two three four five", characters(16))).toEqual([
      "one two (1/3)",
      "three four (2/3)",
      "five (3/3)",
    ]);
  });
  test("cuts long words between characters, never inside one", () => {
    const family = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}";
    expect(parts(family.repeat(10), characters(9))).toEqual([
      `${family.repeat(3)} (1/4)`,
      `${family.repeat(3)} (2/4)`,
      `${family.repeat(3)} (3/4)`,
      `${family} (4/4)`,
    ]);
  });
  test("never cuts a link", () => {
    expect(parts("see https://a.example/abc for more of it", characters(31))).toEqual([
      "see https://a.example/abc (1/2)",
      "for more of it (2/2)",
    ]);
  });
  test("refuses a link that no part can hold", () => {
    const link = `https://a.example/${"x".repeat(40)}`;
    expect(splitText(`see ${link}`, characters(30))).toEqual({ ok: false, why: "piece-too-long", piece: link });
  });
  test("the disclosure stays whole and last", () => {
    const closing = "— Priya Nair, Northwind";
    const split = parts(`We are sorry for that and look into it today. ${closing}`, characters(40), closing);
    expect(split).toEqual(["We are sorry for that and look (1/3)", "into it today. (2/3)", `(3/3) ${closing}`]);
  });
  test("white space before the words costs no number", () =>
    expect(splitText(`${"\n".repeat(50)}Hello`, { unit: "graphemes", max: 40 })).toEqual({
      ok: true,
      parts: ["Hello"],
    }));
  test("never makes more parts than asked", () => {
    expect(splitText("word ".repeat(500), characters(20), { atMost: 5 })).toMatchObject({ why: "too-many-parts" });
  });
  test("counts with two digits when it takes ten parts", () => {
    const split = splitText("abcde ".repeat(12).trim(), characters(14), { atMost: 50 });
    expect(split.ok && split.parts[11]).toBe("abcde (12/12)");
  });
});

const word = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    "https://a.example/b",
    "@ines@social.example",
    "#parcel",
    "日本語テスト",
    "\u{1f468}\u200d\u{1f469}",
    "x.com",
  ),
);
const text = fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words.join(" "));
const rule = fc.constantFrom<LengthRule>(
  characters(32),
  { unit: "graphemes", max: 60, maxUtf8Bytes: 90 },
  { unit: "x-weighted", max: 40 },
  { unit: "utf8-bytes", max: 60 },
  { unit: "mastodon", max: 45, urlCost: 23 },
  { unit: "sms-segments", max: 1, warnAt: 1 },
);
const bare = (s: string) => s.replace(/\s+/gu, "");

describe("properties", () => {
  test("nothing is lost, nothing added but the marks, every part fits", () => {
    fc.assert(
      fc.property(text, rule, (whole, limit) => {
        const split = splitText(whole, limit, { atMost: 200 });
        if (!split.ok) return;
        for (const part of split.parts) expect(fits(part, limit)).toBe(true);
        const n = split.parts.length;
        const again =
          n === 1
            ? split.parts
            : split.parts.map((part, i) => {
                expect(part.endsWith(`(${i + 1}/${n})`)).toBe(true);
                return part.slice(0, -`(${i + 1}/${n})`.length);
              });
        expect(bare(again.join(""))).toBe(bare(whole));
      }),
      { numRuns: 200 },
    );
  });

  test("no cut lies inside a character, a link, a mention or a tag", () => {
    fc.assert(
      fc.property(text, rule, (whole, limit) => {
        const split = splitText(whole, limit, { atMost: 200 });
        if (!split.ok || split.parts.length === 1) return;
        const inside = findEntities(whole);
        const ends = new Set(graphemeEnds(whole));
        let at = 0;
        for (const [i, part] of split.parts.entries()) {
          const words = part.slice(0, -`(${i + 1}/${split.parts.length})`.length).trimEnd();
          while (at < whole.length && /\s/u.test(whole[at] as string)) at++;
          at += words.length;
          expect(inside.filter((e) => e.start < at && at < e.end)).toEqual([]);
          // White space alone may be parted from the character it hangs on.
          if (!/\s/u.test(whole[at] ?? " ")) expect(ends.has(at)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("100,000 characters without a space are split or refused", () => {
    expect(splitText("x".repeat(100_000), characters(500), { atMost: 300 }).ok).toBe(true);
    expect(splitText("https://".repeat(12_000), characters(500)).ok).toBe(false);
  });
});
