import type { Item, Need, Priority } from "../../../server/modules/routing/domain/model.ts";
import type { Outcome } from "../../../server/modules/routing/domain/outcome.ts";
import { MINUTE } from "../../../server/platform/clock.ts";
import { buildItem } from "../../support/routing-world.ts";
import { crowdsOf, lookAtCrowds } from "./crowds.ts";
import type { About, Stage } from "./stage.ts";

/** What customers, agents, supervisors and networks do. Each picks whom it concerns by the story's chance, and does nothing when there is nobody. */
export const acts = {
  comes,
  accepts(s: Stage): void {
    for (const item of some(s, s.items("offered"), 3)) {
      const { id, agentId } = item.offer as { id: string; agentId: string };
      s.engine.accept(s.world, item, id, agentId, s.now);
    }
  },
  declines(s: Stage): void {
    for (const item of some(s, s.items("offered"), 2))
      s.engine.decline(s.world, item, item.offer?.agentId as string, "Not mine.", s.now);
  },
  clicksAgain,
  answers(s: Stage): void {
    for (const item of some(s, s.items("active"), 2)) s.engine.answered(s.world, item, s.now, item.ownerId);
  },
  writesAgain(s: Stage): void {
    const item = one(s, s.items());
    if (item) writes(s, item);
  },
  wakesMany(s: Stage): void {
    const parked = s.items("parked");
    for (const item of parked) {
      if (item.ownerId !== null) s.act.wakes.add(item.ownerId);
      writes(s, item);
    }
  },
  ends(s: Stage): void {
    const many = s.world.items.size > 60 ? 10 : 2;
    for (const item of some(s, s.items(s.random.chance(0.7) ? "active" : undefined), many))
      s.engine.end(s.world, item, s.random.chance(0.6) ? "done" : "withdrawn", "Over.", s.now);
  },
  snoozes(s: Stage): void {
    const item = one(s, s.items("active"));
    if (item?.ownerId) s.engine.snooze(s.world, item, item.ownerId, s.now + MINUTE * (1 + s.random.int(90)), s.now);
  },
  takes(s: Stage): void {
    const [item, agentId] = [one(s, s.items()), agent(s)];
    if (item) s.engine.take(s.world, item, agentId, "taken", s.random.chance(0.1), s.now);
  },
  gives(s: Stage): void {
    const [item, agentId] = [one(s, s.items()), agent(s)];
    if (item) s.engine.take(s.world, item, agentId, "assigned", s.random.chance(0.3), s.now);
  },
  takesNext(s: Stage): void {
    const waiting = s.items("queued").sort((a, b) => a.due - b.due || a.t0 - b.t0 || (a.id < b.id ? -1 : 1));
    s.engine.takeNext(s.world, agent(s), waiting, s.now);
  },
  sendsOn(s: Stage): void {
    const item = one(s, s.items());
    if (!item) return;
    const { id: queueId } = s.random.pick(s.company.queues);
    const needs = s.random.chance(0.5) ? item.needs : s.random.pick(s.company.needs);
    const declinedBy = item.ownerId !== null && s.random.chance(0.5) ? { declinedBy: item.ownerId } : {};
    const to = { queueId, needs, reason: "Sent on.", by: item.ownerId, ...declinedBy };
    s.engine.toQueue(s.world, item, to, s.now, s.rules);
  },
  asksIn(s: Stage): void {
    const [item, agentId] = [one(s, s.items("active")), agent(s)];
    if (!item) return;
    const mayExceed = s.random.chance(0.1);
    if (mayExceed) s.act.exceeds.add(agentId);
    const kind = s.random.chance(0.5) ? "consult" : "conference";
    s.engine.askIn(s.world, item, { agentId, kind, mayExceed }, s.now);
  },
  seesOff(s: Stage): void {
    const item = one(
      s,
      s.items("active").filter(({ guests }) => guests.length > 0),
    );
    if (item) s.engine.seeOff(s.world, item, s.random.pick(item.guests).agentId, "left", s.now);
  },
  handsOver(s: Stage): void {
    const item = one(
      s,
      s.items("active").filter(({ guests }) => guests.length > 0),
    );
    if (item) s.engine.handOver(s.world, item, s.random.pick(item.guests).agentId, s.now);
  },
  complains(s: Stage): void {
    const item = one(s, s.items());
    if (item)
      s.engine.bar(s.world, item, s.random.chance(0.5) ? (item.ownerId ?? agent(s)) : agent(s), "About them.", s.now);
  },
  forgives(s: Stage): void {
    const item = one(
      s,
      s.items().filter(({ barred }) => barred.length > 0),
    );
    if (item) s.engine.unbar(s.world, item, item.barred[0] as string, s.now);
  },
  setsPriority(s: Stage): void {
    const held = s.items("queued").filter(({ stickyUntil }) => stickyUntil !== null);
    const item = one(s, held.length > 0 && s.random.chance(0.6) ? held : s.items());
    if (!item) return;
    s.act.moves.add(item.id);
    s.engine.setPriority(s.world, item, { priority: priority(s), by: null, name: "Ines" }, s.now);
  },
  goes: (s: Stage): void => is(s, agent(s), s.random.pick(["break", "busy", "away", "training"])),
  returns: (s: Stage): void => {
    for (const { id, presence } of s.world.agents.values())
      if (presence !== "available" && s.random.chance(0.5)) is(s, id, "available");
  },
  leaves,
  floods: lookAtCrowds,
  wrapsUp(s: Stage): void {
    const item = one(s, s.items("wrapup"));
    if (!item?.ownerId) return;
    if (s.random.chance(0.3)) s.engine.extendWrapUp(s.world, item, item.ownerId, s.now);
    else s.engine.finishWrapUp(s.world, item, item.ownerId, s.now);
  },
  setsLimits(s: Stage): void {
    const id = agent(s);
    s.flush();
    const [known, seen] = [s.world.agents.get(id), s.seen.agents.get(id)];
    if (!known || !seen) return;
    const to = {
      budget: s.random.pick([60, 100, 100, 120]),
      limits: s.random.chance(0.5) ? { public: 1 + s.random.int(4), dm: s.random.int(5) } : {},
    };
    s.world.agents.set(id, { ...known, ...to });
    Object.assign(seen, to);
    s.index.agentMoved(id);
    // Less room than is carried already: on record when the load moves next.
    s.seen.over.add(id);
  },
  teaches(s: Stage): void {
    const id = agent(s);
    const seen = s.seen.agents.get(id);
    if (!seen) return;
    const { certificates } = s.random.pick(s.company.agents);
    seen.certificates = certificates.map((one) => ({ ...one, level: 10 + s.random.int(91) }));
    s.learnAgain(id);
  },
};
export type ActName = keyof typeof acts;

