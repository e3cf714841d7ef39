import type { Instant } from "#platform/clock";
import { askedFor, refuses } from "./admit.ts";
import { capacityRefuses, change, countIn, mayPark } from "./capacity.ts";
import { decide } from "./decide.ts";
import { comeForward } from "./flood.ts";
import { seeOff, seeOffAll } from "./guests.ts";
import { sayStuck, tooOften } from "./handing-on.ts";
import { interrupt, resume } from "./interrupt.ts";
import {
  type AssignHow,
  awaitsApproval,
  type Item,
  isOpen,
  type OfferEnd,
  type Priority,
  policyOf,
  type Reason,
  type World,
} from "./model.ts";
import { no, type Outcome } from "./outcome.ts";
import { type Rules, theRules } from "./rules.ts";
import { giveBack } from "./serve.ts";
import { ringAt } from "./skills.ts";
import { holdWithin } from "./sticky.ts";
import { beginWrapUp, wrapUpMs } from "./wrap-up.ts";

export type { Outcome, Refused } from "./outcome.ts";

/** A new item enters its queue; if it has a last owner who is here but full, it waits for that agent first. */
export function arrive(
  world: World,
  item: Item,
  reasons: readonly Reason[],
  now: Instant,
  rules: Rules = theRules,
): void {
  world.items.set(item.id, item);
  countIn(world, item);
  world.touched.add(item.id);
  const { queueId, due, ringsAt } = item;
  decide(world, item, now, "queued", reasons, { figures: { queueId, due, ringsAt } });
  if (item.state === "queued") holdForOwner(world, item, item.preferredId, now, rules, false);
}

/** The customer waits (again): the clock runs from the first unanswered message; parked work wakes. */
export function customerWaits(
  world: World,
  item: Item,
  said: { t0: Instant; priority: Priority; crisis?: boolean },
  now: Instant,
  rules: Rules = theRules,
): void {
  if (!isOpen(item) || item.state === "wrapup") return;
  const runs = item.clock === "running";
  const rank = (p: Priority) => ["urgent", "high", "normal", "low"].indexOf(p);
  const priority = !runs || rank(said.priority) < rank(item.priority) ? said.priority : item.priority;
  const crisis = said.crisis === true || (runs && item.crisis);
  const t0 = runs ? Math.min(item.t0, said.t0) : said.t0;
  const same = runs && t0 === item.t0 && priority === item.priority && crisis === item.crisis;
  if (!same) {
    const terms = world.terms({
      queueId: item.queueId,
      priority,
      crisis,
      t0,
      item,
      ...(!runs && { round: "next" as const }),
    });
    const due = runs ? Math.min(item.due, terms.due) : terms.due;
    const place = { t0, priority, crisis, due, ringsAt: terms.ringsAt };
    change(world, item, { clock: "running", ...place, ...holdWithin(item, due) });
    const text = runs ? "More urgent than before." : "The customer wrote again: the clock runs.";
    decide(world, item, now, "changed", [{ code: "clock-runs", text }], { until: due });
  }
  if (crisis) comeForward(world, item, "Danger to people waits behind nothing.", now);
  // A new version although nothing moved: who acts on what was said before is told that more was said.
  world.touched.add(item.id);
  // A reply that waits for other eyes goes on waiting: those, and its author, are told that more was said.
  if (item.state === "parked" && !awaitsApproval(item)) wake(world, item, now, rules);
}

/** Parked work wakes: back to its owner at once where there is room, else held for the owner a while, else to the queue. */
export function wake(world: World, item: Item, now: Instant, rules: Rules = theRules): void {
  const lastId = item.ownerId ?? item.preferredId;
  // A reminder about something answered: nobody waits, so it is due from now on.
  if (item.clock === "paused") {
    const { queueId, priority, crisis } = item;
    change(world, item, world.terms({ queueId, priority, crisis, t0: now, item, round: "next" }));
  }
  change(world, item, { ...rules.requeued(item, now), preferredId: lastId, stickyUntil: null });
  decide(world, item, now, "woken", [{ code: "woken", text: "It needs work again." }], { agentId: lastId });
  holdForOwner(world, item, lastId, now, rules, true);
}

function holdForOwner(
  world: World,
  item: Item,
  ownerId: string | null,
  now: Instant,
  rules: Rules,
  direct: boolean,
): void {
  const owner = world.agents.get(ownerId ?? "");
  if (!owner) return;
  const refused = refuses(item, owner, world, now, rules);
  if (refused === null) {
    // Without a hold a free owner still gets it first, as an offer: `serve` prefers who had it last.
    if (direct)
      giveBack(world, item, owner, now, [{ code: "sticky", text: `Back to ${owner.name}, who had it before.` }]);
    return;
  }
  const until = rules.holdUntil(item, owner, now);
  if (until === null || NO_HOLD.has(refused)) return;
  change(world, item, { stickyUntil: until });
  const text = `${owner.name} had it before and has no room now: it waits for ${owner.name} first.`;
  decide(world, item, now, "held", [{ code: "sticky-hold", text }], { agentId: owner.id, until });
}

