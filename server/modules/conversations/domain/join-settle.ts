import type { Priority } from "#contracts/policy";
import type { Instant } from "#platform/clock";
import { clockOf, type EpisodeClock, type Moment } from "./episode.ts";
import { isAbsorbed, type JoinedEpisode, type JoinedMessage, type JoinWorld, type Settled } from "./join-model.ts";

const ORDER: Priority[] = ["urgent", "high", "normal", "low"];
const more = (a: Priority, b: Priority): Priority => (ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b);

/** When we could first act on it: our own words count from when they were written. */
const known = (m: Moment): Instant => (m.who === "us" ? Math.min(m.at, m.receivedAt) : m.receivedAt);
const inOrder = (a: Moment, b: Moment): number =>
  known(a) - known(b) || Number(a.who === "us") - Number(b.who === "us") || (a.id < b.id ? -1 : 1);
/** Of several open ones in a conversation the oldest goes on. */
const older = (a: JoinedEpisode, b: JoinedEpisode): number => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1);

export const isLive = (e: Pick<JoinedEpisode, "state" | "absorbedBy">): boolean => e.state === "open" || isAbsorbed(e);

export function momentAs(m: JoinedMessage, role: JoinedMessage["role"]): Moment {
  return {
    ...m.moment,
    who: role === "customer" ? "customer" : role === "us" ? "us" : "other",
    waits: role === "customer" && m.actionable === true && !m.backfilled,
  };
}

/** The clock of an episode made of these messages. An episode opened by hand waits from then on. */
export function clockOfEpisode(
  e: Pick<JoinedEpisode, "askedAt" | "openedBy">,
  moments: readonly Moment[],
): EpisodeClock {
  const asked: Moment[] =
    e.askedAt === null
      ? []
      : [{ id: e.openedBy, who: "customer", at: e.askedAt, receivedAt: e.askedAt, waits: true, deleted: false }];
  return clockOf([...asked, ...moments]);
}

/**
 * What follows from where messages stand: an episode goes where the message goes that opened it; of several open ones in a conversation the
 * oldest goes on for all; a message that waits and was parted from its episode joins the open one where it is, else begins one. All of it
 * follows from the places of the messages and from what each was at home, so that the order in which acts are undone does not matter.
 */
