import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Agent, Item, Queue, World } from "../domain/model.ts";
import { theRules } from "../domain/rules.ts";
import { serve } from "../domain/serve.ts";
import { type Dry, Waiting } from "../domain/waiting/waiting.ts";
import type { Work } from "../store/work-store.ts";
import type { LaneWatch, MirroredLane, MirroredLanes } from "./lanes.ts";

/** Read of each lane at first, and when what is here is used up. */
const [FIRST, PAGE] = [16, 64];

/** An act as this sees it: what is decided goes there, with each item as it was read. */
type Act = World & { readonly read: Map<string, Work> };
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * What waits as the engine sees it, with its index: it lives as long as the picture and is told of what moves. Only heads of lanes are in
 * it; the rest is read when the engine comes to it.
 */
export class WaitingWorld implements LaneWatch {
  /** As they stand in the database, of the items that are here. */
  readonly #works = new Map<string, Work>();
  readonly #world: Mutable<World>;
  readonly index: Waiting;
  constructor(agents: Map<string, Agent>) {
    this.#world = {
      ...{ queues: new Map(), agents, items: new Map(), touched: new Set(), silent: new Set(), decisions: [] },
      nextOfferId: noAct,
      terms: noAct,
    };
    this.index = new Waiting(this.#world, theRules);
    this.#world.watch = this.index;
  }

  came(work: Work): void {
    const item = { ...work };
    this.#world.items.set(work.id, item);
    this.#works.set(work.id, work);
    this.index.itemMoved(item);
  }
  went(id: string): void {
    this.#world.items.delete(id);
    this.#works.delete(id);
    this.index.itemGone(id);
  }
  reaches({ queueId, lane, upTo }: MirroredLane): void {
    this.index.known(queueId, lane, upTo);
  }

  /** The queues as they stand now. The same objects always: the index keeps them. */
  queues(fresh: ReadonlyMap<string, Queue>): Map<string, Queue> {
    const { queues } = this.#world;
    for (const [id, queue] of fresh) {
      const known = queues.get(id);
      const same = known && shapeOf(known) === shapeOf(queue);
      if (known) Object.assign(known, queue);
      else queues.set(id, queue);
      if (!same) this.index.queueMoved(id);
    }
    for (const id of [...queues.keys()].filter((known) => !fresh.has(known))) {
      queues.delete(id);
      this.index.queueMoved(id);
    }
    return queues;
  }

  /** Holds out what waits, and brings into the act what it changed. `moved`: agents whom the act may have changed. */
  async serve(tx: Tx, act: Act, now: Instant, lanes: MirroredLanes, moved: readonly string[]): Promise<void> {
    const { agents: _, items: __, watch: ___, ...own } = act;
    const world = Object.assign(this.#world, own);
    const empty = (await lanes.all(tx)).filter((lane) => lane.items.length === 0);
    await lanes.fill(tx, empty, FIRST);
    for (const id of act.touched) {
      const item = act.items.get(id);
      if (!item) continue;
      world.items.set(id, item);
      this.index.itemMoved(item);
    }
    for (const id of moved) this.index.agentMoved(id);
    for (let dry = serve(world, now); dry.length > 0; dry = serve(world, now)) await this.#readOn(tx, dry, lanes);
    for (const id of act.touched) this.#bring(act, id);
  }

  async #readOn(tx: Tx, dry: readonly Dry[], lanes: MirroredLanes): Promise<void> {
    const known = dry.flatMap(({ queueId, lane }) => lanes.named(queueId, lane) ?? []);
    // Nothing is left of a lane that is not known any more.
    for (const { queueId, lane } of dry) if (!lanes.named(queueId, lane)) this.index.known(queueId, lane, null);
    await lanes.fill(tx, known, PAGE);
  }

  #bring(act: Act, id: string): void {
    const [item, read] = [this.#world.items.get(id), this.#works.get(id)];
    if (!item || !read) return;
    act.items.set(id, item as Item);
    if (!act.read.has(id)) act.read.set(id, read);
  }
}

/** Everything about a queue but its turns, which change with each act and are nobody's but the act's. */
const shapeOf = ({ turns: _, ...queue }: Queue): string => JSON.stringify(queue);

function noAct(): never {
  throw new Error("Nothing is decided outside of an act.");
}