/** Room comes back by itself; these do not. */
const NO_HOLD: ReadonlySet<string> = new Set(["other-team", "hard-skill", "soft-skill", "conflict", "collapsed"]);

/** We answered: the clock stops, and the item is put aside so that it takes no capacity until the customer speaks. */
export function answered(world: World, item: Item, now: Instant, by: string | null = null): void {
  if (!isOpen(item) || item.state === "wrapup" || (item.state === "parked" && item.clock === "paused")) return;
  rescind(world, item, now, "Answered meanwhile.");
  seeOffAll(world, item, now);
  const owner = world.agents.get(item.ownerId ?? "");
  const keep = item.state === "parked" || mayPark(owner) ? item.ownerId : null;
  change(world, item, {
    ...{ state: "parked", clock: "paused", ownerId: keep, preferredId: item.ownerId ?? by ?? item.preferredId },
    ...{ stickyUntil: null, excluded: [], wakesAt: null, parkReason: "waiting-for-customer", behind: null },
    heldFor: null,
  });
  resume(world, item, now);
  const reasons = [{ code: "answered", text: "Answered; it waits for the customer and takes no capacity." }];
  if (owner && !keep)
    reasons.push({ code: "too-many-parked", text: `${owner.name} has 50 put aside; it wakes for whoever is free.` });
  decide(world, item, now, "parked", reasons, { agentId: keep });
}

/** Done work is written up first where its kind asks for that; `atOnce` leaves that out, because something comes in its place. */
export function end(
  world: World,
  item: Item,
  how: "done" | "withdrawn",
  reason: string,
  now: Instant,
  atOnce = false,
): void {
  if (!isOpen(item)) return;
  // Its agent is at it: what ends that is the agent or the clock.
  if (item.state === "wrapup" && how === "done" && !atOnce) return;
  rescind(world, item, now, reason);
  seeOffAll(world, item, now);
  const wrap = how === "done" && !atOnce ? wrapUpMs(world, item) : 0;
  if (wrap > 0) {
    beginWrapUp(world, item, reason, wrap, now);
    resume(world, item, now);
    return;
  }
  change(world, item, {
    state: how,
    clock: "stopped",
    stickyUntil: null,
    wakesAt: null,
    behind: null,
    wrapUntil: null,
    heldFor: null,
  });
  resume(world, item, now);
  decide(world, item, now, "ended", [{ code: how, text: reason }], { how, agentId: item.ownerId });
}

/** Takes a pending offer back without a penalty. The item waits again at its old place. */
export function rescind(world: World, item: Item, now: Instant, why: string, rules: Rules = theRules): void {
  if (item.state === "offered") endOffer(world, item, "rescinded", now, why, rules);
}

function endOffer(world: World, item: Item, how: OfferEnd, now: Instant, why: string, rules: Rules): void {
  const offer = item.offer;
  if (!offer) return;
  change(world, item, rules.requeued(item, now));
  const more = { how, agentId: offer.agentId, offerId: offer.id };
  decide(world, item, now, "offer-ended", [{ code: how, text: why }], more);
}

export function accept(world: World, item: Item, offerId: string, agentId: string, now: Instant): Outcome {
  // A second click of the winner finds the work already his.
  if (item.state === "active" && item.ownerId === agentId) return { ok: true, item };
  if (!isOpen(item)) return no("ended");
  if (item.state !== "offered" || item.offer?.id !== offerId)
    return no(item.ownerId && item.ownerId !== agentId ? "held-by-another" : "timed-out");
  if (item.offer.agentId !== agentId) return no("not-offered-to-you");
  if (item.offer.expiresAt <= now) return no("timed-out");
  assign(world, item, agentId, "offer", now, false, [{ code: "accepted", text: "Accepted the offer." }], offerId);
  return { ok: true, item };
}

export function decline(world: World, item: Item, agentId: string, reason: string, now: Instant): Outcome {
  if (item.state !== "offered" || item.offer?.agentId !== agentId) return no("not-offered-to-you");
  const excluded = [...item.excluded, { agentId, at: now, ring: ringAt(item, now) }];
  endOffer(world, item, "declined", now, reason, theRules);
  change(world, item, { excluded });
  return { ok: true, item };
}

