import type { Instant } from "#platform/clock";
import { change } from "./capacity.ts";
import { decide } from "./decide.ts";
import { seeOff, seeOffAll } from "./guests.ts";
import { resume } from "./interrupt.ts";
import { type Item, isOpen, type World } from "./model.ts";
import { no, type Outcome } from "./outcome.ts";

/** Somebody is the subject of a complaint in it: whatever this agent has of it goes back, and it is never offered to them. */
export function bar(world: World, item: Item, agentId: string, reason: string, now: Instant): Outcome {
  if (!isOpen(item)) return no("ended");
  if (item.barred.includes(agentId)) return { ok: true, item };
  const name = world.agents.get(agentId)?.name ?? "An agent";
  if (item.offer?.agentId === agentId) {
    const { id: offerId } = item.offer;
    change(world, item, { state: "queued", offer: null });
    const more = { how: "rescinded" as const, agentId, offerId };
    decide(world, item, now, "offer-ended", [{ code: "conflict", text: reason }], more);
  }
  seeOff(world, item, agentId, "over", now);
  const mine = item.ownerId === agentId;
  if (mine) seeOffAll(world, item, now);
  change(world, item, {
    barred: [...item.barred, agentId],
    ...(item.preferredId === agentId && { preferredId: null, stickyUntil: null }),
    ...(mine && { ownerId: null, assignedAt: null }),
    ...(mine && item.state === "active" && { state: "queued" as const, heldFor: null }),
  });
  if (mine) resume(world, item, now);
  const text = `${name} is not to work on this: ${reason}`;
  decide(world, item, now, "barred", [{ code: "conflict", text }], { agentId, how: "began" });
  return { ok: true, item };
}

export function unbar(world: World, item: Item, agentId: string, now: Instant): Outcome {
  if (!isOpen(item)) return no("ended");
  if (!item.barred.includes(agentId)) return { ok: true, item };
  change(world, item, { barred: item.barred.filter((id) => id !== agentId) });
  const name = world.agents.get(agentId)?.name ?? "The agent";
  const more = { agentId, how: "resumed" as const };
  decide(world, item, now, "barred", [{ code: "conflict", text: `${name} may work on this again.` }], more);
  return { ok: true, item };
}