const one = (s: Stage, of: readonly Item[]): Item | undefined => (of.length === 0 ? undefined : s.random.pick(of));
const some = (s: Stage, of: readonly Item[], most: number): Item[] => {
  const from = s.random.int(Math.max(1, of.length));
  return of.slice(from, from + 1 + s.random.int(most));
};
const agent = (s: Stage): string => s.random.pick([...s.world.agents.keys()]);
function priority({ random: { int }, company: { manner } }: Stage): Priority {
  const n = int(100);
  const [urgent, high, normal] = manner === "peak" ? [30, 60, 85] : [15, 45, 85];
  return n < urgent ? "urgent" : n < high ? "high" : n < normal ? "normal" : "low";
}

function comes(s: Stage): void {
  const { random, company } = s;
  if (s.world.items.size > 90) return;
  for (let n = random.chance(0.05) ? 8 : 1 + random.int(2); n > 0; n--) {
    const again = random.chance(0.2) ? s.over.splice(random.int(s.over.length), 1)[0] : undefined;
    const fresh = again ?? newcomer(s);
    const needs = random.pick(company.needs) as readonly Need[];
    const crisis = random.chance(0.02);
    const of = {
      ...{ queueId: random.pick(company.queues).id, mediumClass: random.pick(company.media), priority: priority(s) },
      ...{ needs, crisis, t0: s.now - random.int(40) * 1_000 },
    };
    const terms = s.world.terms(of);
    const known = random.chance(0.2) ? [agent(s), agent(s)] : [];
    const preferredId = again?.ownerId ?? null;
    const id = `item ${String(s.made++).padStart(6, "0")}`;
    const names = { id, conversationId: fresh.conversationId, episodeId: `episode of ${id}` };
    const behind = s.engine.behindWhat({ crisis, ...fresh }, crowdsOf(s), company.policy)?.key ?? null;
    const item = buildItem({ ...of, ...terms, ...names, preferredId, behind, knownIds: [...new Set(known)] });
    arrives(s, item, fresh);
  }
}
function newcomer(s: Stage): About {
  const { random, company } = s;
  const troll = random.chance(company.manner === "flood" ? 0.35 : 0.03);
  const alike = random.chance(company.manner === "flood" ? 0.3 : 0.02) ? "the same words" : null;
  return { conversationId: `conversation ${s.made}`, customerId: troll ? "troll" : `customer ${s.made}`, alike };
}
function arrives(s: Stage, item: Item, { customerId, conversationId, alike }: About): void {
  const twin = [...s.about.values()].some((one) => one.conversationId === conversationId);
  s.checks.expect("R1 one open item of a conversation", !twin, () => `${conversationId} has open work already`);
  const crowds = crowdsOf(s);
  const keys = [`author:${customerId}`, ...(alike === null ? [] : [`alike:${alike}`])];
  const cap = { author: s.company.policy.authorCap, alike: s.company.policy.alikeCap };
  const full = keys.filter((key) => {
    const crowd = crowds.get(key);
    return crowd && (crowd.behind > 0 || crowd.front >= (key.startsWith("author:") ? cap.author : cap.alike));
  });
  if (full.length > 0)
    s.checks.expect(
      "R8 crowds",
      item.crisis ? item.behind === null : full.includes(item.behind ?? ""),
      () => `${item.id} (${item.behind}, ${item.crisis ? "crisis" : "none"}) stands in front of ${full.join(" and ")}`,
    );
  s.about.set(item.id, { customerId, conversationId, alike });
  if (s.watched) s.seen.born(item);
  s.engine.arrive(s.world, item, [{ code: "came", text: "It came." }], s.now, s.rules);
}