/**
 * Nobody reacted: the agent is found not to respond, all offers to that agent come back, the item keeps its place. Whoever did other work
 * while it was held out is here: then the offer passes on to others, and nothing else.
 */
export function timeOut(world: World, item: Item, now: Instant, rules: Rules = theRules): void {
  const agent = world.agents.get(item.offer?.agentId ?? "");
  const offeredAt = item.offer?.offeredAt ?? now;
  const ring = ringAt(item, now);
  endOffer(world, item, "timed-out", now, "Nobody reacted to the offer.", rules);
  change(world, item, { misses: item.misses + 1 });
  if (agent?.presence !== "available") return;
  if ((world.actedAt?.get(agent.id) ?? Number.NEGATIVE_INFINITY) >= offeredAt) {
    change(world, item, { excluded: [...item.excluded, { agentId: agent.id, at: now, ring, passed: true }] });
    return;
  }
  agent.presence = "not-responding";
  world.silent.add(agent.id);
  withdrawOffers(world, agent.id, now, `${agent.name} does not respond.`, rules);
}

/** Offers to an agent who can no longer take them come back at once. */
export function withdrawOffers(
  world: World,
  agentId: string,
  now: Instant,
  why: string,
  rules: Rules = theRules,
): void {
  for (const item of world.hands?.of(agentId) ?? world.items.values())
    if (item.state === "offered" && item.offer?.agentId === agentId) rescind(world, item, now, why, rules);
}

/** Work comes to one agent: from now on there is exactly one owner. */
export function assign(
  world: World,
  item: Item,
  agentId: string,
  how: AssignHow,
  now: Instant,
  overCapacity: boolean,
  reasons: readonly Reason[],
  offerId?: string,
): void {
  // Whoever is in a conference stays in it when it is handed over there; else a new owner begins alone.
  if (how === "handed-over") seeOff(world, item, agentId, "completed", now);
  else seeOffAll(world, item, now);
  // What a call held goes on when the call goes to somebody else.
  resume(world, item, now);
  change(world, item, {
    ...{ state: "active", ownerId: agentId, assignedAt: now, offer: null, preferredId: agentId },
    ...{ stickyUntil: null, excluded: [], wakesAt: null, parkReason: null, behind: null, heldFor: null },
  });
  interrupt(world, item, agentId, now);
  const agent = world.agents.get(agentId);
  if (agent) agent.lastAssignedAt = now;
  decide(world, item, now, "assigned", reasons, { how, agentId, overCapacity, ...(offerId && { offerId }) });
}

/** By hand, from the list or by somebody else: over capacity only with the right to it, and then on record. */
export function take(
  world: World,
  item: Item,
  agentId: string,
  how: "taken" | "assigned",
  mayExceed: boolean,
  now: Instant,
): Outcome {
  if (!isOpen(item) || item.state === "wrapup") return no("ended");
  if (item.state === "active" && item.ownerId === agentId) return { ok: true, item };
  const other = item.ownerId ?? item.offer?.agentId ?? null;
  if (how === "taken" && other !== null && other !== agentId) return no("held-by-another");
  const agent = world.agents.get(agentId);
  if (!agent) return no("not-yours");
  if (item.barred.includes(agentId)) return no("conflict");
  // Held out to this agent already, it is already counted.
  const counted = item.offer?.agentId === agentId || item.guests.some((guest) => guest.agentId === agentId);
  const full = !counted && capacityRefuses(item, agent) !== null;
  if (full && !mayExceed) return no("no-room");
  rescind(world, item, now, how === "taken" ? "Taken from the list." : "Given to somebody else.");
  const reasons: Reason[] = [
    how === "taken" ? { code: "taken", text: "Taken by hand." } : { code: "assigned", text: "Assigned by hand." },
  ];
  if (full) reasons.push({ code: "over-capacity", text: `${agent.name} has no room left: over capacity.` });
  const handed = item.ownerId !== null && item.ownerId !== agentId;
  if (handed) change(world, item, { transfers: item.transfers + 1 });
  assign(world, item, agentId, how, now, full, reasons);
  if (handed && tooOften(world, item)) sayStuck(world, item, "ping-pong", now);
  return { ok: true, item };
}

/** From its owner to a guest who knows it already: no queue between, and neither t0 nor the due time moves. */
export function handOver(world: World, item: Item, toId: string, now: Instant): Outcome {
  if (!isOpen(item)) return no("ended");
  if (item.ownerId === toId) return { ok: true, item };
  if (!item.guests.some((guest) => guest.agentId === toId)) return no("not-a-guest");
  const from = world.agents.get(item.ownerId ?? "")?.name ?? "The owner";
  const name = world.agents.get(toId)?.name ?? "a colleague";
  change(world, item, { transfers: item.transfers + 1 });
  const text = `${from} handed it over to ${name} after asking for advice.`;
  assign(world, item, toId, "handed-over", now, false, [{ code: "handed-over", text }]);
  if (tooOften(world, item)) sayStuck(world, item, "ping-pong", now);
  return { ok: true, item };
}

