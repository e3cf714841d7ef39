import { type MediumClassName, mediumClasses, PARKED_CAP } from "./medium-class.ts";
import type { Agent, Item, Load, World } from "./model.ts";

export type CapacityRefusal =
  | "in-exclusive-work"
  | "not-free-for-exclusive"
  | "medium-full"
  | "kept-apart"
  | "budget-full";

/** Whether an agent has room for an item; capacity is taken at the offer, so two offers cannot over-fill (operations.md §1.2). */
export function capacityRefuses(item: Pick<Item, "mediumClass" | "weight">, agent: Agent): CapacityRefusal | null {
  const medium = mediumClasses[item.mediumClass];
  const { load } = agent;
  if (load.exclusive > 0) return "in-exclusive-work";
  if (medium.exclusive && load.firm > 0) return "not-free-for-exclusive";
  if ((load.counts[medium.name] ?? 0) + 1 > (agent.limits[medium.name] ?? medium.cap)) return "medium-full";
  if (agent.apart && isKeptApart(agent.apart, load, medium.name)) return "kept-apart";
  if (!medium.exclusive && load.used + item.weight > agent.budget) return "budget-full";
  return null;
}

const isKeptApart = (apart: NonNullable<Agent["apart"]>, load: Load, name: string) =>
  apart.some((group) => group.includes(name) && hasOther(load, group, name));
const hasOther = ({ counts }: Load, group: readonly string[], name: string) =>
  group.some((other) => other !== name && (counts[other as MediumClassName] ?? 0) > 0);

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
  move(world, item, -1);
  Object.assign(item, to);
  move(world, item, 1);
  world.touched.add(item.id);
  world.watch?.itemMoved(item);
  world.hands?.moved(item);
}

/** Counts an item that came into the world with a holder. */
export function countIn(world: World, item: Item): void {
  const countAt = (id: string) => {
    const agent = world.agents.get(id);
    if (agent) count(agent.load, item, 1);
    world.watch?.agentMoved(id);
  };
  const holder = holderOf(item);
  if (holder !== null) countAt(holder);
  for (const { agentId } of item.guests) countAt(agentId);
  world.watch?.itemMoved(item);
  world.hands?.moved(item);
}

/** Whoever an item takes room of: its holder and the guests of its owner. */
function move(world: World, item: Item, sign: 1 | -1): void {
  const holder = holderOf(item);
  if (holder !== null) moveAt(world, item, holder, sign);
  for (const { agentId } of item.guests) moveAt(world, item, agentId, sign);
}
function moveAt(world: World, item: Item, id: string, sign: 1 | -1): void {
  const agent = world.agents.get(id);
  if (!agent) return;
  count(agent.load, item, sign);
  world.moved?.set(id, item.id);
  world.watch?.agentMoved(id);
}

/** "6.0 of 10": tenths, as screens show it. */
export function showLoad(used: number, budget: number): string {
  return `${TENTHS[used] ?? (used / 10).toFixed(1)} of ${Math.round(budget / 10)}`;
}
/** Of all that is carried as a rule: each decision says it. */
const TENTHS = Array.from({ length: 201 }, (_, used) => (used / 10).toFixed(1));
