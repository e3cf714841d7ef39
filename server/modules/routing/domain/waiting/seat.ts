import type { Instant } from "#platform/clock";
import type { Agent, Choice, Need } from "../model.ts";
import { skillFit } from "../skills.ts";
import type { Ask, Fits, QueueSide } from "./ask.ts";
import { Heap, type Placed } from "./heap.ts";

/** All that decides which work an agent could have at all. What is added to `Agent` to that end belongs here. */
type TellingParts = Pick<Agent, "teams" | "closed" | "skills">;
const sameParts = (a: TellingParts, b: TellingParts): boolean =>
  a.teams === b.teams && a.closed === b.closed && a.skills === b.skills;

const partsOf = ({ teams, skills, closed }: TellingParts): TellingParts => ({
  teams,
  skills,
  ...(closed && { closed }),
});

function profileKey({ teams, closed, skills }: TellingParts): string {
  const levels = [...skills].map(([id, level]) => `${id}:${level}`).sort();
  return [[...teams].sort(), closed ? [...closed].sort() : [], levels].map((part) => part.join(",")).join("|");
}

/** Who fits an ask, and the orders in which they are chosen. */
export interface Fitting {
  readonly profiles: Profile[];
  readonly slots: Slot[];
}

/** Agents with the same teams, closed queues and skills could have the same work, and fit it equally well. */
export class Profile {
  readonly sample: Agent;
  /** Its agents who are available. */
  readonly seats = new Set<Seat>();
  /** Asks that it fits. */
  readonly asks: Ask[] = [];
  /** Their numbers. */
  readonly nos: number[] = [];
  readonly #fits = new Set<Ask>();
  /** Orders of choice in which its agents stand. */
  readonly slots: Member[] = [];
  readonly inSlot = new Set<Slot>();
  readonly #bySide = new Map<QueueSide, number[]>();
  #seen = 0;
  constructor(sample: Agent) {
    this.sample = sample;
  }
  /** Looks at the asks made since it was last asked. */
  learn(asks: readonly Ask[], fits: Fits, fitting: (ask: Ask) => Fitting): void {
    for (; this.#seen < asks.length; this.#seen++) {
      const ask = asks[this.#seen] as Ask;
      if (!fits(ask.sample, this.sample)) continue;
      this.asks.push(ask);
      this.nos.push(ask.no);
      this.#fits.add(ask);
      const ofSide = this.#bySide.get(ask.side);
      if (ofSide) ofSide.push(ask.no);
      else this.#bySide.set(ask.side, [ask.no]);
      const { profiles, slots } = fitting(ask);
      profiles.push(this);
      for (const slot of slots) this.join(slot);
    }
  }
  /** Most fit a few dozen: these are gone through sooner than looked up. */
  fits(ask: Ask): boolean {
    return this.nos.length <= FEW ? this.nos.includes(ask.no) : this.#fits.has(ask);
  }
  /** The numbers of the asks of one queue that it fits. */
  ofSide(side: QueueSide): readonly number[] {
    return this.#bySide.get(side) ?? NONE;
  }
  join(slot: Slot): void {
    const member = slot.memberOf(this);
    if (!member) return;
    this.slots.push(member);
    this.inSlot.add(slot);
  }
}

const NONE: readonly number[] = [];
const FEW = 32;

/** Every agent's profile; agents are compared by identity of their parts first, because those seldom change. */
export class Profiles {
  readonly #byKey = new Map<string, Profile>();
  readonly #known = new Map<string, { parts: TellingParts; profile: Profile }>();
  of(agent: Agent): Profile {
    const known = this.#known.get(agent.id);
    if (known && sameParts(known.parts, agent)) return known.profile;
    const key = profileKey(agent);
    const profile = this.#byKey.get(key) ?? new Profile(agent);
    this.#byKey.set(key, profile);
    this.#known.set(agent.id, { parts: partsOf(agent), profile });
    return profile;
  }
}

/** An available agent. What orders are built on is copied, so that an agent who changes cannot bring them into disorder. */
export class Seat {
  readonly id: string;
  readonly agent: Agent;
  readonly profile: Profile;
  /** A bit for every kind there is room for. */
  room = 0;
  /** The room with which it stands in the orders of choice and is counted by the asks it fits; 0 while it is not. */
  counted = 0;
  /** Part of the budget that is used. */
  share = 0;
  last: Instant = Number.MIN_SAFE_INTEGER;
  readonly #candidates: Candidate[] = [];
  readonly #parts: TellingParts;
  constructor(agent: Agent, profile: Profile) {
    this.id = agent.id;
    this.agent = agent;
    this.profile = profile;
    this.#parts = partsOf(agent);
  }
  /** Its profile, where nothing that tells it has changed. */
  profileOf(agent: Agent): Profile | null {
    return sameParts(this.#parts, agent) ? this.profile : null;
  }
  hasRoom(kind: number): boolean {
    return (this.room & (1 << kind)) !== 0;
  }
  /** Takes the place in every order of choice that its room, load and last assignment give it. */
  stand(room: number, share: number, last: Instant): void {
    const before = this.counted;
    const moves = share !== this.share || last !== this.last || before !== room;
    this.share = share;
    this.last = last;
    this.counted = room;
    if (before === 0 && room === 0) return;
    for (const candidate of this.#candidates) {
      const { slot } = candidate;
      if (moves && candidate.at >= 0) slot.leave(candidate, before);
      if (room !== 0 && candidate.at < 0) slot.enter(candidate, room);
    }
    const { slots } = this.profile;
    while (room !== 0 && this.#candidates.length < slots.length) {
      const candidate = new Candidate(this, slots[this.#candidates.length] as Member);
      this.#candidates.push(candidate);
      candidate.slot.enter(candidate, room);
    }
  }
}

/** How well a profile fits what a slot asks for: the part of the score that does not move. */
export interface Member {
  readonly slot: Slot;
  readonly shortfall: number;
  readonly surplus: number;
}

/** An agent with room in the order of a slot. */
export class Candidate implements Placed {
  at = -1;
  readonly seat: Seat;
  readonly slot: Slot;
  readonly shortfall: number;
  readonly surplus: number;
  constructor(seat: Seat, { slot, shortfall, surplus }: Member) {
    this.seat = seat;
    this.slot = slot;
    this.shortfall = shortfall;
    this.surplus = surplus;
  }
}

function byLoad(a: Candidate, b: Candidate): boolean {
  if (a.shortfall !== b.shortfall) return a.shortfall < b.shortfall;
  if (a.surplus !== b.surplus) return a.surplus < b.surplus;
  if (a.seat.share !== b.seat.share) return a.seat.share < b.seat.share;
  if (a.seat.last !== b.seat.last) return a.seat.last < b.seat.last;
  return a.seat.id < b.seat.id;
}
function byIdleness(a: Candidate, b: Candidate): boolean {
  if (a.shortfall !== b.shortfall) return a.shortfall < b.shortfall;
  if (a.surplus !== b.surplus) return a.surplus < b.surplus;
  if (a.seat.last !== b.seat.last) return a.seat.last < b.seat.last;
  if (a.seat.share !== b.seat.share) return a.seat.share < b.seat.share;
  return a.seat.id < b.seat.id;
}

/**
 * Agents with room in the order in which they are chosen for items of one ask with the same needs (`compareScores`, without
 * what the item says of single agents). Agents with the same room share a heap. Whoever has none of the skills asked for fits as
 * well as everybody like that: they stand in the slot of the queue's items without needs, their `rest`.
 */
export class Slot {
  readonly ask: Ask;
  readonly needs: readonly Need[];
  readonly rest: Slot | null;
  /** Somebody with none of the skills fits all the same. */
  restFits = false;
  readonly heaps = new Map<number, Heap<Candidate>>();
  readonly #before: (a: Candidate, b: Candidate) => boolean;
  constructor(ask: Ask, needs: readonly Need[], rest: Slot | null, choice: Choice) {
    this.ask = ask;
    this.needs = needs;
    this.rest = rest;
    this.#before = choice === "longest-idle" ? byIdleness : byLoad;
  }
  /** Null where the profile does not fit, or stands in the rest. */
  memberOf(profile: Profile): Member | null {
    if (!profile.fits(this.ask)) return null;
    const { skills } = profile.sample;
    // A need of level 0 sets apart who has the skill, too.
    const plain = this.rest !== null && this.needs.every((n) => n.level > 0 && (skills.get(n.skillId) ?? 0) <= 0);
    if (plain) this.restFits = true;
    return plain ? null : { slot: this, ...skillFit(this, profile.sample) };
  }
  enter(candidate: Candidate, room: number): void {
    let heap = this.heaps.get(room);
    if (!heap) {
      heap = new Heap(this.#before);
      this.heaps.set(room, heap);
    }
    heap.push(candidate);
  }
  leave(candidate: Candidate, room: number): void {
    this.heaps.get(room)?.remove(candidate);
  }
  /** Agents with room for a kind, the best first. `looked` is told how many were compared. */
  *best(kind: number, looked: (n: number) => void): Generator<Seat> {
    const front: { heap: Heap<Candidate>; at: number }[] = [];
    for (const [room, heap] of this.heaps) if (room & (1 << kind) && heap.size > 0) front.push({ heap, at: 0 });
    looked(front.length);
    while (front.length > 0) {
      let first = 0;
      for (let i = 1; i < front.length; i++) if (this.#before(at(front[i]), at(front[first]))) first = i;
      const { heap, at: place } = front[first] as { heap: Heap<Candidate>; at: number };
      yield (heap.members[place] as Candidate).seat;
      front.splice(first, 1);
      for (const below of [2 * place + 1, 2 * place + 2])
        if (below < heap.size) {
          front.push({ heap, at: below });
          looked(1);
        }
    }
  }
}

const at = (f: { heap: Heap<Candidate>; at: number } | undefined): Candidate =>
  (f as { heap: Heap<Candidate> }).heap.members[(f as { at: number }).at] as Candidate;
