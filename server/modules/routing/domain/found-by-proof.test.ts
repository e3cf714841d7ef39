import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE } from "#platform/clock";
import { buildAgent, buildItem, buildQueue, buildWorld } from "../../../../tests/support/routing-world.ts";
import { bar } from "./barred.ts";
import { askIn } from "./guests.ts";
import type { Item, Need, World } from "./model.ts";
import { theRules } from "./rules.ts";
import { serve } from "./serve.ts";
import { setPriority } from "./set-priority.ts";
import { answered, arrive, customerWaits, end, handOver, ownerGone, take, toQueue } from "./transitions.ts";
import { Waiting } from "./waiting/waiting.ts";

const T: Instant = Date.parse("2026-11-17T09:00:00Z");
const law: Need = { skillId: "law", name: "law", level: 40, kind: "soft" };

/** Alice is in a call, with a mail held for it; Bob is here. */
function inCall(): { world: World; mail: Item; call: Item } {
  const world = buildWorld({ agents: [buildAgent({ id: "Alice" }), buildAgent({ id: "Bob", presence: "busy" })] });
  const mail = buildItem({ id: "mail", t0: T, mediumClass: "email", state: "active", ownerId: "Alice" });
  const call = buildItem({ id: "call", t0: T, mediumClass: "phone" });
  for (const item of [mail, call]) arrive(world, item, [], T);
  take(world, call, "Alice", "taken", false, T);
  expect(mail.heldFor).toBe("call");
  return { world, mail, call };
}

describe("faults that the simulation of routing found", () => {
  it.each<[string, (of: ReturnType<typeof inCall>) => void]>([
    ["is answered", ({ world, mail }) => answered(world, mail, T)],
    [
      "is sent on",
      ({ world, mail }) => toQueue(world, mail, { queueId: "queue", needs: [], reason: "Sent on.", by: null }, T),
    ],
    ["is given to Bob", ({ world, mail }) => take(world, mail, "Bob", "assigned", true, T)],
    ["is about Alice", ({ world, mail }) => bar(world, mail, "Alice", "About her.", T)],
    ["is done", ({ world, mail }) => end(world, mail, "done", "Over.", T)],
  ])("a mail held for a call is held no more when it %s", (_, act) => {
    const of = inCall();
    act(of);
    expect(of.mail.heldFor).toBeNull();
  });

  it.each<[string, (of: ReturnType<typeof inCall>) => void]>([
    ["is given to Bob", ({ world, call }) => take(world, call, "Bob", "assigned", true, T)],
    ["is about Alice", ({ world, call }) => bar(world, call, "Alice", "About her.", T)],
    ["is taken back because she left", ({ world, call }) => ownerGone(world, call, T, "Gone.")],
    [
      "is handed over to Bob",
      ({ world, call }) => {
        askIn(world, call, { agentId: "Bob", kind: "consult", mayExceed: true }, T);
        handOver(world, call, "Bob", T);
      },
    ],
  ])("a mail goes on when the call it is held for %s", (_, act) => {
    const of = inCall();
    act(of);
    expect(of.mail).toMatchObject({ state: "active", ownerId: "Alice", heldFor: null });
  });

  it("a call that goes back to its owner holds the owner's mail", () => {
    const { world, mail, call } = inCall();
    answered(world, call, T);
    expect(mail.heldFor).toBeNull();
    customerWaits(world, call, { t0: T + MINUTE, priority: "normal" }, T + MINUTE);
    expect([call.ownerId, mail.heldFor]).toEqual(["Alice", "call"]);
  });

  it("a hold ends in time when the priority makes it due sooner", () => {
    const world = buildWorld({ agents: [buildAgent({ id: "Alice", limits: { email: 0 } })] });
    const item = buildItem({ id: "a", t0: T, mediumClass: "email", preferredId: "Alice", priority: "low" });
    arrive(world, item, [], T);
    expect(item.stickyUntil).toBe(T + 4 * HOUR);
    setPriority(world, item, { priority: "high", by: null, name: "Ines" }, T);
    expect(item.stickyUntil).toBe(T + HOUR - 30 * MINUTE);
  });

  it("what an item asks for may change without bringing the order of agents for its like into disorder", () => {
    const world = buildWorld({
      agents: [
        buildAgent({ id: "Alice", presence: "offline", skills: { law: 90 } }),
        ...["Bob", "Carla", "Deniz", "Emil"].map((id) => buildAgent({ id })),
      ],
      queues: [buildQueue({ id: "queue" }), buildQueue({ id: "second", teamId: "nobody" })],
    });
    const index = new Waiting(world, theRules);
    world.watch = index;
    const comes = (id: string, now: Instant) => {
      const item = buildItem({ id, t0: now });
      arrive(world, item, [], now);
      serve(world, now);
      return item;
    };
    const five = ["a", "b", "c", "d", "e"].map((id, n) => comes(id, T + n));
    for (const item of five)
      toQueue(world, item, { queueId: "second", needs: [law], reason: "Sent on.", by: null }, T + 10);
    for (const id of ["f", "g", "h", "i"]) comes(id, T + 20);
    const alice = world.agents.get("Alice")!;
    alice.presence = "available";
    index.agentMoved("Alice");
    serve(world, T + 30);
    expect(comes("j", T + 40).offer?.agentId).toBe("Alice");
  });
});
