import { describe, expect, test } from "vitest";
import { buildAgent, buildItem, buildWorld } from "../../../../tests/support/routing-world.ts";
import { HOUR, MINUTE } from "../../../platform/clock.ts";
import { countIn } from "./capacity.ts";
import type { Item, World } from "./model.ts";
import { comeBack, goOnWith, nextOwner, restate } from "./rearrange.ts";

const NOW = Date.UTC(2026, 10, 17, 12);
const T0 = NOW - HOUR;

function world(item: Item, ...agents: ReturnType<typeof buildAgent>[]): World {
  const made = buildWorld({ agents });
  made.items.set(item.id, item);
  countIn(made, item);
  return made;
}
const to = { waitsSince: T0, priority: "high" as const, crisis: false, answeredBy: null };

describe("work that is of its own again", () => {
  const ended = () => buildItem({ id: "b", t0: T0, state: "withdrawn", clock: "stopped", ownerId: "ann" });

  test("goes back to its owner who has room, with its own clock", () => {
    const item = ended();
    const w = world(item, buildAgent({ id: "ann" }));
    comeBack(w, item, to, NOW);
    expect(item).toMatchObject({ state: "active", ownerId: "ann", clock: "running", t0: T0, due: T0 + HOUR });
    expect(item.priority).toBe("high");
    expect(w.agents.get("ann")!.load.used).toBe(item.weight);
  });
  test("waits in its queue while its owner is full, and nobody is over capacity", () => {
    const item = ended();
    const w = world(item, buildAgent({ id: "ann", budget: 10 }));
    comeBack(w, item, to, NOW);
    expect(item).toMatchObject({ state: "queued", ownerId: null, preferredId: "ann" });
    expect(w.agents.get("ann")!.load.used).toBe(0);
  });
  test("is put aside when nobody waits", () => {
    const item = ended();
    comeBack(world(item, buildAgent({ id: "ann" })), item, { ...to, waitsSince: null }, NOW);
    expect(item).toMatchObject({ state: "parked", clock: "paused", ownerId: "ann" });
  });
});

describe("the clock of what goes on", () => {
  test("may start earlier, and later again when it is taken back", () => {
    const item = buildItem({ id: "a", t0: T0, state: "active", ownerId: "ann" });
    const w = world(item, buildAgent({ id: "ann" }));
    restate(w, item, { ...to, waitsSince: T0 - 30 * MINUTE }, NOW);
    expect(item).toMatchObject({ t0: T0 - 30 * MINUTE, due: T0 + 30 * MINUTE, state: "active" });
    restate(w, item, { ...to, priority: "normal" }, NOW);
    expect(item).toMatchObject({ t0: T0, due: T0 + 4 * HOUR, priority: "normal" });
  });
  test("stops when what waited is elsewhere, and wakes what was put aside when something waits", () => {
    const item = buildItem({ id: "a", t0: T0, state: "active", ownerId: "ann" });
    const w = world(item, buildAgent({ id: "ann" }));
    restate(w, item, { ...to, waitsSince: null }, NOW);
    expect(item).toMatchObject({ state: "parked", clock: "paused" });
    restate(w, item, to, NOW);
    expect(item).toMatchObject({ state: "active", clock: "running", ownerId: "ann" });
  });
});

describe("with whom it goes on", () => {
  test("who answered last, else who put it together, else who had it first", () => {
    expect(nextOwner(["ann", "bea"], "bea", "ann")).toBe("bea");
    expect(nextOwner(["ann", "bea"], "carl", "bea")).toBe("bea");
    expect(nextOwner(["ann", "bea"], null, "carl")).toBe("ann");
    expect(nextOwner([null, null], "ann", "bea")).toBeNull();
  });
  test("without an offer and without counting as handed over; never over capacity", () => {
    const item = buildItem({ id: "a", t0: T0, state: "active", ownerId: "ann" });
    const w = world(item, buildAgent({ id: "ann" }), buildAgent({ id: "bea" }), buildAgent({ id: "carl", budget: 5 }));
    goOnWith(w, item, "bea", NOW, "Two became one.");
    expect(item).toMatchObject({ state: "active", ownerId: "bea", transfers: 0 });
    expect(w.decisions.map((d) => [d.act, d.how])).toEqual([["assigned", "sticky"]]);
    goOnWith(w, item, "carl", NOW, "Two became one.");
    expect(item).toMatchObject({ state: "queued", ownerId: null, preferredId: "carl" });
    for (const agent of w.agents.values()) expect(agent.load.used).toBeLessThanOrEqual(agent.budget);
  });
  test("what waits for the customer is told to be with somebody else", () => {
    const item = buildItem({ id: "a", t0: T0, state: "parked", clock: "paused", ownerId: "ann" });
    const w = world(item, buildAgent({ id: "ann" }), buildAgent({ id: "bea" }));
    goOnWith(w, item, "bea", NOW, "Two became one.");
    expect(item).toMatchObject({ state: "parked", ownerId: "bea", preferredId: "bea" });
    expect(w.decisions.map((d) => [d.act, d.agentId, d.reasons[0]?.text])).toEqual([
      ["parked", "bea", "Two became one."],
    ]);
  });
});
