import { describe, expect, it } from "vitest";
import { MINUTE } from "#platform/clock";
import { owned, T, worldWith } from "../../../../tests/support/routing-rules.ts";
import { awaitApproval, backFromApproval } from "./await-approval.ts";
import { PARKED_CAP } from "./medium-class.ts";
import { awaitsApproval, type Item } from "./model.ts";
import { isOver, noteOverCapacity } from "./over-capacity.ts";
import { passTime } from "./pass-time.ts";
import { answered, customerWaits } from "./transitions.ts";

const chats = (n: number) =>
  Array.from({ length: n }, (_, i) => owned(String.fromCharCode(97 + i), "Alice", { mediumClass: "chat" }));

describe("work whose reply waits for approval", () => {
  const waits = (n = 1) => {
    const world = worldWith([{ id: "Alice" }, { id: "Bob" }], chats(n));
    const item = world.items.get("a")!;
    const before = { ...world.agents.get("Alice")!.load };
    awaitApproval(world, item, "Alice", T);
    return { world, item, before, alice: world.agents.get("Alice")! };
  };

  it("weighs nothing, keeps its owner, its clock and its due time, and no time wakes it", () => {
    const { world, item, before, alice } = waits();
    expect(before.used).toBeGreaterThan(0);
    expect(alice.load).toMatchObject({ used: 0, parked: 1, firm: 0 });
    expect(item).toMatchObject({ state: "parked", clock: "running", ownerId: "Alice", due: item.due });
    expect(awaitsApproval(item)).toBe(true);
    passTime(world, item.due + MINUTE);
    expect(awaitsApproval(item)).toBe(true);
  });

  it("is its owner's again with its whole weight when the words come back, also over capacity, on record", () => {
    const { world, item, before, alice } = waits(1);
    alice.load.used = alice.budget;
    world.moved?.clear();
    backFromApproval(world, item, T + MINUTE);
    noteOverCapacity(world, T + MINUTE);
    expect(item).toMatchObject({ state: "active", ownerId: "Alice", parkReason: null, clock: "running" });
    expect([alice.load.used, alice.load.parked]).toEqual([alice.budget + before.used, 0]);
    expect(isOver(alice)).toBe(true);
    expect(world.decisions.slice(1).map((d) => d.act)).toEqual(["parked", "woken", "assigned", "over-capacity"]);
    expect(world.decisions.find((d) => d.act === "assigned")).toMatchObject({ overCapacity: true, how: "sticky" });
  });

  it("goes on waiting when the customer says more, and waits for the customer when it was answered", () => {
    const { world, item, alice } = waits();
    customerWaits(world, item, { t0: T - MINUTE, priority: "urgent" }, T);
    expect([awaitsApproval(item), item.priority]).toEqual([true, "urgent"]);
    answered(world, item, T + MINUTE);
    expect(item).toMatchObject({ state: "parked", clock: "paused", parkReason: "waiting-for-customer" });
    expect(alice.load).toMatchObject({ used: 0, parked: 1 });
    backFromApproval(world, item, T + 2 * MINUTE);
    expect(item.clock).toBe("paused");
  });

  it.each<[string, Partial<Item>, string]>([
    ["is not in hand", { state: "parked", parkReason: "snoozed" }, "Alice"],
    ["is somebody else's", {}, "Bob"],
  ])("stays as it is where it %s", (_, over, by) => {
    const world = worldWith([{ id: "Alice" }, { id: "Bob" }], [owned("a", "Alice", over)]);
    const item = world.items.get("a")!;
    const was = { ...item };
    awaitApproval(world, item, by, T);
    backFromApproval(world, item, T);
    expect(item).toEqual(was);
    expect(world.decisions.map((d) => d.act)).toEqual(["queued"]);
  });

  it("waits in its queue again when its words come back to an owner who may not work here any more", () => {
    const { world, item, alice } = waits();
    world.agents.delete(alice.id);
    backFromApproval(world, item, T + MINUTE);
    expect(item).toMatchObject({ state: "queued", ownerId: null, parkReason: null, clock: "running", t0: T });
    expect(world.decisions.at(-1)).toMatchObject({ act: "requeued", reasons: [{ code: "owner-gone" }] });
  });

  it("stays in hand where 50 are put aside already", () => {
    const world = worldWith([{ id: "Alice" }], chats(1));
    world.agents.get("Alice")!.load.parked = PARKED_CAP;
    awaitApproval(world, world.items.get("a")!, "Alice", T);
    expect(world.items.get("a")!.state).toBe("active");
  });
});
