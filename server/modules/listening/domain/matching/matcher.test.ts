import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Post, Query } from "#shared/query/ast";
import type { Accents } from "#shared/query/fold";
import { parseQuery } from "#shared/query/parse";
import { slowMatcher } from "../../../../../tests/support/slow-query.ts";
import { Matcher } from "./matcher.ts";

function query(text: string, accents: Accents = "fold"): Query {
  const parsed = parseQuery(text, { accents });
  if (!parsed.ok) throw new Error(`${text}: ${parsed.fault.says}`);
  return parsed.query;
}
function hit(text: string, post: string | Post, accents: Accents = "fold"): boolean {
  const matcher = new Matcher();
  matcher.add("q", query(text, accents), accents);
  const asked = typeof post === "string" ? { text: post } : post;
  const found = matcher.match(asked).length === 1;
  expect(slowMatcher(asked)(query(text, accents), { accents }), `${text} / ${asked.text}: the slow way`).toBe(found);
  return found;
}

describe("what a query finds", () => {
  it.each<[string, string | Post, boolean]>([
    ['ringbus AND (late OR "did not come")', "Ringbus is late again", true],
    ['ringbus AND (late OR "did not come")', "ring bus late", false],
    ['ringbus AND (late OR "did not come")', "ringbus 7 did not come", true],
    ["#ringbus NOT lang:de", { text: "#Ringbus rocks", lang: "en" }, true],
    ["#ringbus NOT lang:de", { text: "tolle Fahrt #Ringbus", lang: "de" }, false],
    ["#ringbus", "ringbus", false],
    ["ringbus", "#ringbus!", true],
    ["ringbus", "@ringbus", false],
    ["@ringbus", "thanks @RingBus, all good", true],
    ["@ringbus", "me@ringbus.example", false],
    ["@ringbus", "@ringbuses", false],
    ["@lumo.bsky.social", "hi @lumo.bsky.social.", true],
    ["#ring", "a#ring", false],
    ["lift* NEAR/3 broken", "the lifts are all broken", true],
    ["lift* NEAR/3 broken", "lift fine, but the stairs next to it are broken", false],
    ["a1 NEAR/1 b1", "b1 a1", true],
    ["a1 ONEAR/1 b1", "b1 a1", false],
    ["a1 ONEAR/2 b1", "a1 x b1", true],
    ["a1 NEAR/2f b1", "b1 x a1", false],
    ['(a1 OR "b1 c1") NEAR/2 d1', "d1 x b1 c1", true],
    ["a1 NEAR/2 b1 NEAR/2 c1", "a1 x b1 x c1", true],
    ["a1 NEAR/2 b1 NEAR/2 c1", "a1 x b1 x x c1", false],
    ["a1 NEAR/5 a1", "a1 b1", false],
    ["a1 NEAR/5 a1", "a1 b1 a1", true],
    ["#lumo NEAR/2 late", "#lumo is late", true],
    ["@lumo NEAR/1 late", "late @lumo", true],
    ["e-mail", "My e mail", true],
    ["e-mail", "email", false],
    ["lumo", "Lumo's", true],
    ["café", "CAFE", true],
    ["cafe", "un café", true],
    ["strasse", "Straße", true],
    ["ｌｕｍｏ", "lumo", true],
    ["lodz", "Łódź", true],
    ["мой", "мои", false],
    ['"two words"', "two, words", true],
    ['"two word*"', "two wordings", true],
    ['"two words"', "words two", false],
    ['"a1 b1"~3', "b1 x x a1", true],
    ['"a1 b1"~3', "b1 x x x a1", false],
    ['"a1 a1"~3', "a1 x", false],
    ["wom?n", "women", true],
    ["col*r", "colour", true],
    ["col*r", "colours", false],
    ["東京", "昨日東京都で", true],
    ["東京", "東の京", false],
    ["東京", "東。京", false],
    ['"東京 大阪"', "東京、大阪", true],
    ["电池", "这个电池坏了", true],
    ["배터리", "배터리가 나갔어요", true],
    ["iphone手机", "我的iPhone手机", true],
    ["👍", "great 👍🏽", true],
    ["❤", "love ❤️", true],
    ["👍", "👎", false],
    ["🇩🇪", "🇩🇪🇫🇷", true],
    ["$lumo", "buy $LUMO now", true],
    ["$lumo", "lumo $5", false],
    ["lumo", "$LUMO", true],
    ["from:@Ed", { text: "x", from: "ed" }, true],
    ["to:ed", { text: "x", to: ["Ed"] }, true],
    ["lumo lang:en", { text: "lumo", lang: "en-GB" }, true],
    ["lumo lang:en", { text: "lumo" }, false],
    ["url:shop.example/a", "see https://SHOP.example/a?b", true],
    ["url:ex", { text: "x", links: ["https://ex.org"] }, true],
    ["shop", "https://shop.example", false],
    ["lumo followers:1k..5k", { text: "lumo", followers: 5000 }, true],
    ["lumo followers:>5k", { text: "lumo", followers: 5000 }, false],
    ["lumo -is:retweet has:links", { text: "lumo https://a.b", is: ["reply"] }, true],
    ["lumo -is:retweet has:links", { text: "lumo https://a.b", is: ["repost"] }, false],
    ["lumo is:original", { text: "lumo", is: ["quote"] }, false],
    ["lumo is:question", "lumo؟", true],
    ["{Apple}", "an Apple a day", true],
    ["{Apple}", "an apple a day", false],
    ["{Apple Pay}", "APPLE PAY Apple Pay", true],
    ["{É}", "É", true],
    ["{É}", "é E", false],
    ["شركة", "خدمة شركة سيئة", true],
    ["and", "this and that", true],
    ["lumo OR NOT_A", "lumo", true],
    ['"love 🍕"', "I love it 🍕", true],
    ["lumo & co", "lumo and co", true],
  ])("%s in %j: %s", (text, post, found) => {
    expect(hit(text, post)).toBe(found);
  });

  it("tells accents apart where a monitor asks for it", () => {
    expect(hit("café", "cafe", "keep")).toBe(false);
    expect(hit("café", "CAFÉ", "keep")).toBe(true);
  });
});

