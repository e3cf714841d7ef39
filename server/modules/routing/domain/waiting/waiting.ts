import type { Instant } from "#platform/clock";
import { isHeld } from "../admit.ts";
import type { Item, Queue, Watch, World } from "../model.ts";
import type { Rules } from "../rules.ts";
import { ringAt } from "../skills.ts";
import { forgetDeclines } from "../tried-all.ts";
import { Alone, type Ask, Line, QueueSide, RANKS, shapeOf } from "./ask.ts";
import { Asks } from "./asks.ts";
import { type Candidate, Candidates } from "./candidate.ts";
import { type Admitted, admits, bestFor, lost } from "./choose.ts";
import { type Filed, IN_MARKS, NONE, Register } from "./filed.ts";
import { FiledHeap } from "./filed-heap.ts";
import { Fresh, Looked, SCANNED_MOST } from "./fresh.ts";
import { Kinds } from "./kinds.ts";
import { type Dry, type LaneMark, Lanes } from "./lanes.ts";
import { excludable, looksAgainAt } from "./looks-again.ts";
import { Moved } from "./moved.ts";
import type { Place } from "./place.ts";
import { rankOf } from "./rank.ts";
import { Seats } from "./seats.ts";
import { SideOrder } from "./side-order.ts";

export type { Candidate } from "./candidate.ts";
export type { Dry } from "./lanes.ts";
export type { Place } from "./place.ts";

/**
 * What waits and who is free, filed so that the next decision is at hand. It is told what moved (most of it by `change`), marks it,
 * and files it anew when it is asked; everything else stands as it stood. Time only goes on.
 */
export class Waiting implements Watch {
  readonly #world: World;
  readonly rules: Rules;
  readonly #kinds = new Kinds();
  readonly #lanes = new Lanes();
  readonly #register = new Register();
  /** When items have to be looked at again because time passes. */
  readonly #marks = new FiledHeap(this.#register, IN_MARKS);
  readonly #alone = new Map<Filed, Alone>();
  /** What is held, by the agent it is held for. */
  readonly #held = new Map<string, Set<Alone>>();
  /** Of an item whose lane is in memory with its head only. */
  readonly #laneOf = new Map<Filed, LaneMark>();
  readonly #sides = new Map<string, QueueSide>();
  readonly #order = new SideOrder(this.#register);
  readonly #candidates = new Candidates(this.#register);
  readonly #beyond = new Map<string, number>();
  #asks: Asks;
  #seats: Seats;
  #fresh: Fresh;
  #now: Instant = Number.NEGATIVE_INFINITY;
  #isNew = true;
  readonly looked: Looked;
  readonly #movedItems = new Moved<Item | null>();
  readonly #movedAgents = new Moved<null>();
  readonly #movedQueues = new Set<string>();
  /** Asks in which everybody may have declined something by now. */
  readonly #mayBeTried = new Set<Ask>();

