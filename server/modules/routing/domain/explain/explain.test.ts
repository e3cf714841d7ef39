import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE, SECOND } from "#platform/clock";
import { buildAgent, buildItem, buildQueue, buildWorld } from "../../../../../tests/support/routing-world.ts";
import { refuses } from "../admit.ts";
import { chooseAgent, type Score } from "../choose-agent.ts";
import { type Decision, type Item, noLoad, type World } from "../model.ts";
import { serve } from "../serve.ts";
import { accept, arrive, decline, end } from "../transitions.ts";
import { whatNext } from "./what-next.ts";
import { type PassedOver, recomputed, whyBehind, whyNot } from "./why-not.ts";

const T: Instant = Date.parse("2026-11-17T09:00:00Z");
const welsh = (level: number, kind: "hard" | "soft" = "hard") => ({ skillId: "w", name: "Welsh", level, kind });

describe("what speaks against an agent", () => {
  const queue = buildQueue({ id: "queue" });
  const against = (agent: Partial<Parameters<typeof buildAgent>[0]>, item: Partial<Item> = {}) => {
    const ann = buildAgent({ id: "Ann", ...agent });
    const world = buildWorld({ agents: [ann, buildAgent({ id: "Bob" })], queues: [queue] });
    return whyNot(buildItem({ id: "a", t0: T, ...item }), ann, world, T);
  };
  const load = (over: object) => ({ ...noLoad(), ...over });
  it.each([
    ["nothing", {}, {}, null],
    ["a break", { presence: "break" }, {}, "is on a break"],
    ["silence", { presence: "not-responding" }, {}, "did not respond"],
    ["a complaint about her", {}, { barred: ["Ann"] }, "is kept away from it"],
    [
      "the last owner's turn",
      {},
      { preferredId: "Bob", stickyUntil: T + MINUTE },
      "has to wait: it is kept for Bob first",
    ],
    ["her team", { teams: ["other"] }, {}, "is of another team"],
    ["her rights", { closed: new Set(["queue"]) }, {}, "may not take work of this queue"],
    ["a skill", {}, { needs: [welsh(40)] }, "lacks Welsh"],
    ["a level", { skills: { w: 20 } }, { needs: [welsh(40)] }, "has Welsh 20, asked for is 40"],
    ["a call", { load: load({ exclusive: 1, used: 100 }) }, {}, "is on a call"],
    ["room", { load: load({ used: 90 }) }, {}, "carries 9.0 of 10 already"],
    ["room for its kind", { load: load({ counts: { public: 5 } }) }, {}, "has 5 of 5 of this kind in hand"],
  ] as const)("%s", (_, agent, item, says) => {
    expect(against(agent as never, item as never)?.text ?? null).toBe(says);
  });
  it("says when it was declined", () => {
    const found = against({}, { excluded: [{ agentId: "Ann", at: T - MINUTE, ring: 0 }] });
    expect(found).toEqual({ code: "declined", text: "declined it", at: T - MINUTE });
  });
  it("says what the second lacked of the first", () => {
    const best: Score = [1, 5, 0, 10, 0.2, 0, "Ann"];
    expect(whyBehind(best, [1, 5, 20, 0, 0, 0, "Bob"], "least-loaded").text).toBe("has less of the skills");
    expect(whyBehind(best, [1, 5, 0, 10, 0.4, 0, "Bob"], "least-loaded").text).toBe("carries more");
    expect(whyBehind(best, [1, 5, 0, 10, 0.4, 0, "Bob"], "longest-idle").text).toBe("was given something later");
    expect(whyBehind(best, [1, 5, 0, 10, 0.2, 0, "Bob"], "longest-idle").text).toMatch(/as good/);
  });
});

describe("what comes next", () => {
  const names = (id: string) => `<${id}>`;
  it("tells rings with what they change, the end of a hold, who may be asked again, and when it is due", () => {
    const item = buildItem({
      ...{ id: "a", t0: T, needs: [welsh(60, "soft")], preferredId: "Bob", stickyUntil: T + MINUTE },
      excluded: [{ agentId: "Ann", at: T - 5 * MINUTE, ring: 0 }],
    });
    const queue = { name: "Care", overflow: [[], ["Nightline"], []], opensAt: null };
    expect(whatNext(item, queue, names, T).map((c) => [(c.at - T) / MINUTE, c.text])).toEqual([
      [1, "It waits no longer for <Bob> alone."],
      [5, "<Ann>, who declined it, may be asked again."],
      [72, "Welsh may be 40."],
      [144, "Welsh may be 20, <Nightline> helps out."],
      [216, "Welsh is not asked for any more."],
      [240, "It is due."],
    ]);
  });
  it("tells the opening of a closed queue; nothing of what is done", () => {
    const queue = { name: "Care", overflow: [], opensAt: T + HOUR };
    expect(whatNext(buildItem({ id: "a", t0: T }), queue, names, T)[0]?.text).toBe("Care opens: it is handed out.");
    expect(whatNext(buildItem({ id: "a", t0: T, state: "done" }), queue, names, T)).toEqual([]);
  });
});

