import { describe, expect, it } from "vitest";
import { compose, slotsOf } from "../compose.ts";
import { seeded } from "../random.ts";
import { answerTo, type How, readMatter } from "./answers.ts";
import { Facts } from "./facts.ts";
import { topics } from "./topics/index.ts";

const now = Date.parse("2026-11-22T10:00:00Z");
function answers(said: string[], how: How = "public", language = "en", name = "Owain Pugh"): string[] {
  const random = seeded(said.join());
  return Array.from({ length: 40 }, () => {
    const { topic, facts } = readMatter(said, language, name, random, now);
    return answerTo(topic, facts, how, random);
  });
}

describe("an answer of the demo's colleagues", () => {
  it("looks at the matter: the place, the sum, the order that were named", () => {
    expect(answers(["@northwind no signal in Leith since Sunday. Help?"]).some((a) => a.includes("Leith"))).toBe(true);
    expect(
      answers(["why was I charged £62 twice this month?"]).filter((a) => a.includes("£62")).length,
    ).toBeGreaterThan(15);
    const parcel = answers(["Order NW-48213 was due on Monday. Where is it?"]);
    expect(parcel.filter((a) => a.includes("NW-48213")).length).toBeGreaterThan(5);
  });
  it("names nothing that nobody said", () => {
    for (const text of answers(["no signal here at all"]).concat(answers(["you charged me twice"])))
      expect(text).not.toMatch(/£62|NW-\d|Leith|Penarth|[{}[\]|]/);
  });
  it("fits the words: danger first, the PUK for who asks for it", () => {
    for (const text of answers(["the battery of the Fairphone 5 got so hot it burned the table, and my bill is wrong"]))
      expect(text).not.toMatch(/bill/);
    expect(answers(["where do I find my PUK?"]).filter((a) => a.includes("PUK")).length).toBeGreaterThan(20);
    expect(answers(["do you sell Family 4 without a contract?"]).filter((a) => a.includes("PUK"))).toEqual([]);
  });
  it("comes in the customer's language and always comes", () => {
    expect(answers(["kein Netz in Totnes"], "public", "de").every((a) => /[äöüß]|Hallo|danke/.test(a))).toBe(true);
    expect(answers(["dim signal yn Bangor ers ddoe"], "public", "cy").some((a) => a.includes("Bangor"))).toBe(true);
    for (const how of ["public", "invite", "private", "sorted"] as const)
      for (const text of answers(["qwertz"], how, "tlh", "")) expect(text).toMatch(/^[\p{L} ]+.*\p{L}/u);
  });
  it("finds words, not parts of them", () => {
    const { facts } = readMatter(["I can barely hear, utterly dissatisfied"], "en", "Jo", seeded("x"), now);
    expect(facts.knows("place")).toBe(false);
  });
});

describe("every template", () => {
  const all = topics.flatMap((t) =>
    [...Object.values(t.voice), ...Object.values(t.house ?? {})]
      .flat()
      .map((text: string) => [t.language, text] as const),
  );
  it("fills to words in its language", () => {
    expect(all.length).toBeGreaterThan(400);
    for (const [language, template] of all) {
      const text = new Facts(seeded(template), language, now, { first: "Jo" }).say(template);
      for (const slot of slotsOf(template)) expect(text, template).not.toContain(`{${slot}}`);
      expect(text, template).toMatch(/\p{L}/u);
      expect(text, template).not.toMatch(/[{}[\]|]/);
    }
  });
  it("is short enough for a post of the playground", () => {
    for (const [language, template] of all)
      expect(new Facts(seeded(template), language, now, { first: "Bartholomew" }).say(template).length).toBeLessThan(
        330,
      );
  });
});

describe("compose", () => {
  const fill = () => "x";
  it("chooses, also within a choice, and tidies what is left", () => {
    expect(compose("[a [b|b]|a b] , {s} . [|]", seeded("1"), fill)).toBe("A b, x.");
    expect(compose("see a apple", seeded("1"), fill)).toBe("See an apple");
  });
});
