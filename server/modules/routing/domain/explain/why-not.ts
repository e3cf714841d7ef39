import type { Instant } from "#platform/clock";
import { EXCLUDED_MS, type Refusal, refuses } from "../admit.ts";
import { showLoad } from "../capacity.ts";
import { compareScores, type Score } from "../choose-agent.ts";
import { mediumClasses } from "../medium-class.ts";
import type { Agent, Exclusion, Item, PresenceState, World } from "../model.ts";
import { levelIn, missingSkill, ringAt } from "../skills.ts";

/** The first thing that speaks against an agent. The sentence goes on after the agent's name; `at`: when that was, or null. */
export interface Against {
  readonly code: Refusal | "behind";
  readonly text: string;
  readonly at: Instant | null;
}

/** What speaks against holding an item out to an agent now; null: nothing. */
export function whyNot(item: Item, agent: Agent, world: World, now: Instant): Against | null {
  const code = refuses(item, agent, world, now);
  if (code === null) return null;
  const declined = code === "declined" ? exclusionOf(item, agent.id, now) : undefined;
  return { code, text: saysRefusal(code, item, agent, world, now), at: declined?.at ?? null };
}

function exclusionOf(item: Item, agentId: string, now: Instant): Exclusion | undefined {
  return item.excluded.findLast((e) => e.agentId === agentId && e.at + EXCLUDED_MS > now);
}

function saysRefusal(code: Refusal, item: Item, agent: Agent, world: World, now: Instant): string {
  const medium = mediumClasses[item.mediumClass];
  switch (code) {
    case "not-available":
      return SAYS_PRESENCE[agent.presence];
    case "conflict":
      return "is kept away from it";
    case "held-for-its-owner":
      return `has to wait: it is kept for ${world.agents.get(item.preferredId ?? "")?.name ?? "who had it last"} first`;
    case "collapsed":
      return "has to wait: it stands behind others of its kind";
    case "other-team":
      return agent.closed?.has(item.queueId) ? "may not take work of this queue" : "is of another team";
    case "hard-skill":
    case "soft-skill":
      return saysSkill(item, agent, now);
    case "declined":
      return exclusionOf(item, agent.id, now)?.passed ? "let it pass" : "declined it";
    case "in-exclusive-work":
      return "is on a call";
    case "not-free-for-exclusive":
      return `has work in hand that ${medium.says} may not interrupt`;
    case "medium-full":
      return `has ${agent.load.counts[medium.name] ?? 0} of ${agent.limits[medium.name] ?? medium.cap} of this kind in hand`;
    case "kept-apart":
      return "has work in hand that is not mixed with this kind";
    case "budget-full":
      return `carries ${showLoad(agent.load.used, agent.budget)} already`;
  }
}

function saysSkill(item: Item, agent: Agent, now: Instant): string {
  const ring = ringAt(item, now);
  const need = missingSkill(item.needs, agent, ring);
  if (!need) return "lacks a skill";
  const has = agent.skills.get(need.skillId) ?? 0;
  return has === 0 ? `lacks ${need.name}` : `has ${need.name} ${has}, asked for is ${levelIn(need, ring)}`;
}

const SAYS_PRESENCE: Readonly<Record<PresenceState, string>> = {
  ...{ available: "is here", busy: "is busy", break: "is on a break", training: "is in a training", away: "is away" },
  ...{ "not-responding": "did not respond", offline: "is not here" },
};

/** Why one who could have had it too stood behind who got it: the first part of their scores that differs. */
export function whyBehind(best: Score, other: Score, choice: "least-loaded" | "longest-idle"): Against {
  const at = best.findIndex((part, n) => part !== other[n]);
  const [fourth, fifth] = choice === "longest-idle" ? [IDLE, LOAD] : [LOAD, IDLE];
  const text = [
    "did not have it last",
    "knows the customer less",
    "has less of the skills",
    "is more of an expert, who is kept free",
    fourth,
    fifth,
  ];
  return { code: "behind", text: text[at] ?? "is as good; the order of names decided", at: null };
}
const LOAD = "carries more";
const IDLE = "was given something later";

/** Who a stored choice comes to: the first of its scores. Undefined where none were stored. */
export function recomputed(scores: readonly Score[]): string | undefined {
  return scores.toSorted(compareScores)[0]?.[6];
}

/** Kept with a choice: of those who would have gone before others (last owner, who knows the customer, who declined), whoever could not have it. */
export interface PassedOver extends Against {
  readonly agentId: string;
}
const PASSED_MOST = 8;

/** Asked before the item moves. At most eight are looked at. */
export function passedOver(world: World, item: Item, chosen: Agent, now: Instant): PassedOver[] {
  if (item.preferredId === null && item.knownIds.length === 0 && item.excluded.length === 0) return [];
  const named = [item.preferredId, ...item.knownIds, ...item.excluded.map((e) => e.agentId)];
  const ids = [...new Set(named)].filter((id) => id !== null && id !== chosen.id).slice(0, PASSED_MOST);
  return ids.flatMap((id) => {
    const agent = world.agents.get(id as string);
    const against = agent && whyNot(item, agent, world, now);
    return against ? [{ agentId: agent.id, ...against }] : [];
  });
}