  /** `scanned`: so many items are held against agents with room that came a moment ago, before these are counted everywhere. */
  constructor(world: World, rules: Rules, scanned = SCANNED_MOST) {
    this.#world = world;
    this.looked = new Looked(scanned);
    this.rules = rules;
    [this.#asks, this.#seats, this.#fresh] = this.#newIndex();
  }

  itemMoved(item: Item): void {
    this.#movedItems.note(item.id, item);
  }
  /** It is not to be thought of any more. */
  itemGone(id: string): void {
    this.#movedItems.note(id, null);
  }
  agentMoved(agentId: string): void {
    this.#movedAgents.note(agentId, null);
  }
  queueMoved(queueId: string): void {
    this.#movedQueues.add(queueId);
  }
  /** Memory holds a lane up to and with a place, and more is in the store; null: memory holds all of it, as of lanes never named. */
  known(queueId: string, lane: string, upTo: Place | null): void {
    this.#lanes.known(queueId, lane, upTo);
  }
  /** So many items of a queue wait in the store only. */
  beyond(queueId: string, n: number): void {
    this.#beyond.set(queueId, n);
    const side = this.#sides.get(queueId);
    if (side) side.beyond = n;
  }

  /** Files what moved and what time has moved. Returns lanes whose next item is not in memory: until it is, nothing can be decided. */
  settle(now: Instant): readonly Dry[] {
    this.#now = Math.max(now, this.#now);
    if (this.#isNew) this.#fileAll();
    do {
      if (this.#movedQueues.size > 0) {
        for (const id of this.#movedQueues) this.#settleQueue(id);
        this.#movedQueues.clear();
      }
      this.#movedAgents.drain(this.#settleAgent);
      this.#movedItems.drain(this.#fileOne);
      while (this.#marks.due <= this.#now) {
        const item = this.#register.itemOf(this.#marks.top);
        this.#file(item.id, item);
      }
      this.#forgetTried();
    } while (this.#movedItems.size + this.#movedAgents.size > 0);
    this.#seats.countFresh(false);
    return this.#lanes.dry();
  }

  readonly #settleAgent = (id: string): void => this.#seats.settle(id, this.#world.agents.get(id));
  readonly #fileOne = (id: string, item: Item | null): void => this.#file(id, item);

  /**
   * The first item that somebody can take, or the first of each rank of its queue when it is past due: then it is whose turn it is. None:
   * nothing can be done, and whoever has room left is counted from now on.
   */
  heads(): readonly Candidate[] {
    this.looked.now = 0;
    const heads = this.#headsNow();
    const gaveUp = this.looked.tooMuch;
    if (this.#seats.fresh.size === 0 || (heads.length > 0 && !gaveUp)) return heads;
    this.#seats.countFresh(true);
    return gaveUp ? this.#headsNow() : heads;
  }
  #headsNow(): readonly Candidate[] {
    const { fresh } = this.#seats;
    const register = this.#register;
    let first = this.#order.first();
    for (const seat of fresh) first = register.sooner(first, this.#fresh.firstFor(seat));
    if (first === NONE) return NOTHING;
    this.looked.add(1);
    const heads: Candidate[] = [];
    if (register.rankOf(first) === 0 || register.dueOf(first) > this.#now) {
      this.#candidates.putInOrder(heads, first);
      return heads;
    }
    const { side } = this.#askOf(first);
    for (let rank = 1; rank < RANKS; rank++) {
      let head = side.headOf(rank);
      for (const seat of fresh) head = register.sooner(head, this.#fresh.firstOfRank(seat, side, rank));
      if (head !== NONE) this.#candidates.putInOrder(heads, head);
    }
    this.looked.add(heads.length);
    return heads;
  }
  #askOf(filed: Filed): Ask {
    return this.#asks.asks[this.#register.askOf(filed)] as Ask;
  }
  /** The item as it is filed: undefined where it does not wait here. */
  filedOf(id: string): Item | undefined {
    const filed = this.#register.find(id);
    return filed === NONE ? undefined : this.#register.itemOf(filed);
  }
  queueOf({ filed }: Candidate): Queue {
    return this.#askOf(filed).side.queue;
  }
  /** All that wait in the queue of an item now, whoever could take them. */
  waitingWith({ filed }: Candidate): number {
    return this.#askOf(filed).side.waiting();
  }
  /** Who may have it, the best first. */
  best({ filed, item }: Candidate): Admitted {
    const alone = this.#aloneOf(filed);
    const best = bestFor(
      item,
      this.#askOf(filed),
      this.#register.kindOf(filed),
      alone,
      this.#now,
      this.#asks,
      this.#seats,
    );
    this.looked.add(best.looked);
    this.looked.decided();
    return best;
  }
  #aloneOf(filed: Filed): Alone | undefined {
    return this.#register.isAlone(filed) ? this.#alone.get(filed) : undefined;
  }

  #newIndex(): [Asks, Seats, Fresh] {
    const asks: Asks = new Asks(this.#register, {
      ask: (ask) => seats.learnAsk(ask),
      slot: (slot) => seats.learnSlot(slot),
    });
    const seats = new Seats(
      asks,
      this.#kinds,
      this.rules,
      (sample, agent) => this.rules.fits(sample, agent, this.#world, this.#now) === null,
      {
        askMoved: (ask, turned, able) => this.#askMoved(ask, turned, able),
        agentSettled: (id) => {
          if (this.#held.size > 0) for (const alone of this.#held.get(id) ?? []) this.#standAlone(alone);
        },
      },
    );
    return [asks, seats, new Fresh(asks, this.#register, this.looked)];
  }

  #fileAll(): void {
    this.#isNew = false;
    [this.#asks, this.#seats, this.#fresh] = this.#newIndex();
    this.#sides.clear();
    this.#lanes.forget();
    this.#marks.clear();
    this.#order.clear();
    for (const all of [
      this.#register,
      this.#alone,
      this.#laneOf,
      this.#held,
      this.#movedItems,
      this.#movedAgents,
      this.#mayBeTried,
    ])
      all.clear();
    for (const item of this.#world.items.values()) this.#file(item.id, item);
    for (const [id, agent] of this.#world.agents) this.#seats.settle(id, agent);
  }

  #sideOf(queueId: string): QueueSide | undefined {
    const known = this.#sides.get(queueId);
    if (known) return known;
    const queue = this.#world.queues.get(queueId);
    if (!queue) return undefined;
    const made = new QueueSide(queue, this.#register);
    made.beyond = this.#beyond.get(queueId) ?? 0;
    this.#sides.set(queueId, made);
    return made;
  }

  #settleQueue(id: string): void {
    const side = this.#sides.get(id);
    const queue = this.#world.queues.get(id);
    if (!queue && !side) return;
    if (!queue || (side && side.shape !== shapeOf(queue))) {
      this.#fileAll();
      return;
    }
    if (!side) {
      for (const item of this.#world.items.values()) if (item.queueId === id) this.itemMoved(item);
      return;
    }
    side.queue = queue;
    for (const ask of this.#asks.asks) if (ask.side === side) this.#askMoved(ask, ALL, true);
  }

  #askMoved(ask: Ask, turned: number, able: boolean): void {
    if (turned !== 0)
      for (let rank = 0; rank < RANKS; rank++) {
        const waits = this.#asks.lines.ofRank(ask.no, rank) !== Number.POSITIVE_INFINITY;
        if (waits || (ask.lines[rank]?.at ?? -1) >= 0) this.#stand(ask, rank);
      }
    if (ask.alone.size === 0) return;
    for (const alone of ask.alone) this.#standAlone(alone);
    if (able) this.#mayBeTried.add(ask);
  }

  #stand(ask: Ask, rank: number): void {
    const { side } = ask;
    const head = side.serves(rank) ? this.#asks.lines.first(ask.no, rank, ask.room) : NONE;
    if (head === NONE && ask.lines[rank] === undefined) return;
    ask.lines[rank] ??= new Line(rank);
    side.refresh(ask.lines[rank], rank, head);
    this.#order.moved(side);
  }
  #standAlone(alone: Alone): void {
    const { head, heldFor, without } = alone;
    const register = this.#register;
    const ask = this.#askOf(head);
    const { side } = ask;
    const { byId } = this.#seats;
    const kind = register.kindOf(head);
    const rank = register.rankOf(head);
    const served =
      heldFor !== null
        ? admits(ask, kind, byId.get(heldFor)) && !without.includes(heldFor)
        : side.serves(rank) && (ask.free[kind] ?? 0) > lost(alone, ask, kind, byId);
    side.refresh(alone, rank, served ? head : NONE);
    this.#order.moved(side);
  }

  #file(id: string, item: Item | null): void {
    const before = this.#register.find(id);
    if (before !== NONE) this.#takeOut(before);
    if (item?.state !== "queued" || item.behind !== null) return;
    const side = this.#sideOf(item.queueId);
    const lane = this.#lanes.markOf(item);
    if (!side || this.#lanes.isBeyond(lane, item)) return;
    this.#putIn(item, side, lane);
  }

  #putIn(item: Item, side: QueueSide, lane: LaneMark | null): void {
    const { rules } = this;
    const now = this.#now;
    const kinds = this.#kinds.all.length;
    const kind = this.#kinds.of(item);
    if (this.#kinds.all.length > kinds) for (const agentId of this.#seats.byId.keys()) this.agentMoved(agentId);
    const ask = this.#asks.askOf(side, item, ringAt(item, now));
    const heldFor = isHeld(item, now) ? item.preferredId : null;
    const named = excludable(item);
    const without = named.length === 0 ? named : named.filter((agentId) => rules.declined(item, agentId, now));
    const rank = rankOf(item);
    const filed = this.#register.enter(item, ask.no, rank, kind);
    if (lane) this.#laneOf.set(filed, lane);
    const at = looksAgainAt(item, side, now);
    if (at !== null) this.#marks.push(filed, at);
    if (heldFor === null) side.counts[rank] = (side.counts[rank] as number) + 1;
    else side.held++;
    if (heldFor === null && without.length === 0) {
      this.#asks.lines.put(filed, ask.no, rank, kind, item.due);
      this.#lanes.count(lane, 1);
      if (ask.room & (1 << kind)) this.#stand(ask, rank);
      return;
    }
    const alone = new Alone(filed, heldFor, without);
    this.#register.standsAlone(filed);
    this.#alone.set(filed, alone);
    ask.putAlone(alone);
    if (heldFor !== null) {
      const held = this.#held.get(heldFor) ?? new Set();
      this.#held.set(heldFor, held.add(alone));
    }
    this.#mayBeTried.add(ask);
    this.#standAlone(alone);
  }

  #takeOut(filed: Filed): void {
    const register = this.#register;
    const ask = this.#askOf(filed);
    const { side } = ask;
    const rank = register.rankOf(filed);
    this.#order.leaves(filed, side);
    if (register.placeOf(filed, IN_MARKS) >= 0) this.#marks.remove(filed);
    const alone = this.#aloneOf(filed);
    if (alone) this.#takeOutAlone(alone, ask, rank);
    else {
      this.#asks.lines.remove(filed, ask.no, rank, register.kindOf(filed));
      const line = ask.lines[rank];
      if (line && line.at >= 0 && line.head === filed) this.#stand(ask, rank);
    }
    if (alone === undefined || alone.heldFor === null) side.counts[rank] = (side.counts[rank] as number) - 1;
    else side.held--;
    if (this.#laneOf.size > 0) {
      const lane = this.#laneOf.get(filed) ?? null;
      if (!alone) this.#lanes.count(lane, -1);
      this.#laneOf.delete(filed);
    }
    register.leave(filed);
  }
  #takeOutAlone(alone: Alone, ask: Ask, rank: number): void {
    this.#alone.delete(alone.head);
    ask.removeAlone(alone);
    const held = alone.heldFor === null ? undefined : this.#held.get(alone.heldFor);
    if (held?.delete(alone) && held.size === 0) this.#held.delete(alone.heldFor as string);
    ask.side.refresh(alone, rank, NONE);
    this.#order.moved(ask.side);
  }

  #forgetTried(): void {
    if (this.#mayBeTried.size === 0) return;
    const tried: Filed[] = [];
    for (const ask of this.#mayBeTried)
      for (const alone of ask.alone) if (this.#isTried(alone, ask)) tried.push(alone.head);
    this.#mayBeTried.clear();
    for (const filed of tried.sort((a, b) => (this.#register.isSooner(a, b) ? -1 : 1))) {
      const item = this.#register.itemOf(filed);
      forgetDeclines(this.#world, item, this.#now);
      this.itemMoved(item);
    }
  }
  /** Has everybody declined it who is here and could take it, room aside? */
  #isTried({ head, heldFor, without }: Alone, ask: Ask): boolean {
    const item = this.#register.itemOf(head);
    if (item.excluded.length === 0 || (heldFor === null && !ask.side.serves(this.#register.rankOf(head)))) return false;
    const could = without.filter((id) => this.#seats.byId.get(id)?.profile.fits(ask));
    const declined = could.filter((id) => !item.barred.includes(id)).length;
    return declined > 0 && declined === ask.able - (could.length - declined);
  }
}

const NOTHING: readonly Candidate[] = [];
/** Every kind. */
const ALL = -1;
