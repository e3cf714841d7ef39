import { describe, expect, it } from "vitest";
import { MINUTE, SECOND } from "#platform/clock";
import { owned, said, T, texts, worldWith } from "../../../../tests/support/routing-rules.ts";
import { buildItem, TARGETS } from "../../../../tests/support/routing-world.ts";
import { refuses } from "./admit.ts";
import type { Item, Policy } from "./model.ts";
import { isOver, noteOverCapacity } from "./over-capacity.ts";
import { passTime } from "./pass-time.ts";
import { serve } from "./serve.ts";
import { accept, answered, end, take } from "./transitions.ts";
import { extendWrapUp, finishWrapUp } from "./wrap-up.ts";

describe("wrap-up", () => {
  const done = (mediumClass: Item["mediumClass"], policy: Partial<Policy> = {}) => {
    const world = worldWith([{ id: "Alice" }], [owned("a", "Alice", { mediumClass })], { policy });
    const item = world.items.get("a")!;
    end(world, item, "done", "solved", T);
    return { world, item };
  };
  it.each([
    ["phone", 60_000],
    ["chat", 30_000],
    ["dm", 0],
    ["public", 0],
    ["email", 0],
  ] as const)("after %s lasts %s ms", (medium, ms) => {
    const { world, item } = done(medium);
    expect([item.state, item.wrapUntil]).toEqual(ms > 0 ? ["wrapup", T + ms] : ["done", null]);
    expect(world.agents.get("Alice")!.load.used > 0).toBe(ms > 0);
    expect(item.clock).toBe("stopped");
  });
  it("ends by the clock, not a moment before, with what came of it", () => {
    const { world, item } = done("chat");
    passTime(world, T + 30 * SECOND - 1);
    expect(item.state).toBe("wrapup");
    passTime(world, T + 30 * SECOND);
    expect(item).toMatchObject({ state: "done", wrapUntil: null });
    expect(world.decisions.at(-1)).toMatchObject({ act: "ended", how: "done", reasons: [{ text: "solved" }] });
    expect(world.agents.get("Alice")?.load.used).toBe(0);
  });
  it("ends by its agent, and by nobody else", () => {
    const { world, item } = done("chat");
    expect(finishWrapUp(world, item, "Bob", T)).toMatchObject({ ok: false, why: "not-yours" });
    expect(finishWrapUp(world, item, "Alice", T).ok).toBe(true);
    expect(finishWrapUp(world, item, "Alice", T).ok).toBe(true);
    expect(world.decisions.filter((d) => d.act === "ended")).toHaveLength(1);
  });
  it("is extended once, as long again, on record and capped", () => {
    const { world, item } = done("chat");
    expect(extendWrapUp(world, item, "Alice", T + SECOND).ok).toBe(true);
    expect(item.wrapUntil).toBe(T + 60 * SECOND);
    expect(extendWrapUp(world, item, "Alice", T + SECOND)).toMatchObject({ ok: false, why: "extended-already" });
    expect(texts(world, "wrapped-up").at(-1)).toBe("30 s more to write it up.");
    const capped = done("chat", { wrapUpMostMs: 40_000 });
    extendWrapUp(capped.world, capped.item, "Alice", T);
    expect(capped.item.wrapUntil).toBe(T + 40_000);
  });
  it("does not begin again when the end is told twice, and gives way to what comes in its place", () => {
    const { world, item } = done("chat");
    end(world, item, "done", "solved", T + 5 * SECOND);
    answered(world, item, T + 5 * SECOND);
    expect(item).toMatchObject({ state: "wrapup", wrapUntil: T + 30 * SECOND });
    expect(take(world, item, "Alice", "taken", true, T)).toMatchObject({ ok: false, why: "ended" });
    end(world, item, "done", "A new episode began.", T + 6 * SECOND, true);
    expect(item.state).toBe("done");
  });
  it("is not for work that nobody has, or that is withdrawn", () => {
    const world = worldWith(
      [],
      [buildItem({ id: "a", t0: T, mediumClass: "chat" }), buildItem({ id: "b", t0: T, mediumClass: "chat" })],
    );
    end(world, world.items.get("a")!, "done", "left", T);
    end(world, world.items.get("b")!, "withdrawn", "spam", T);
    expect([...world.items.values()].map((item) => item.state)).toEqual(["done", "withdrawn"]);
  });
});

describe("over capacity (R2)", () => {
  it("is on record from its beginning to its end, once each", () => {
    const five = Array.from({ length: 5 }, (_, i) => owned(`o${i}`, "Alice"));
    const world = worldWith([{ id: "Alice" }], [...five, buildItem({ id: "a", t0: T }), buildItem({ id: "b", t0: T })]);
    noteOverCapacity(world, T);
    const spans = () => world.decisions.filter((d) => d.act === "over-capacity").map((d) => [d.how, d.at, d.figures]);
    expect(spans()).toEqual([]);
    for (const id of ["a", "b"]) {
      take(world, world.items.get(id)!, "Alice", "assigned", true, T);
      noteOverCapacity(world, T);
    }
    for (const [i, id] of ["o0", "a", "o1"].entries()) {
      end(world, world.items.get(id)!, "done", "solved", T + i + 1);
      noteOverCapacity(world, T + i + 1);
    }
    expect(spans()).toEqual([
      ["began", T, { used: 120, budget: 100 }],
      ["resumed", T + 2, { used: 100, budget: 100 }],
    ]);
  });
  it("a call over mails is none; a call over a chat is", () => {
    const with_ = (mediumClass: Item["mediumClass"]) =>
      worldWith(
        [{ id: "Alice" }],
        [owned("c", "Alice", { mediumClass: "phone" }), owned("m", "Alice", { mediumClass })],
      );
    expect(isOver(with_("email").agents.get("Alice")!)).toBe(false);
    expect(isOver(with_("chat").agents.get("Alice")!)).toBe(true);
  });
});

describe("a call over interruptible work", () => {
  it("holds the mails, which come back with their owner, clock and place", () => {
    const mails = ["m1", "m2"].map((id) => owned(id, "Alice", { mediumClass: "email" }));
    const call = buildItem({ id: "call", t0: T, mediumClass: "phone" });
    const world = worldWith([{ id: "Alice" }], [...mails, call]);
    serve(world, T);
    expect(call.offer?.agentId).toBe("Alice");
    accept(world, call, call.offer!.id, "Alice", T);
    expect(mails.map((m) => [m.state, m.heldFor, m.due])).toEqual(
      mails.map(() => ["active", "call", T + TARGETS.normal]),
    );
    end(world, call, "done", "solved", T + MINUTE);
    expect(mails.map((m) => [m.state, m.ownerId, m.heldFor])).toEqual([
      ["active", "Alice", null],
      ["active", "Alice", null],
    ]);
    expect(said(world, "interrupted").map((r) => r.code)).toEqual([
      "held-for-call",
      "held-for-call",
      "goes-on",
      "goes-on",
    ]);
  });
  it("does not come in over a chat", () => {
    const call = buildItem({ id: "call", t0: T, mediumClass: "phone" });
    const world = worldWith([{ id: "Alice" }], [owned("c", "Alice", { mediumClass: "chat" }), call]);
    expect(refuses(call, world.agents.get("Alice")!, world, T)).toBe("not-free-for-exclusive");
  });
});
