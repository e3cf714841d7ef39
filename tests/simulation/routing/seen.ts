import type { Decision, Item, World } from "../../../server/modules/routing/domain/model.ts";
import { type Instant, MINUTE } from "../../../server/platform/clock.ts";
import type { Company, MadeQueue } from "./company.ts";
import { type PlainAgent, type PlainItem, type PlainQueue, ringOf } from "./plain.ts";
import { isOpenAt } from "./plain-calendar.ts";

/** An item as the decisions tell of it: state, owner, offer and guests come from them alone. */
export interface SeenItem extends PlainItem {
  readonly episodeId: string;
  readonly conversationId: string;
  state: string;
  /** Answered: nobody waits. */
  paused: boolean;
  ownerId: string | null;
  offer: { id: string; agentId: string; expiresAt: Instant } | null;
  guests: readonly string[];
  wakesAt: Instant | null;
  wrapUntil: Instant | null;
  carriers: readonly string[];
  sentOn: boolean;
  /** The ring of its last offer since its clock was set. */
  lastRing: number;
}
export interface SeenQueue extends PlainQueue {
  readonly made: MadeQueue;
  /** Overload turns that each priority was passed over in a row although somebody was free for it. */
  readonly passed: Map<string, number>;
}

/** An observer's picture of a run. It hears what comes in and what is decided, and never asks the engine. */
export class Seen {
  readonly items = new Map<string, SeenItem>();
  readonly agents = new Map<string, PlainAgent>();
  readonly queues = new Map<string, SeenQueue>();
  /** Agents whose excess is on record. */
  readonly over = new Set<string>();
  readonly ended = { done: 0, withdrawn: 0 };
  created = 0;
  /** Ended and taken out of memory. */
  forgotten = 0;

  constructor({ queues, agents }: Company) {
    for (const made of queues)
      this.queues.set(made.id, {
        ...{
          id: made.id,
          teamId: made.teamId,
          overflow: made.overflow,
          choice: made.choice,
          autoServe: made.autoServe,
        },
        ...{ made, serving: true, passed: new Map() },
      });
    for (const { id, teams, closed, certificates, budget, limits } of agents)
      this.agents.set(id, {
        ...{ id, teams: new Set(teams), closed: new Set(closed), certificates, budget, limits: { ...limits } },
        ...{ presence: "available", last: null, carries: new Set() },
      });
  }

