import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE, SECOND } from "#platform/clock";
import { buildAgent, buildItem, buildQueue, buildWorld } from "../../../../../tests/support/routing-world.ts";
import { servePlainly } from "../../../../../tests/support/serve-plain.ts";
import { EXCLUDED_MS } from "../admit.ts";
import { type Agent, type Item, type Need, type Priority, priorities, type Queue, type World } from "../model.ts";
import { passTime } from "../pass-time.ts";
import { theRules } from "../rules.ts";
import { serve } from "../serve.ts";
import {
  accept,
  answered,
  arrive,
  customerWaits,
  decline,
  end,
  snooze,
  take,
  toQueue,
  withdrawOffers,
} from "../transitions.ts";
import { Waiting } from "./waiting.ts";

const START: Instant = Date.parse("2026-11-17T09:00:00Z");
const need = (skillId: string, level: number, kind: Need["kind"]): Need => ({ skillId, name: skillId, level, kind });
const NEEDS: Need[][] = [
  [],
  [],
  [need("welsh", 40, "hard")],
  [need("billing", 80, "soft")],
  [need("welsh", 40, "hard"), need("billing", 60, "soft")],
  [need("billing", 50, "soft"), need("law", 30, "soft")],
  [need("law", 0, "soft")],
];
const MEDIA = ["public", "dm", "public", "email", "chat", "phone"] as const;
const PRESENCES = ["available", "available", "available", "busy", "offline"] as const;
const NAMES = ["Alice", "Bob", "Carla", "Deniz", "Emil", "Fatma"] as const;
const QUEUES = ["care", "care", "care", "sales", "night", "by hand"] as const;
const OPS = [
  ...Array.from({ length: 9 }, () => "arrive" as const),
  ...["pass", "pass", "accept", "accept", "decline", "decline", "presence", "answered", "speaks", "end"],
  ...["snooze", "take", "move", "opens", "learns", "limit", "bars", "waits behind", "weight"],
] as const;

interface Step {
  op: string;
  a: number;
  b: number;
  c: number;
}
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ op: fc.constantFrom(...OPS), a: fc.nat(97), b: fc.nat(97), c: fc.nat(97) }),
  { minLength: 10, maxLength: 90, size: "max" as const },
);

function newWorld(): World {
  return buildWorld({
    queues: [
      buildQueue({ id: "care", overflow: [["helpers"], [], ["partner"]] }),
      buildQueue({ id: "sales", teamId: "team-2", choice: "longest-idle" }),
      buildQueue({ id: "night", serving: false }),
      buildQueue({ id: "by hand", autoServe: false }),
    ],
    agents: [
      buildAgent({ id: "Alice", skills: { welsh: 70, billing: 90 }, teams: ["team", "team-2"] }),
      buildAgent({ id: "Bob", skills: { billing: 30, law: 20 } }),
      buildAgent({ id: "Carla", skills: { welsh: 40 }, limits: { public: 2 } }),
      buildAgent({ id: "Deniz", budget: 60, teams: ["team-2"], closed: new Set(["care"]) }),
      buildAgent({ id: "Emil", teams: ["helpers"], skills: { billing: 90 } }),
      buildAgent({ id: "Fatma", teams: ["partner", "team-2"], presence: "offline" }),
      // Enough of the same team that the best three of them are a choice.
      buildAgent({ id: "Gil", skills: { billing: 10 }, limits: { email: 1 } }),
      buildAgent({ id: "Hana", skills: { billing: 50, law: 10 }, budget: 40 }),
      buildAgent({ id: "Ivo", budget: 20 }),
      buildAgent({ id: "Jan", skills: { law: 40, welsh: 30 }, budget: 40 }),
    ],
  });
}