function writes(s: Stage, item: Item): void {
  const said = { t0: s.now, priority: priority(s), crisis: s.random.chance(0.02) };
  s.engine.customerWaits(s.world, item, said, s.now, s.rules);
}

function is(s: Stage, id: string, presence: "available" | "busy" | "break" | "away" | "training" | "offline"): void {
  s.flush();
  const [known, seen] = [s.world.agents.get(id), s.seen.agents.get(id)];
  if (!known || !seen) return;
  known.presence = presence;
  seen.presence = presence;
  s.index.agentMoved(id);
  if (presence !== "available") s.engine.withdrawOffers(s.world, id, s.now, "Not here.", s.rules);
}

/** Signed out for good: what waits for an answer goes back, what is put aside stays. */
function leaves(s: Stage): void {
  const id = agent(s);
  is(s, id, "offline");
  const [mine, parked] = [
    s.items("active").filter((i) => i.ownerId === id),
    s.items("parked").filter((i) => i.ownerId === id),
  ];
  for (const item of mine) s.engine.ownerGone(s.world, item, s.now, "Gone.", s.rules);
  for (const item of mine)
    if (item.clock === "running")
      s.checks.expect(
        "R13 who leaves",
        item.state === "queued",
        () => `${item.id} is ${item.state} with ${id}, who left`,
      );
  for (const item of parked)
    s.checks.expect(
      "R13 who leaves",
      item.state === "parked" && item.ownerId === id,
      () => `${item.id} is no more put aside with ${id}`,
    );
}

/** The same click twice, of another, or too late: one winner, and nothing moves. */
function clicksAgain(s: Stage): void {
  const late = one(
    s,
    s.items("offered").filter((item) => (item.offer?.expiresAt ?? s.now) <= s.now),
  );
  if (late?.offer)
    again(s, late, "a late accept", false, () =>
      s.engine.accept(s.world, late, late.offer?.id as string, late.offer?.agentId as string, s.now),
    );
  const fresh = one(
    s,
    s.items("offered").filter((item) => (item.offer?.expiresAt ?? s.now) > s.now),
  );
  if (fresh?.offer) {
    const { id, agentId } = fresh.offer;
    const other = [...s.world.agents.keys()].find((one) => one !== agentId);
    if (other) again(s, fresh, "another's accept", false, () => s.engine.accept(s.world, fresh, id, other, s.now));
    if (other) again(s, fresh, "another's decline", false, () => s.engine.decline(s.world, fresh, other, "No.", s.now));
    s.engine.accept(s.world, fresh, id, agentId, s.now);
    again(s, fresh, "the second click", true, () => s.engine.accept(s.world, fresh, id, agentId, s.now));
  }
  for (const old of s.offers.slice(-6)) {
    const item = s.world.items.get(old.itemId);
    if (!item || item.offer?.id === old.offerId) continue;
    const wins = item.state === "active" && item.ownerId === old.agentId;
    again(s, item, "an old offer's accept", wins, () =>
      s.engine.accept(s.world, item, old.offerId, old.agentId, s.now),
    );
  }
}
function again(s: Stage, item: Item, what: string, wins: boolean, click: () => Outcome): void {
  const [before, decided] = [JSON.stringify(item), s.world.decisions.length];
  const { ok } = click();
  const still = JSON.stringify(item) === before && s.world.decisions.length === decided;
  s.checks.expect(
    "R11 idempotence",
    ok === wins && still,
    () => `${what} on ${item.id}: ${ok ? "won" : "refused"}, ${still ? "nothing" : "something"} moved`,
  );
}
