import type { Instant } from "#platform/clock";
import { decide } from "./decide.ts";
import { type Item, policyOf, type StuckWhy, type World } from "./model.ts";

/** Has it been handed on more often than the account allows? */
export function tooOften(world: World, item: Pick<Item, "transfers">): boolean {
  return item.transfers > policyOf(world).maxTransfers;
}

/** Tells that a supervisor has to look. */
export function sayStuck(world: World, item: Item, why: StuckWhy, now: Instant): void {
  const text = `Handed on ${item.transfers} times: a supervisor has to say who answers this.`;
  decide(world, item, now, "stuck", [{ code: why, text }], { how: why });
}