/** One step on one world; both worlds get the same. */
function act(world: World, { op, a, b, c }: Step, now: Instant): void {
  const items = [...world.items.values()];
  const pick = (of: Item[]): Item | undefined => of[a % Math.max(of.length, 1)];
  const open = items.filter((item) => item.state !== "done" && item.state !== "withdrawn");
  const offered = pick(items.filter((item) => item.state === "offered"));
  const active = pick(items.filter((item) => item.state === "active"));
  const queued = pick(items.filter((item) => item.state === "queued"));
  const any = pick(open);
  const name = NAMES[b % NAMES.length] as string;
  const agent = world.agents.get(name) as Agent;
  const changeAgent = (to: Partial<Agent>) => {
    world.agents.set(name, { ...agent, ...to });
    world.watch?.agentMoved(name);
  };
  if (op === "arrive") {
    const of: Partial<Item> = {
      queueId: QUEUES[c % QUEUES.length]!,
      mediumClass: MEDIA[a % MEDIA.length]!,
      needs: NEEDS[b % NEEDS.length]!,
    };
    if (c === 13) of.crisis = true;
    if (c % 5 === 0) of.preferredId = name;
    if (a % 7 === 0) of.knownIds = ["Bob", "nobody", name];
    if (a % 11 === 0) of.barred = [name];
    if (a % 13 === 0) of.behind = "author:troll";
    const priority = priorities[(a + b) % 4] as Priority;
    arrive(
      world,
      buildItem({ id: `item ${String(items.length).padStart(3, "0")}`, t0: now, priority, ...of }),
      [],
      now,
    );
  } else if (op === "accept" && offered?.offer) accept(world, offered, offered.offer.id, offered.offer.agentId, now);
  else if (op === "decline" && offered?.offer) decline(world, offered, offered.offer.agentId, "busy", now);
  else if (op === "presence") {
    agent.presence = PRESENCES[a % PRESENCES.length]!;
    world.watch?.agentMoved(name);
    if (agent.presence !== "available") withdrawOffers(world, name, now, "away");
  } else if (op === "answered" && active) answered(world, active, now);
  else if (op === "speaks" && any)
    customerWaits(world, any, { t0: now, priority: priorities[b % 4]!, crisis: c === 13 }, now);
  else if (op === "end" && any) end(world, any, b % 2 ? "done" : "withdrawn", "over", now);
  else if (op === "snooze" && active?.ownerId) snooze(world, active, active.ownerId, now + HOUR, now);
  else if (op === "take" && any) take(world, any, name, a % 2 ? "taken" : "assigned", b % 7 === 0, now);
  else if (op === "move" && any) {
    const to = {
      queueId: QUEUES[c % QUEUES.length]!,
      needs: c % 2 ? any.needs : NEEDS[b % NEEDS.length]!,
      reason: "moved",
      by: null,
    };
    toQueue(world, any, to, now);
  } else if (op === "opens") {
    const queue = world.queues.get(QUEUES[c % QUEUES.length]!) as Queue;
    if (a % 3 === 0) world.queues.set(queue.id, { ...queue, choice: b % 2 ? "least-loaded" : "longest-idle" });
    else queue.serving = !queue.serving;
    if (world.watch instanceof Waiting) world.watch.queueMoved(queue.id);
  } else if (op === "learns") changeAgent({ skills: new Map([...agent.skills, ["law", a]]) });
  else if (op === "limit") changeAgent({ budget: 40 + (a % 4) * 20, limits: { email: c % 4 } });
  else if (queued && (op === "bars" || op === "waits behind")) {
    if (op === "bars") Object.assign(queued, { barred: [...queued.barred, name] });
    else queued.behind = queued.behind === null ? "alike:1" : null;
    world.watch?.itemMoved(queued);
  } else if (op === "weight" && queued) {
    Object.assign(queued, { weight: 10 + (c % 3) * 15 });
    world.watch?.itemMoved(queued);
  }
}

/** A second, a while, or to the very instant at which something of what waits changes by itself. */
function timePasses(world: World, { op, a }: Step, now: Instant): Instant {
  if (op !== "pass") return now + SECOND;
  if (a % 2 === 0) return now + [SECOND, 3 * MINUTE, 20 * MINUTE, 2 * HOUR][(a / 2) % 4]!;
  const waiting = [...world.items.values()].filter((item) => item.state === "queued");
  const instants = waiting.flatMap((item) => [
    ...[...item.ringsAt, item.due, item.stickyUntil ?? 0],
    ...item.excluded.map((e) => e.at + EXCLUDED_MS),
  ]);
  return Math.min(now + 3 * HOUR, ...instants.filter((at) => at > now));
}
const show = (world: World) => ({
  decisions: world.decisions,
  items: [...world.items.values()],
  turns: [...world.queues.values()].map((queue) => queue.turns),
  agents: [...world.agents.values()].map(({ id, presence, load, lastAssignedAt }) => [
    id,
    presence,
    load,
    lastAssignedAt,
  ]),
});

/** Told as text first: most are the same. */
function same(world: World, other: World): void {
  const [is, should] = [show(world), show(other)];
  if (JSON.stringify(is) !== JSON.stringify(should)) expect(is).toEqual(should);
}

describe("the index", () => {
  it("decides what holding every item against every agent comes to: same items, agents, order, reasons and figures", () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(0, 2, 28), (history, scanned) => {
        const plain = newWorld();
        const world = newWorld();
        world.watch = new Waiting(world, theRules, scanned);
        let now = START;
        for (const step of history) {
          now = timePasses(plain, step, now);
          for (const [of, run] of [
            [plain, servePlainly],
            [world, serve],
          ] as const) {
            act(of, step, now);
            passTime(of, now);
            run(of, now);
          }
          same(world, plain);
          world.decisions.length = 0;
          plain.decisions.length = 0;
        }
      }),
      { numRuns: 250 },
    );
  });

  it("made anew from the same world at any moment decides the same", () => {
    fc.assert(
      fc.property(steps, fc.nat(60), (history, at) => {
        const [kept, anew] = [newWorld(), newWorld()];
        kept.watch = new Waiting(kept, theRules);
        let now = START;
        for (const [i, step] of history.entries()) {
          now = timePasses(kept, step, now);
          if (i === at) anew.watch = new Waiting(anew, theRules);
          for (const world of [kept, anew]) {
            act(world, step, now);
            passTime(world, now);
            serve(world, now);
          }
          same(anew, kept);
        }
      }),
      { numRuns: 40 },
    );
  });
});
