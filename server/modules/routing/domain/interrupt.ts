import type { Instant } from "#platform/clock";
import { change } from "./capacity.ts";
import { decide } from "./decide.ts";
import { mediumClasses } from "./medium-class.ts";
import type { Item, World } from "./model.ts";

/** A call came in over the agent's mails: they are marked held. They keep their place, their clock and their owner. */
export function interrupt(world: World, by: Item, agentId: string, now: Instant): void {
  if (!mediumClasses[by.mediumClass].exclusive) return;
  for (const item of world.hands?.of(agentId) ?? world.items.values()) {
    if (item === by || item.state !== "active" || item.ownerId !== agentId || item.heldFor === by.id) continue;
    change(world, item, { heldFor: by.id });
    const text = `Held: ${mediumClasses[by.mediumClass].says} comes before it.`;
    decide(world, item, now, "interrupted", [{ code: "held-for-call", text }], { agentId, how: "began" });
  }
}

/** What was held for it goes on. */
export function resume(world: World, by: Item, now: Instant): void {
  if (!mediumClasses[by.mediumClass].exclusive) return;
  for (const item of world.hands?.heldFor(by.id) ?? world.items.values()) {
    if (item.heldFor !== by.id) continue;
    change(world, item, { heldFor: null });
    const more = { agentId: item.ownerId, how: "resumed" as const };
    decide(world, item, now, "interrupted", [{ code: "goes-on", text: "The call is over: it goes on." }], more);
  }
}
