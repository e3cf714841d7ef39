import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesEverything } from "./anchors.ts";
import { parseQuery } from "./parse.ts";

/** The fault, its place shown as the text it points at. */
function faultOf(text: string) {
  const parsed = parseQuery(text);
  if (parsed.ok) throw new Error(`${text} is no fault.`);
  const { code, at, length } = parsed.fault;
  return [code, text.slice(at, at + length)];
}
/** The tree in one line. */
function treeOf(text: string): string {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.fault.says);
  const show = (q: typeof parsed.query): string => {
    if (q.kind === "all" || q.kind === "any") return `${q.kind}(${(q.of as (typeof q)[]).map(show).join(" ")})`;
    if (q.kind === "not") return `not(${show(q.of)})`;
    if (q.kind === "near") return `near${q.ordered ? ">" : ""}${q.within}(${show(q.left)} ${show(q.right)})`;
    if (q.kind === "phrase") return q.words.map((w) => w.text + (w.kind === "prefix" ? "*" : "")).join("_");
    if (q.kind === "loose")
      return `loose${q.within}(${q.groups
        .flat()
        .map((w) => w.text)
        .join(" ")})`;
    if (q.kind === "field") return `${q.name}:${q.value}`;
    if (q.kind === "followers") return `followers:${q.min}..${q.max}`;
    return `${q.kind}:${q.text}`;
  };
  return show(parsed.query);
}

describe("a fault points at its place", () => {
  it.each([
    ["", "nothing-to-look-for", ""],
    ["  ", "nothing-to-look-for", "  "],
    ["... !", "nothing-to-look-for", "... !"],
    ["lumo AND", "operand-missing-after", "AND"],
    ["lumo OR )", "operand-missing-after", "OR"],
    ["AND lumo", "operand-missing-before", "AND"],
    ["OR lumo", "operand-missing-before", "OR"],
    ["lumo AND OR late", "operand-missing-after", "OR"],
    ["lumo NOT", "operand-missing-after", "NOT"],
    ["(lumo", "parenthesis-open", "("],
    ["lumo)", "parenthesis-closed", ")"],
    ["()", "parentheses-empty", "()"],
    ['lumo "late', "quote-open", '"'],
    ["{Lumo", "brace-open", "{"],
    ["a NEAR b", "distance-wanted", "NEAR"],
    ["a NEAR/0 b", "distance-too-small", "NEAR/0"],
    ["a NEAR/1000 b", "distance-too-great", "NEAR/1000"],
    ["a NEAR/3 (b AND c)", "near-wants-words", "b AND c"],
    ["a NEAR/3 NOT b", "near-wants-words", "NOT b"],
    ["a NEAR/3 lang:en", "near-wants-words", "lang:en"],
    ["NEAR/3 a", "operand-missing-before", "NEAR/3"],
    ["a NEAR/3", "operand-missing-after", "NEAR/3"],
    ['"a b c"~1', "distance-too-small", '"a b c"~1'],
    ["*", "star-alone", "*"],
    ["*lumo", "star-in-front", "*lumo"],
    ["l*", "star-in-front", "l*"],
    ["from: lumo", "value-wanted", "from:"],
    ["lumo lang:german", "value-unknown", "lang:german"],
    ["lumo has:cats", "value-unknown", "has:cats"],
    ["lumo is:nice", "value-unknown", "is:nice"],
    ["lumo followers:many", "value-unknown", "followers:many"],
    ["lumo followers:9..3", "value-unknown", "followers:9..3"],
    ["lumo context:12.3", "not-known-here", "context:12.3"],
    [`${"(".repeat(70)}a${")".repeat(70)}`, "too-deep", "("],
    ["a ".repeat(2001), "too-many-terms", "a"],
  ])("%s", (text, code, place) => {
    expect(faultOf(text)).toEqual([code, place]);
  });
  it("says what to write instead", () => {
    const parsed = parseQuery("a NEAR b");
    expect(parsed).toMatchObject({ ok: false, fault: { says: "NEAR needs a distance in words.", write: "NEAR/5" } });
  });
  it("tells of what looks like an operator and is a word", () => {
    const parsed = parseQuery("lumo or late & well");
    expect(parsed.ok && parsed.notices.map((n) => [n.code, n.text])).toEqual([
      ["small-operator", "or"],
      ["no-word", "&"],
    ]);
  });
});

describe("what binds strongest", () => {
  it.each([
    ["a b OR c", "any(all(a b) c)"],
    ["a OR b c", "any(a all(b c))"],
    ["NOT a b", "all(not(a) b)"],
    ["a -b", "all(a not(b))"],
    ["a AND NOT b OR c", "any(all(a not(b)) c)"],
    ["a NEAR/2 b c", "all(near2(a b) c)"],
    ["a b ONEAR/2 c", "all(a near>2(b c))"],
    ["NOT (a NEAR/2 b)", "not(near2(a b))"],
    ["NOT NOT a", "not(not(a))"],
    ["e-mail", "e_mail"],
    ["“two words”", "two_words"],
    ["„zwei worte“*", "zwei_worte*"],
    ['"a b"~4', "loose4(a b)"],
    ["note:7 x", "all(note_7 x)"],
    ["author:@Ed site:Shop.example", "all(from:ed url:shop.example)"],
    ["(a) & b", "all(a b)"],
    ["followers:10k", `followers:10000..${Number.MAX_SAFE_INTEGER}`],
    ["followers:<1.5k", "followers:0..1499"],
    ["#Lumo @Lumo $LUMO 👍🏽", "all(hashtag:lumo mention:lumo cashtag:lumo emoji:👍)"],
  ])("%s", (text, tree) => {
    expect(treeOf(text)).toBe(tree);
  });
});

describe("what would match nearly everything", () => {
  it.each([
    ["NOT lumo", "NOT lumo"],
    ["lang:en", "lang:en"],
    ["lumo OR lang:en", "lang:en"],
    ["lumo OR (late OR NOT x)", "NOT x"],
    ["has:links -is:repost", "has:links -is:repost"],
    ["followers:>10", "followers:>10"],
  ])("%s", (text, place) => {
    const parsed = parseQuery(text);
    const fault = parsed.ok ? matchesEverything(parsed.query) : null;
    expect(fault && text.slice(fault.at, fault.at + fault.length)).toBe(place);
  });
  it.each(["lumo", "lumo NOT late", "lang:en (a OR b)", "from:ed", "url:shop", "👍", "NOT NOT a OR b AND c"])(
    "not %s",
    (text) => {
      const parsed = parseQuery(text);
      expect(parsed.ok && matchesEverything(parsed.query)?.code).toBe(
        text.startsWith("NOT NOT") ? "matches-everything" : undefined,
      );
    },
  );
});

it("answers with a tree or with a fault inside of the text, whatever is written", () => {
  const bits = fc.constantFrom(
    ...[
      "a",
      "lumo",
      "(",
      ")",
      '"',
      "“",
      "{",
      "}",
      "-",
      "*",
      "?",
      " ",
      " AND ",
      " OR ",
      " NOT ",
      " NEAR/3 ",
      "~2",
      "#",
      "@",
      "$",
    ],
    ...["from:", "lang:", "has:links", "followers:", "東京", "👍", "\ud800", "\0", "é", "_", "/", ":", "NEAR"],
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(bits, { maxLength: 30 }).map((all) => all.join("")),
        fc.string({ unit: "binary" }),
      ),
      (text) => {
        const parsed = parseQuery(text);
        if (parsed.ok) return;
        const { at, length } = parsed.fault;
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at + length).toBeLessThanOrEqual(text.length);
      },
    ),
    { numRuns: 3000 },
  );
});
