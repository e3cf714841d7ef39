import type { Instant } from "#platform/clock";
import type { World } from "./model.ts";
import { type Rules, theRules } from "./rules.ts";
import { timeOut, wake } from "./transitions.ts";
import { finishWrapUp } from "./wrap-up.ts";

/** What comes due by itself: offers that nobody answered, work put aside until now, and wrap-up. Holds and rings end by the clock alone. */
export function passTime(world: World, now: Instant, rules: Rules = theRules): void {
  for (const item of world.hands?.due(now) ?? world.items.values()) {
    if (item.state === "offered" && item.offer && item.offer.expiresAt <= now) timeOut(world, item, now, rules);
    else if (item.state === "parked" && item.wakesAt !== null && item.wakesAt <= now) wake(world, item, now, rules);
    else if (item.state === "wrapup" && item.wrapUntil !== null && item.wrapUntil <= now)
      finishWrapUp(world, item, null, now);
  }
}