describe("with a choice it is kept why those who would have gone before could not", () => {
  it("the last owner, one who knows the customer, one who declined", () => {
    const agents = [
      buildAgent({ id: "Ann", presence: "offline" }),
      buildAgent({ id: "Bob", load: { ...noLoad(), used: 100 } }),
      ...["Cleo", "Dan"].map((id) => buildAgent({ id })),
    ];
    const world = buildWorld({ agents });
    const item = buildItem({ id: "a", t0: T, preferredId: "Ann", knownIds: ["Bob"] });
    arrive(world, item, [], T);
    serve(world, T);
    decline(world, item, "Cleo", "busy", T + SECOND);
    serve(world, T + SECOND);
    const told = world.decisions.filter((d) => d.act === "offered");
    expect(told.map((d) => d.agentId)).toEqual(["Cleo", "Dan"]);
    expect(told.map((d) => passedIn(d).map((p) => [p.agentId, p.text]))).toEqual([
      [
        ["Ann", "is not here"],
        ["Bob", "carries 10.0 of 10 already"],
      ],
      [
        ["Ann", "is not here"],
        ["Bob", "carries 10.0 of 10 already"],
        ["Cleo", "declined it"],
      ],
    ]);
  });
});

const passedIn = (d: Decision) => (d.figures as { passed: PassedOver[] }).passed;

const anyDay = fc.record({
  agents: fc.array(fc.record({ welsh: fc.constantFrom(0, 30, 60), budget: fc.constantFrom(40, 100) }), {
    minLength: 1,
    maxLength: 5,
  }),
  acts: fc.array(
    fc.record({
      what: fc.constantFrom("come", "accept", "decline", "end"),
      which: fc.nat(30),
      welsh: fc.constantFrom(0, 0, 30, 60),
    }),
    { minLength: 1, maxLength: 40 },
  ),
});

describe("from the log alone", () => {
  it("every stored choice comes to the same agent: by its scores, and by all rules over what the log says was carried", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const people = () =>
          day.agents.map((a, n) => buildAgent({ id: `agent ${n}`, skills: { w: a.welsh }, budget: a.budget }));
        const world = buildWorld({ agents: people() });
        const came = new Map<string, Item>();
        let now = T;
        for (const [n, act] of day.acts.entries()) {
          now += SECOND;
          live(world, act, n, now, came);
          serve(world, now);
        }
        expect(againFromLog(world.decisions, came, buildWorld({ agents: people() }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

function live(
  world: World,
  act: { what: string; which: number; welsh: number },
  n: number,
  now: Instant,
  came: Map<string, Item>,
) {
  if (act.what === "come") {
    const item = buildItem({ id: `item ${n}`, t0: now, needs: act.welsh ? [welsh(act.welsh)] : [] });
    came.set(item.id, { ...item });
    arrive(world, item, [], now);
    return;
  }
  const items = [...world.items.values()];
  const item = items[act.which % Math.max(1, items.length)];
  if (!item) return;
  if (act.what === "accept" && item.offer) accept(world, item, item.offer.id, item.offer.agentId, now);
  else if (act.what === "decline" && item.offer) decline(world, item, item.offer.agentId, "busy", now);
  else if (act.what === "end") end(world, item, "done", "answered", now);
}

/** Reads decisions in order and works each choice out anew from what came before it; returns those that come out otherwise. */
function againFromLog(log: readonly Decision[], came: ReadonlyMap<string, Item>, fresh: World): string[] {
  const wrong: string[] = [];
  const items = new Map([...came].map(([id, item]) => [id, { ...item }]));
  const holders = new Map<string, string>();
  const carry = (id: string, agentId: string | null) => {
    const item = items.get(id) as Item;
    for (const [holder, sign] of [
      [holders.get(id), -1],
      [agentId, 1],
    ] as const) {
      const load = fresh.agents.get(holder ?? "")?.load;
      if (!load) continue;
      load.used += sign * item.weight;
      load.counts[item.mediumClass] = (load.counts[item.mediumClass] ?? 0) + sign;
      load.firm += sign;
    }
    if (agentId === null) holders.delete(id);
    else holders.set(id, agentId);
  };
  for (const { act, itemId, agentId, at, how, figures } of log) {
    const item = items.get(itemId) as Item;
    if (act === "offered") {
      const able = [...fresh.agents.values()].filter((agent) => refuses(item, agent, fresh, at) === null);
      const again = chooseAgent(item, able);
      const { scores, admitted } = figures as { scores: Score[]; admitted: number };
      if (again?.id !== agentId || recomputed(scores) !== agentId || able.length !== admitted)
        wrong.push(`${itemId}: ${agentId}, again ${again?.id}, of ${able.length}`);
      carry(itemId, agentId);
    }
    if (act === "offered" || act === "assigned")
      (fresh.agents.get(agentId as string) as { lastAssignedAt: Instant | null }).lastAssignedAt = at;
    if (act === "assigned") Object.assign(item, { excluded: [], preferredId: agentId });
    if (act === "offer-ended") carry(itemId, null);
    if (how === "declined") item.excluded = [...item.excluded, { agentId: agentId as string, at, ring: 0 }];
    if (act === "tried-all") item.excluded = [];
    if (act === "ended") carry(itemId, null);
  }
  return wrong;
}
