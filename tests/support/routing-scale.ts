import type { MediumClassName } from "../../server/modules/routing/domain/medium-class.ts";
import {
  type Agent,
  type Item,
  type Need,
  type Priority,
  priorities,
  type World,
} from "../../server/modules/routing/domain/model.ts";
import { arrive, end } from "../../server/modules/routing/domain/transitions.ts";
import type { Instant } from "../../server/platform/clock.ts";
import { buildAgent, buildItem, buildQueue, buildWorld, TARGETS } from "./routing-world.ts";

/** A contact centre as big as asked for: how much of everything. */
export interface Scale {
  readonly agents: number;
  readonly waiting: number;
  readonly skills: number;
  readonly sets: number;
  readonly queues: number;
}
/** As operations.md §1.4 measures: agents who know four of the skills, and sets of one or two of them. */
export const BIG: Scale = { agents: 10_000, waiting: 1_000_000, skills: 200, sets: 600, queues: 20 };

const LEVELS = [20, 40, 60, 80, 100] as const;
/** Of a hundred: one urgent, nine high, sixty normal, thirty low. */
const MIX = priorities.flatMap((priority, i) => Array.from({ length: [1, 9, 60, 30][i] as number }, () => priority));
const MEDIA: readonly MediumClassName[] = ["public", "dm", "public", "email", "chat", "public", "email", "dm"];

export interface BigWorld {
  readonly world: World;
  readonly now: Instant;
  /** Somebody who waits since then. */
  item(t0: Instant): Item;
  chance(below: number): number;
}

/** Everybody is here and idle, nobody has been given anything. Most of what waits is in time, some is past due, some has its rings open. */
export function bigWorld(scale: Scale, now: Instant, seed = 1): BigWorld {
  const next = chance(seed);
  const pick = (below: number) => Math.floor(next() * below);
  const one = <T>(of: readonly T[]): T => of[pick(of.length)] as T;
  const queues = Array.from({ length: scale.queues }, (_, i) => buildQueue({ id: `queue ${i}`, teamId: `team ${i}` }));
  const agents = Array.from({ length: scale.agents }, (_, i): Agent => {
    const skills = Object.fromEntries(Array.from({ length: 4 }, () => [`skill ${pick(scale.skills)}`, one(LEVELS)]));
    const teams = [i % scale.queues, pick(scale.queues), pick(scale.queues)].map((team) => `team ${team}`);
    return buildAgent({ id: `agent ${String(i).padStart(6, "0")}`, skills, teams });
  });
  // Of each queue some work asks for nothing; the rest asks for one skill or two, one of three softly.
  const sets = Array.from({ length: scale.sets }, (_, i) => {
    const queueId = `queue ${i % scale.queues}`;
    const count = i < scale.queues ? 0 : 1 + Number(i % 4 === 0);
    const needs = Array.from({ length: count }, (): Need => {
      const skillId = `skill ${pick(scale.skills)}`;
      return { skillId, name: skillId, level: one(LEVELS), kind: pick(3) === 0 ? "soft" : "hard" };
    });
    return { queueId, needs };
  });
  let made = 0;
  const item = (t0: Instant): Item => {
    const priority = MIX[pick(100)] as Priority;
    const mediumClass = one(MEDIA);
    const id = `item ${String(made++).padStart(9, "0")}`;
    return buildItem({ id, t0, priority, mediumClass, ...one(sets) });
  };
  const world = buildWorld({ queues, agents });
  for (let i = 0; i < scale.waiting; i++) {
    const of = item(0);
    const t0 = now - Math.floor(next() * 1.1 * TARGETS[of.priority]);
    const moved = buildItem({ ...of, t0, ...plain(of, t0) });
    world.items.set(moved.id, moved);
  }
  return { world, now, item, chance: pick };
}

/** Terms come from t0; `buildItem` would keep those of the copy. */
function plain({ priority }: Item, t0: Instant): Pick<Item, "due" | "ringsAt"> {
  const target = TARGETS[priority];
  return { due: t0 + target, ringsAt: [0.3, 0.6, 0.9].map((part) => t0 + part * target) };
}

/** Somebody's offered work is over at once, and somebody else writes. */
export function oneGoesOneComes({ world, item, chance }: BigWorld, given: Item[], now: Instant): void {
  const at = chance(given.length);
  const over = given[at] as Item;
  given[at] = given.at(-1) as Item;
  given.pop();
  end(world, over, "withdrawn", "Over.", now);
  world.items.delete(over.id);
  arrive(world, item(now), [], now);
}
export const offeredIn = (world: World): Item[] => [...world.items.values()].filter((item) => item.state === "offered");

/** A seeded chance from 0 to 1 (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
