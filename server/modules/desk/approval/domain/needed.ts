import type { ApprovalRule, ApprovalRules } from "#contracts/approval";
import type { Target } from "#contracts/escalation";
import type { Instant } from "#platform/clock";

/** All that decides whether a reply needs other eyes; whoever asks has loaded it. */
export interface ReplyFacts {
  audience: "public" | "private";
  /** Of the customer's words in this stretch of work. */
  risks: readonly string[];
  intents: readonly string[];
  /** Of whom it answers; null: the network does not say. */
  followers: number | null;
  verified: boolean;
  fields: Readonly<Record<string, string>>;
  /** Who wrote the reply, by the keys of what they are: `agent:<id>`, `team:<id>`. */
  writer: readonly string[];
  /** What the text itself says, as its checks found it. */
  says: readonly string[];
  /** What is escalated about the matter and not stood down, and whose word its ladder asks for. Keys of targets. */
  escalations: readonly { says: string; approvers: readonly string[] }[];
}

export interface Reason {
  code: string;
  text: string;
}
/** One look: keys of targets. `named` is enough there; elsewhere the right to approve is asked for, too. */
export interface Tier {
  approvers: readonly string[];
  deputies: readonly string[];
  minutes: number;
  named: boolean;
}
export interface Need {
  because: Reason[];
  /** Each has to pass it, in this order. */
  tiers: Tier[];
}

/** An escalation's ladder says who, not how fast. Half of the usual quarter of an hour in which it is acknowledged. */
export const CRISIS_MINUTES = 8;

export const keyOf = (t: Target): string => (t.kind === "managers" ? t.kind : `${t.kind}:${t.id}`);

/** Whether anything depends on fields of the customer: only then they are read. */
export const asksFields = (rules: ApprovalRules): boolean => rules.rules.some((r) => r.fields.length > 0);

/** Who has to pass a reply, and why; null: it may go at once. */
export function approvalNeeded(rules: ApprovalRules, facts: ReplyFacts, now: Instant): Need | null {
  const inTraining = rules.training.some(
    ({ who, until }) => (until === null || Date.parse(until) > now) && facts.writer.includes(keyOf(who)),
  );
  const need: Need = { because: [], tiers: [] };
  for (const { says, approvers } of facts.escalations) {
    if (approvers.length === 0) continue;
    need.because.push({ code: "escalation", text: `Escalated: ${says}` });
    add(need.tiers, { approvers, deputies: [], minutes: CRISIS_MINUTES, named: true });
  }
  for (const rule of rules.rules) {
    const why = fits(rule, facts, inTraining);
    if (why === null) continue;
    need.because.push({ code: "rule", text: why === "" ? rule.name : `${rule.name}: ${why}` });
    for (const { approvers, deputies, minutes } of rule.tiers)
      add(need.tiers, { approvers: approvers.map(keyOf), deputies: deputies.map(keyOf), minutes, named: false });
  }
  return need.tiers.length === 0 ? null : need;
}

const whoOf = (t: Tier) => [...t.approvers].sort().join(" ");

/** What is needed now and was not when it was asked for: of what is escalated always, of the rules only where the words changed. */
export function neededSince(tiers: readonly Tier[], need: Need | null, edited: boolean): Need {
  const had = new Set(tiers.map(whoOf));
  const fresh = (need?.tiers ?? []).filter((t) => (t.named || edited) && !had.has(whoOf(t)));
  return { tiers: fresh, because: fresh.length > 0 ? need!.because : [] };
}

/** The same people are asked once, within the shorter time. */
function add(tiers: Tier[], one: Tier): void {
  const at = tiers.findIndex((t) => whoOf(t) === whoOf(one));
  const same = tiers[at];
  if (!same) tiers.push(one);
  else
    tiers[at] = {
      approvers: same.approvers,
      deputies: [...new Set([...same.deputies, ...one.deputies])],
      minutes: Math.min(same.minutes, one.minutes),
      named: same.named || one.named,
    };
}

/** What of a rule is so, in words; null where something that it names is not. */
function fits(rule: ApprovalRule, f: ReplyFacts, inTraining: boolean): string | null {
  if (rule.audience === "public" && f.audience !== "public") return null;
  const words: string[] = [];
  const among = (wanted: readonly string[], found: readonly string[]) => wanted.filter((one) => found.includes(one));
  for (const [wanted, found, say] of [
    [rule.risks, f.risks, (hit: string[]) => `risk ${hit.join(", ")}`],
    [rule.intents, f.intents, (hit: string[]) => `about ${hit.join(", ")}`],
    [rule.says, f.says, (hit: string[]) => `the text says ${hit.join(", ")}`],
  ] as const) {
    if (wanted.length === 0) continue;
    const hit = among(wanted, found);
    if (hit.length === 0) return null;
    words.push(say(hit));
  }
  if (rule.followersFrom !== null) {
    if ((f.followers ?? 0) < rule.followersFrom) return null;
    words.push(`${f.followers} followers`);
  }
  if (rule.verified) {
    if (!f.verified) return null;
    words.push("a verified author");
  }
  if (rule.fields.length > 0) {
    const hit = rule.fields.find(({ key, is }) => Object.hasOwn(f.fields, key) && alike(f.fields[key]!, is));
    if (!hit) return null;
    words.push(`${hit.key} is ${hit.is}`);
  }
  if (rule.training) {
    if (!inTraining) return null;
    words.push("written in training");
  }
  return words.join(", ");
}

const alike = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The tiers that are left when the author is an approver, and approvers may pass their own words. */
export function withoutOwn(tiers: readonly Tier[], isOwn: (tier: Tier) => boolean): Tier[] {
  return tiers.filter((t) => !isOwn(t));
}
