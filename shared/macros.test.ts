import { describe, expect, it } from "vitest";
import {
  expandSnippet,
  fillFields,
  firstName,
  macroFields,
  snippetBegun,
  textIn,
  unknownFields,
  usableMacros,
} from "./macros.ts";
import { checkVoice } from "./voice/check.ts";

const values = {
  ...{ "customer.first_name": "Carla", "agent.first_name": "Priya" },
  ...{ brand: "Northwind", "conversation.number": "C-12" },
};

describe("fields", () => {
  it.each([
    ["Hi {{customer.first_name}}, {{agent.first_name}} of {{brand}} here.", "Hi Carla, Priya of Northwind here."],
    ["Number {{ conversation.number }}.", "Number C-12."],
    ["{{order}} and {{", "{{order}} and {{"],
    ["{{constructor}} {{__proto__}}", "{{constructor}} {{__proto__}}"],
  ])("%s", (text, filled) => expect(fillFields(text, values)).toBe(filled));

  it("what is not known stays open, and a name opens no other field", () => {
    expect(fillFields("Hi {{customer.first_name}}", { ...values, "customer.first_name": null })).toBe(
      "Hi {{customer.first_name}}",
    );
    const name = "{{brand}}";
    expect(fillFields("Hi {{customer.first_name}}", { ...values, "customer.first_name": name })).toBe("Hi brand");
    expect(fillFields("Hi {{customer.first_name}}", { ...values, "customer.first_name": "{}" })).toContain("{{");
  });

  it.each(macroFields)("%s left open holds the reply", (field) => {
    const draft = {
      text: `Hi, {{${field}}}.`,
      public: true,
      agent: { name: "", initials: "" },
      post: "",
      facts: [],
      recent: [],
    };
    const disclosure = { who: "nobody", mark: "", company: false, where: "end", alsoPrivate: false } as const;
    const found = checkVoice(draft, { limit: null, avoid: [], disclosure });
    expect(found).toMatchObject([{ code: "placeholder", severity: "stop" }]);
  });

  it("nobody can fill these", () => {
    expect(unknownFields("{{brand}} {{ order.id }} {{order.id}} {{}}")).toEqual(["order.id", ""]);
    expect(unknownFields("a { b } {{brand}}")).toEqual([]);
  });
});

it.each([
  ["Carla Ruiz", "Carla"],
  ["Zoë", "Zoë"],
  ["O’Neil Brown", "O’Neil"],
  ["王 小明", "王"],
  ["@carla", null],
  ["carla_99", null],
  ["Guest_12 x", null],
  ["carla@example.org", null],
  ["", null],
  ["  ", null],
])("%s is called %s", (name, first) => expect(firstName(name)).toBe(first));

it("a name that is the handle is no name", () => {
  expect(firstName("carla", ["@Carla"])).toBeNull();
  expect(firstName("Carla Ruiz", ["carla"])).toBe("Carla");
});

describe("the language of a text", () => {
  const texts = [{ locale: "en" }, { locale: "de-AT" }, { locale: "pt-BR" }];
  it.each([
    [["de-AT"], "de-AT"],
    [["de"], "de-AT"],
    [["pt-PT", "en"], "pt-BR"],
    [["und", "EN-gb"], "en"],
    [[null, "fr"], "en"],
  ])("%s", (languages, locale) => expect(textIn(texts, languages)?.locale).toBe(locale));
  it("none is none", () => expect(textIn([], ["en"])).toBeNull());
});

describe("what can be used here", () => {
  const macro = (id: string, kind: "own" | "team" | "account", change: object = {}) => ({
    ...{ id, name: "hi", brandId: null as string | null, audience: "any", scope: { kind } },
    ...change,
  });
  const here = { brandId: "b", audience: "public" };
  it("of one name the nearest counts", () => {
    const all = [macro("1", "account", { brandId: "b" }), macro("2", "team"), macro("3", "own")];
    expect(usableMacros(all, here).map((one) => one.id)).toEqual(["3"]);
    expect(usableMacros(all.slice(0, 2), here).map((one) => one.id)).toEqual(["2"]);
    expect(usableMacros([macro("0", "account"), all[0]!], here).map((one) => one.id)).toEqual(["1"]);
  });
  it("another brand's and another audience's are not there", () => {
    const all = [macro("1", "own", { brandId: "c" }), macro("2", "own", { audience: "private" })];
    expect(usableMacros(all, here)).toEqual([]);
  });
});

describe("a short name grows while it is typed", () => {
  const expand = (name: string) => (name === "hi" ? "Hello there," : null);
  it.each([
    ["::hi ", 5, "Hello there,", 12],
    ["Well ::hi and more", 10, "Well Hello there,and more", 17],
    ["::hi\n", 5, "Hello there,\n", 13],
    ["::HI ", 5, "Hello there,", 12],
    ["::hi x", 1, "Hello there,x", 0],
  ])("%j", (text, caret, grown, after) => {
    expect(expandSnippet(text, caret, expand)).toEqual({ name: "hi", text: grown, caret: after });
  });
  it.each(["::hi", "std::hi ", "::no ", ":: hi ", ":hi "])("%j stays", (text) => {
    expect(expandSnippet(text, text.length, expand)).toBeNull();
  });
  it("what is begun is told at the caret only", () => {
    expect(snippetBegun("a ::he", 6)).toBe("he");
    expect(snippetBegun("a ::", 4)).toBe("");
    expect(snippetBegun("a ::he b", 8)).toBeNull();
    expect(snippetBegun("std::he", 7)).toBeNull();
  });
});
