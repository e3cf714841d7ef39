import type { Instant } from "#platform/clock";
import { EXCLUDED_MS } from "../admit.ts";
import { Hands } from "../hands.ts";
import { mediumClasses } from "../medium-class.ts";
import type { Agent, Decision, Item, PresenceState } from "../model.ts";
import { theRules } from "../rules.ts";
import { serve } from "../serve.ts";
import { accept, arrive, decline, end, timeOut, toQueue, withdrawOffers } from "../transitions.ts";
import { Heap, type Placed } from "../waiting/heap.ts";
import { Waiting } from "../waiting/waiting.ts";
import { finishWrapUp } from "../wrap-up.ts";
import { chanceOf } from "./chance.ts";
import type { AgentCourse, Course, ItemCourse, PastItem, Setup } from "./model.ts";
import { asWork, needsIn, pastWorld, servesAt } from "./past-world.ts";

/** Hands out what can be served; `serve` unless told. Tests hold the index against the rules said plainly. */
export type Serve = (world: ReturnType<typeof pastWorld>, now: Instant) => unknown;

interface Happening extends Placed {
  readonly when: Instant;
  readonly n: number;
  readonly run: (now: Instant) => void;
}
/** In hands: what is left of it, and since when it goes on; null while a call holds it. */
interface InHands {
  left: number;
  since: Instant | null;
  token: number;
}

/**
 * Plays a past anew with the engine that routing itself uses, on a clock of its own: who would have got what, and when. People answer
 * offers as `behaviour` says; each throw hangs on (seed, item, agent, which offer) alone, so that two setups are compared under the
 * same chance. Who goes off finishes what is in hand and gets nothing new.
 */
export function simulate(setup: Setup, past: readonly PastItem[], seed: number, serveNow: Serve = serve): Course {
  return new Rehearsal(setup, past, seed, serveNow).run();
}

class Rehearsal {
  readonly #setup: Setup;
  readonly #past: ReadonlyMap<string, PastItem>;
  readonly #seed: number;
  readonly #serve: Serve;
  readonly #world: ReturnType<typeof pastWorld>;
  readonly #waiting: Waiting | null;
  readonly #coming = new Heap<Happening>((a, b) => a.when < b.when || (a.when === b.when && a.n < b.n));
  readonly #items = new Map<string, ItemCourse>();
  readonly #agents = new Map<string, AgentCourse & { used: number; since: Instant; isHere: boolean }>();
  readonly #planned = new Map<string, PresenceState>();
  readonly #hands = new Map<string, InHands>();
  readonly #asked = new Map<string, number>();
  readonly #opens = new Map<string, Instant>();
  #n = 0;