export function settle(world: JoinWorld, make: { newId(): string; actId: string; now: Instant }): Settled {
  const messages = new Map(world.messages.map((m) => [m.id, m]));
  const episodes = new Map(world.episodes.map((e) => [e.id, { ...e }]));
  const was = new Map(world.episodes.map((e) => [e.id, e]));
  const waiting = unanswered(world);
  const place = (m: JoinedMessage) => world.root(m.stands);
  const roleOf = (m: JoinedMessage) =>
    m.home.role === "bystander" && m.customerId !== null && world.customers.get(place(m)) === m.customerId
      ? ("customer" as const)
      : m.home.role;

  for (const e of episodes.values()) {
    const opener = messages.get(e.openedBy);
    if (opener && e.homeId === null && opener.conversationId === e.conversationId) {
      e.conversationId = place(opener);
      continue;
    }
    // What opened it came to stand elsewhere before: it goes with its conversation.
    const home = e.homeId ?? e.conversationId;
    e.conversationId = world.root(home);
    e.homeId = e.conversationId === home ? null : home;
  }
  const voided = useless(world, episodes, messages);
  for (const e of voided) episodes.delete(e.id);
  absorb(episodes);

  const rootOf = (e: JoinedEpisode): JoinedEpisode => {
    for (let at = e; ; ) {
      const by = isAbsorbed(at) ? episodes.get(at.absorbedBy!) : undefined;
      if (!by) return at;
      at = by;
    }
  };
  const made = new Map([...episodes.values()].flatMap((e) => (e.madeByAct === null ? [] : [[e.openedBy, e] as const])));
  const openIn = new Map([...episodes.values()].filter((e) => e.state === "open").map((e) => [e.conversationId, e]));
  const episodeOf = new Map<string, string | null>();
  const parted: JoinedMessage[] = [];
  for (const m of messages.values()) {
    const here = place(m);
    const home = episodes.get(m.home.episodeId ?? "");
    const own = [home && isLive(home) ? home : undefined, made.get(m.id), home, episodes.get(m.episodeId ?? "")].find(
      (e) => e?.conversationId === here,
    );
    episodeOf.set(m.id, own ? rootOf(own).id : null);
    const before = [m.home.episodeId, m.episodeId].map((id) => (id === null ? undefined : was.get(id)));
    if (!own && before.some((e) => e !== undefined && isLive(e))) parted.push(m);
  }
  const begun: JoinedEpisode[] = [];
  for (const m of parted.toSorted((a, b) => inOrder(a.moment, b.moment))) {
    const here = place(m);
    const waits = waiting.has(m.id) && momentAs(m, roleOf(m)).waits;
    let e = openIn.get(here);
    if (!e && waits) {
      e = beginning(m, here, make, was);
      begun.push(e);
      openIn.set(here, e);
    }
    if (!e) continue;
    const opener = messages.get(e.openedBy);
    const since = opener ? known(opener.moment) : e.openedAt;
    // What was answered where it was waits no longer, and what we said before has not answered this.
    const belongs = waits || (!momentAs(m, roleOf(m)).waits && known(m.moment) >= since);
    if (belongs) episodeOf.set(m.id, e.id);
  }
  lend(episodes, rootOf);
  number(episodes, begun, was);
  return {
    messages: [...messages.values()].flatMap((m) => {
      const now = {
        id: m.id,
        conversationId: place(m),
        episodeId: episodeOf.get(m.id) ?? null,
        role: roleOf(m),
        was: m,
      };
      const same = now.conversationId === m.conversationId && now.episodeId === m.episodeId && now.role === m.role;
      return same ? [] : [now];
    }),
    episodes: [...episodes.values()].flatMap((e) => (same(e, was.get(e.id)!) ? [] : [{ ...e, was: was.get(e.id)! }])),
    begun,
    void: voided,
  };
}

/** Messages that wait for an answer as things stand before the act. */
function unanswered(world: JoinWorld): Set<string> {
  const open = new Set(world.episodes.filter((e) => e.state === "open").map((e) => e.id));
  const waits = new Set<string>();
  const byEpisode = Map.groupBy(
    world.messages.filter((m) => m.episodeId !== null && open.has(m.episodeId)),
    (m) => m.episodeId,
  );
  for (const group of byEpisode.values()) {
    const since = new Set<string>();
    for (const { moment } of group.toSorted((a, b) => inOrder(a.moment, b.moment))) {
      if (moment.who === "us") since.clear();
      else if (!moment.deleted) since.add(moment.id);
    }
    for (const id of since) waits.add(id);
  }
  return waits;
}

/** Episodes that an act began for messages which are back beside their own, and on which nothing has happened since. */
function useless(
  world: JoinWorld,
  episodes: ReadonlyMap<string, JoinedEpisode>,
  messages: ReadonlyMap<string, JoinedMessage>,
): JoinedEpisode[] {
  const inIt = Map.groupBy(world.messages, (m) => m.home.episodeId);
  return [...episodes.values()].filter((e) => {
    if (e.madeByAct === null || !isLive(e) || inIt.has(e.id)) return false;
    const home = episodes.get(messages.get(e.openedBy)?.home.episodeId ?? "");
    return home !== undefined && home !== e && isLive(home) && home.conversationId === e.conversationId;
  });
}

/**
 * What was absorbed by one that is elsewhere now stands alone again; of the open ones in a conversation the oldest goes on. What went on
 * inside of one that is done is done with it, as long as they are together.
 */
