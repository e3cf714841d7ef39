import { expect, it } from "vitest";
import { type Acknowledge, type AckText, faultOf, faultsOfText } from "./acknowledge-draft.ts";

const text: AckText = {
  ...{ locale: "en", medium: null },
  text: "{company}: this is an automatic reply. A person answers by {when}.",
};
const rule: Acknowledge = {
  ...{ on: true, publicToo: false, when: "closed", slowMinutes: 60, quiet: null, texts: [text] },
};

it.each<[Partial<AckText>, string[]]>([
  [{}, []],
  [{ locale: "English" }, ["locale"]],
  [{ text: "Back soon" }, ["no-company", "no-time", "not-automatic"]],
])("a text with %j: %j", (part, faults) => {
  expect(faultsOfText({ ...text, ...part }, [])).toEqual(faults);
});

it("stands once for a language and a kind of work", () => {
  expect(faultsOfText(text, [text])).toEqual(["twice"]);
  expect(faultsOfText({ ...text, medium: "chat" }, [text])).toEqual([]);
});

it.each<[Partial<Acknowledge>, string | null]>([
  [{}, null],
  [{ texts: [] }, "texts"],
  [{ texts: [text, text] }, "texts"],
  [{ when: "slow", slowMinutes: 4 }, "slow"],
  [{ slowMinutes: 4 }, null],
  [{ when: "slow", slowMinutes: Number.NaN }, "slow"],
  [{ quiet: { from: "22:00", to: "", zone: "UTC" } }, "quiet"],
])("a rule with %j: %s", (part, fault) => {
  expect(faultOf({ ...rule, ...part })).toBe(fault);
});