  constructor(setup: Setup, past: readonly PastItem[], seed: number, serveNow: Serve) {
    this.#setup = setup;
    this.#past = new Map(past.map((item) => [item.id, item]));
    this.#seed = seed;
    this.#serve = serveNow;
    this.#world = pastWorld(setup, (id) => this.#past.get(id) as PastItem);
    this.#world.hands = new Hands(this.#world);
    this.#waiting = serveNow === serve ? new Waiting(this.#world, theRules) : null;
    if (this.#waiting) this.#world.watch = this.#waiting;
  }

  run(): Course {
    let until = 0;
    for (const { id, teams, here } of this.#setup.agents.values()) {
      this.#agents.set(id, { id, teams, filled: 0, room: 0, overtime: 0, used: 0, since: 0, isHere: false });
      for (const [n, { from, to, state }] of here.entries()) {
        this.#at(from, (now) => this.#comes(id, state, now));
        if (here[n + 1]?.from !== to) this.#at(to, (now) => this.#comes(id, "offline", now));
        until = Math.max(until, to);
      }
    }
    for (const item of this.#past.values()) {
      this.#at(item.at, (now) => this.#arrives(item, now));
      until = Math.max(until, item.at);
    }
    for (let next = this.#coming.top; next; next = this.#coming.top) {
      const now = next.when;
      for (let one: Happening | undefined = next; one?.when === now; one = this.#coming.top) {
        this.#coming.remove(one);
        one.run(now);
      }
      this.#settle(now);
    }
    const agents = [...this.#agents.values()].map(({ used: _, since: __, isHere: ___, ...course }) => course);
    return { until, items: [...this.#items.values()], agents };
  }

  #at(when: Instant, run: Happening["run"]): void {
    this.#coming.push({ at: -1, when, n: this.#n++, run });
  }

  /** What was decided is followed up, then what waits is served, until nothing moves in this instant. */
  #settle(now: Instant): void {
    const { decisions, moved, touched, silent } = this.#world;
    this.#openQueues(now);
    this.#follow(decisions, now);
    this.#serve(this.#world, now);
    this.#follow(decisions, now);
    for (const id of moved?.keys() ?? []) this.#count(id, now);
    moved?.clear();
    touched.clear();
    silent.clear();
  }

  #openQueues(now: Instant): void {
    for (const queue of this.#setup.queues.values()) {
      if (queue.time === null) continue;
      const { serving, again } = servesAt(queue, now);
      const engine = this.#world.queues.get(queue.id);
      if (engine && engine.serving !== serving) {
        engine.serving = serving;
        this.#waiting?.queueMoved(queue.id);
      }
      if (again === null || this.#opens.get(queue.id) === again) continue;
      this.#opens.set(queue.id, again);
      this.#at(again, () => {});
    }
  }

  #follow(decisions: Decision[], now: Instant): void {
    for (const decision of decisions.splice(0)) {
      const item = this.#world.items.get(decision.itemId);
      if (!item) continue;
      if (decision.act === "offered") this.#isAsked(item, now);
      else if (decision.act === "assigned") this.#isTaken(item, decision.agentId as string, now);
      else if (decision.act === "held") this.#at(decision.until as Instant, () => {});
      else if (decision.act === "interrupted") this.#pause(item, decision.how === "began", now);
    }
  }

  #comes(id: string, state: PresenceState, now: Instant): void {
    this.#planned.set(id, state);
    const agent = this.#world.agents.get(id) as Agent;
    // Who was found not to respond stays so until back, or off.
    this.#isHere(agent, agent.presence === "not-responding" && state === "available" ? agent.presence : state, now);
  }
  #isHere(agent: Agent, state: PresenceState, now: Instant): void {
    agent.presence = state;
    this.#waiting?.agentMoved(agent.id);
    if (state !== "available") withdrawOffers(this.#world, agent.id, now, "Not here any more.");
    this.#count(agent.id, now);
    const course = this.#agents.get(agent.id);
    if (course) course.isHere = state === "available" || state === "not-responding";
  }