function absorb(episodes: ReadonlyMap<string, JoinedEpisode>): void {
  const isOver = (e: JoinedEpisode | undefined) => e !== undefined && e.state === "done" && !isAbsorbed(e);
  for (const e of episodes.values()) {
    if (!isLive(e)) continue;
    const by = episodes.get(e.absorbedBy ?? "");
    const together = by?.conversationId === e.conversationId;
    if (isAbsorbed(e) && !together)
      Object.assign(e, { state: "open", absorbedBy: null, doneWith: isOver(by) ? by!.id : e.doneWith });
    const last = episodes.get(e.doneWith ?? "");
    if (isOver(last) && last!.conversationId === e.conversationId)
      Object.assign(e, { state: "done", absorbedBy: last!.id, doneWith: null });
  }
  const open = Map.groupBy(
    [...episodes.values()].filter((e) => e.state === "open"),
    (e) => e.conversationId,
  );
  for (const group of open.values()) {
    const [first, ...rest] = group.toSorted(older);
    for (const e of rest) Object.assign(e, { absorbedBy: first!.id, state: "done" });
  }
}

function beginning(
  m: JoinedMessage,
  here: string,
  make: { newId(): string; actId: string; now: Instant },
  was: ReadonlyMap<string, JoinedEpisode>,
): JoinedEpisode {
  const from = was.get(m.home.episodeId ?? "") ?? was.get(m.episodeId ?? "");
  return {
    ...{ id: make.newId(), conversationId: here, homeId: null, ordinal: 0, past: false, state: "open" },
    ...{ openedAt: make.now, openedBy: m.id, askedAt: null, absorbedBy: null, doneWith: null },
    ...{ priority: from?.ownPriority ?? from?.priority ?? "normal", ownPriority: null, madeByAct: make.actId },
  };
}

/** The open one has the highest priority of all it goes on for; each keeps its own. */
function lend(episodes: ReadonlyMap<string, JoinedEpisode>, rootOf: (e: JoinedEpisode) => JoinedEpisode): void {
  const own = (e: JoinedEpisode) => e.ownPriority ?? e.priority;
  const lent = new Map<string, Priority>();
  for (const e of episodes.values())
    if (isAbsorbed(e)) lent.set(rootOf(e).id, more(lent.get(rootOf(e).id) ?? "low", own(e)));
  for (const e of episodes.values()) {
    if (!isLive(e)) continue;
    const from = e.state === "open" ? lent.get(e.id) : undefined;
    Object.assign(e, {
      priority: from === undefined ? own(e) : more(own(e), from),
      ownPriority: from === undefined ? null : own(e),
    });
  }
}

/** The past first, then by age; those that another one goes on for stand behind zero. Untouched conversations keep their numbers. */
function number(
  episodes: ReadonlyMap<string, JoinedEpisode>,
  begun: readonly JoinedEpisode[],
  was: ReadonlyMap<string, JoinedEpisode>,
): void {
  const groups = Map.groupBy([...episodes.values(), ...begun], (e) => e.conversationId);
  for (const group of groups.values()) {
    const sorted = group.toSorted((a, b) => Number(b.past) - Number(a.past) || older(a, b));
    const counted = sorted.filter((e) => !isAbsorbed(e));
    const unchanged = counted.every((e) => {
      const before = was.get(e.id);
      return before?.conversationId === e.conversationId && before.ordinal > 0;
    });
    const anew = !unchanged || counted.length !== new Set(counted.map((e) => e.ordinal)).size;
    numbered(anew ? counted : counted.toSorted((a, b) => a.ordinal - b.ordinal), 1);
    numbered(sorted.filter(isAbsorbed), -1);
  }
}

function numbered(episodes: readonly JoinedEpisode[], sign: 1 | -1): void {
  for (const [i, e] of episodes.entries()) e.ordinal = sign * (i + 1);
}

function same(a: JoinedEpisode, b: JoinedEpisode): boolean {
  return (Object.keys(a) as (keyof JoinedEpisode)[]).every((key) => a[key] === b[key]);
}
