import { describe, expect, it } from "vitest";
import { draftOfThing, faultsOfThings, synonymsOf, type ThingDraft, thingOf } from "./thing-draft.ts";

const draft = (id: string, more: Partial<ThingDraft> = {}): ThingDraft => ({
  ...{ id, kind: "product", name: `Thing ${id}`, also: "", brandId: null },
  ...more,
});

describe("the list of products and places as it is written", () => {
  it("reads other names by commas and lines, each once, without the name itself", () => {
    expect(synonymsOf({ name: "Lumo Mini", also: " mini, #LumoMini;\nmini ,, Lumo Mini" })).toEqual([
      "mini",
      "#LumoMini",
    ]);
    const thing = thingOf(draft("a", { name: " Lumo ", also: "lumos" }));
    expect(thing).toEqual({ id: "a", kind: "product", name: "Lumo", synonyms: ["lumos"], brandId: null });
    expect(thingOf(draftOfThing(thing))).toEqual(thing);
  });

  it.each<[string, Partial<ThingDraft>, string]>([
    ["no name", { name: "  " }, "no-name"],
    ["a long name", { name: "x".repeat(81) }, "long-name"],
    ["a long synonym", { also: "x".repeat(81) }, "long-synonym"],
    ["many synonyms", { also: Array.from({ length: 31 }, (_, i) => `s${i}`).join(",") }, "many-synonyms"],
    ["the name of another", { name: "THING A" }, "twice"],
  ])("says what the server would refuse: %s", (_, more, fault) => {
    expect([...faultsOfThings([draft("A"), draft("b", more)])]).toEqual([["b", fault]]);
  });

  it("lets two brands call something alike", () => {
    expect(faultsOfThings([draft("a", { name: "Shop" }), draft("b", { name: "Shop", brandId: "x" })]).size).toBe(0);
  });
});
