import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PolicyRule, policyRule } from "#contracts/policy";
import { DEFAULT_RULES } from "./default-policy.ts";
import { judge, type PolicyFacts } from "./policy.ts";

const plain: PolicyFacts = {
  text: "@northwind where is my parcel?",
  addressed: "mention",
  noise: false,
  thanksOnly: false,
  intent: "question",
  sentiment: "neutral",
  risks: [],
  visibility: "public",
  language: "en",
  followers: 120,
  author: "stranger",
  episode: "none",
};

describe("the default policy", () => {
  test.each<[string, Partial<PolicyFacts>, string, boolean, string]>([
    ["a question that calls us", {}, "asked", true, "normal"],
    [
      "a direct message, whatever it says",
      { addressed: "direct", visibility: "private", intent: "other" },
      "direct",
      true,
      "normal",
    ],
    ["thanks in a direct message", { addressed: "direct", thanksOnly: true, intent: "praise" }, "thanks", false, "low"],
    ["an injury we only hear of", { addressed: "about", intent: "other", risks: ["safety"] }, "danger", true, "urgent"],
    [
      "an injury that is not about us",
      { addressed: "none", intent: "other", risks: ["safety"] },
      "not-addressed",
      false,
      "low",
    ],
    ["spam that speaks of stolen accounts", { noise: true, risks: ["security"] }, "noise", false, "low"],
    ["no power, to us", { risks: ["outage"], intent: "complaint" }, "need", true, "high"],
    ["praise", { intent: "praise", sentiment: "positive" }, "praise", false, "low"],
    ["mocking praise", { intent: "praise", sentiment: "negative" }, "anger", true, "normal"],
    ["anger without a wish", { intent: "other", sentiment: "negative" }, "anger", true, "normal"],
    ["an address we asked for", { intent: "other", addressed: "reply", episode: "open" }, "goes-on", true, "normal"],
    [
      "the same after the work was done",
      { intent: "other", addressed: "reply", episode: "in-window" },
      "rest",
      false,
      "low",
    ],
    [
      "a bad word with a large audience",
      { addressed: "named", intent: "other", sentiment: "negative", followers: 20_000 },
      "heard-by-many",
      true,
      "high",
    ],
    [
      "a bad word with a small one",
      { addressed: "about", intent: "other", sentiment: "negative" },
      "not-addressed",
      false,
      "low",
    ],
    ["a trouble with our name", { addressed: "named", intent: "complaint" }, "named", true, "low"],
    ["advice to the customer", { addressed: "bystander", intent: "other" }, "bystander", false, "low"],
    ["a machine", { author: "bot", addressed: "direct" }, "machines", false, "low"],
  ])("%s", (_, facts, rule, actionable, priority) => {
    expect(judge(DEFAULT_RULES, { ...plain, ...facts })).toMatchObject({ ruleId: rule, actionable, priority });
  });

  test("its rules have the shape of the contract and own ids", () => {
    for (const rule of DEFAULT_RULES) expect(policyRule.parse(rule)).toEqual(rule);
    expect(new Set(DEFAULT_RULES.map((r) => r.id)).size).toBe(DEFAULT_RULES.length);
  });
});

describe("rules", () => {
  const words = (...any: string[]): PolicyRule[] => [
    { id: "w", says: "Words.", when: [{ on: "words", any }], verdict: "work", priority: "high" },
  ];

  test.each<[string, string, boolean]>([
    ["My ENGINE broke", "engine", true],
    ["search-engines", "engine", false],
    ["search-engines", "engine*", true],
    ["it broke, down", "broke down", true],
    ["東京で故障しました", "故障", true],
    ["anything", "  ", false],
    ["a [b", "[", false],
  ])("%s / %s", (text, word, actionable) => {
    expect(judge(words(word), { ...plain, text }).actionable).toBe(actionable);
  });

  test("all conditions of a rule have to hold, and the first rule that fits decides", () => {
    const both: PolicyRule = {
      id: "a",
      says: "A.",
      when: [
        { on: "language", is: ["de"] },
        { on: "intent", is: ["question"] },
      ],
      verdict: "work",
      priority: "normal",
    };
    const last: PolicyRule = { id: "z", says: "Z.", when: [], verdict: "leave", priority: "low" };
    expect(judge([both, last], plain).ruleId).toBe("z");
    expect(judge([both, last], { ...plain, language: "de" }).ruleId).toBe("a");
    expect(judge([last, both], { ...plain, language: "de" }).ruleId).toBe("z");
  });

  test("a policy without rules leaves everything, with a reason", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const verdict = judge([], { ...plain, text });
        expect(verdict.actionable).toBe(false);
        expect(verdict.reasons).not.toHaveLength(0);
      }),
    );
  });

  test("every condition that held is among the reasons", () => {
    const verdict = judge(DEFAULT_RULES, {
      ...plain,
      addressed: "about",
      sentiment: "negative",
      intent: "other",
      followers: 50_000,
    });
    expect(verdict.reasons.map((r) => r.code)).toEqual(["addressed", "sentiment", "followers"]);
    expect(verdict.reasons[2]!.text).toContain("50000");
  });
});
