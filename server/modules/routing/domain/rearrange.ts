import type { Instant } from "#platform/clock";
import { capacityRefuses, change, mayPark } from "./capacity.ts";
import { decide } from "./decide.ts";
import { type Item, isOpen, type Priority, type Reason, type World } from "./model.ts";
import { giveBack } from "./serve.ts";
import { holdWithin } from "./sticky.ts";
import { answered, rescind, wake } from "./transitions.ts";
import { finishWrapUp } from "./wrap-up.ts";

/** How the clock of work stands after conversations were put together or apart. `waitsSince` null: nobody waits for an answer. */
export interface Restated {
  waitsSince: Instant | null;
  priority: Priority;
  crisis: boolean;
  answeredBy: string | null;
}

const WHY: Reason = {
  code: "joined",
  text: "An agent put conversations together or apart: the clock is that of what is in it.",
};

/** Work that went on inside of other work is work of its own again, with its own clock; its owner gets it back where there is room. */
export function comeBack(world: World, item: Item, to: Restated, now: Instant): void {
  if (isOpen(item)) return;
  const { priority, crisis } = to;
  const parked = { state: "parked" as const, wakesAt: null, parkReason: "waiting-for-customer", offer: null };
  if (to.waitsSince === null) {
    change(world, item, { ...parked, clock: "paused", priority, crisis });
    const owner = world.agents.get(item.ownerId ?? "");
    if (item.ownerId !== null && !mayPark(owner)) change(world, item, { ownerId: null, preferredId: item.ownerId });
    world.decisions.push({ act: "parked", itemId: item.id, agentId: item.ownerId, at: now, reasons: [WHY] });
    return;
  }
  const terms = world.terms({ queueId: item.queueId, priority, crisis, t0: to.waitsSince, item });
  change(world, item, { ...parked, clock: "running", priority, crisis, t0: to.waitsSince, ...terms });
  wake(world, item, now);
}

/** The clock of open work anew, earlier or later. */
export function restate(world: World, item: Item, to: Restated, now: Instant): void {
  if (!isOpen(item)) return;
  if (item.state === "wrapup") {
    finishWrapUp(world, item, null, now);
    comeBack(world, item, to, now);
    return;
  }
  if (to.waitsSince === null) {
    if (item.clock === "running") answered(world, item, now, to.answeredBy);
    return;
  }
  const { priority, crisis } = to;
  const waited = item.clock === "running";
  if (waited && item.t0 === to.waitsSince && item.priority === priority && item.crisis === crisis) return;
  const terms = world.terms({ queueId: item.queueId, priority, crisis, t0: to.waitsSince, item });
  const place = { priority, crisis, t0: to.waitsSince, ...terms };
  change(world, item, { clock: "running", ...place, ...holdWithin(item, terms.due) });
  world.decisions.push({ act: "changed", itemId: item.id, agentId: null, at: now, reasons: [WHY], until: item.due });
  if (!waited && item.state === "parked") wake(world, item, now);
}

/** The work goes on with this agent (null: with nobody), without an offer and without counting as handed over; where there is no room it waits for them. */
export function goOnWith(world: World, item: Item, agentId: string | null, now: Instant, why: string): void {
  if (!isOpen(item) || item.ownerId === agentId || (agentId !== null && item.barred.includes(agentId))) return;
  const reasons: Reason[] = [{ code: "joined", text: why }];
  const agent = world.agents.get(agentId ?? "");
  rescind(world, item, now, why);
  if (item.state === "parked" && item.clock === "paused") {
    change(world, item, { ownerId: agent && mayPark(agent) ? agent.id : null, preferredId: agent?.id ?? null });
    const until = item.wakesAt === null ? {} : { until: item.wakesAt };
    decide(world, item, now, "parked", reasons, { agentId: item.ownerId, ...until });
    return;
  }
  if (agent && capacityRefuses(item, agent) === null) giveBack(world, item, agent, now, reasons);
  else {
    change(world, item, { state: "parked", ownerId: null, preferredId: agentId, offer: null });
    wake(world, item, now);
  }
}

/** Of those who had the work that becomes one: who answered last, else who put it together, else who had it first. */
export function nextOwner(
  owners: readonly (string | null)[],
  answeredBy: string | null,
  by: string | null,
): string | null {
  const had = owners.filter((id) => id !== null);
  return [answeredBy, by].find((id) => id !== null && had.includes(id)) ?? had[0] ?? null;
}
