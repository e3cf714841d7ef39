import type { Instant } from "#platform/clock";
import { capacityRefuses, change } from "./capacity.ts";
import { decide } from "./decide.ts";
import { type Guest, type Item, isOpen, type LeftHow, type World } from "./model.ts";
import { no, type Outcome } from "./outcome.ts";

/** So many may work on one matter beside its owner. */
export const GUESTS_MOST = 5;

/**
 * Asks somebody in, for advice or into a conference. There is exactly one owner all the time; the guest's room is taken
 * at once, so that there is room when it is handed over.
 */
export function askIn(
  world: World,
  item: Item,
  asked: { agentId: string; kind: Guest["kind"]; mayExceed: boolean },
  now: Instant,
): Outcome {
  const agent = world.agents.get(asked.agentId);
  if (!isOpen(item)) return no("ended");
  if (item.state !== "active" || item.ownerId === null || !agent) return no("not-yours");
  if (item.ownerId === agent.id || item.guests.some((guest) => guest.agentId === agent.id)) return { ok: true, item };
  if (item.barred.includes(agent.id)) return no("conflict");
  if (agent.presence !== "available" && agent.presence !== "busy") return no("not-here");
  if (item.guests.length >= GUESTS_MOST) return no("too-many-guests");
  if (capacityRefuses(item, agent) !== null && !asked.mayExceed) return no("no-room");
  change(world, item, { guests: [...item.guests, { agentId: agent.id, kind: asked.kind, since: now }] });
  const owner = world.agents.get(item.ownerId)?.name ?? "The owner";
  const text =
    asked.kind === "consult"
      ? `${owner} asks ${agent.name} for advice; it stays with ${owner}.`
      : `${agent.name} joins the conference; it stays with ${owner}.`;
  decide(world, item, now, "joined", [{ code: asked.kind, text }], { agentId: agent.id });
  return { ok: true, item };
}

/** A guest goes: sent away, gone, or because the matter moved on. The owner is who it was. */
export function seeOff(world: World, item: Item, agentId: string, how: LeftHow, now: Instant): Outcome {
  const guest = item.guests.find((g) => g.agentId === agentId);
  if (!guest) return { ok: true, item };
  change(world, item, { guests: item.guests.filter((g) => g !== guest) });
  const name = world.agents.get(agentId)?.name ?? "The guest";
  decide(world, item, now, "left", [{ code: `guest-${how}`, text: SAYS[how](name) }], { how, agentId });
  return { ok: true, item };
}

export function seeOffAll(world: World, item: Item, now: Instant): void {
  for (const { agentId } of item.guests) seeOff(world, item, agentId, "over", now);
}

const SAYS: Record<LeftHow, (name: string) => string> = {
  completed: (name) => `It was handed over to ${name}, who knows it already.`,
  cancelled: (name) => `${name} is not needed any more.`,
  left: (name) => `${name} has left.`,
  over: (name) => `The work moved on; ${name} is free again.`,
};
