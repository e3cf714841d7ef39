import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE, SECOND } from "#platform/clock";
import { owned, T, texts, worldWith } from "../../../../tests/support/routing-rules.ts";
import { buildItem, buildQueue, TARGETS } from "../../../../tests/support/routing-world.ts";
import { refuses } from "./admit.ts";
import { bar, unbar } from "./barred.ts";
import { askIn } from "./guests.ts";
import type { Need, World } from "./model.ts";
import { serve } from "./serve.ts";
import { answered, arrive, assign, customerWaits, decline, take } from "./transitions.ts";

describe("clearances", () => {
  const training: Need = { skillId: "gdpr", name: "Data protection", level: 1, kind: "hard", clearance: "training" };
  it.each(["brand", "language", "region", "training"] as const)(
    "a %s never relaxes, however long it waits",
    (clearance) => {
      const item = buildItem({ id: "a", t0: T, needs: [{ ...training, clearance }] });
      const world = worldWith([{ id: "Alice" }], [item]);
      for (const part of [0, 0.4, 0.7, 0.99, 5])
        expect(refuses(item, world.agents.get("Alice")!, world, T + part * TARGETS.normal)).toBe("hard-skill");
    },
  );
  it("the reason says that the clearance was needed and is had", () => {
    const world = worldWith([{ id: "Alice", skills: { gdpr: 1 } }], [buildItem({ id: "a", t0: T, needs: [training] })]);
    serve(world, T);
    expect(texts(world, "offered")).toContain("The training Data protection needed, Alice has it.");
  });
});

describe("rings", () => {
  const queue = () => buildQueue({ id: "queue", overflow: [["surge"], [], ["partner"]] });
  const ringAt = (n: number) => T + [0, 0.3, 0.6, 0.9][n]! * TARGETS.normal;
  it("add the overflow teams one after the other, and take none away", () => {
    const item = buildItem({ id: "a", t0: T });
    const agents = [
      { id: "Alice", presence: "busy" as const },
      { id: "Surge", teams: ["surge"] },
      { id: "Pat", teams: ["partner"] },
    ];
    const world = worldWith(agents, [item], { queues: [queue()] });
    const able = (at: Instant) =>
      [...world.agents.values()].filter((agent) => refuses(item, agent, world, at) === null).map((agent) => agent.id);
    expect([0, 1, 2, 3].map((n) => able(ringAt(n)))).toEqual([[], ["Surge"], ["Surge"], ["Surge", "Pat"]]);
  });
  it("tell that another team helps out", () => {
    const world = worldWith([{ id: "Surge", teams: ["surge"] }], [buildItem({ id: "a", t0: T })], {
      queues: [queue()],
    });
    serve(world, ringAt(1));
    expect(texts(world, "offered")).toContain("It waits so long that another team helps out: Surge is of it.");
  });
  it("open no queue that the right to take work does not cover", () => {
    const item = buildItem({ id: "a", t0: T });
    const world = worldWith([{ id: "Pat", teams: ["partner"], closed: new Set(["queue"]) }], [item], {
      queues: [queue()],
    });
    expect(refuses(item, world.agents.get("Pat")!, world, ringAt(3))).toBe("other-team");
  });
});

describe("the choice among agents", () => {
  const offeredTo = (world: World, at = T) => {
    serve(world, at);
    return world.items.get("a")?.offer?.agentId;
  };
  it("who knows the customer goes before who is free, the latest first, after the last owner", () => {
    const agents = [{ id: "Alice" }, { id: "Bob" }, { id: "Carla" }];
    const item = () => buildItem({ id: "a", t0: T, knownIds: ["Carla", "Bob"] });
    expect(offeredTo(worldWith(agents, [item()]))).toBe("Carla");
    expect(offeredTo(worldWith(agents, [{ ...item(), preferredId: "Alice" }]))).toBe("Alice");
    expect(offeredTo(worldWith(agents.slice(0, 2), [item()]))).toBe("Bob");
  });
  it("knowing the customer is only a preference: whoever is free gets it", () => {
    const world = worldWith(
      [{ id: "Alice" }, { id: "Bob", presence: "busy" }],
      [buildItem({ id: "a", t0: T, knownIds: ["Bob"] })],
    );
    expect(offeredTo(world)).toBe("Alice");
    expect(texts(world, "offered").join()).not.toContain("worked for this customer");
  });
  it("says so", () => {
    const world = worldWith([{ id: "Bob" }], [buildItem({ id: "a", t0: T, knownIds: ["Bob"] })]);
    offeredTo(world);
    expect(texts(world, "offered")).toContain("Bob has worked for this customer before.");
  });
  it.each([
    ["least-loaded", "Bob"],
    ["longest-idle", "Alice"],
  ] as const)("%s: %s", (choice, expected) => {
    const world = worldWith(
      [
        { id: "Alice", lastAssignedAt: T - HOUR },
        { id: "Bob", lastAssignedAt: T - MINUTE },
      ],
      [owned("b", "Alice")],
      { queues: [buildQueue({ id: "queue", choice })] },
    );
    arrive(world, buildItem({ id: "a", t0: T }), [], T);
    expect(offeredTo(world)).toBe(expected);
  });
});