  #arrives(past: PastItem, now: Instant): void {
    const item = asWork(this.#world, this.#setup, past);
    this.#items.set(past.id, {
      ...{ item: past, queue: past.queue, due: item.due, takenAt: null, by: null, answeredAt: null },
      ...{ offers: 0, declines: 0, misses: 0, transfers: 0 },
    });
    arrive(this.#world, item, [], now);
    this.#lookAgain(item, now);
  }
  /** Rings open by time alone. */
  #lookAgain({ ringsAt }: Item, now: Instant): void {
    for (const at of ringsAt) if (at > now) this.#at(at, () => {});
  }

  #isAsked(item: Item, now: Instant): void {
    const { offer } = item;
    const course = this.#items.get(item.id);
    if (!offer || !course) return;
    course.offers++;
    const key = `${item.id}|${offer.agentId}`;
    const nth = (this.#asked.get(key) ?? 0) + 1;
    this.#asked.set(key, nth);
    const { declines, misses, accept: after } = this.#setup.behaviour;
    const thrown = chanceOf(`${this.#seed}|${key}|${nth}`);
    const reacts = Math.min(after, mediumClasses[item.mediumClass].offerMs - 1);
    if (thrown < declines) this.#whileAsked(item, offer.id, now + reacts, (at) => this.#declines(item, course, at));
    else if (thrown < declines + misses)
      this.#whileAsked(item, offer.id, offer.expiresAt, (at) => this.#misses(item, course, at));
    else
      this.#whileAsked(item, offer.id, now + reacts, (at) => {
        accept(this.#world, item, offer.id, offer.agentId, at);
      });
  }
  #whileAsked(item: Item, offerId: string, when: Instant, run: Happening["run"]): void {
    this.#at(when, (now) => {
      if (item.offer?.id === offerId) run(now);
    });
  }
  #declines(item: Item, course: ItemCourse, now: Instant): void {
    course.declines++;
    decline(this.#world, item, item.offer?.agentId as string, "Declined.", now);
    this.#at(now + EXCLUDED_MS, () => {});
  }
  #misses(item: Item, course: ItemCourse, now: Instant): void {
    course.misses++;
    const agent = this.#world.agents.get(item.offer?.agentId as string) as Agent;
    timeOut(this.#world, item, now);
    this.#isHere(agent, agent.presence, now);
    this.#at(now + this.#setup.behaviour.returns, (at) => {
      if (agent.presence === "not-responding") this.#isHere(agent, this.#planned.get(agent.id) ?? "offline", at);
    });
  }

  #isTaken(item: Item, agentId: string, now: Instant): void {
    const course = this.#items.get(item.id);
    if (!course) return;
    course.takenAt ??= now;
    course.by = agentId;
    const { handle, moves } = course.item;
    this.#hands.set(item.id, { left: moves[course.transfers]?.after ?? handle, since: null, token: 0 });
    if (item.heldFor === null) this.#goOn(item, now);
  }
  #goOn(item: Item, now: Instant): void {
    const hands = this.#hands.get(item.id);
    if (!hands || hands.since !== null) return;
    hands.since = now;
    const token = ++hands.token;
    this.#at(now + hands.left, (at) => {
      if (this.#hands.get(item.id) === hands && hands.token === token) this.#isReady(item, at);
    });
  }
  /** A call holds it: what is left to do stays left. */
  #pause(item: Item, begins: boolean, now: Instant): void {
    const hands = this.#hands.get(item.id);
    if (!begins) this.#goOn(item, now);
    else if (hands?.since != null) {
      hands.left -= now - hands.since;
      hands.since = null;
      hands.token++;
    }
  }
  #isReady(item: Item, now: Instant): void {
    this.#hands.delete(item.id);
    const course = this.#items.get(item.id) as ItemCourse;
    const move = course.item.moves[course.transfers];
    if (move) {
      course.transfers++;
      course.queue = move.queue;
      const needs = needsIn(this.#setup, move.queue, course.item);
      toQueue(this.#world, item, { queueId: move.queue, needs, reason: "Handed on.", by: item.ownerId }, now);
      course.due = item.due;
      this.#lookAgain(item, now);
      return;
    }
    course.answeredAt = now;
    end(this.#world, item, "done", "Answered.", now);
    if (item.wrapUntil === null) this.#forget(item);
    else
      this.#at(item.wrapUntil, (at) => {
        finishWrapUp(this.#world, item, null, at);
        this.#forget(item);
      });
  }
  #forget(item: Item): void {
    this.#world.items.delete(item.id);
    this.#waiting?.itemGone(item.id);
    this.#world.hands?.gone(item.id);
  }

  /** Adds up how an agent's time was filled so far. */
  #count(id: string, now: Instant): void {
    const course = this.#agents.get(id);
    const agent = this.#world.agents.get(id);
    if (!course || !agent) return;
    const lasted = now - course.since;
    if (course.isHere) {
      course.filled += Math.min(course.used, agent.budget) * lasted;
      course.room += agent.budget * lasted;
    } else if (course.used > 0) course.overtime += lasted;
    course.used = agent.load.used;
    course.since = now;
  }
}
