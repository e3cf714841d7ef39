import type { Instant } from "#platform/clock";
import { admitParts } from "./admit.ts";
import { chooseAgent } from "./choose-agent.ts";
import type { Item } from "./model.ts";
import { nextOf } from "./order.ts";
import { holdUntil } from "./sticky.ts";

/** Back to the queue: the place is kept, because t0 and the due time are. */
export function requeued(_item: Item, _now: Instant): Partial<Item> {
  return {
    ...{ state: "queued", offer: null, ownerId: null, assignedAt: null },
    ...{ wakesAt: null, parkReason: null, heldFor: null },
  };
}

/**
 * The rules the engine is made of. Tests take one away to see that an invariant notices: the index of what waits (`waiting/`) is built of
 * these same functions, so a changed one acts there too. `fits` and `room` are asked once for all items and agents that differ in nothing
 * they look at; `here` and `declined` for each agent and item that moved; `nextOf` with the first that somebody free can take, past due
 * with the first of each priority; `chooseAgent` with the best three, the best first.
 */
export const theRules = { ...admitParts, nextOf, chooseAgent, holdUntil, requeued };
export type Rules = typeof theRules;
