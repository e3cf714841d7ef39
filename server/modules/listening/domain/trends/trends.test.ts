import { describe, expect, it, test } from "vitest";
import { logLikelihood, newPhrases } from "./new-phrases.ts";
import { changeOf, shareOf } from "./shares.ts";
import { stepsOf } from "./spans.ts";
import { readTerms, type TrendPost } from "./terms.ts";
import { findThemes } from "./themes.ts";

let n = 0;
const post = (text: string, author = `person ${++n}`, sentiment = "neutral"): TrendPost => ({
  ...{ id: `m${String(++n).padStart(6, "0")}`, author, text, sentiment },
});
const read = (...posts: TrendPost[]) => posts.map(readTerms);
const times = (count: number, make: (i: number) => TrendPost) => Array.from({ length: count }, (_, i) => make(i));

describe("the phrases of a post", () => {
  const termsOf = (text: string) => [...readTerms(post(text)).terms.keys()];
  test.each([
    ["No signal in Leith", ["signal", "leith", "signal in leith"]],
    ["the the of", []],
    ["Broken! Router again", ["broken", "router"]],
    ["#NorthwindDown @northwind https://x.example router", ["#northwinddown", "router"]],
    ["信号", ["信", "号", "信 号"]],
    ["", []],
    ["\u0000\ud800 <b>router</b>", ["router"]],
  ])("%j", (text, expected) => {
    const terms = termsOf(text);
    for (const one of expected) expect(terms).toContain(one);
    if (expected.length === 0) expect(terms).toEqual([]);
  });
  it("keep how they are written", () => {
    expect(readTerms(post("Loan   Router gone")).terms.get("loan router")).toBe("Loan Router");
  });
  it("are looked for in a bounded part of a mail", () => {
    expect(termsOf("router kettle ".repeat(50_000)).length).toBeLessThan(20);
  });
});

describe("new phrases", () => {
  const ordinary = times(60, (i) => post(i % 2 ? "northwind bill arrived" : `northwind tariff ${i}`));
  it("are what more people say than before, with both counts and posts that show it", () => {
    const now = [
      ...times(30, () => post("northwind loan router please")),
      ...times(30, () => post("northwind bill arrived")),
    ];
    const found = newPhrases(read(...now), read(...ordinary), 5);
    expect(found[0]).toMatchObject({ phrase: "loan router", now: 30, nowOf: 60, before: 0, beforeOf: 60 });
    expect(found[0]?.examples).toHaveLength(3);
    expect(found.map((one) => one.phrase)).not.toContain("router");
    expect(found.map((one) => one.phrase)).not.toContain("northwind");
  });
  it("are not made by one person who says it fifty times", () => {
    const now = [
      ...times(50, () => post("northwind loan router", "zealot")),
      ...times(30, () => post("northwind bill arrived")),
    ];
    expect(newPhrases(read(...now), read(...ordinary), 5).map((one) => one.phrase)).toEqual(["bill arrived"]);
  });
  it("are nothing where nothing was before, or nothing is now", () => {
    expect(newPhrases(read(...ordinary), [], 5)).toEqual([]);
    expect(newPhrases([], read(...ordinary), 5)).toEqual([]);
  });
  it("are told by Dunning's G², which is none for equal shares and grows with the difference", () => {
    expect(logLikelihood(10, 100, 20, 200)).toBeCloseTo(0);
    expect(logLikelihood(20, 100, 5, 100)).toBeCloseTo(10.92, 1);
    expect(logLikelihood(0, 100, 0, 100)).toBe(0);
  });
});

describe("themes", () => {
  const posts = [
    ...times(12, (i) => post(`northwind no signal on the bridge ${i}`, undefined, "negative")),
    ...times(8, () => post("northwind card machine is dead", undefined, "negative")),
    ...times(5, () => post("northwind thanks for the help desk", undefined, "positive")),
    ...times(3, (i) => post(`northwind number${i}word${i}`)),
  ];
  const { themes, others } = findThemes(read(...posts), read(), 8);
  it("are phrases that people share, each post in one, the name that all say in none", () => {
    expect(themes.map((t) => [t.name, t.posts, t.negative, t.positive])).toEqual([
      [expect.stringMatching(/signal|bridge/), 12, 12, 0],
      ["card machine", 8, 8, 0],
      [expect.stringMatching(/thanks|help/), 5, 0, 5],
    ]);
    expect(others).toBe(3);
    expect(themes.reduce((sum, t) => sum + t.posts, 0) + others).toBe(posts.length);
  });
  it("have examples of different people, of their own posts", () => {
    for (const theme of themes) expect(new Set(theme.examples).size).toBe(3);
  });
  it("do not depend on the order of the posts", () => {
    expect(findThemes(read(...posts.toReversed()), read(), 8)).toEqual({ themes, others });
  });
  it("are none where everybody says something else, or nothing is there", () => {
    expect(findThemes(read(post("kettle"), post("lamp"), post("bus")), read(), 8)).toEqual({ themes: [], others: 3 });
    expect(findThemes([], [], 8)).toEqual({ themes: [], others: 0 });
  });
});

describe("shares and changes", () => {
  it("come with the interval of Wilson", () => {
    const found = shareOf(31, 50);
    expect(found?.low).toBeCloseTo(0.482, 2);
    expect(found?.high).toBeCloseTo(0.741, 2);
    expect(shareOf(0, 20)?.low).toBe(0);
  });
  it("are not told of too few posts", () => {
    expect(shareOf(10, 19)).toBeNull();
    expect(changeOf(19, 100)).toBeNull();
    expect(changeOf(100, 19)).toBeNull();
  });
  it("tell a change that may be chance from a sure one", () => {
    expect(changeOf(110, 100)?.sure).toBe(false);
    expect(changeOf(200, 100)).toMatchObject({ times: 2, sure: true });
    expect(changeOf(50, 100)?.sure).toBe(true);
  });
});

describe("the steps of a span", () => {
  test.each([
    ["24h", 96],
    ["7d", 84],
    ["30d", 60],
  ] as const)("%s has %i, the last one holds now", (span, count) => {
    const now = Date.UTC(2026, 10, 22, 21, 7);
    const { from, to, step, count: steps } = stepsOf(span, now);
    expect(steps).toBe(count);
    expect(to - from).toBe(step * count);
    expect(now >= to - step && now < to).toBe(true);
  });
});
