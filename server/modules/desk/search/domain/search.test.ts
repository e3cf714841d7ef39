import { describe, expect, test } from "vitest";
import { parseSearch } from "#shared/search-query";
import { compile, partsOf } from "./compile.ts";
import { docOf, personDoc } from "./doc.ts";
import { excerpt, needleOf, spansOf } from "./needle.ts";
import { instantOfId, lowestId } from "./places.ts";
import { tokensOf } from "./words.ts";

const names = {
  me: "01900000-0000-7000-8000-00000000000a",
  queues: [
    { id: "q1", name: "Care" },
    { id: "q2", name: "Care nights" },
    { id: "q3", name: "Billing" },
  ],
  brands: [{ id: "01900000-0000-7000-8000-00000000000b", name: "Nørth" }],
};
const day = (said: { date: string } | { daysAgo: number }) => ("date" in said ? Date.parse(said.date) : said.daysAgo);
const ask = (text: string, vocabulary: Record<string, string[]> = {}) =>
  compile(parseSearch(text), names, new Map(Object.entries(vocabulary)), day);
const query = (text: string, vocabulary: Record<string, string[]> = {}) => {
  const outcome = ask(text, vocabulary);
  return outcome.ok ? outcome.search.query : outcome.why;
};

describe("compile", () => {
  test.each([
    ["", null],
    ["Router", "('~router')"],
    ["two words", "('~two') & ('~words')"],
    ['"not the router"', "('~not' <1> '~the' <1> '~router')"],
    ["rout*", "('~rout':*)"],
    ["don't", "('~don' <1> '~t')"],
    ["東京タワー", "('~東京' <1> '~京タ' <1> '~タワ' <1> '~ワー')"],
    ["東", "('~東':*)"],
    ["iPhone壊れた", "('~iphone' <1> '~壊れ' <1> '~れた')"],
    ["router -down", "('~router') & !('~down')"],
    ["-down", "('~#d.in' | '~#d.out') & !('~down')"],
    ["from:anna from:bob x", "('~x') & (('~@anna') | ('~@bob'))"],
    ['from:"Anna Weber"', "('~@anna' & '~@weber')"],
    ["from:ann*", "('~@ann':*)"],
    ["from:me", "'~#g.0190000000007000800000000000000a'"],
    ["to:shop", "('~>shop')"],
    ["medium:email network:bluesky-network", "'~#m.email' & '~#n.bluesky-network'"],
    ["lang:de-AT has:file has:link", "'~#l.de' & ('~#f' | '~#k')"],
    ["brand:north", "('~#b.0190000000007000800000000000000b')"],
    ["brand:south", "There is no brand called “south”."],
    ["-medium:email", "('~#d.in' | '~#d.out') & !'~#m.email'"],
    ["is:open queue:care", null],
    ["https://x.com/a", "('~https' <1> '~x' <1> '~com' <1> '~a')"],
    ["re: invoice", "('~re') & ('~invoice')"],
    ["' | '~x':* !", "('~x':*)"],
    ["…", null],
  ])("%j", (text, expected) => {
    expect(query(text)).toBe(expected);
  });

  test("a part asks for the words that have it; the part itself is one, too", () => {
    expect(partsOf(parseSearch("*OUTE* x *a.b*"))).toEqual(["oute"]);
    expect(query("*oute*", { oute: ["router", "routes"] })).toBe("('~oute' | '~router' | '~routes')");
    expect(query("-*oute*")).toBe("('~#d.in' | '~#d.out') & !('~oute')");
  });

  test("where it stands and when", () => {
    const outcome = ask("is:open is:mine queue:care queue:bill after:2026-11-01 before:today x");
    expect(outcome).toMatchObject({
      ok: true,
      search: { isOpen: true, mine: true, inQueues: ["q1", "q3"], after: Date.parse("2026-11-01"), before: 0 },
    });
  });

  test("people are looked for by words alone", () => {
    expect(ask("anna web")).toMatchObject({ search: { people: "'~anna':* & '~web':*" } });
    for (const text of ["a", "is:open anna", "-anna", "from:anna", ""])
      expect(ask(text), text).toMatchObject({ search: { people: null } });
  });

  test.each([
    ["is:foo", /is:open, is:done and is:mine/],
    ["is:open is:done", /cannot both hold/],
    ["queue:nothing", /no queue called “nothing”/],
    ["from:", /nothing after the colon/],
    ["from:…", /names nobody/],
    ["*ab*", /three letters/],
    ["-is:open", /cannot be turned round/],
    ["before:2026-02-31", /a day like/],
    ["a b c d e f g h i j k l m n o p q", /leave some out/],
  ])("%j is refused in words", (text, why) => {
    expect(query(text)).toMatch(why);
  });
});

