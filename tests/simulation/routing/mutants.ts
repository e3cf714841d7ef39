import { isHeld, refuses } from "../../../server/modules/routing/domain/admit.ts";
import { change } from "../../../server/modules/routing/domain/capacity.ts";
import { type Item, priorities, type World } from "../../../server/modules/routing/domain/model.ts";
import { type Turn, turnRules } from "../../../server/modules/routing/domain/order.ts";
import { type Rules, theRules } from "../../../server/modules/routing/domain/rules.ts";
import { giveBack, holdOut, orderReason, serve } from "../../../server/modules/routing/domain/serve.ts";
import { accept, assign } from "../../../server/modules/routing/domain/transitions.ts";
import { HOUR, type Instant } from "../../../server/platform/clock.ts";
import { theEngine } from "./engine.ts";
import type { Bent } from "./story.ts";

export interface Mutant extends Bent {
  readonly rule: string;
  /** The invariant that has to notice. */
  readonly breaks: string;
}

/** The admit rule without some of its refusals. */
function without(...dropped: string[]): Partial<Rules> {
  const left = <T extends string>(why: T | null): T | null => (why !== null && dropped.includes(why) ? null : why);
  return {
    here: (agent) => dropped.includes("not-available") || theRules.here(agent),
    fits: (item, agent, world, now) => left(theRules.fits(item, agent, world, now)),
    declined: (item, agentId, now) => !dropped.includes("declined") && theRules.declined(item, agentId, now),
    room: (item, agent) => left(theRules.room(item, agent)),
  };
}

/** Hands out in another order, to anybody who may have it. */
function inOrderOf(before: (a: Item, b: Item) => number): typeof serve {
  return (world, now, rules = theRules) => {
    for (;;) {
      const line = [...world.items.values()]
        .filter((item) => item.state === "queued" && isServedBy(world, item, now))
        .sort(before);
      const found = line.flatMap((item) => {
        const agents = [...world.agents.values()].filter((agent) => refuses(item, agent, world, now, rules) === null);
        return agents.length === 0 ? [] : [{ item, agents }];
      })[0];
      if (!found) return [];
      const { item, agents } = found;
      const queue = world.queues.get(item.queueId);
      const agent = rules.chooseAgent(item, agents, queue?.choice);
      if (!agent || !queue) return [];
      const reasons = [orderReason({ item, mode: "due" }, queue, line.length, now)];
      (isHeld(item, now) ? giveBack : holdOut)(world, item, agent, now, reasons, { mode: "due" });
    }
  };
}
const isServedBy = (world: World, item: Item, now: Instant): boolean => {
  const queue = world.queues.get(item.queueId);
  return item.behind === null && (isHeld(item, now) || (queue?.autoServe === true && (queue.serving || item.crisis)));
};
const rank = (item: Pick<Item, "crisis" | "priority">) => (item.crisis ? -1 : priorities.indexOf(item.priority));

/** Past due without one of the rules of the turns. */
const withoutTurn = (dropped: Turn): Partial<Rules> => ({
  nextOf: (waiting, queue, now) =>
    theRules.nextOf(
      waiting,
      queue,
      now,
      turns.filter((turn) => turn !== dropped),
    ),
});
const turns = Object.keys(turnRules) as Turn[];

let tosses = 0;

