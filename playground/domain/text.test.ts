import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkText, countGraphemes, hashtagsIn, holdsWords, mentionsIn, pieces, wordLine } from "./text.ts";

describe("checkText", () => {
  test.each([
    ["plain", "hello", "hello"],
    ["trims", "  hello \n", "hello"],
    ["CRLF and CR become LF", "a\r\nb\rc", "a\nb\nc"],
    ["a family is one character", "👨‍👩‍👧‍👦".repeat(10), "👨‍👩‍👧‍👦".repeat(10)],
    ["right to left", "مرحبا", "مرحبا"],
    ["bidi overrides stay", "a\u202eb", "a\u202eb"],
  ])("takes: %s", (_name, given, wanted) => {
    expect(checkText(given, 10, "post")).toEqual({ ok: true, text: wanted });
  });

  test.each([
    ["nothing", " \n ", "text-empty"],
    ["NUL", "a\u0000b", "text-invalid"],
    ["escape", "a\u001bb", "text-invalid"],
    ["C1 control", "a\u0085b", "text-invalid"],
    ["high surrogate alone", "a\ud83d", "text-invalid"],
    ["low surrogate alone", "\ude42a", "text-invalid"],
    ["eleven families", "👨‍👩‍👧‍👦".repeat(11), "text-too-long"],
    ["eleven letters", "a".repeat(11), "text-too-long"],
  ])("refuses: %s", (_name, given, code) => {
    expect(checkText(given, 10, "post")).toMatchObject({ ok: false, code });
  });

  test("what is taken is within the limit and well-formed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (given) => {
        const checked = checkText(given, 10, "post");
        if (!checked.ok) return;
        expect(countGraphemes(checked.text)).toBeLessThanOrEqual(10);
        expect(checked.text.isWellFormed()).toBe(true);
      }),
    );
  });
});

test.each([
  ["@acme hi @Bob, mail me@example.org @x @acme", ["acme", "bob"]],
  ["https://example.org/@acme", []],
  ["(@acme) @@bob @waytoolonghandleofmorethan20", ["acme"]],
  ["@__proto__ @constructor", ["__proto__", "constructor"]],
])("mentions in %s", (text, wanted) => {
  expect(mentionsIn(text)).toEqual(wanted);
});

test.each([
  ["#Help #help #123 #été a#b https://x.example/#frag #انقطاع", ["help", "été", "انقطاع"]],
  ["&#39; ##x", []],
])("hashtags in %s", (text, wanted) => {
  expect(hashtagsIn(text)).toEqual(wanted);
});

test("the pieces joined are the text", () => {
  const words = fc.constantFrom("@acme", "#tag", "https://example.org/a?b=@c#d", " ", "\n", "<b>", "é", "\ud800", ".");
  fc.assert(
    fc.property(fc.array(words), (parts) => {
      const text = parts.join("");
      expect(
        pieces(text)
          .map((p) => p.text)
          .join(""),
      ).toBe(text);
    }),
  );
});

test.each([
  ["Third OUTAGE this month", ["outage"], true],
  ["Third outage this month", ["out"], false],
  ["third #outage", ["outage"], true],
  ["outage", ["#outage"], false],
  ["請求書が二重", ["請求書"], true],
  ["ﬁre", ["fire"], true],
  ["a b", ["a", "c"], false],
])("%s holds %s: %s", (text, words, wanted) => {
  expect(holdsWords(wordLine(text), words)).toBe(wanted);
});
