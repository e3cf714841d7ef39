import type { ApprovalFinding, ApprovalRules, ApprovalTier } from "#contracts/approval";
import type { Target } from "#contracts/escalation";
import { keyOf } from "./needed.ts";

export interface Known {
  agents: ReadonlySet<string>;
  teams: ReadonlySet<string>;
  rotas: ReadonlySet<string>;
  /** Of a target, those with the right to approve somewhere. */
  able(key: string): readonly string[];
  sayings: readonly string[];
  fields: ReadonlySet<string>;
}

/** What is wrong with the rules (faults refuse them), and what they leave open. */
export function checkRules(value: ApprovalRules, known: Known): ApprovalFinding[] {
  const found: ApprovalFinding[] = [];
  const say = (level: ApprovalFinding["level"], ruleId: string | null, says: string) =>
    found.push({ level, ruleId, says });
  for (const { who } of value.training)
    if (who.kind === "agent" || who.kind === "team") {
      if (!isKnown(who, known)) say("fault", null, "Training names somebody who is not here any more.");
    } else say("fault", null, "In training are agents and teams; a rota or the managers cannot be.");
  const ids = new Set<string>();
  for (const rule of value.rules) {
    if (ids.has(rule.id)) say("fault", rule.id, "Two rules have the same id.");
    ids.add(rule.id);
    for (const tier of rule.tiers) checkTier(tier, rule.id, known, say);
    const firsts = rule.tiers.map((t) => t.approvers.map(keyOf).sort().join(" "));
    if (new Set(firsts).size < firsts.length)
      say("fault", rule.id, "The same people are to pass it twice. Name others, or take one of the two away.");
    for (const { key } of rule.fields)
      if (!known.fields.has(key)) say("hole", rule.id, `Customers have no field ${key}: the rule never fits.`);
    for (const one of rule.says)
      if (!known.sayings.includes(one)) say("fault", rule.id, `No check of texts finds "${one}".`);
    if (rule.training && value.training.length === 0)
      say("hole", rule.id, "Nobody is in training: the rule never fits.");
    if (isForAll(rule)) say("hint", rule.id, "It names nothing: every reply has to be passed.");
  }
  return found;
}

function isForAll(r: ApprovalRules["rules"][number]): boolean {
  const lists = [r.risks, r.intents, r.fields, r.says];
  return lists.every((l) => l.length === 0) && r.followersFrom === null && !r.verified && !r.training;
}

type Say = (level: ApprovalFinding["level"], ruleId: string | null, says: string) => void;

function checkTier(tier: ApprovalTier, ruleId: string, known: Known, say: Say): void {
  const all = [...tier.approvers, ...tier.deputies];
  const keys = all.map(keyOf);
  if (new Set(keys).size < keys.length)
    say("fault", ruleId, "Somebody is named twice: as approver or deputy, each only once.");
  for (const target of all)
    if (!isKnown(target, known)) say("fault", ruleId, "It names an agent, team or rota that is not here any more.");
  if (tier.approvers.every((t) => known.able(keyOf(t)).length === 0))
    say("hole", ruleId, "None of its approvers has the right to approve: supervisors are asked in their place.");
}

function isKnown(t: Target, known: Known): boolean {
  if (t.kind === "agent") return known.agents.has(t.id);
  if (t.kind === "team") return known.teams.has(t.id);
  return t.kind === "managers" || known.rotas.has(t.id);
}