const marked = (text: string, asked: string) => {
  const needles = parseSearch(asked).terms.flatMap((term) => needleOf(term) ?? []);
  const { text: shown, spans } = excerpt(text, needles);
  return spans.toReversed().reduce((said, { at, length }) => {
    return `${said.slice(0, at)}[${said.slice(at, at + length)}]${said.slice(at + length)}`;
  }, shown);
};

describe("what was found is marked", () => {
  test.each([
    ["My Router is down, router!", "router", "My [Router] is down, [router]!"],
    ["The line is not the router", '"the router"', "The line is not [the router]"],
    ["the big router", '"the router"', "the big router"],
    ["Routers and routes", "rout*", "[Routers] and [routes]"],
    ["My routers", "*oute*", "My [routers]"],
    ["Zu\u0308rich 😀 Straße", "zurich strasse", "[Zu\u0308rich] 😀 [Straße]"],
    ["昨日東京タワーで", "東京タワー", "昨日[東京タワー]で"],
    ["昨日東京タワーで", "で", "昨日東京タワー[で]"],
    ["nothing", "else", "nothing"],
  ])("%j by %j", (text, asked, expected) => {
    expect(marked(text, asked)).toBe(expected);
  });

  test("of a long text the part around the hit is shown, cut between words", () => {
    const shown = marked(`${"before it all ".repeat(40)}the router broke ${"and then some ".repeat(40)}`, "router");
    expect(shown).toMatch(/^… \S.*\[router\] broke .*\S …$/);
    expect(shown.length).toBeLessThan(250);
    expect(marked("😀".repeat(500), "x")).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  test("hits that overlap are one", () => {
    const needles = ["東京", "京タワー"].flatMap((value) => needleOf({ value, how: "whole" }) ?? []);
    expect(spansOf(tokensOf("東京タワー"), needles)).toEqual([{ at: 0, length: 5 }]);
  });
});

describe("docOf", () => {
  const said = {
    ...{ subject: "Bill", text: "my bill", direction: "in" as const, network: "email", medium: "email" },
    ...{ brandId: names.brands[0]!.id, language: "de-AT", hasFile: true, from: ["Anna W."], to: ["Shop"] },
    agentId: null,
  };
  test("holds the words with their places, and the facts", () => {
    const { words, vocabulary } = docOf(said);
    expect(words.split(" ")).toEqual([
      ...["'~bill':1,13", "'~my':12", "'~#d.in'", "'~#n.email'", "'~#m.email'"],
      ...["'~#b.0190000000007000800000000000000b'", "'~#l.de'", "'~#f'", "'~@anna'", "'~@w'", "'~>shop'"],
    ]);
    expect(vocabulary).toEqual(["bill"]);
  });
  test("of one word it keeps as many places as the database does", () => {
    const { words } = docOf({ ...said, subject: "", text: "ha ".repeat(20_000) });
    expect(words.split(" ")[0]!.split(",")).toHaveLength(255);
  });
  test("is never larger than the database takes it, whatever one letter is spelt out to", () => {
    // One sign each that stands for a word of four letters of two bytes.
    const signs = [..."\ufdf2\ufdf3\ufdf4\ufdf5\ufdf6\ufdf7\ufdf8"];
    const spelt = (n: number) => Array.from({ length: 16 }, (_, k) => signs[Math.floor(n / 7 ** k) % 7]).join("");
    const text = Array.from({ length: 8_000 }, (_, n) => spelt(n)).join(" ");
    const { words, vocabulary } = docOf({
      ...said,
      text,
      from: Array.from({ length: 50 }, (_, n) => text.slice(n * 300)),
    });
    const bytes = words.split(" ").reduce((sum, one) => sum + Buffer.byteLength(one) + 12, 0);
    expect([text.length < 200_000, bytes < 2 ** 20]).toEqual([true, true]);
    expect(vocabulary.length).toBeGreaterThan(5_000);
    const there = new Set(words.split(" ").map((one) => one.slice(2, one.lastIndexOf("'"))));
    expect(vocabulary.filter((word) => !there.has(word))).toEqual([]);
  });
  test("names", () => {
    expect(personDoc(["Anna Weber", "@anna_w", ""])).toBe("'~anna' '~weber' '~w'");
  });
});

test("an instant in an id and back", () => {
  const at = Date.parse("2026-11-17T09:00:00.123Z");
  expect(instantOfId(lowestId(at))).toBe(at);
  expect(lowestId(at)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-0000-0000-000000000000$/);
});
