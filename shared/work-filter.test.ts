import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filterKeys, parseFilter, waitingOf, withoutTerm, withTerm, writeTerm } from "./work-filter.ts";

const said = (text: string) => parseFilter(text).terms.map(({ key, value, not }) => `${not ? "-" : ""}${key}=${value}`);
const faults = (text: string) => parseFilter(text).faults.map(({ why, word }) => `${why} ${word}`);

describe("parseFilter", () => {
  test.each([
    ["", []],
    ["   ", []],
    ["queue:care", ["queue=care"]],
    ["QUEUE:Care", ["queue=Care"]],
    ['queue:"Business care" lang:de', ["queue=Business care", "lang=de"]],
    ["-lang:en is:unread", ["-lang=en", "is=unread"]],
    ["router broken", ["text=router", "text=broken"]],
    ['"no signal" -spam', ["text=no signal", "-text=spam"]],
    ["owner:none waiting:>2h", ["owner=none", "waiting=>2h"]],
    ["waiting:2h30m", ["waiting=2h30m"]],
    ['queue:"open', ["queue=open"]],
    ["brand:Nördlicht", ["brand=Nördlicht"]],
    ["medium:dm medium:chat", ["medium=dm", "medium=chat"]],
    ["https://x.example/1", []],
    ["12:30", ["text=12:30"]],
    ["label:legal_press", ["label=legal_press"]],
  ])("%j", (text, terms) => {
    expect(said(text)).toEqual(terms);
  });

  test.each([
    ["queu:care", ["unknown-key queu:care"]],
    ["queue:", ["empty queue:"]],
    ['queue:""', ['empty queue:""']],
    ["is:purple", ["value is:purple"]],
    ["waiting:soon", ["value waiting:soon"]],
    ["priority:urgent", []],
    ["PRIORITY:High", []],
    ["__proto__:x", []],
    ["constructor:x", ["unknown-key constructor:x"]],
  ])("faults of %j", (text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  test("more than twenty words are too many, and told once", () => {
    const parsed = parseFilter("x ".repeat(40));
    expect([parsed.terms.length, parsed.faults.map((one) => one.why)]).toEqual([20, ["many"]]);
  });

  test("a place is where the word stands", () => {
    const text = 'a  queue:"B c" d';
    expect(parseFilter(text).terms.map((one) => text.slice(one.start, one.end).trim())).toEqual([
      "a",
      'queue:"B c"',
      "d",
    ]);
  });

  test("never throws, and stays inside the text", () => {
    const check = (text: string) => {
      const { terms, faults: wrong } = parseFilter(text);
      for (const one of [...terms, ...wrong]) expect(one.start >= 0 && one.end <= text.length).toBe(true);
      expect(terms.every((one) => one.value.length <= 80)).toBe(true);
    };
    fc.assert(fc.property(fc.string({ maxLength: 300 }), check), { numRuns: 300 });
  });

  test("what is written is read again", () => {
    const keys = filterKeys.filter((key) => !["medium", "is", "priority", "waiting"].includes(key));
    const check = (key: (typeof filterKeys)[number], value: string, not: boolean) => {
      fc.pre(value.trim() !== "");
      expect(parseFilter(writeTerm({ key, value, not })).terms).toMatchObject([{ key, value: value.trim(), not }]);
    };
    const parts = [fc.constantFrom(...keys), fc.stringMatching(/^[a-zä ]{1,20}$/), fc.boolean()] as const;
    fc.assert(fc.property(...parts, check), { numRuns: 200 });
  });
});

test.each([
  [">2h", 7_200_000, false],
  ["2h", 7_200_000, false],
  ["<30m", 1_800_000, true],
  ["1d12h", 129_600_000, false],
  ["2", null, false],
  ["h", null, false],
  ["99999d", null, false],
])("waiting %s", (value, ms, less) => {
  expect(waitingOf(value)).toEqual(ms === null ? null : { ms, less });
});

test("terms come and go", () => {
  expect(withTerm("", { key: "is", value: "unread", not: false })).toBe("is:unread");
  expect(withTerm("is:unread", { key: "is", value: "unread", not: false })).toBe("is:unread");
  expect(withTerm("x", { key: "queue", value: "Business care", not: true })).toBe('x -queue:"Business care"');
  const text = 'a queue:"B c" d';
  expect(withoutTerm(text, parseFilter(text).terms[1]!)).toBe("a d");
});
