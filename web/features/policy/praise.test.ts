import { expect, test } from "vitest";
import { type PolicyRule, setPolicy } from "#contracts/policy";
import { type Praise, praiseOf, withPraise } from "./praise.ts";

const rule = (id: string, when: PolicyRule["when"]): PolicyRule => ({
  ...{ id, when, says: id, verdict: "leave", priority: "normal" },
});
const rules = [
  rule("noise", [{ on: "noise", is: true }]),
  rule("danger", [{ on: "risk", any: ["safety"] }]),
  rule("asked", [{ on: "intent", is: ["question"] }]),
  rule("rest", []),
];

test("a rule of its own comes after the risks, is changed in its place and taken away again", () => {
  expect(praiseOf(rules)).toBeNull();
  const answered = withPraise(rules, "work", "We say thanks.");
  expect(answered.map((one) => one.id)).toEqual(["noise", "danger", "praise", "asked", "rest"]);
  expect(answered[2]).toMatchObject({ verdict: "work", priority: "low", says: "We say thanks." });
  const left = withPraise(answered, "leave", "We let it stand.");
  expect(left.map((one) => one.id)).toEqual(answered.map((one) => one.id));
  expect(left[2]).toMatchObject({ verdict: "leave", says: "We let it stand." });
  expect(withPraise(left, null, "")).toEqual(rules);
});

test.each<Praise>(["work", "leave", null])("what is chosen is what the rules say: %s", (praise) => {
  for (const from of [rules, withPraise(rules, "work", "x"), [rule("rest", [])]]) {
    const next = withPraise(from, praise, "A sentence.");
    expect(praiseOf(next)).toBe(praise);
    expect(setPolicy.safeParse({ text: "", rules: next, expectedVersion: 0 }).success).toBe(true);
  }
});