/** To another queue, or back into its own: t0 stays, and the due time is never later than before. */
export function toQueue(
  world: World,
  item: Item,
  to: {
    queueId: string;
    needs: Item["needs"];
    reason: string;
    by: string | null;
    declinedBy?: string;
    bySupervisor?: boolean;
  },
  now: Instant,
  rules: Rules = theRules,
): Outcome {
  if (!isOpen(item) || item.state === "wrapup") return no("ended");
  rescind(world, item, now, to.reason);
  seeOffAll(world, item, now);
  const { supervisorQueueId: last } = policyOf(world);
  // Supervisors send it where they want, and from there it begins anew.
  const transfers = item.queueId === last || to.bySupervisor ? 0 : item.transfers + 1;
  const stuck = tooOften(world, { transfers });
  const redirect = stuck && last !== null && last !== to.queueId && world.queues.has(last);
  const queueId = redirect ? last : to.queueId;
  // The queue it was meant for asks for skills that the supervisors' does not; clearances are asked for everywhere.
  const needs = redirect ? to.needs.filter((n) => n.clearance !== undefined && n.clearance !== "skill") : to.needs;
  const moved = queueId !== item.queueId;
  const wasParked = item.state === "parked" && item.clock === "paused";
  const terms = world.terms({ queueId, priority: item.priority, crisis: item.crisis, t0: item.t0, item });
  const excluded = to.declinedBy ? [{ agentId: to.declinedBy, at: now, ring: ringAt(item, now) }] : [];
  change(world, item, {
    ...rules.requeued(item, now),
    ...{ queueId, needs, preferredId: null, stickyUntil: null, excluded, behind: null },
    ...{ transfers, due: Math.min(item.due, terms.due), ringsAt: terms.ringsAt },
    // What waits for the customer goes on waiting, only for another team.
    ...(wasParked && { state: "parked" as const, parkReason: item.parkReason }),
  });
  const act = moved ? "transferred" : "requeued";
  const reasons: Reason[] = [{ code: act, text: to.reason }];
  if (redirect) reasons.push({ code: "ping-pong", text: `Handed on ${transfers} times: now supervisors decide.` });
  decide(world, item, now, act, reasons, { agentId: to.by, figures: { queueId } });
  resume(world, item, now);
  if (stuck) sayStuck(world, item, "ping-pong", now);
  return { ok: true, item };
}

/** Put aside by its owner until an instant. The clock goes on if the customer waits. */
export function snooze(world: World, item: Item, agentId: string, until: Instant, now: Instant): Outcome {
  if (!isOpen(item)) return no("ended");
  if (item.ownerId !== agentId || (item.state !== "active" && item.state !== "parked")) return no("not-yours");
  if (item.state === "active" && !mayPark(world.agents.get(agentId))) return no("too-many-parked");
  seeOffAll(world, item, now);
  change(world, item, { state: "parked", wakesAt: until, parkReason: "snoozed", heldFor: null });
  resume(world, item, now);
  decide(world, item, now, "parked", [{ code: "snoozed", text: "Put aside by its owner." }], { agentId, until });
  return { ok: true, item };
}

/** What an agent who asks for work gets: the most urgent item this agent admits, whether or not the queue is served now. */
export function takeNext(world: World, agentId: string, waiting: readonly Item[], now: Instant): Item | null {
  const agent = world.agents.get(agentId);
  if (!agent) return null;
  const asking = { ...agent, presence: "available" as const };
  const next = waiting.find((item) => item.state === "queued" && refuses(item, asking, world, now, askedFor) === null);
  if (!next) return null;
  const reasons = [{ code: "taken", text: "Taken as the next by due time." }];
  assign(world, next, agentId, "taken", now, false, reasons);
  return next;
}

/** The owner left for good: what waits for an answer goes back to the queue, with the owner preferred. */
export function ownerGone(world: World, item: Item, now: Instant, why: string, rules: Rules = theRules): void {
  if (item.state !== "active" || item.clock !== "running") return;
  const ownerId = item.ownerId;
  seeOffAll(world, item, now);
  change(world, item, { ...rules.requeued(item, now), preferredId: ownerId, stickyUntil: null });
  resume(world, item, now);
  decide(world, item, now, "requeued", [{ code: "owner-gone", text: why }], { agentId: ownerId });
}
