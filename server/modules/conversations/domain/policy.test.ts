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
  wallClock: () => ({ weekday: 3, minute: 600 }),
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

  test("signals and monitors: one of the wanted is enough, and its reason says which", () => {
    const on = (when: PolicyRule["when"][number]): PolicyRule[] => [
      { id: "r", says: "R.", when: [when], verdict: "work", priority: "normal" },
    ];
    const wish = on({ on: "signal", any: ["joke", "wish"] });
    expect(judge(wish, { ...plain, signals: ["wish", "gratitude"] }).reasons).toEqual([
      { code: "signal", text: "It tells a wish." },
    ]);
    expect(judge(wish, { ...plain, signals: ["gratitude"] }).actionable).toBe(false);
    expect(judge(wish, plain).actionable).toBe(false);
    const caught = on({ on: "monitor", any: ["m1", "m2"] });
    expect(judge(caught, { ...plain, monitors: ["m2", "m3"] }).reasons[0]!.text).toBe(
      "A monitor of the rule caught it.",
    );
    expect(judge(caught, { ...plain, monitors: ["m1", "m2"] }).reasons[0]!.text).toContain("2 monitors");
    expect(judge(caught, { ...plain, monitors: ["m3"] }).actionable).toBe(false);
    expect(judge(caught, plain).actionable).toBe(false);
  });

  test("products and places, the course of the mood and abuse can be asked for, and say why", () => {
    const ids = ["01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8058"];
    const rule = (when: PolicyRule["when"]): PolicyRule =>
      policyRule.parse({ id: "own-1", says: "Ours.", when, verdict: "work", priority: "high" });
    const told = (when: PolicyRule["when"], facts: Partial<PolicyFacts>) => {
      const { ruleId, reasons } = judge([rule(when)], { ...plain, ...facts });
      return ruleId === "own-1" ? reasons.map((r) => r.text) : null;
    };
    expect(told([{ on: "thing", any: ids }], { things: [ids[1]!] })).toEqual(["Names a product or place of the rule."]);
    expect(told([{ on: "thing", any: [ids[0]!] }], { things: [ids[1]!] })).toBeNull();
    expect(told([{ on: "thing", any: ids }], {})).toBeNull();
    expect(told([{ on: "course", is: ["worse"] }], { course: "worse" })).toEqual(["The customer's mood got worse."]);
    expect(told([{ on: "course", is: ["worse", "steady"] }], { course: "better" })).toBeNull();
    expect(told([{ on: "course", is: ["better", "worse", "steady"] }], {})).toBeNull();
    expect(told([{ on: "signal", any: ["threat", "slur"] }], { signals: ["insult", "threat"] })).toEqual([
      "It tells a threat to somebody here.",
    ]);
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

describe("the hour of a rule", () => {
  const night: PolicyRule = {
    id: "night",
    says: "At night only danger is work.",
    when: [{ on: "hour", from: "22:00", to: "06:30", days: [5, 6], zone: "Europe/Berlin" }],
    verdict: "leave",
    priority: "low",
  };
  const day: PolicyRule = { ...night, id: "day", when: [{ ...night.when[0]!, from: "09:00", to: "17:00" } as never] };
  const at = (rule: PolicyRule, weekday: number, hours: number, minutes = 0) =>
    judge([rule], { ...plain, wallClock: () => ({ weekday, minute: hours * 60 + minutes }) }).ruleId === rule.id;
  test.each<[PolicyRule, number, number, number, boolean]>([
    [day, 5, 9, 0, true],
    [day, 5, 8, 59, false],
    [day, 5, 16, 59, true],
    [day, 5, 17, 0, false],
    [day, 7, 12, 0, false],
    [night, 5, 22, 0, true],
    [night, 5, 21, 59, false],
    [night, 6, 6, 29, true],
    [night, 6, 6, 30, false],
    [night, 5, 3, 0, false],
    [night, 7, 3, 0, true],
    [night, 7, 23, 0, false],
    [night, 1, 3, 0, false],
  ])("%#: %j on day %i at %i:%i", (rule, weekday, hours, minutes, fits) => {
    expect(at(rule, weekday, hours, minutes)).toBe(fits);
  });
  test("on every minute of a week, hours over midnight are those of two rules that do not cross it", () => {
    const part = (days: number[], from: string, to: string): PolicyRule => ({
      ...night,
      when: [{ on: "hour", from, to, days, zone: "Europe/Berlin" }],
    });
    const [evening, morning] = [part([5, 6], "22:00", "23:59"), part([6, 7], "00:00", "06:30")];
    for (let weekday = 1; weekday <= 7; weekday++)
      for (let minute = 0; minute < 1_439; minute++)
        expect(at(night, weekday, 0, minute)).toBe(at(evening, weekday, 0, minute) || at(morning, weekday, 0, minute));
  });
  test("equal hours are a whole day from then on, and the reason tells the hour", () => {
    const whole = { ...night, when: [{ ...night.when[0]!, from: "06:00", to: "06:00", days: [1] } as never] };
    expect([at(whole, 1, 6), at(whole, 1, 5, 59), at(whole, 2, 5, 59), at(whole, 2, 6)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    const { reasons } = judge([night], { ...plain, wallClock: () => ({ weekday: 5, minute: 1_325 }) });
    expect(reasons).toEqual([{ code: "hour", text: "Written at 22:05 in Europe/Berlin." }]);
  });
  test.each([
    { from: "24:00" },
    { from: "9:00" },
    { to: "12:60" },
    { days: [] },
    { days: [0] },
    { zone: "Europe/Atlantis" },
  ])("%j is refused", (wrong) => {
    expect(policyRule.safeParse({ ...night, when: [{ ...night.when[0]!, ...wrong }] }).success).toBe(false);
    expect(policyRule.safeParse(night).success).toBe(true);
  });
});
