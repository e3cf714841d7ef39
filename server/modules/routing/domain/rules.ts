import type { Instant } from "#platform/clock";
import { refuses } from "./admit.ts";
import { chooseAgent } from "./choose-agent.ts";
import type { Item } from "./model.ts";
import { nextOf } from "./order.ts";
import { holdUntil } from "./sticky.ts";

/** Back to the queue: the place is kept, because t0 and the due time are. */
export function requeued(_item: Item, _now: Instant): Partial<Item> {
  return { state: "queued", offer: null, ownerId: null, assignedAt: null, wakesAt: null, parkReason: null };
}

/** The rules the engine is made of. Tests take one away to see that an invariant notices. */
export const theRules = { refuses, nextOf, chooseAgent, holdUntil, requeued };
export type Rules = typeof theRules;
