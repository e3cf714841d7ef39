import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR } from "#platform/clock";
import { emptyReach, extend, extendToHearer, extendToLine, type Reach, reaches } from "./late.ts";
import { nameGroups } from "./name-groups.ts";
import { readSaid } from "./said.ts";
import { type Stitched, stitch } from "./stitch.ts";
import {
  addLink,
  addMatter,
  addPlaced,
  compareSaid,
  emptyWorld,
  type StitchMessage,
  type StitchWorld,
} from "./stitch-world.ts";

const TEXTS = [
  "@northwind my parcel A55102 is late",
  "still no parcel",
  "another question: are you open on Sunday",
  "thank you",
  "please DM us",
  "DM'd you",
  "the lamp flickers",
  "A55102 again",
  "2/2 and then it broke",
  "hello, do you sell green lamps?",
  "I asked about order B77310",
  "my wife wrote about A55102",
];

/** A small town: a few people, a few threads, some of whom answer one another; clocks of networks may differ a little. */
const towns = fc
  .array(
    fc.record({
      who: fc.constantFrom("alice", "bob", "carla", "us"),
      private: fc.boolean(),
      answers: fc.option(fc.nat(30), { nil: null, freq: 2 }),
      hours: fc.integer({ min: 1, max: 60 }),
      skew: fc.constantFrom(0, 0, 0, 0, -1, -90),
      text: fc.constantFrom(...TEXTS),
      addressed: fc.constantFrom("direct", "reply", "mention", "mention", "named", "bystander"),
      intent: fc.constantFrom("complaint", "question", "praise", "other"),
      noise: fc.constantFrom(false, false, false, false, true),
      bot: fc.constantFrom(false, false, false, false, false, true),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .map((lines) => {
    const made: StitchMessage[] = [];
    let at = 0;
    lines.forEach((l, i) => {
      at += l.hours * HOUR;
      const us = l.who === "us";
      const parent = l.answers === null || i === 0 ? undefined : made[l.answers % i];
      const hidden = parent?.audience === "private" || (!parent && l.private && !us);
      const line = hidden ? (parent?.thread ?? `dm/${l.who}`) : null;
      const who = hidden && !us ? (line ?? "").slice(3) : l.who;
      made.push({
        id: `m${i}`,
        at: at + l.skew * HOUR,
        key: `m${i}`,
        parentKey: hidden ? null : (parent?.key ?? null),
        thread: line ?? parent?.thread ?? `post/${i}`,
        linear: hidden,
        audience: hidden ? "private" : "public",
        by: us ? "us" : l.bot ? "bot" : "customer",
        handleId: us ? null : who,
        customerId: us ? null : who,
        deliveredFor: null,
        noise: l.noise,
        addressed: hidden ? "direct" : l.addressed,
        intent: l.intent,
        thanksOnly: l.text === "thank you",
        workAlone: false,
        said: readSaid(l.text),
      });
    });
    return made;
  });

interface Town {
  placed: Map<string, Stitched>;
  conversationOf: Map<string, string>;
  principals: Map<string, string>;
  made: number;
}

/** A batch arrives: what it bears on is decided again together with it, everything else stands. The reader does the same with rows. */
function arrive(town: Town, batch: readonly StitchMessage[]): void {
  const reach = emptyReach();
  const again = new Map(batch.map((m) => [m.id, m]));
  for (const m of batch) extend(reach, m);
  for (;;) {
    gather(town, reach, again);
    const world = worldOf(town, again);
    const stitched = stitch(world, [...again.values()]);
    for (const { message, decision } of stitched) {
      if (message.by !== "us") continue;
      for (const hearer of [
        world.matters.get(decision.conversationId ?? "")?.customerId,
        town.principals.get(town.conversationOf.get(message.id) ?? ""),
      ])
        if (hearer !== undefined) extendToHearer(reach, hearer, message.at);
      const heardIn = [decision.conversationId, town.conversationOf.get(message.id)];
      for (const [link, id] of world.links)
        if (heardIn.includes(id)) extendToLine(reach, link.split("\u0000")[0]!, message.at);
    }
    if (gather(town, reach, again)) continue;
    settle(town, stitched, world);
    return;
  }
}

/** Adds all that is within reach; true when something was added. */
function gather(town: Town, reach: Reach, again: Map<string, StitchMessage>): boolean {
  const before = again.size;
  for (let grew = true; grew; ) {
    grew = false;
    for (const { message } of town.placed.values()) {
      if (again.has(message.id) || !reaches(reach, message)) continue;
      again.set(message.id, message);
      extend(reach, message);
      grew = true;
    }
  }
  return again.size > before;
}

function settle(town: Town, stitched: readonly Stitched[], world: StitchWorld): void {
  const again = new Set(stitched.map((s) => s.message.id));
  const keep = new Set(
    [...town.placed.keys()].filter((id) => !again.has(id)).map((id) => town.conversationOf.get(id) ?? ""),
  );
  const named = nameGroups(stitched, town.conversationOf, keep);
  for (const s of stitched) {
    const c = s.decision.conversationId;
    if (c?.startsWith("new:") && !named.has(c)) named.set(c, `C-${++town.made}`);
    const id = c === null ? null : (named.get(c) ?? c);
    town.placed.set(s.message.id, s);
    if (id === null) town.conversationOf.delete(s.message.id);
    else town.conversationOf.set(s.message.id, id);
    if (id !== null) town.principals.set(id, world.matters.get(c!)!.customerId);
  }
}

function worldOf(town: Town, but: ReadonlyMap<string, unknown>): StitchWorld {
  const world = emptyWorld(true);
  const base = [...town.placed.values()]
    .filter((p) => !but.has(p.message.id))
    .sort((a, b) => compareSaid(a.placed, b.placed));
  for (const { decision, message, placed } of base) {
    const id = town.conversationOf.get(message.id) ?? null;
    if (id !== null && !world.matters.has(id) && decision.role !== "bystander" && message.customerId)
      addMatter(world, { id, customerId: town.principals.get(id)!, doneAt: null, messages: [] });
    if (id !== null && decision.role !== "bystander" && message.handleId)
      addLink(world, message.thread, message.handleId, id);
    addPlaced(world, { ...placed, conversationId: id });
  }
  return world;
}

/** Who stands with whom, and what stands outside why: ids of conversations do not matter. */
function partition(town: Town): string[] {
  const groups = new Map<string, string[]>();
  for (const [id, s] of [...town.placed].sort()) {
    const group = town.conversationOf.get(id) ?? `outside: ${s.decision.outside}`;
    groups.set(group, [...(groups.get(group) ?? []), `${id} ${s.decision.role}`]);
  }
  return [...groups].map(([g, ids]) => (g.startsWith("outside") ? `${g}: ${ids}` : String(ids))).sort();
}

function run(batches: readonly (readonly StitchMessage[])[]): string[] {
  const town: Town = { placed: new Map(), conversationOf: new Map(), principals: new Map(), made: 0 };
  for (const batch of batches) arrive(town, batch);
  return partition(town);
}

test("the stitching depends on the set of messages, not on the order or the batches in which they come", () => {
  fc.assert(
    fc.property(
      towns.chain((town) =>
        fc.tuple(
          fc.constant(town),
          fc.shuffledSubarray(town, { minLength: town.length }),
          fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 12, maxLength: 12 }),
        ),
      ),
      ([town, shuffled, sizes]) => {
        const batches: StitchMessage[][] = [];
        for (let i = 0, s = 0; i < shuffled.length; s++) {
          batches.push(shuffled.slice(i, i + sizes[s % sizes.length]!));
          i += sizes[s % sizes.length]!;
        }
        expect(run(batches)).toEqual(run([town]));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("our answer that came late bears on what a relative said after it in another line", () => {
  const say = (id: string, hours: number, who: string | null, text: string, more: Partial<StitchMessage> = {}) => ({
    ...{
      id,
      key: id,
      at: hours * HOUR,
      parentKey: null,
      thread: `post/${id}`,
      linear: false,
      audience: "public" as const,
    },
    ...{
      by: who === null ? ("us" as const) : ("customer" as const),
      handleId: who,
      customerId: who,
      deliveredFor: null,
    },
    ...{ noise: false, addressed: "direct" as const, intent: "complaint", thanksOnly: false, workAlone: false },
    ...{ said: readSaid(text), ...more },
  });
  const line = { thread: "dm/alice", linear: true, audience: "private" as const };
  const asked = say("m0", 1, "bob", "@northwind my parcel A55102 is late");
  const ours = say("m1", 2, null, "my parcel A55102 is late", { parentKey: "m0", thread: "post/m0" });
  const wife = say("m2", 3, "alice", "my wife wrote about A55102", line);
  const other = say("m3", 5, "alice", "@northwind my parcel A55102 is late", line);
  expect(run([[asked, wife, other], [ours]])).toEqual(run([[asked, ours, wife, other]]));
});

test("every message has exactly one place, or stands outside with a reason", () => {
  fc.assert(
    fc.property(towns, (town) => {
      for (const { decision } of stitch(emptyWorld(true), town)) {
        expect(decision.conversationId === null).toBe(decision.outside !== null);
        expect(decision.evidence.length).toBeGreaterThan(0);
      }
    }),
  );
});