  timeIs(now: Instant): void {
    for (const queue of this.queues.values())
      queue.serving = !queue.made.holds || isOpenAt(Math.floor(now / MINUTE) * MINUTE, queue.made.calendar);
  }
  born(item: Item): SeenItem {
    const seen: SeenItem = {
      ...{ id: item.id, episodeId: item.episodeId, conversationId: item.conversationId },
      ...{ medium: item.mediumClass, weight: item.weight, ...factsOf(item), barred: [], declines: [] },
      ...{ behind: item.behind, stickyUntil: null, state: "born", paused: false, ownerId: null, offer: null },
      ...{ guests: [], wakesAt: null, wrapUntil: null, carriers: [], sentOn: false, lastRing: 0 },
    };
    this.items.set(seen.id, seen);
    this.created++;
    return seen;
  }
  /** What an act may have changed beside states: when it is due, what it asks, for whom it waits. */
  learn(world: World): void {
    for (const id of world.touched) {
      const [seen, item] = [this.items.get(id), world.items.get(id)];
      if (!seen || !item) continue;
      Object.assign(seen, factsOf(item));
      seen.stickyUntil = item.stickyUntil;
      // Who sends it on may be named as one who declined; no decision tells that.
      if (seen.sentOn) seen.declines = item.excluded;
      seen.sentOn = false;
    }
  }
  /** Takes one decision in. */
  hear(d: Decision): void {
    const agent = this.agents.get(d.agentId ?? "");
    if (d.act === "over-capacity") {
      if (d.how === "began") this.over.add(d.agentId as string);
      else this.over.delete(d.agentId as string);
      return;
    }
    const item = this.items.get(d.itemId);
    if (!item) return;
    const before = item.carriers;
    this.#fold(item, d, agent);
    if ((d.act === "offered" || d.act === "assigned") && agent) agent.last = d.at;
    const held = item.offer?.agentId ?? (item.state === "active" || item.state === "wrapup" ? item.ownerId : null);
    item.carriers = [...(held === null ? [] : [held]), ...item.guests];
    for (const id of before) if (!item.carriers.includes(id)) this.agents.get(id)?.carries.delete(item);
    for (const id of item.carriers) this.agents.get(id)?.carries.add(item);
  }
  #fold(item: SeenItem, d: Decision, agent: PlainAgent | undefined): void {
    const code = d.reasons[0]?.code;
    const toQueue = () => Object.assign(item, { state: "queued", ownerId: null, offer: null, wakesAt: null });
    if (d.act === "queued") item.state = "queued";
    else if (d.act === "offered")
      Object.assign(item, { state: "offered", offer: { id: d.offerId, agentId: d.agentId, expiresAt: d.until } });
    else if (d.act === "offer-ended") {
      toQueue();
      if (d.how === "declined")
        item.declines = [...item.declines, { agentId: d.agentId as string, at: d.at, ring: ringOf(item, d.at) }];
      if (d.how === "timed-out" && agent?.presence === "available") agent.presence = "not-responding";
    } else if (d.act === "assigned") {
      toQueue();
      Object.assign(item, { state: "active", ownerId: d.agentId, preferredId: d.agentId });
      Object.assign(item, { stickyUntil: null, declines: [], behind: null });
    } else if (d.act === "held") item.stickyUntil = d.until ?? null;
    else if (d.act === "parked") {
      Object.assign(item, { state: "parked", ownerId: d.agentId, wakesAt: d.until ?? null, stickyUntil: null });
      if (code === "answered") Object.assign(item, { paused: true, behind: null, declines: [] });
    } else if (d.act === "woken") Object.assign(toQueue(), { stickyUntil: null });
    else if (d.act === "changed" && code === "clock-runs") item.paused = false;
    else if (d.act === "requeued" || d.act === "transferred") {
      const stays = item.state === "parked" && item.paused;
      Object.assign(toQueue(), { stickyUntil: null }, stays && { state: "parked" });
      if (code !== "owner-gone") Object.assign(item, { behind: null, declines: [], sentOn: true });
    } else if (d.act === "tried-all") item.declines = [];
    else if (d.act === "joined") item.guests = [...item.guests, d.agentId as string];
    else if (d.act === "left") item.guests = item.guests.filter((id) => id !== d.agentId);
    else if (d.act === "forward") item.behind = null;
    else if (d.act === "barred" && d.how === "began") {
      item.barred = [...item.barred, d.agentId as string];
      if (item.ownerId === d.agentId)
        Object.assign(item, { ownerId: null }, item.state === "active" && { state: "queued" });
    } else if (d.act === "barred") item.barred = item.barred.filter((id) => id !== d.agentId);
    else if (d.act === "wrapped-up")
      Object.assign(item, { state: "wrapup", wrapUntil: d.until ?? null, stickyUntil: null });
    else if (d.act === "ended") this.#end(item, d);
  }
  #end(item: SeenItem, d: Decision): void {
    const how = d.how as "done" | "withdrawn";
    Object.assign(item, { state: how, wrapUntil: null, wakesAt: null, behind: null });
    this.ended[how]++;
  }
}

type Facts = "queueId" | "needs" | "priority" | "crisis" | "t0" | "due" | "ringsAt" | "preferredId" | "knownIds";
const factsOf = (item: Item): Pick<Item, Facts> => ({
  ...{ queueId: item.queueId, needs: item.needs, priority: item.priority, crisis: item.crisis, t0: item.t0 },
  ...{ due: item.due, ringsAt: item.ringsAt, preferredId: item.preferredId, knownIds: item.knownIds },
});
