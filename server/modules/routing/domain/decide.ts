import type { Instant } from "#platform/clock";
import type { Decision, Item, Reason, World } from "./model.ts";

/** Keeps what was decided, with its reasons. */
export function decide(
  world: World,
  item: Pick<Item, "id">,
  now: Instant,
  act: Decision["act"],
  reasons: readonly Reason[],
  more: Partial<Decision> = {},
): void {
  world.decisions.push({ act, itemId: item.id, agentId: null, at: now, reasons, ...more });
}
