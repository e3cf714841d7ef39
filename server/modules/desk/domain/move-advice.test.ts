import { describe, expect, it } from "vitest";
import { adviseMove, type Heard, isLoud } from "./move-advice.ts";

const guide = { flaming: true, personalData: true };
const post = (id: string, more: Partial<Heard> = {}): Heard => ({
  ...{ id, by: "customer", public: true, text: "It is broken.", sentiment: "neutral", personal: [], ...more },
});
const codes = (heard: Heard[], g = guide) => adviseMove(heard, g).map((a) => `${a.code} ${a.messageId}`);

describe("moving to private is advised", () => {
  it("where personal data stands in public, and where they shout", () => {
    expect(codes([post("a", { personal: ["email"] }), post("b")])).toEqual(["personal-data a"]);
    expect(codes([post("a", { text: "WHERE IS MY PARCEL you thieves", sentiment: "negative" })])).toEqual([
      "flaming a",
    ]);
    expect(adviseMove([post("a", { personal: ["email", "phone"] })], guide)[0]!.text).toContain(
      "an e-mail address and a telephone number",
    );
  });

  it("after three angry posts that our answers did not calm", () => {
    const angry = (id: string) => post(id, { sentiment: "negative" });
    const us = post("u", { by: "us" });
    expect(codes([angry("a"), us, angry("b"), angry("c")])).toEqual(["flaming c"]);
    expect(codes([angry("a"), angry("b"), angry("c")])).toEqual([]);
    expect(codes([angry("a"), us, angry("b")])).toEqual([]);
  });

  it("not by what bystanders and we say, not once they came, and not where the brand does not want it", () => {
    expect(codes([post("a"), post("b", { by: "other", personal: ["phone"] })])).toEqual([]);
    expect(codes([post("a", { personal: ["phone"] }), post("b", { public: false })])).toEqual([]);
    expect(codes([post("a", { personal: ["phone"] })], { flaming: true, personalData: false })).toEqual([]);
    expect(codes([])).toEqual([]);
  });

  it.each([
    ["THIS IS A DISGRACE", true],
    ["What???!!!", true],
    ["Really!?", false],
    ["My DHL parcel from the UK", false],
    ["何时到？", false],
  ])("%s is loud: %s", (text, loud) => expect(isLoud(text)).toBe(loud));
});