describe("declines (R17)", () => {
  it("everybody who could has declined: it goes round again, and a supervisor is told once each round", () => {
    const world = worldWith([{ id: "Alice" }, { id: "Bob" }], [buildItem({ id: "a", t0: T })]);
    const item = world.items.get("a")!;
    const asked: string[] = [];
    for (let i = 0; i < 4; i++) {
      serve(world, T + i);
      asked.push(item.offer!.agentId);
      decline(world, item, item.offer!.agentId, "busy", T + i);
    }
    serve(world, T + 4);
    expect(new Set(asked.slice(0, 2)).size).toBe(2);
    expect(world.decisions.filter((d) => d.act === "tried-all")).toHaveLength(2);
    expect(item.state).toBe("offered");
  });
});

describe("an agent who is the subject of a complaint in it", () => {
  it("is never offered it, also as the last owner and after everybody declined", () => {
    const item = buildItem({ id: "a", t0: T, barred: ["Alice"], preferredId: "Alice", knownIds: ["Alice"] });
    const world = worldWith([{ id: "Alice" }, { id: "Bob" }], [item]);
    serve(world, T);
    expect(item.offer?.agentId).toBe("Bob");
    decline(world, item, "Bob", "busy", T);
    serve(world, T + SECOND);
    expect(item.offer?.agentId).toBe("Bob");
  });
  it("loses it at once: the offer, the work, the preference, the seat beside the owner", () => {
    const offered = worldWith([{ id: "Alice" }], [buildItem({ id: "a", t0: T })]);
    serve(offered, T);
    bar(offered, offered.items.get("a")!, "Alice", "She was rude to the customer.", T);
    serve(offered, T);
    expect(offered.items.get("a")).toMatchObject({ state: "queued", offer: null });
    const mine = worldWith([{ id: "Alice" }, { id: "Bob" }], [owned("a", "Alice")]);
    bar(mine, mine.items.get("a")!, "Alice", "She was rude.", T);
    expect(mine.items.get("a")).toMatchObject({ state: "queued", ownerId: null, preferredId: null, t0: T });
    expect(texts(mine, "barred")).toEqual(["Alice is not to work on this: She was rude."]);
    const guest = worldWith([{ id: "Alice" }, { id: "Bob" }], [owned("a", "Alice")]);
    askIn(guest, guest.items.get("a")!, { agentId: "Bob", kind: "consult", mayExceed: false }, T);
    bar(guest, guest.items.get("a")!, "Bob", "It is about him.", T);
    expect(guest.items.get("a")?.guests).toEqual([]);
    expect(guest.agents.get("Bob")?.load.used).toBe(0);
  });
  it("cannot take it, be given it or be asked in; taken back, she can", () => {
    const world = worldWith([{ id: "Alice" }, { id: "Bob" }], [owned("a", "Bob", { barred: ["Alice"] })]);
    const item = world.items.get("a")!;
    expect(take(world, item, "Alice", "assigned", true, T)).toMatchObject({ ok: false, why: "conflict" });
    expect(askIn(world, item, { agentId: "Alice", kind: "consult", mayExceed: true }, T)).toMatchObject({
      why: "conflict",
    });
    unbar(world, item, "Alice", T);
    expect(take(world, item, "Alice", "assigned", false, T).ok).toBe(true);
  });
  it("is not waited for when her parked work wakes", () => {
    const world = worldWith([{ id: "Alice", limits: { public: 0 } }], [owned("a", "Alice")]);
    const item = world.items.get("a")!;
    answered(world, item, T);
    bar(world, item, "Alice", "It is about her.", T);
    customerWaits(world, item, { t0: T + HOUR, priority: "normal" }, T + HOUR);
    expect(item).toMatchObject({ state: "queued", stickyUntil: null });
  });
});

it("assign ends what waits behind: by hand it comes forward", () => {
  const world = worldWith([{ id: "Alice" }], [buildItem({ id: "a", t0: T, behind: "author:x" })]);
  assign(world, world.items.get("a")!, "Alice", "taken", T, false, []);
  expect(world.items.get("a")).toMatchObject({ state: "active", behind: null });
});
