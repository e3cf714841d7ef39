import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE, SECOND } from "#platform/clock";
import { buildAgent, buildItem, buildWorld } from "../../../../tests/support/routing-world.ts";
import { Hands } from "./hands.ts";
import { type Item, isOpen, type World } from "./model.ts";
import { passTime } from "./pass-time.ts";
import { serve } from "./serve.ts";
import { accept, arrive, end, snooze, take, withdrawOffers } from "./transitions.ts";

const START: Instant = Date.parse("2026-11-17T09:00:00Z");
const MEDIA = ["email", "public", "email", "chat", "phone", "email"] as const;
const steps = fc.array(
  fc.record({
    op: fc.constantFrom("arrive", "arrive", "arrive", "accept", "accept", "end", "snooze", "off", "call", "gone"),
    a: fc.nat(97),
    passes: fc.constantFrom(SECOND, SECOND, 3 * MINUTE, 2 * HOUR),
  }),
  { minLength: 20, maxLength: 80, size: "max" as const },
);
const NAMES = ["Alice", "Bob"];
const newWorld = (): World => buildWorld({ agents: NAMES.map((id) => buildAgent({ id })) });

function act(world: World, { op, a }: { op: string; a: number }, n: number, now: Instant): void {
  const items = [...world.items.values()].filter(isOpen);
  const one = (of: readonly Item[]) => of[a % Math.max(of.length, 1)];
  const name = NAMES[a % 2] as string;
  const owned = one(items.filter((item) => item.state === "active"));
  const offered = one(items.filter((item) => item.state === "offered"));
  if (op === "arrive") arrive(world, buildItem({ id: `item ${n}`, t0: now, mediumClass: MEDIA[a % 6]! }), [], now);
  else if (op === "accept" && offered?.offer) accept(world, offered, offered.offer.id, offered.offer.agentId, now);
  else if (op === "end" && owned) end(world, owned, "done", "Over.", now);
  else if (op === "snooze" && owned?.ownerId) snooze(world, owned, owned.ownerId, now + 10 * MINUTE, now);
  else if (op === "call") {
    const call = buildItem({ id: `call ${n}`, t0: now, mediumClass: "phone" });
    arrive(world, call, [], now);
    take(world, call, name, "assigned", true, now);
  } else if (op === "off") {
    const agent = world.agents.get(name)!;
    agent.presence = agent.presence === "available" ? "break" : "available";
    if (agent.presence !== "available") withdrawOffers(world, name, now, "Off.");
  } else if (op === "gone") {
    const over = one([...world.items.values()].filter((item) => !isOpen(item)));
    if (over) world.items.delete(over.id);
    if (over) world.hands?.gone(over.id);
  }
}

describe("a world that is kept", () => {
  it("decides the same, in the same order, as when all its items are gone through", () => {
    fc.assert(
      fc.property(steps, fc.nat(40), (history, from) => {
        const [all, kept] = [newWorld(), newWorld()];
        let now = START;
        for (const [n, step] of history.entries()) {
          now += step.passes;
          if (n === from) kept.hands = new Hands(kept);
          for (const world of [all, kept]) {
            act(world, step, n, now);
            passTime(world, now);
            serve(world, now);
          }
          expect(kept.decisions).toEqual(all.decisions);
          all.decisions.length = kept.decisions.length = 0;
        }
        expect([...kept.items.values()]).toEqual([...all.items.values()]);
      }),
      { numRuns: 40 },
    );
  });

  it("goes through what is due or in hand, and through nothing that waits", () => {
    const world = newWorld();
    for (let n = 0; n < 2_000; n++)
      arrive(world, buildItem({ id: `item ${n}`, t0: START, mediumClass: "email" }), [], START);
    const hands = new Hands(world);
    world.hands = hands;
    passTime(world, START);
    expect(hands.walked).toBe(0);
    serve(world, START);
    // Five mails fill an agent.
    for (const item of hands.of("Alice")) accept(world, item, item.offer!.id, "Alice", START);
    hands.walked = 0;
    const call = buildItem({ id: "call", t0: START, mediumClass: "phone" });
    arrive(world, call, [], START);
    take(world, call, "Alice", "assigned", true, START);
    expect(hands.walked).toBe(6);
    expect(world.decisions.filter((d) => d.act === "interrupted")).toHaveLength(5);
    end(world, call, "done", "Over.", START, true);
    expect(world.decisions.filter((d) => d.how === "resumed")).toHaveLength(5);
    expect(hands.walked).toBe(11);
    hands.walked = 0;
    withdrawOffers(world, "Bob", START, "Off.");
    expect(hands.walked).toBe(5);
    hands.walked = 0;
    serve(world, START);
    passTime(world, START + HOUR);
    // Bob's five offers, and the first of them takes back the other four.
    expect(hands.walked).toBe(9);
  });
});
