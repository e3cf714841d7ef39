import type { Instant } from "#platform/clock";
import { capacityRefuses, change, mayPark } from "./capacity.ts";
import { decide } from "./decide.ts";
import { seeOffAll } from "./guests.ts";
import { resume } from "./interrupt.ts";
import { AWAITS_APPROVAL, awaitsApproval, type Item, type World } from "./model.ts";
import { type Rules, theRules } from "./rules.ts";
import { assign } from "./transitions.ts";

/**
 * Its owner has written, and others look at it: it weighs nothing meanwhile. The clock goes on, for the customer waits. Where 50 are put
 * aside already it stays in hands.
 */
export function awaitApproval(world: World, item: Item, agentId: string, now: Instant): void {
  if (item.state !== "active" || item.ownerId !== agentId || !mayPark(world.agents.get(agentId))) return;
  change(world, item, { state: "parked", wakesAt: null, parkReason: AWAITS_APPROVAL, heldFor: null });
  resume(world, item, now);
  const text = "Its reply waits for approval; until then it takes no capacity.";
  decide(world, item, now, "parked", [{ code: "waits-for-approval", text }], { agentId });
}

/**
 * The words came back: it is its owner's again at once, with its whole weight, also where there is no room for it; that is on record.
 * Where the owner may not work here any more it waits in its queue again.
 */
export function backFromApproval(world: World, item: Item, now: Instant, rules: Rules = theRules): void {
  if (!awaitsApproval(item)) return;
  const { ownerId } = item;
  const owner = world.agents.get(ownerId ?? "");
  if (!owner) {
    seeOffAll(world, item, now);
    change(world, item, { ...rules.requeued(item, now), preferredId: ownerId, stickyUntil: null });
    const text = "Its reply came back, and its owner is not here any more.";
    decide(world, item, now, "requeued", [{ code: "owner-gone", text }], { agentId: ownerId });
    return;
  }
  const full = capacityRefuses(item, owner) !== null;
  decide(world, item, now, "woken", [{ code: "approval-over", text: "Its reply came back." }], { agentId: owner.id });
  const reasons = [{ code: "sticky", text: `Back to ${owner.name}, whose reply came back.` }];
  if (full) reasons.push({ code: "over-capacity", text: `${owner.name} has no room left: over capacity.` });
  assign(world, item, owner.id, "sticky", now, full, reasons);
}
