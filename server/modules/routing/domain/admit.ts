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
  | "hard-skill"
  | "soft-skill"
  | "declined";

/** Could this agent work on the item at all, room aside? */
export function fitRefuses(item: Item, agent: Agent, world: World, now: Instant): Refusal | null {
  const queue = world.queues.get(item.queueId);
  if (!queue || !servesQueue(agent, queue)) return "other-team";
  const missing = missingSkill(item.needs, agent, ringAt(item, now));
  return missing === null ? null : missing.kind === "hard" ? "hard-skill" : "soft-skill";
}

export function isHeld(item: Item, now: Instant): boolean {
  return item.preferredId !== null && item.stickyUntil !== null && item.stickyUntil > now;
}

export function isExcluded(item: Item, agentId: string, now: Instant): boolean {
  const ring = ringAt(item, now);
  return item.excluded.some((e) => e.agentId === agentId && e.ring >= ring && e.at + EXCLUDED_MS > now);
}

/** The admit rule: null when the item may be held out to the agent now, else the first thing that forbids it. */
export function refuses(item: Item, agent: Agent, world: World, now: Instant): Refusal | null {
  if (agent.presence !== "available") return "not-available";
  if (isHeld(item, now) && item.preferredId !== agent.id) return "held-for-its-owner";
  const unfit = fitRefuses(item, agent, world, now);
  if (unfit) return unfit;
  if (isExcluded(item, agent.id, now)) return "declined";
  return capacityRefuses(item, agent);
}