/** Words of twelve scripts, few of each, so that queries and posts meet. */
const WORDS = [
  ...["lumo", "Lumo", "late", "lift", "lifts", "lifted", "e", "mail", "café", "cafe", "Straße", "strasse", "ﬁn"],
  ...["поезд", "Поезд", "мой", "мои", "λύκος", "λυκος", "שלום", "עולם", "شركة", "سيئة", "कंपनी", "खराब", "บริษัท"],
  ...["電車", "電", "車", "遅延", "でんしゃ", "デンシャ", "전철", "지연", "գնացք", "მატარებელი", "நிறுவனம்"],
] as const;
const SIGNS = ["👍", "👍🏽", "❤️", "❤", "🇩🇪", "1️⃣"] as const;
const TAGS = ["#lumo", "#電車", "#late_1", "@lumo", "@lumo.example", "@late-team", "$LUMO", "$late"] as const;
const GAPS = [" ", " ", " ", ", ", "-", "", "。", "! ", "’", "\n", "\u00ad", "_"] as const;

const text = fc
  .array(
    fc.tuple(
      fc.constantFrom(...WORDS, ...WORDS, ...SIGNS, ...TAGS, "https://shop.example/lumo"),
      fc.constantFrom(...GAPS),
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.flat().join(""));
const posts: fc.Arbitrary<Post> = fc.record(
  {
    text,
    from: fc.constantFrom("ed", "Lumo"),
    to: fc.subarray(["ed", "lumo"]),
    lang: fc.constantFrom("en", "en-GB", "de", "ja"),
    links: fc.subarray(["https://Shop.example/a", "https://x.org"]),
    followers: fc.constantFrom(0, 999, 1000, 50_000),
    has: fc.subarray(["images", "video", "media"] as const),
    is: fc.subarray(["reply", "repost", "quote", "verified", "private"] as const),
  },
  { requiredKeys: ["text"] },
);

const word = fc.constantFrom(...WORDS);
const atom = fc.oneof(
  { weight: 5, arbitrary: word },
  { weight: 2, arbitrary: fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("li*", "lift*", "lat*", "л*".padStart(3, "м"), "по*", "li?t", "li*s", "電*", "שלו*"),
  },
  { weight: 1, arbitrary: fc.tuple(word, word, word).map(([a, b, c]) => `"${a} ${b} ${c}"~14`) },
  { weight: 1, arbitrary: fc.constantFrom(...SIGNS) },
  { weight: 2, arbitrary: fc.constantFrom(...TAGS) },
  { weight: 1, arbitrary: word.map((one) => `{${one}}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        "from:ed",
        "to:lumo",
        "lang:en",
        "lang:en-gb",
        "url:shop.example",
        "url:x",
        "has:links",
        "has:media",
        "has:emoji",
      ],
      ...[
        "has:hashtags",
        "has:cashtags",
        "has:images",
        "is:repost",
        "is:verified",
        "has:mentions",
        "is:reply",
        "is:original",
        "is:question",
        "followers:>=1000",
        "followers:1..1k",
      ],
    ),
  },
);
const nearby = fc.oneof(
  word,
  fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`),
  fc.tuple(word, word).map(([a, b]) => `(${a} OR ${b})`),
  fc.constantFrom("li*", "#lumo", "@lumo", "$LUMO", "{late}", "(li?t OR #電車)"),
);
const near = fc
  .tuple(nearby, fc.constantFrom("NEAR/1", "NEAR/3", "ONEAR/2", "NEAR/4f", "ONEAR/12"), nearby)
  .map((parts) => parts.join(" "));
const { queries } = fc.letrec<{ queries: string }>((tie) => ({
  queries: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    atom,
    near,
    fc.tuple(tie("queries"), tie("queries")).map(([a, b]) => `(${a} AND ${b})`),
    fc.tuple(tie("queries"), tie("queries")).map(([a, b]) => `(${a} OR ${b})`),
    fc.tuple(tie("queries"), tie("queries")).map(([a, b]) => `(${a} NOT (${b}))`),
    tie("queries").map((a) => `(NOT (${a}))`),
  ),
}));

/** Queries × posts per round × rounds: more than a million answers are compared. */
const ROUNDS = 140;
const QUERIES = 150;
const POSTS = 100;

it("answers as the slow way does, a million times, while queries come and go", () => {
  const seed = fc.sample(fc.nat(), 1)[0]!;
  let [answers, matched, asked] = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const from = { seed: seed + round };
    const wanted = fc.tuple(queries, fc.constantFrom<Accents>("fold", "fold", "keep"));
    const all = fc
      .sample(wanted, { ...from, numRuns: QUERIES })
      .map(([text, accents], n) => ({ id: `q${n}`, n, accents, tree: query(text, accents), text }));
    const chances = fc.sample(fc.nat(QUERIES - 1), { ...from, numRuns: POSTS * 6 + QUERIES });
    const matcher = new Matcher();
    const inside = new Map(all.slice(0, QUERIES * 0.85).map((one) => [one.id, one]));
    for (const one of inside.values()) matcher.add(one.id, one.tree, one.accents);
    for (const post of fc.sample(posts, { ...from, numRuns: POSTS })) {
      // Some go, some come, some are put in anew, between any two posts.
      for (let i = 0; i < 6; i++) {
        const one = all[chances.pop()!]!;
        if (inside.delete(one.id)) expect(matcher.remove(one.id)).toBe(true);
        else {
          matcher.add(one.id, one.tree, one.accents);
          inside.set(one.id, one);
        }
      }
      const slow = slowMatcher(post);
      const found = new Set(matcher.match(post));
      for (const one of inside.values()) {
        const right = slow(one.tree, { accents: one.accents });
        if (right) matched++;
        if (right !== found.delete(one.id))
          expect.fail(`seed ${seed}, ${round}: ${one.text} (${one.accents}) in ${JSON.stringify(post)}: ${right}`);
      }
      expect([...found], `seed ${seed}`).toEqual([]);
      answers += inside.size;
    }
    asked += matcher.counts.evaluations;
  }
  expect(answers).toBeGreaterThan(1_000_000);
  expect(matched).toBeGreaterThan(50_000);
  expect(asked).toBeLessThan(answers);
}, 120_000);
