import type { Instant } from "#platform/clock";
import type { Agent, Item, Need, Terms } from "./model.ts";

/** Rings open after these parts of the target, where a queue does not say otherwise (operations.md §1.2). */
export const RING_PARTS = [0.3, 0.6, 0.9] as const;
/** What is left of a soft need in each ring; hard needs stay whole. */
const SOFT_LEFT = [1, 2 / 3, 1 / 3, 0] as const;

/** 0 at first; grows to 3 as the item waits. */
export function ringAt({ ringsAt }: Pick<Terms, "ringsAt">, now: Instant): number {
  let ring = 0;
  for (const at of ringsAt) if (at <= now) ring++;
  return ring;
}

export function nextRingAt({ ringsAt }: Pick<Terms, "ringsAt">, now: Instant): Instant | null {
  return ringsAt.find((at) => at > now) ?? null;
}

/** The level asked for in a ring. */
export function levelIn(need: Need, ring: number): number {
  return need.kind === "hard" ? need.level : Math.ceil(need.level * (SOFT_LEFT[ring] ?? 0));
}

/** The first need that an agent does not meet in this ring. */
export function missingSkill(needs: readonly Need[], agent: Agent, ring: number): Need | null {
  return needs.find((need) => levelIn(need, ring) > (agent.skills.get(need.skillId) ?? 0)) ?? null;
}

const NO_NEEDS = Object.freeze({ shortfall: 0, surplus: 0 });

/** How far an agent falls short of what was asked at first, and how far beyond it the agent is: levels, summed. */
export function skillFit(item: Pick<Item, "needs">, agent: Agent): { shortfall: number; surplus: number } {
  if (item.needs.length === 0) return NO_NEEDS;
  let shortfall = 0;
  let surplus = 0;
  for (const need of item.needs) {
    const by = (agent.skills.get(need.skillId) ?? 0) - need.level;
    if (by < 0) shortfall -= by;
    else surplus += by;
  }
  return { shortfall, surplus };
}
