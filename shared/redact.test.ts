import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCards, mayHoldCards } from "./redact/cards.ts";
import { fold } from "./redact/fold.ts";
import { type RedactKind, redactAll, redactAtRest, redactCards } from "./redact.ts";

const kinds = (texts: string[], language?: string) => redactAll(texts, language).found.map(({ kind }) => kind);
const taken = (texts: string[], language?: string) =>
  redactAll(texts, language).found.map(({ kind, text, start, end }) => [
    kind,
    (texts[text] as string).slice(start, end),
  ]);

/** A number with a right Luhn digit. */
function withCheck(body: string): string {
  for (let d = 0; d < 10; d++) if (luhn(body + d)) return body + d;
  throw new Error("unreachable");
}
function luhn(n: string): boolean {
  return (
    [...n]
      .reverse()
      .reduce((sum, c, i) => sum + (i % 2 ? (Number(c) * 2 > 9 ? Number(c) * 2 - 9 : Number(c) * 2) : Number(c)), 0) %
      10 ===
    0
  );
}

describe("cards", () => {
  test.each([
    ["together", "4111111111111111"],
    ["in fours", "5555 5555 5555 4444"],
    ["with dashes", "6011-1111-1111-1117"],
    ["with dots", "3566.0020.2036.0505"],
    ["American Express", "3782 822463 10005"],
    ["Diners", "3056 930902 5904"],
    ["digit by digit", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"],
    ["nineteen digits", "4000 0000 0000 0000 006"],
    ["thirteen digits, named", "card 4222222222222"],
    ["Arabic digits", "٤١١١ ١١١١ ١١١١ ١١١١"],
    ["Devanagari digits", "४१११ ११११ ११११ ११११"],
    ["full width", "４１１１－１１１１－１１１１－１１１１"],
    ["mathematical digits", "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏"],
    ["zero-width characters between", "4111\u200b1111\u200b1111\u200b1111"],
    ["over two lines", "4111 1111\n1111 1111"],
    ["glued to a word", "visa4111111111111111"],
  ])("%s", (_, text) => {
    const { texts, found } = redactCards([text]);
    expect(found.map(({ kind }) => kind)).toEqual(["card"]);
    expect((texts[0] as string).replace(/\D/gu, "").length).toBeLessThanOrEqual(4);
    expect((texts[0] as string).isWellFormed()).toBe(true);
  });

  test("leave the last four, once", () => {
    expect(redactCards(["5555555555554444 again 5555 5555 5555 4444"]).texts).toEqual(["[card …4444] again [card]"]);
  });

  test("are found over several messages", () => {
    expect(redactCards(["my card is 5555 5555", "5555 4444"]).texts).toEqual(["my card is [card]", "[card …4444]"]);
    expect(redactCards(["first 4111", "1111", "wait", "then 1111", "and 1111"]).texts).toEqual([
      "first [card]",
      "[card]",
      "wait",
      "then [card]",
      "and [card …1111]",
    ]);
  });

  test("are found over several messages also in odd pieces, when the messages hold little else", () => {
    expect(redactCards(["41111", "then 1111111", "and 1111"]).texts).toEqual([
      "[card]",
      "then [card]",
      "and [card …1111]",
    ]);
  });

  test("are not made of figures that stand in sentences of several messages", () => {
    const replies = [34, 35, 36, 37].map((n) => `We have looked into it (dana-201-${n}) and it works again.`);
    expect(redactCards(replies).texts).toEqual(replies);
  });

  test.each([
    "4111111111111112",
    "order 1234567890123",
    "00340434161094042557",
    "1Z999AA10123456784",
    "IMEI 356938035643809",
    "0.4111111111111111",
    "https://social.example/post/4111111111111111",
    "+4111 1111 1111 1111 11",
    "4006381333931",
    "2026-11-02 14:46:31.120",
  ])("%s stands", (text) => expect(redactCards([text]).texts).toEqual([text]));

  test("every issued number is found however it is parted, and none with a wrong check digit", () => {
    const prefix = fc.constantFrom("4539", "5105", "2223", "6011", "3530", "6212");
    const digits = fc.stringMatching(/^\d{11}$/u);
    const gap = fc.constantFrom("", " ", "-", ".", "\u00a0", " - ");
    fc.assert(
      fc.property(prefix, digits, gap, (lead, body, part) => {
        const card = withCheck(lead + body);
        const written = card.match(/.{4}/gu)?.join(part) as string;
        const said = `take it from ${written} please`;
        expect(redactCards([said]).texts.join()).not.toContain(written);
        const wrong = card.slice(0, -1) + ((Number(card.at(-1)) + 1) % 10);
        expect(redactCards([`take it from ${wrong} please`]).found).toEqual([]);
      }),
    );
  });
});

describe("security codes", () => {
  test.each([
    [["cvc 737, pass 5510"], ["cvc [code], pass 5510"]],
    [["CVV2: 123"], ["CVV2: [code]"]],
    [["737 is my cvv"], ["[code] is my cvv"]],
    [
      ["the cvv is", "737"],
      ["the cvv is", "[code]"],
    ],
    [["Prüfnummer lautet 4 2 1"], ["Prüfnummer lautet [code]"]],
    [["el código de seguridad es 9021"], ["el código de seguridad es [code]"]],
    [["3 digits on the back: 118"], ["3 digits on the back: [code]"]],
    [["セキュリティコードは７３７です"], ["セキュリティコードは[code]です"]],
    [["4111 1111 1111 1111 12/28 737"], ["[card …1111] 12/28 [code]"]],
    [["the cvv field fails, I tried 30 times"], ["the cvv field fails, I tried 30 times"]],
    [["room 737"], ["room 737"]],
    [["cvv costs 1.299 here"], ["cvv costs 1.299 here"]],
  ])("%j", (texts, expected) => expect(redactCards(texts).texts).toEqual(expected));
});

describe("other kinds", () => {
  test.each<[string, RedactKind, string?]>([
    ["DE89 3704 0044 0532 0130 00", "iban"],
    ["GB82WEST12345698765432", "iban"],
    ["+44 7700 900123", "phone"],
    ["(212) 555-0123", "phone"],
    ["call 06 55 55 01 23", "phone"],
    ["اتصل ٠٦٥٥٥٥٠١٢٣", "phone", "ar"],
    ["我的手机 138 1234 5678", "phone", "zh"],
    ["Tel. 030/23125123", "phone", "de"],
    ["612 345 678", "phone", "es"],
    ["lena@post.example", "email"],
    ["lena (at) post (dot) example", "email"],
    ["lena at post dot example", "email"],
    ["SSN 078-05-1120", "national_id"],
    ["AB123456C", "national_id"],
    ["12345678Z", "national_id", "es"],
    ["RSSMRA85T10A562S", "national_id", "it"],
    ["44051401359", "national_id", "pl"],
    ["529.982.247-25", "national_id", "pt"],
    ["11010519491231002X", "national_id", "zh"],
    ["Steuer-ID 86 095 742 719", "national_id", "de"],
    ["passport C01X00T47", "national_id"],
    ["my password is Sunshine77!", "password"],
    ["password: swordfish", "password"],
    ["Mein Passwort lautet „Geheim#1“", "password", "de"],
    ["mot de passe : Soleil75", "password", "fr"],
    ["PIN 4821", "password"],
    ["4821 is my pin", "password"],
    ["パスワードはhana2026です", "password", "ja"],
  ])("%j is %s", (text, kind, language) => expect(kinds([text], language)).toEqual([kind]));

  test.each<[string, string?]>([
    ["order 90441827"],
    ["case # 212-555-0123"],
    ["# 212-555-0123"],
    ["Bestellnummer 302-1234567-1234567", "de"],
    ["tracking 00340434161094042557"],
    ["DE89 3704 0044 0532 0130 01"],
    ["@lena@social.example"],
    ["it cost 1 299 000"],
    ["from 2019-2024 on 12.11.2026 at 14:46"],
    ["10.0.12.250"],
    ["the password reset does not work"],
    ["password is wrong"],
    ["passwort vergessen", "de"],
    ["pincode 560001"],
    ["hotline 0800 123 4567"],
    ["12345678A", "es"],
    ["at this point in time"],
    ["flight LH 1234, seat 23A"],
    ["Rechnung 2026-0044871", "de"],
  ])("%j stands", (text, language) => expect(taken([text], language)).toEqual([]));
});

describe("at rest", () => {
  test("only cards and codes go", () => {
    const text = "4111 1111 1111 1111, cvv 737, lena@post.example, +44 7700 900123";
    expect(redactAtRest(text).text).toBe("[card …1111], cvv [code], lena@post.example, +44 7700 900123");
  });

  test("what earlier messages began is taken out of them too", () => {
    expect(redactAtRest("5555 4444", ["hi", "5555 5555"])).toEqual({
      text: "[card …4444]",
      found: [{ kind: "card", text: 0, start: 0, end: 9 }],
      earlier: [{ index: 1, text: "[card]" }],
    });
  });
});

const hostile = fc
  .array(
    fc.constantFrom(
      "4111",
      "1111",
      " ",
      "-",
      "cvv",
      "pin",
      "@",
      ".",
      "a",
      "é",
      "٤",
      "𝟒",
      "\u2029",
      "\ud83d",
      "\0",
      "de89",
      "+",
      "(",
      "password is ",
      "[card …1111]",
      "12/28",
      "https://a.example/4111111111111111",
    ),
    { maxLength: 50 },
  )
  .map((bits) => bits.join(""));

describe("properties", () => {
  test("what is said to be taken is taken, the rest stands letter by letter", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), (texts) => {
        const { texts: clean, found } = redactAll(texts);
        expect(clean).toHaveLength(texts.length);
        texts.forEach((text, i) => {
          const mine = found.filter((f) => f.text === i);
          let rest = clean[i] as string;
          let at = 0;
          for (const { start, end } of mine) {
            expect(end).toBeGreaterThan(start);
            const before = text.slice(at, start);
            expect(rest.startsWith(before)).toBe(true);
            rest = rest.slice(before.length).replace(/^\[[^\]]*\]/u, "");
            at = end;
          }
          expect(rest).toBe(text.slice(at));
        });
      }),
      { numRuns: 300 },
    );
  });

  test("a clean text stays as it is when it is cleaned again", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const once = redactAtRest(text).text;
        expect(redactAtRest(once).text.replace(/\[card[^\]]*\]/gu, "[card]")).toBe(
          once.replace(/\[card[^\]]*\]/gu, "[card]"),
        );
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    "1",
    "1 ",
    "4111 ",
    "cvv 1",
    "a@",
    "de8",
    "pin 1",
    "password is ",
    "1-",
    "((",
    "𝟒",
    "4111111111111111 ",
    "\u2029",
    "+1",
    "cvv 123 ",
    "pin 1234 ",
    "password: a1b2 ",
    "a@b.example https://a.example ",
  ])("100,000 units of %j are read", (piece) =>
    expect(redactAll([piece.repeat(100_000 / piece.length)]).texts).toHaveLength(1),
  );

  test("a glance says no only where nothing would be found", () => {
    const piece = fc.constantFrom(
      ...[
        "4111",
        "1111",
        "5500-0000",
        "0000 0004",
        "１２３",
        "12/29",
        "123",
        "7",
        " cvv ",
        "Prüfziffer ",
        "code de sécurité: ",
      ],
      ...[" ", ".", "order 55102 ", "card ", "裏面の3桁", "٣٧٨٢", "\u2060", "word "],
    );
    const texts = fc.array(
      fc.array(piece, { maxLength: 9 }).map((parts) => parts.join("")),
      { minLength: 1, maxLength: 4 },
    );
    let no = 0;
    let found = 0;
    fc.assert(
      fc.property(texts, (those) => {
        const folded = fold(those);
        const hits = findCards(folded, []);
        if (hits.length > 0) found++;
        if (mayHoldCards(folded)) return;
        no++;
        expect(hits).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(no, found)).toBeGreaterThan(50);
  });
});
