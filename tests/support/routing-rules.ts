import type { Item, Policy, Queue, World } from "../../server/modules/routing/domain/model.ts";
import { usualPolicy } from "../../server/modules/routing/domain/model.ts";
import { arrive } from "../../server/modules/routing/domain/transitions.ts";
import type { Instant } from "../../server/platform/clock.ts";
import { buildAgent, buildItem, buildWorld } from "./routing-world.ts";

export const T: Instant = Date.parse("2026-11-17T09:00:00Z");
export type AgentOf = Parameters<typeof buildAgent>[0];

export function worldWith(
  agents: AgentOf[],
  items: Item[],
  of: { queues?: Queue[]; policy?: Partial<Policy> } = {},
): World {
  const policy = { ...usualPolicy, ...of.policy };
  const world = buildWorld({
    ...(of.queues && { queues: of.queues }),
    ...{ agents: agents.map(buildAgent), policy },
  });
  for (const item of items) arrive(world, item, [], T);
  return world;
}
export const owned = (id: string, ownerId: string, over: Partial<Item> = {}): Item =>
  buildItem({ id, t0: T, state: "active", ownerId, preferredId: ownerId, assignedAt: T, ...over });
export const said = (world: World, act: string) =>
  world.decisions.filter((d) => d.act === act).flatMap((d) => d.reasons);
export const texts = (world: World, act: string) => said(world, act).map((reason) => reason.text);
