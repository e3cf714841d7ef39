import type { Instant } from "#platform/clock";
import { mediumClasses } from "./medium-class.ts";
import type { Agent, Item } from "./model.ts";

/**
 * Until when an item waits for the agent who had it last: never past what is reserved before it is due (operations.md §1.2).
 * Null when it does not wait: nobody had it, the agent is off, or there is no time left.
 */
export function holdUntil(item: Item, owner: Agent | undefined, now: Instant): Instant | null {
  if (!owner || owner.presence === "offline" || item.crisis) return null;
  const medium = mediumClasses[item.mediumClass];
  const until = Math.min(now + medium.stickyMs, item.due - medium.reserveMs);
  return until > now ? until : null;
}

/** A hold that ends in time for a due time that came nearer. */
export function holdWithin(item: Pick<Item, "stickyUntil" | "mediumClass">, due: Instant): Pick<Item, "stickyUntil"> {
  if (item.stickyUntil === null) return { stickyUntil: null };
  return { stickyUntil: Math.min(item.stickyUntil, due - mediumClasses[item.mediumClass].reserveMs) };
}
