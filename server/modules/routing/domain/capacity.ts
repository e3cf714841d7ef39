import { mediumClasses, PARKED_CAP } from "./medium-class.ts";
import type { Agent, Item, Load, World } from "./model.ts";

export type CapacityRefusal = "in-exclusive-work" | "not-free-for-exclusive" | "medium-full" | "budget-full";

/** Whether an agent has room for an item; capacity is taken at the offer, so two offers cannot over-fill (operations.md §1.2). */
export function capacityRefuses(item: Item, agent: Agent): CapacityRefusal | null {
  const medium = mediumClasses[item.mediumClass];
  const { load } = agent;
  if (load.exclusive > 0) return "in-exclusive-work";
  if (medium.exclusive && load.firm > 0) return "not-free-for-exclusive";
  if ((load.counts[medium.name] ?? 0) + 1 > (agent.limits[medium.name] ?? medium.cap)) return "medium-full";
  if (!medium.exclusive && load.used + item.weight > agent.budget) return "budget-full";
  return null;
}

/** May one more item be put aside by this agent? */
export function mayPark(agent: Agent | undefined): boolean {
  return agent !== undefined && agent.load.parked < PARKED_CAP;
}

/** Who carries an item now: its owner, or the agent it is held out to. */
export function holderOf(item: Item): string | null {
  if (item.state === "offered") return item.offer?.agentId ?? null;
  return item.state === "active" || item.state === "wrapup" || item.state === "parked" ? item.ownerId : null;
}

function count(load: Load, item: Item, sign: 1 | -1): void {
  if (item.state === "parked") {
    load.parked += sign;
    return;
  }
  const medium = mediumClasses[item.mediumClass];
  load.used += sign * item.weight;
  load.counts[medium.name] = (load.counts[medium.name] ?? 0) + sign;
  if (medium.exclusive) load.exclusive += sign;
  else if (!medium.interruptible) load.firm += sign;
}

/** Changes an item and moves its weight between the agents concerned. The only way an item changes. */
export function change(world: World, item: Item, to: Partial<Item>): void {
  const before = world.agents.get(holderOf(item) ?? "");
  if (before) count(before.load, item, -1);
  Object.assign(item, to);
  const after = world.agents.get(holderOf(item) ?? "");
  if (after) count(after.load, item, 1);
  world.touched.add(item.id);
}

/** Counts an item that came into the world with a holder. */
export function countIn(world: World, item: Item): void {
  const holder = world.agents.get(holderOf(item) ?? "");
  if (holder) count(holder.load, item, 1);
}

/** "6.0 of 10": tenths, as screens show it. */
export function showLoad(used: number, budget: number): string {
  return `${(used / 10).toFixed(1)} of ${Math.round(budget / 10)}`;
}
