import { type Instant, MINUTE } from "#platform/clock";
import { type CapacityRefusal, capacityRefuses } from "./capacity.ts";
import { type Agent, type Item, servesQueue, type World } from "./model.ts";
import { missingSkill, ringAt } from "./skills.ts";

/** A declined item is not offered to the same agent for this long, unless something changes before (operations.md §1.2). */
export const EXCLUDED_MS = 10 * MINUTE;

export type Refusal =
  | CapacityRefusal
  | "not-available"
  | "other-team"
  | "held-for-its-owner"
  | "collapsed"
  | "conflict"
  | "hard-skill"
  | "soft-skill"
  | "declined";

/** Could this agent work on the item at all, room aside? */
export function fitRefuses(item: Item, agent: Agent, world: World, now: Instant): Refusal | null {
  const queue = world.queues.get(item.queueId);
  const ring = ringAt(item, now);
  if (item.behind !== null) return "collapsed";
  if (!queue || !servesQueue(agent, queue, ring)) return "other-team";
  const missing = missingSkill(item.needs, agent, ring);
  return missing === null ? null : missing.kind === "hard" ? "hard-skill" : "soft-skill";
}

export function isHeld(item: Item, now: Instant): boolean {
  return item.preferredId !== null && item.stickyUntil !== null && item.stickyUntil > now;
}

/** Declined lately, or the subject of a complaint in it. */
export function isExcluded(item: Item, agentId: string, now: Instant): boolean {
  if (item.barred.includes(agentId)) return true;
  const ring = ringAt(item, now);
  return item.excluded.some((e) => e.agentId === agentId && e.ring >= ring && e.at + EXCLUDED_MS > now);
}

/** Is the agent one to whom work is held out? */
export const isHere = (agent: Pick<Agent, "presence">): boolean => agent.presence === "available";

/** What the admit rule is made of. The index of what waits asks each part by itself. */
export const admitParts = { here: isHere, fits: fitRefuses, declined: isExcluded, room: capacityRefuses };

/** Of an agent who asks: who let an offer run out over other work has refused nothing. */
export const askedFor: typeof admitParts = {
  ...admitParts,
  declined: (item, agentId, now) =>
    isExcluded({ ...item, excluded: item.excluded.filter((one) => !one.passed) }, agentId, now),
};

/** The admit rule: null when the item may be held out to the agent now, else the first thing that forbids it. */
export function refuses(
  item: Item,
  agent: Agent,
  world: World,
  now: Instant,
  parts: typeof admitParts = admitParts,
): Refusal | null {
  if (!parts.here(agent)) return "not-available";
  if (item.barred.includes(agent.id)) return "conflict";
  if (isHeld(item, now) && item.preferredId !== agent.id) return "held-for-its-owner";
  const unfit = parts.fits(item, agent, world, now);
  if (unfit) return unfit;
  if (parts.declined(item, agent.id, now)) return "declined";
  return parts.room(item, agent);
}
