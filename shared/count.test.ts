import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LengthRule } from "./capabilities.ts";
import {
  countCodePoints,
  countGraphemes,
  countMastodon,
  countText,
  countUtf8,
  countX,
  fits,
  surplusFrom,
} from "./count.ts";
import { countSms } from "./count-sms.ts";

/** [text, UTF-16, code points, graphemes, UTF-8 bytes, X's weight]; the pictures are written as code points. */
const table: [name: string, text: string, number, number, number, number, number][] = [
  ["plain", "Where is my parcel?", 19, 19, 19, 19, 19],
  ["a waving hand", "Hi \u{1f44b}", 5, 4, 4, 7, 5],
  ["a family of four", "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}", 11, 7, 1, 25, 2],
  ["a skin tone", "\u{1f44d}\u{1f3fe}", 4, 2, 1, 8, 2],
  ["a flag", "\u{1f1f3}\u{1f1ff}", 4, 2, 1, 8, 2],
  ["the flag of Wales", "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}", 14, 7, 1, 28, 2],
  ["a keycap without its selector", "3\u20e3", 2, 2, 1, 4, 2],
  ["a heart with its selector", "\u2764\ufe0f", 2, 2, 1, 6, 2],
  ["copyright is a letter", "©", 1, 1, 1, 2, 1],
  ["composed", "señor", 5, 5, 5, 6, 5],
  ["decomposed", "sen\u0303or", 6, 6, 5, 7, 5],
  ["Japanese", "返品したい", 5, 5, 5, 15, 10],
  ["Hangul in pieces", "\u1112\u1161\u11ab", 3, 3, 1, 9, 2],
  ["Devanagari", "नमस्ते", 6, 6, 3, 18, 6],
  ["typographic quotes", "“it’s”", 6, 6, 6, 12, 6],
  ["a link", "see https://northwind.example/very/long/path?with=query ok", 58, 58, 58, 58, 30],
  ["a link without a scheme", "northwind.com/x", 15, 15, 15, 15, 23],
  ["a file name is no link", "invoice.pdf", 11, 11, 11, 11, 11],
];

describe("the same text in every unit", () => {
  test.each(table)("%s", (_, text, utf16, codePoints, graphemes, bytes, x) => {
    expect({
      utf16: text.length,
      codePoints: countCodePoints(text),
      graphemes: countGraphemes(text),
      bytes: countUtf8(text),
      x: countX(text),
    }).toEqual({ utf16, codePoints, graphemes, bytes, x });
  });
});

test("X: two links in one post cost 23 each, whatever they hide", () => {
  expect(countX("a https://b.example c.co")).toBe(2 + 23 + 1 + 23);
});

test("X: a link we are not sure of costs the more of both ways", () => {
  const long = `https://shop.unheardofname/${"x".repeat(30)}`;
  expect(countX(long)).toBe(long.length);
  expect(countX("https://a.unheardofname")).toBe(23);
});

describe("Mastodon", () => {
  test.each([
    ["@ines@social.example hello", 11],
    ["https://social.example/a/very/long/address/indeed", 23],
    ["northwind.com has no scheme", 27],
    ["mail ines@northwind.com", 23],
    ["👨‍👩‍👧‍👦", 1],
  ])("%s is %i", (text, length) => expect(countMastodon(text, 23)).toBe(length));
});

describe("text messages", () => {
  test.each([
    ["", "GSM-7", 0],
    ["x".repeat(160), "GSM-7", 1],
    ["x".repeat(161), "GSM-7", 2],
    ["x".repeat(306), "GSM-7", 2],
    ["x".repeat(307), "GSM-7", 3],
    ["€".repeat(80), "GSM-7", 1],
    ["€".repeat(81), "GSM-7", 2],
    [`${"x".repeat(152)}€${"x".repeat(152)}`, "GSM-7", 3],
    ["ж".repeat(70), "UCS-2", 1],
    ["ж".repeat(71), "UCS-2", 2],
    [`${"ж".repeat(66)}\u{1f44b}${"ж".repeat(67)}`, "UCS-2", 3],
  ])("%#", (text, encoding, segments) => expect(countSms(text)).toMatchObject({ encoding, segments }));

  test("names what forces the short alphabet", () => {
    expect(countSms("it’s “fine”, isn’t it").costly).toEqual(["’", "“", "”"]);
  });
});

const rules: LengthRule[] = [
  { unit: "x-weighted", max: 30 },
  { unit: "graphemes", max: 20, maxUtf8Bytes: 40 },
  { unit: "mastodon", max: 30, urlCost: 23 },
  { unit: "utf16", max: 20 },
  { unit: "codepoints", max: 20 },
  { unit: "utf8-bytes", max: 30 },
  { unit: "sms-segments", max: 1, warnAt: 1 },
];

test("exactly the limit fits, one more does not", () => {
  for (const rule of rules.slice(0, 6)) {
    const max = "max" in rule ? rule.max : 0;
    expect(fits("x".repeat(max), rule), rule.unit).toBe(true);
    expect(countText("x".repeat(max + 1), rule), rule.unit).toMatchObject({ over: true, left: -1 });
  }
});

test("Bluesky's limit in bytes binds where its characters do not", () => {
  const rule: LengthRule = { unit: "graphemes", max: 300, maxUtf8Bytes: 3000 };
  const families = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}".repeat(121);
  expect(countText(families, rule)).toEqual({ length: 3025, max: 3000, left: -25, over: true });
});

const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 80 }), fc.string({ unit: "grapheme", maxLength: 60 }));

test("the surplus begins at a character, what stands before fits and one more does not", () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(...rules), (text, rule) => {
      const at = surplusFrom(text, rule);
      expect(fits(text.slice(0, at), rule)).toBe(true);
      expect(at === text.length).toBe(fits(text, rule));
    }),
  );
});

test("no text is shorter by code points than by graphemes, none breaks the counter", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(countCodePoints(text)).toBeGreaterThanOrEqual(countGraphemes(text));
      expect(countUtf8(text)).toBeGreaterThanOrEqual(countCodePoints(text));
      for (const rule of rules) expect(countText(text, rule).length).toBeGreaterThanOrEqual(0);
    }),
  );
});

test.each(["a.", "http://", "\u{1f468}\u200d", "\u0301", "1\u20e3", "@a@", "www.a.com/(("])(
  "100,000 units of %j are counted",
  (piece) => {
    const text = piece.repeat(100_000 / piece.length);
    expect(countX(text)).toBeGreaterThan(0);
    expect(countMastodon(text, 23)).toBeGreaterThan(0);
  },
);
