import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ApprovalRule, ApprovalRules } from "#contracts/approval";
import { approvalNeeded, CRISIS_MINUTES, type ReplyFacts, withoutOwn } from "./needed.ts";

const NOW = Date.parse("2026-11-22T09:00:00.000Z");
const agent = (id: string) => ({ kind: "agent" as const, id });
const team = (id: string) => ({ kind: "team" as const, id });
const rule = (over: Partial<ApprovalRule> = {}): ApprovalRule => ({
  ...{ id: "r", name: "Rule", audience: "public", risks: [], intents: [], followersFrom: null, verified: false },
  ...{ fields: [], training: false, says: [] },
  tiers: [{ approvers: [agent("mia")], deputies: [], minutes: 15 }],
  ...over,
});
const rules = (...all: ApprovalRule[]): ApprovalRules => ({ rules: all, training: [], ownText: "never" });
const facts = (over: Partial<ReplyFacts> = {}): ReplyFacts => ({
  ...{ audience: "public", risks: [], intents: [], followers: null, verified: false, fields: {} },
  ...{ writer: ["agent:tom", "team:care"], says: [], escalations: [], ...over },
});

describe("whether a reply needs other eyes", () => {
  const cases: [string, Partial<ApprovalRule>, Partial<ReplyFacts>, string | null][] = [
    ["a rule that names nothing fits everything public", {}, {}, "Rule"],
    ["and nothing private", {}, { audience: "private" }, null],
    ["unless it is for both", { audience: "any" }, { audience: "private" }, "Rule"],
    ["a risk", { risks: ["legal", "safety"] }, { risks: ["safety", "x"] }, "Rule: risk safety"],
    ["another risk", { risks: ["legal"] }, { risks: ["safety"] }, null],
    ["no risk", { risks: ["legal"] }, {}, null],
    ["what it is about", { intents: ["cancel"] }, { intents: ["cancel"] }, "Rule: about cancel"],
    ["about something else", { intents: ["cancel"] }, { intents: ["question"] }, null],
    ["enough followers", { followersFrom: 25_000 }, { followers: 25_000 }, "Rule: 25000 followers"],
    ["one too few", { followersFrom: 25_000 }, { followers: 24_999 }, null],
    ["followers unknown", { followersFrom: 1 }, { followers: null }, null],
    ["a verified author", { verified: true }, { verified: true }, "Rule: a verified author"],
    ["one who is not", { verified: true }, {}, null],
    ["a field", { fields: [{ key: "vip", is: "Yes" }] }, { fields: { vip: " yes " } }, "Rule: vip is Yes"],
    ["another value", { fields: [{ key: "vip", is: "yes" }] }, { fields: { vip: "no" } }, null],
    ["a field that is every object's", { fields: [{ key: "constructor", is: "x" }] }, {}, null],
    ["what the text says", { says: ["money"] }, { says: ["money"] }, "Rule: the text says money"],
    ["what it does not say", { says: ["money"] }, { says: ["promise"] }, null],
    ["all that is named", { risks: ["legal"], verified: true }, { risks: ["legal"] }, null],
    [
      "both",
      { risks: ["legal"], verified: true },
      { risks: ["legal"], verified: true },
      "Rule: risk legal, a verified author",
    ],
    ["training, nobody in it", { training: true }, {}, null],
  ];
  it.each(cases)("%s", (_, over, found, why) => {
    const need = approvalNeeded(rules(rule(over)), facts(found), NOW);
    expect(need?.because[0]?.text ?? null).toBe(why);
    expect(need === null).toBe(why === null);
  });

  it.each([
    ["this agent", agent("tom"), null, true],
    ["their team", team("care"), null, true],
    ["somebody else", agent("ann"), null, false],
    ["until tomorrow", agent("tom"), "2026-11-23T00:00:00.000Z", true],
    ["until this moment", agent("tom"), "2026-11-22T09:00:00.000Z", false],
  ])("in training is %s", (_, who, until, is) => {
    const value = { ...rules(rule({ training: true })), training: [{ who, until }] };
    expect(approvalNeeded(value, facts(), NOW) !== null).toBe(is);
  });

  it("an escalation asks its ladder's people first, named is enough there", () => {
    const escalations = [{ says: "Battery on fire", approvers: ["team:press"] }];
    const need = approvalNeeded(rules(rule()), facts({ escalations }), NOW)!;
    expect(need.because.map((b) => b.text)).toEqual(["Escalated: Battery on fire", "Rule"]);
    expect(need.tiers).toEqual([
      { approvers: ["team:press"], deputies: [], minutes: CRISIS_MINUTES, named: true },
      { approvers: ["agent:mia"], deputies: [], minutes: 15, named: false },
    ]);
    expect(approvalNeeded(rules(), facts({ audience: "private", escalations }), NOW)).not.toBeNull();
    expect(approvalNeeded(rules(), facts({ escalations: [{ says: "x", approvers: [] }] }), NOW)).toBeNull();
  });

  it("the same people are asked once, within the shorter time and with all deputies", () => {
    const tier = (minutes: number, deputy: string) => [
      { approvers: [agent("mia"), agent("jon")], deputies: [agent(deputy)], minutes },
    ];
    const other = { ...rule(), id: "b", tiers: [{ ...tier(5, "eva")[0]!, approvers: [agent("jon"), agent("mia")] }] };
    const need = approvalNeeded(rules(rule({ tiers: tier(20, "ann") }), other), facts(), NOW)!;
    expect(need.tiers).toEqual([
      { approvers: ["agent:mia", "agent:jon"], deputies: ["agent:ann", "agent:eva"], minutes: 5, named: false },
    ]);
    expect(need.because).toHaveLength(2);
  });

  it("an approver's own text needs nobody where that is allowed", () => {
    const need = approvalNeeded(rules(rule()), facts(), NOW)!;
    expect(withoutOwn(need.tiers, ({ approvers }) => approvers.includes("agent:mia"))).toEqual([]);
    expect(withoutOwn(need.tiers, ({ approvers }) => approvers.includes("agent:tom"))).toEqual(need.tiers);
  });

  it("whatever is so: every rule that fits is among the reasons, and each of its looks is asked for", () => {
    const list = fc.subarray(["a", "b", "c"]);
    const anyRule = fc
      .record({ risks: list, intents: list, verified: fc.boolean(), who: fc.constantFrom("x", "y", "z") })
      .map(({ who, ...over }) => rule({ ...over, tiers: [{ approvers: [agent(who)], deputies: [], minutes: 9 }] }));
    const anyFacts = fc.record({ risks: list, intents: list, verified: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 6 }), anyFacts, (all, found) => {
        const fits = all.filter(
          (r) =>
            (r.risks.length === 0 || r.risks.some((x) => found.risks.includes(x))) &&
            (r.intents.length === 0 || r.intents.some((x) => found.intents.includes(x))) &&
            (!r.verified || found.verified),
        );
        const need = approvalNeeded(rules(...all), facts(found), NOW);
        expect(need?.because.length ?? 0).toBe(fits.length);
        const asked = new Set(need?.tiers.flatMap((t) => t.approvers));
        expect(asked).toEqual(
          new Set(fits.flatMap((r) => r.tiers[0]!.approvers.map((t) => `agent:${(t as { id: string }).id}`))),
        );
        expect(need?.tiers.length ?? 0).toBe(asked.size);
      }),
      { numRuns: 300 },
    );
  });
});
