import { describe, expect, it } from "vitest";
import type { Post } from "#shared/query/ast";
import { parseQuery } from "#shared/query/parse";
import { Why } from "./why.ts";

function why(text: string, post: string | Post): string[] {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.fault.says);
  const asked = typeof post === "string" ? { text: post } : post;
  return new Why(parsed.query).spans(asked).map(([from, to]) => asked.text.slice(from, to));
}

describe("what of a text made it match", () => {
  it.each<[string, string, string[]]>([
    ['ringbus AND (late OR "did not come")', "The Ringbus, LATE again", ["Ringbus", "LATE"]],
    ['"did not come"', "it did, not come", ["did, not come"]],
    ["café", "un CAFE\u0301 noir", ["CAFE\u0301"]],
    ["strasse", "🚲 Die Straße hier", ["Straße"]],
    ["lumo", "https://lumo.example Lumo", ["Lumo"]],
    ["#lumo", "hi #Lumo!", ["#Lumo"]],
    ["$lumo", "buy $LUMO", ["$LUMO"]],
    ["@lumo", "hi @lumo.example", ["@lumo.example"]],
    ["👍 lumo", "lumo 👍🏽", ["lumo", "👍🏽"]],
    ["url:shop", "see https://SHOP.example/a now", ["https://SHOP.example/a"]],
    ["東京", "昨日東京都で", ["東京"]],
    ["lift* NEAR/3 broken", "the lift fine. The lifts are all broken", ["lifts", "broken"]],
    ['"a1 b1"~3', "b1 x x a1", ["b1", "a1"]],
    ["lumo NOT late", "lumo on time", ["lumo"]],
    ["lumo NOT (x OR NOT bad)", "lumo bad", ["lumo", "bad"]],
    ["lumo lang:en", "lumo", ["lumo"]],
    ["ｌｕｍｏ", "the ｌｕ\u00adｍｏ shop", ["ｌｕ\u00adｍｏ"]],
  ])("%s in %j", (query, post, words) => {
    expect(why(query, post)).toEqual(words);
  });

  it("counts each part by itself, also what is denied", () => {
    const parsed = parseQuery("lumo (late OR lost) -bot from:ed");
    if (!parsed.ok) throw new Error(parsed.fault.says);
    const one = new Why(parsed.query);
    expect(one.parts).toHaveLength(5);
    expect(one.ask({ text: "lumo lost bot", from: "ed" })).toEqual({
      hit: false,
      holds: [true, false, true, true, true],
    });
    expect(one.ask({ text: "lumo late", from: "ed" }).hit).toBe(true);
  });
});
