import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold, gramsOf, tokensOf } from "./words.ts";

/** Any letter there is; the library's own takes seconds to be made. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x2ffff }), { maxLength: 40 })
  .map((codes) => String.fromCodePoint(...codes));
const words = (text: string) => tokensOf(text).map((one) => one.word);

describe("tokensOf", () => {
  test.each([
    ["My router is DOWN!", ["my", "router", "is", "down"]],
    ["Düsseldorf, Straße; naïve", ["dusseldorf", "strasse", "naive"]],
    ["don’t e-mail anna_w@x.com", ["don", "t", "e", "mail", "anna", "w", "x", "com"]],
    ["ＦＵＬＬ ﬁle ①", ["full", "file", "1"]],
    ["İstanbul IŞIK ışık Łódź", ["istanbul", "isik", "isik", "lodz"]],
    ["مُحَمَّد", ["محمد"]],
    ["東京タワー", ["東京", "京タ", "タワ", "ワー", "ー"]],
    ["ﾀﾜｰ ｶﾞｽ", ["タワ", "ワー", "ー", "ガス", "ス"]],
    ["iPhone壊れた", ["iphone", "壊れ", "れた", "た"]],
    ["전화가 안 돼요", ["전화가", "안", "돼요"]],
    ["전화", ["전화"]],
    ["", []],
    ["— … 😀", []],
    [`${"x".repeat(80)} end`, ["x".repeat(64), "end"]],
  ])("%j", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test("decomposed writing is found like composed, and half letters break nothing", () => {
    expect(words("Zu\u0308rich 전화".normalize("NFD"))).toEqual(words("Zürich 전화"));
    expect(words("a\ud800b \udc00 c")).toEqual(["a", "b", "c"]);
  });

  test("a hostile text ends, and is cut", () => {
    expect(tokensOf("a".repeat(200_000))).toHaveLength(1);
    expect(tokensOf("字".repeat(50_000)).length).toBeLessThanOrEqual(8_000);
    expect(tokensOf(`a${"\u0301".repeat(100_000)}`)).toHaveLength(1);
    expect(tokensOf("é x ".repeat(50_000)).length).toBeLessThanOrEqual(8_000);
  });

  test("whatever the text: words hold nothing that a query could trip over, and stand where they are said to", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const wrong = tokensOf(text).filter(
          ({ word, at, start, end }, n) =>
            !/^[\p{L}\p{N}\p{M}]+$/u.test(word) || at !== n + 1 || start >= end || fold(text.slice(start, end)) === "",
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

test("gramsOf", () => {
  expect(gramsOf("router")).toEqual(["rou", "out", "ute", "ter"]);
  expect(gramsOf("ab")).toEqual([]);
});
