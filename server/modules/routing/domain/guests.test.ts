import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import { type AgentOf, owned, T, texts, worldWith } from "../../../../tests/support/routing-rules.ts";
import { buildItem, buildQueue } from "../../../../tests/support/routing-world.ts";
import { askIn, GUESTS_MOST, seeOff } from "./guests.ts";
import type { Item, Need, Policy, World } from "./model.ts";
import { answered, end, handOver, snooze, take, toQueue } from "./transitions.ts";

describe("asking for advice and conferences", () => {
  const asked = (over: Partial<AgentOf> = {}) => {
    const world = worldWith([{ id: "Alice" }, { id: "Bob", ...over }, { id: "Carla" }], [owned("a", "Alice")]);
    const item = world.items.get("a")!;
    const outcome = askIn(world, item, { agentId: "Bob", kind: "consult", mayExceed: false }, T);
    return { world, item, outcome };
  };
  it("takes the guest's room and leaves the owner the one owner", () => {
    const { world, item } = asked();
    expect(item).toMatchObject({ ownerId: "Alice", state: "active", guests: [{ agentId: "Bob", kind: "consult" }] });
    expect(world.agents.get("Bob")?.load).toMatchObject({ used: 20, counts: { public: 1 } });
    expect(world.agents.get("Alice")?.load.used).toBe(20);
  });
  it("is refused without room, without presence, or at too many guests", () => {
    expect(asked({ limits: { public: 0 } }).outcome).toMatchObject({ why: "no-room" });
    expect(asked({ presence: "break" }).outcome).toMatchObject({ why: "not-here" });
    const crowd = Array.from({ length: GUESTS_MOST + 1 }, (_, i) => ({ id: `guest ${i}` }));
    const world = worldWith([{ id: "Alice" }, ...crowd], [owned("a", "Alice")]);
    const ask = (id: string) =>
      askIn(world, world.items.get("a")!, { agentId: id, kind: "conference", mayExceed: false }, T);
    expect(crowd.map(({ id }) => ask(id).ok)).toEqual([...Array(GUESTS_MOST).fill(true), false]);
    expect(ask("guest 0").ok).toBe(true);
  });
  it("completed, it is the guest's: t0 and the due time stay, and no room is counted twice", () => {
    const { world, item } = asked();
    const { t0, due } = item;
    expect(handOver(world, item, "Bob", T + HOUR).ok).toBe(true);
    expect(item).toMatchObject({ ownerId: "Bob", state: "active", guests: [], t0, due, transfers: 1 });
    expect(world.agents.get("Bob")?.load.used).toBe(20);
    expect(world.agents.get("Alice")?.load.used).toBe(0);
    expect(world.decisions.at(-1)).toMatchObject({ act: "assigned", how: "handed-over", overCapacity: false });
  });
  it("cancelled, the guest is free again and the owner is who it was", () => {
    const { world, item } = asked();
    seeOff(world, item, "Bob", "cancelled", T);
    expect(item).toMatchObject({ ownerId: "Alice", guests: [] });
    expect(world.agents.get("Bob")?.load.used).toBe(0);
    expect(handOver(world, item, "Bob", T)).toMatchObject({ ok: false, why: "not-a-guest" });
  });
  it.each([
    ["answered", (w: World, i: Item) => answered(w, i, T)],
    ["done", (w: World, i: Item) => end(w, i, "done", "solved", T)],
    ["put aside", (w: World, i: Item) => snooze(w, i, "Alice", T + HOUR, T)],
    ["moved", (w: World, i: Item) => toQueue(w, i, { queueId: "queue", needs: [], reason: "moved", by: null }, T)],
    ["given to somebody else", (w: World, i: Item) => take(w, i, "Carla", "assigned", false, T)],
  ] as const)("is over when the work is %s", (_, act) => {
    const { world, item } = asked();
    act(world, item);
    expect(item.guests).toEqual([]);
    expect(world.agents.get("Bob")?.load.used).toBe(0);
  });
  it("in a conference the others stay when one of them takes it on", () => {
    const { world, item } = asked();
    askIn(world, item, { agentId: "Carla", kind: "conference", mayExceed: false }, T);
    handOver(world, item, "Carla", T);
    expect(item).toMatchObject({ ownerId: "Carla", guests: [{ agentId: "Bob" }] });
  });
});

describe("handed on and on", () => {
  const to = (queueId: string, more = {}) => ({ queueId, needs: [], reason: "not mine", by: "Alice", ...more });
  const queues = () => ["queue", "second", "boss"].map((id) => buildQueue({ id }));
  const bounced = (policy: Partial<Policy>) => {
    const world = worldWith([{ id: "Alice" }], [buildItem({ id: "a", t0: T })], { queues: queues(), policy });
    const item = world.items.get("a")!;
    for (const queueId of ["second", "queue", "second"]) toQueue(world, item, to(queueId), T);
    return { world, item };
  };
  it("the fourth time it goes to the supervisors, whatever was asked; clearances go with it", () => {
    const { world, item } = bounced({ supervisorQueueId: "boss" });
    const needs: Need[] = [
      { skillId: "x", name: "Billing", level: 50, kind: "hard", clearance: "skill" },
      { skillId: "de", name: "German", level: 40, kind: "hard", clearance: "language" },
    ];
    const { t0, due } = item;
    toQueue(world, item, { ...to("queue"), needs }, T + MINUTE);
    expect(item).toMatchObject({ queueId: "boss", t0, due, needs: [needs[1]] });
    expect(texts(world, "transferred").at(-1)).toBe("Handed on 4 times: now supervisors decide.");
    expect(world.decisions.filter((d) => d.act === "stuck")).toHaveLength(1);
  });
  it("supervisors send it anywhere, and from there it begins anew", () => {
    const { world, item } = bounced({ supervisorQueueId: "boss" });
    toQueue(world, item, to("queue"), T);
    toQueue(world, item, to("second"), T);
    expect(item).toMatchObject({ queueId: "second", transfers: 0 });
    const other = bounced({ supervisorQueueId: "boss" });
    toQueue(other.world, other.item, to("queue", { bySupervisor: true }), T);
    expect(other.item).toMatchObject({ queueId: "queue", transfers: 0 });
  });
  it("without such a queue it goes where it was sent, and a supervisor is told", () => {
    const { world, item } = bounced({});
    toQueue(world, item, to("queue"), T);
    expect(item.queueId).toBe("queue");
    expect(texts(world, "stuck")).toEqual(["Handed on 4 times: a supervisor has to say who answers this."]);
  });
  it("from hand to hand counts as well", () => {
    const world = worldWith([{ id: "Alice" }, { id: "Bob" }], [owned("a", "Alice")]);
    const item = world.items.get("a")!;
    for (const id of ["Bob", "Alice", "Bob", "Alice"]) take(world, item, id, "assigned", false, T);
    expect(world.decisions.filter((d) => d.act === "stuck")).toHaveLength(1);
  });
});