/** Each rule taken away or bent in turn. */
export const mutants: readonly Mutant[] = [
  {
    ...{ rule: "who clicks gets it, whoever has it", breaks: "R1" },
    engine: {
      accept(world, item, offerId, agentId, now) {
        if (item.state !== "active") return accept(world, item, offerId, agentId, now);
        assign(world, item, agentId, "offer", now, false, [{ code: "accepted", text: "Accepted." }], offerId);
        return { ok: true, item };
      },
    },
  },
  {
    ...{ rule: "a second item is handed out for an agent's guest", breaks: "R1" },
    engine: {
      serve(world, now, rules) {
        const dry = serve(world, now, rules);
        const item = [...world.items.values()].find((one) => one.state === "active");
        const agent = item && [...world.agents.values()].find((one) => one.id !== item.ownerId && theRules.here(one));
        if (item && agent && now % 7 === 0) holdOut(world, item, agent, now, [{ code: "load", text: "Free." }], {});
        return dry;
      },
    },
  },
  { rule: "the count of a medium does not matter", breaks: "R2", rules: without("medium-full") },
  { rule: "the budget does not matter", breaks: "R2", rules: without("budget-full") },
  {
    ...{ rule: "who is asked for advice needs no room", breaks: "R2" },
    engine: { askIn: (world, item, asked, now) => theEngine.askIn(world, item, { ...asked, mayExceed: true }, now) },
  },
  {
    rule: "exclusive work shuts nothing out",
    breaks: "R3",
    rules: without("in-exclusive-work", "not-free-for-exclusive"),
  },
  {
    rule: "a block at the head stops the rest",
    breaks: "R4",
    rules: { nextOf: (w, q, now) => (w.length > 1 ? null : theRules.nextOf(w, q, now)) },
  },
  {
    ...{ rule: "who declined once is never asked again", breaks: "R4" },
    rules: {
      declined: (item, agentId) => item.barred.includes(agentId) || item.excluded.some((e) => e.agentId === agentId),
    },
  },
  {
    rule: "the newest goes first",
    breaks: "R5",
    engine: { serve: inOrderOf((a, b) => b.t0 - a.t0 || (a.id < b.id ? 1 : -1)) },
  },
  {
    rule: "first come, first served",
    breaks: "R5",
    engine: { serve: inOrderOf((a, b) => a.t0 - b.t0 || (a.id < b.id ? -1 : 1)) },
  },
  {
    ...{ rule: "a crisis waits like everybody", breaks: "R5" },
    engine: { serve: inOrderOf((a, b) => a.due - b.due || a.t0 - b.t0 || (a.id < b.id ? -1 : 1)) },
  },
  {
    ...{ rule: "going back to the queue begins the clock anew", breaks: "R6" },
    rules: { requeued: (item, now) => ({ ...theRules.requeued(item, now), t0: now, due: now + HOUR }) },
  },
  {
    ...{ rule: "a transfer gives more time", breaks: "R6" },
    engine: {
      toQueue(world, item, to, now, rules) {
        const done = theEngine.toQueue(world, item, to, now, rules);
        if (done.ok) change(world, item, { due: item.due + HOUR });
        return done;
      },
    },
  },
  {
    ...{ rule: "what is sent on to a closed queue is dropped", breaks: "R7" },
    engine: {
      toQueue(world, item, to, now, rules) {
        const done = theEngine.toQueue(world, item, to, now, rules);
        if (world.queues.get(to.queueId)?.serving === false) world.items.delete(item.id);
        return done;
      },
    },
  },
  {
    ...{ rule: "what is done can be taken up again", breaks: "R7" },
    engine: {
      end(world, item, how, reason, now, atOnce) {
        theEngine.end(world, item, how, reason, now, atOnce);
        if (item.state !== "withdrawn") return;
        item.state = "queued";
        theEngine.toQueue(world, item, { queueId: item.queueId, needs: item.needs, reason: "Again.", by: null }, now);
      },
    },
  },
  {
    ...{ rule: "past due the most urgent go first, always", breaks: "R8" },
    rules: {
      nextOf(waiting, queue, now) {
        const next = theRules.nextOf(waiting, queue, now);
        if (next?.mode !== "overload") return next;
        return { item: waiting.toSorted((a, b) => rank(a) - rank(b))[0] ?? next.item, mode: "overload" };
      },
    },
  },
  { rule: "past due no priority has a share", breaks: "R8", rules: withoutTurn("share") },
  { rule: "past due urgent work waits its turn", breaks: "R8", rules: withoutTurn("urgent") },
  { rule: "lateness has no bound", breaks: "R8", rules: withoutTurn("bound") },
  { rule: "what can still be in time waits behind what is late", breaks: "R8", rules: withoutTurn("in-time") },
  { rule: "of those that are late the first in order goes", breaks: "R8", rules: withoutTurn("latest") },
  { rule: "nobody waits behind anybody", breaks: "R8", engine: { behindWhat: () => null } },
  { rule: "hard needs do not count", breaks: "R9", rules: without("hard-skill") },
  { rule: "soft needs do not count", breaks: "R9", rules: without("soft-skill") },
  { rule: "any team may take it from the start", breaks: "R9", rules: without("other-team") },
  {
    ...{ rule: "a clearance that is over still counts", breaks: "R9" },
    engine: {
      skillsAt: (skills, at) =>
        theEngine.skillsAt(
          skills.map((s) => ({ ...s, validUntil: null })),
          at,
        ),
    },
  },
  {
    ...{ rule: "chance decides between agents", breaks: "R10" },
    rules: { chooseAgent: (_, agents) => agents[tosses++ % agents.length] },
  },
  {
    ...{ rule: "an offer is accepted whatever its number and hour", breaks: "R11" },
    engine: {
      accept: (world, item, offerId, agentId, now) =>
        item.offer?.agentId === agentId
          ? accept(world, item, item.offer.id, agentId, Math.min(now, item.offer.expiresAt - 1))
          : accept(world, item, offerId, agentId, now),
    },
  },
  {
    ...{ rule: "the second click counts again", breaks: "R11" },
    engine: {
      accept(world, item, offerId, agentId, now) {
        if (item.state === "active" && item.ownerId === agentId)
          assign(world, item, agentId, "taken", now, false, [{ code: "accepted", text: "Accepted." }]);
        return accept(world, item, offerId, agentId, now);
      },
    },
  },
  {
    ...{ rule: "after a death nobody carries anything", breaks: "R12" },
    engine: {
      reborn(world) {
        const anew = theEngine.reborn(world);
        for (const agent of anew.agents.values())
          agent.load = { used: 0, parked: 0, exclusive: 0, firm: 0, counts: {} };
        return anew;
      },
    },
  },
  {
    ...{ rule: "the turns of the priorities are lost with the process", breaks: "R12" },
    engine: {
      reborn(world) {
        const anew = theEngine.reborn(world);
        for (const queue of anew.queues.values()) queue.turns = { urgent: 0, high: 0, normal: 0, low: 0 };
        return anew;
      },
    },
  },
  { rule: "nothing ends by the clock", breaks: "R12", engine: { passTime: () => {} } },
  {
    ...{ rule: "a guest is sent away without a word", breaks: "R12" },
    engine: {
      seeOff(world, item, agentId) {
        change(world, item, { guests: item.guests.filter((guest) => guest.agentId !== agentId) });
        return { ok: true, item };
      },
    },
  },
  { rule: "it is held out to whoever is not here", breaks: "R13", rules: without("not-available") },
  { rule: "offers stay with who turns busy", breaks: "R13", engine: { withdrawOffers: () => {} } },
  { rule: "who leaves keeps what waits for an answer", breaks: "R13", engine: { ownerGone: () => {} } },
  {
    ...{ rule: "what wakes goes back to its owner, room or not", breaks: "R14" },
    engine: {
      customerWaits: (world, item, said, now, rules) =>
        theEngine.customerWaits(world, item, said, now, { ...theRules, ...rules, room: () => null }),
    },
  },
  { rule: "a hold has no end", breaks: "R15", rules: { holdUntil: (item) => item.due + HOUR } },
  {
    ...{ rule: "a hold goes on although it is due sooner", breaks: "R15" },
    engine: {
      setPriority(world, item, to, now) {
        const { stickyUntil } = item;
        const done = theEngine.setPriority(world, item, to, now);
        if (item.state === "queued") change(world, item, { stickyUntil });
        return done;
      },
    },
  },
  {
    ...{ rule: "targets are counted around the clock", breaks: "R16" },
    engine: { termsOf: (queue, of) => theEngine.termsOf(queue, { ...of, crisis: true }) },
  },
  {
    ...{ rule: "holidays are working days", breaks: "R16" },
    engine: {
      termsOf: (queue, of) => {
        const calendars = new Map(
          [...queue.sla.calendars].map(([id, rules]) => [id, rules.map((rule) => ({ ...rule, holidays: [] }))]),
        );
        return theEngine.termsOf({ ...queue, sla: { ...queue.sla, calendars } }, of);
      },
    },
  },
  {
    ...{ rule: "the clocks of the zone are never put forward or back", breaks: "R16" },
    engine: {
      termsOf: (queue, of) => {
        const calendars = new Map(
          [...queue.sla.calendars].map(([id, rules]) => [
            id,
            rules.map((rule) => ({ ...rule, zone: WINTER[rule.zone] ?? rule.zone })),
          ]),
        );
        return theEngine.termsOf({ ...queue, sla: { ...queue.sla, calendars } }, of);
      },
    },
  },
  { rule: "declines are forgotten at once", breaks: "R17", rules: without("declined") },
  {
    ...{ rule: "declines are forgotten when somebody else declined, too", breaks: "R17" },
    rules: { declined: (item, agentId, now) => theRules.declined(item, agentId, now) && item.excluded.length < 2 },
  },
  { rule: "anybody is as good as the best", breaks: "R18", rules: { chooseAgent: (_, agents) => agents.at(-1) } },
  {
    ...{ rule: "reasons are left out", breaks: "R18" },
    engine: {
      passTime(world, now, rules) {
        const from = world.decisions.length;
        theEngine.passTime(world, now, rules);
        for (let i = from; i < world.decisions.length; i++)
          world.decisions[i] = { ...(world.decisions[i] as World["decisions"][number]), reasons: [] };
      },
    },
  },
];
/** Zones that have the same winter time and no other. */
const WINTER: Readonly<Record<string, string>> = {
  ...{ "Europe/London": "Etc/GMT", "Europe/Berlin": "Etc/GMT-1", "America/New_York": "Etc/GMT+5" },
};
