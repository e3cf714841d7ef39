import { expect, it } from "vitest";
import type { ApprovalRule, ApprovalRules } from "#contracts/approval";
import { checkRules, type Known } from "./check-rules.ts";

const agent = (id: string) => ({ kind: "agent" as const, id });
const known: Known = {
  ...{ agents: new Set(["mia", "jon"]), teams: new Set(["press"]), rotas: new Set(["nights"]) },
  able: (key) => (key === "agent:mia" ? ["mia"] : []),
  ...{ sayings: ["money"], fields: new Set(["vip"]) },
};
const rule = (over: Partial<ApprovalRule>): ApprovalRule => ({
  ...{ id: "r", name: "Rule", audience: "public", risks: ["legal"], intents: [], followersFrom: null, verified: false },
  ...{ fields: [], training: false, says: [] },
  tiers: [{ approvers: [agent("mia")], deputies: [], minutes: 15 }],
  ...over,
});
const tier = (approvers: ReturnType<typeof agent>[], deputies: ReturnType<typeof agent>[] = []) => ({
  tiers: [{ approvers, deputies, minutes: 15 }],
});

const cases: [string, Partial<ApprovalRule>, Partial<ApprovalRules>, string[]][] = [
  ["a good rule", {}, {}, []],
  ["nobody with the right", tier([agent("jon")]), {}, ["hole"]],
  ["somebody who left", tier([agent("mia"), agent("zoe")]), {}, ["fault"]],
  ["somebody twice", tier([agent("mia")], [agent("mia")]), {}, ["fault"]],
  ["the same look twice", { tiers: [...tier([agent("mia")]).tiers, ...tier([agent("mia")]).tiers] }, {}, ["fault"]],
  [
    "a rota that is there",
    { tiers: [{ approvers: [agent("mia")], deputies: [{ kind: "rota", id: "nights" }], minutes: 9 }] },
    {},
    [],
  ],
  [
    "a rota that is not",
    { tiers: [{ approvers: [agent("mia")], deputies: [{ kind: "rota", id: "x" }], minutes: 9 }] },
    {},
    ["fault"],
  ],
  ["a field nobody has", { fields: [{ key: "x", is: "y" }] }, {}, ["hole"]],
  ["words nobody looks for", { says: ["blame"] }, {}, ["fault"]],
  ["words somebody looks for", { says: ["money"] }, {}, []],
  ["training without anybody", { training: true }, {}, ["hole"]],
  ["training of a rota", {}, { training: [{ who: { kind: "rota", id: "nights" }, until: null }] }, ["fault"]],
  ["training of somebody who left", {}, { training: [{ who: agent("zoe"), until: null }] }, ["fault"]],
  ["training of a team", { training: true }, { training: [{ who: { kind: "team", id: "press" }, until: null }] }, []],
  ["a rule for everything", { risks: [] }, {}, ["hint"]],
];
it.each(cases)("%s", (_, over, value, levels) => {
  const found = checkRules({ rules: [rule(over)], training: [], ownText: "never", ...value }, known);
  expect(found.map((f) => f.level)).toEqual(levels);
});
it("an id is given once", () => {
  const found = checkRules({ rules: [rule({}), rule({})], training: [], ownText: "never" }, known);
  expect(found).toMatchObject([{ level: "fault", ruleId: "r" }]);
});
