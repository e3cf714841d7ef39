import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE, SECOND } from "#platform/clock";
import { BIG, bigWorld, offeredIn, oneGoesOneComes } from "../../../../../tests/support/routing-scale.ts";
import { buildAgent, buildItem, buildQueue, buildWorld } from "../../../../../tests/support/routing-world.ts";
import { refuses } from "../admit.ts";
import { laneOf } from "../lane.ts";
import { type Item, priorities, type World } from "../model.ts";
import { compareDue } from "../order.ts";
import { theRules } from "../rules.ts";
import { serve } from "../serve.ts";
import { arrive, decline, end } from "../transitions.ts";
import { Waiting } from "./waiting.ts";

const START: Instant = Date.parse("2026-11-17T09:00:00Z");

/** What one decision compares in a centre of some size, after everybody has work and then while work ends and comes. */
function costs(agents: number, waiting: number) {
  const big = bigWorld({ ...BIG, agents, waiting, queues: 10, skills: 100, sets: 150 }, START);
  const { world } = big;
  const index = new Waiting(world, theRules);
  world.watch = index;
  serve(world, START);
  const first = { ...index.looked };
  const given = offeredIn(world);
  Object.assign(index.looked, { most: 0, sum: 0, decisions: 0 });
  for (let n = 1, now = START; n <= 600; n++) {
    now += 20;
    oneGoesOneComes(big, given, now);
    world.decisions.length = 0;
    serve(world, now);
    for (const d of world.decisions) if (d.act === "offered") given.push(world.items.get(d.itemId) as Item);
  }
  return { world, first, later: { ...index.looked }, now: START + 600 * 20 };
}
const mean = (of: { sum: number; decisions: number }) => of.sum / of.decisions;

describe("one decision", () => {
  const [half, whole] = [costs(1_000, 10_000), costs(2_000, 20_000)];
  it("compares 64 items and agents at most, and no more in a centre of twice the size", () => {
    for (const { first, later } of [half, whole]) {
      expect(Math.max(first.most, later.most)).toBeLessThanOrEqual(64);
      expect(later.decisions).toBeGreaterThan(400);
    }
    expect(mean(whole.first)).toBeLessThan(1.3 * mean(half.first));
    expect(mean(whole.later)).toBeLessThan(1.3 * mean(half.later));
  });
  it("leaves nothing that somebody free could take", () => {
    const { world, now } = half;
    const waiting = [...world.items.values()].filter((item) => item.state === "queued");
    expect(waiting.length).toBeGreaterThan(1_000);
    const left = waiting
      .filter((_, i) => i % 40 === 0)
      .flatMap((item) => [...world.agents.values()].filter((a) => refuses(item, a, world, now) === null));
    expect(left).toEqual([]);
  });
});

/** The store behind a memory that holds the first two of each lane. */
class Store {
  readonly #rows: Item[] = [];
  readonly #world: World;
  readonly #index: Waiting;
  constructor(world: World) {
    this.#world = world;
    this.#index = new Waiting(world, theRules);
    world.watch = this.#index;
  }
  add(item: Item): void {
    this.#rows.push(item);
    this.#rows.sort(compareDue);
  }
  /** Somebody new: beyond what memory holds of the lane it waits in the store. */
  arrives(item: Item, now: Instant): void {
    arrive(this.#world, item, [], now);
    this.#index.settle(now);
    if (this.#index.filedOf(item.id)) return;
    this.#world.items.delete(item.id);
    this.add(item);
  }
  /** Nothing is in memory of a lane that was not read yet. */
  open(): void {
    for (const item of this.#rows) this.#index.known(item.queueId, laneOf(item), { due: 0, t0: 0, id: "" });
  }
  serve(now: Instant): void {
    for (;;) {
      for (const { id } of this.#world.queues.values())
        this.#index.beyond(id, this.#rows.filter((item) => item.queueId === id).length);
      const dry = serve(this.#world, now);
      if (dry.length === 0) return;
      for (const { queueId, lane } of dry) {
        const rest = this.#rows.filter((item) => item.queueId === queueId && laneOf(item) === lane);
        const page = rest.slice(0, 2);
        for (const item of page) {
          this.#rows.splice(this.#rows.indexOf(item), 1);
          this.#world.items.set(item.id, item);
          this.#index.itemMoved(item);
        }
        this.#index.known(queueId, lane, rest.length > page.length ? (page.at(-1) as Item) : null);
      }
    }
  }
}

describe("with the heads of lanes in memory", () => {
  const numbers = fc.array(fc.nat(1_000), { minLength: 20, maxLength: 60 });
  const newWorld = () =>
    buildWorld({
      queues: [buildQueue({ id: "care" }), buildQueue({ id: "sales", teamId: "team-2" })],
      agents: [
        buildAgent({ id: "Alice", teams: ["team", "team-2"], skills: { welsh: 50 } }),
        buildAgent({ id: "Bob", limits: { public: 1 } }),
        buildAgent({ id: "Carla", teams: ["team-2"] }),
      ],
    });
  const itemOf = (n: number, i: number, t0: Instant): Item =>
    buildItem({
      ...{ id: `item ${String(i).padStart(3, "0")}`, t0, queueId: n % 3 === 0 ? "sales" : "care" },
      ...{ priority: priorities[n % 4]!, mediumClass: n % 5 === 0 ? "chat" : "public" },
      needs: n % 7 === 0 ? [{ skillId: "welsh", name: "Welsh", level: 80, kind: "soft" }] : [],
    });
  const served = (world: World) =>
    world.decisions.filter((d) => d.act === "offered" || d.act === "tried-all" || d.act === "offer-ended");

  it("decides the same as with all in memory", () => {
    fc.assert(
      fc.property(numbers, numbers, (first, steps) => {
        const [all, some] = [newWorld(), newWorld()];
        all.watch = new Waiting(all, theRules);
        const store = new Store(some);
        for (const [i, n] of first.entries()) {
          const t0 = START - ((n * 37) % 300) * MINUTE;
          arrive(all, itemOf(n, i, t0), [], START);
          store.add(itemOf(n, i, t0));
        }
        store.open();
        let now = START;
        for (const [i, n] of [0, ...steps].entries()) {
          now += n % 10 === 0 ? HOUR : SECOND;
          if (n % 3 === 1) {
            arrive(all, itemOf(n, 500 + i, now), [], now);
            store.arrives(itemOf(n, 500 + i, now), now);
          }
          for (const world of [all, some]) {
            const given = [...world.items.values()].filter((item) => item.state === "offered").sort(compareDue);
            const one = given[n % Math.max(given.length, 1)];
            if (one?.offer && n % 4 === 0) decline(world, one, one.offer.agentId, "busy", now);
            else if (one) end(world, one, "withdrawn", "over", now);
          }
          serve(all, now);
          store.serve(now);
          expect(served(some)).toEqual(served(all));
        }
      }),
      { numRuns: 60 },
    );
  });
});
