import type { Agent } from "../model.ts";
import type { Rules } from "../rules.ts";
import type { Ask, Fits } from "./ask.ts";
import type { Asks } from "./asks.ts";
import type { Kinds } from "./kinds.ts";
import { type Fitting, type Profile, Profiles, Seat, type Slot } from "./seat.ts";

/** Hears what has become different for the items of an ask. */
export interface Hears {
  /** `turned`: kinds for which there was no counted agent with room and now is one, or the other way round. `able`: who is available. */
  askMoved(ask: Ask, turned: number, able: boolean): void;
  agentSettled(agentId: string): void;
}

/** So many asks may be gone through to find the next item for agents who are not counted. */
const SCANNED_MOST = 48;

/**
 * Who is available, and what of every ask and kind they have room for. An agent who had no room and gets some is *fresh* at first: while
 * they are few, their asks are gone through, which costs less than to count them everywhere for the moment until they have work again.
 */
export class Seats {
  readonly byId = new Map<string, Seat>();
  readonly fresh = new Set<Seat>();
  readonly #profiles = new Profiles();
  readonly #fitting = new Map<Ask, Fitting>();
  readonly #inUse = new Set<Profile>();
  readonly #asks: Asks;
  readonly #kinds: Kinds;
  readonly #rules: Rules;
  readonly #fits: Fits;
  readonly #hears: Hears;
  constructor(asks: Asks, kinds: Kinds, rules: Rules, fits: Fits, hears: Hears) {
    this.#asks = asks;
    this.#kinds = kinds;
    this.#rules = rules;
    this.#fits = fits;
    this.#hears = hears;
  }

  /** The agent as it stands now; undefined when there is none any more. */
  settle(id: string, agent: Agent | undefined): void {
    const seat = this.byId.get(id);
    const here = agent !== undefined && this.#rules.here(agent);
    const profile = here ? (seat?.profileOf(agent) ?? this.#profiles.of(agent)) : null;
    if (seat && (seat.agent !== agent || seat.profile !== profile)) this.#leave(seat);
    if (here && profile) this.#place(this.byId.get(id) ?? this.#enter(agent, profile));
    this.#hears.agentSettled(id);
  }
  /** Counts the fresh: all of them, or only when they have become too many to be gone through. */
  countFresh(all: boolean): void {
    let asks = 0;
    if (!all) for (const seat of this.fresh) asks += seat.profile.asks.length;
    if (!all && asks <= SCANNED_MOST) return;
    for (const seat of this.fresh) this.#count(seat, seat.room);
    this.fresh.clear();
  }

  learnAsk(ask: Ask): void {
    for (const profile of this.#inUse) profile.learn(this.#asks.asks, this.#fits, this.#fittingOf);
    for (const profile of this.#fittingOf(ask).profiles)
      for (const seat of profile.seats) {
        ask.able++;
        for (let kind = 0; 1 << kind <= seat.counted; kind++) if (seat.counted & (1 << kind)) ask.count(kind, 1);
      }
  }
  learnSlot(slot: Slot): void {
    const { profiles, slots } = this.#fittingOf(slot.ask);
    slots.push(slot);
    for (const profile of profiles) {
      profile.join(slot);
      for (const seat of profile.seats) seat.stand(seat.counted, seat.share, seat.last);
    }
  }

  readonly #fittingOf = (ask: Ask): Fitting => {
    const known = this.#fitting.get(ask);
    if (known) return known;
    const made: Fitting = { profiles: [], slots: [] };
    this.#fitting.set(ask, made);
    return made;
  };
  #enter(agent: Agent, profile: Profile): Seat {
    profile.learn(this.#asks.asks, this.#fits, this.#fittingOf);
    this.#inUse.add(profile);
    const seat = new Seat(agent, profile);
    profile.seats.add(seat);
    this.byId.set(agent.id, seat);
    for (const ask of profile.asks) {
      ask.able++;
      this.#hears.askMoved(ask, 0, true);
    }
    return seat;
  }
  #leave(seat: Seat): void {
    const { profile } = seat;
    this.fresh.delete(seat);
    this.#count(seat, 0);
    this.byId.delete(seat.id);
    profile.seats.delete(seat);
    if (profile.seats.size === 0) this.#inUse.delete(profile);
    for (const ask of profile.asks) {
      ask.able--;
      this.#hears.askMoved(ask, 0, true);
    }
  }
  #place(seat: Seat): void {
    seat.room = this.#roomOf(seat.agent);
    if (seat.counted !== 0) this.#count(seat, seat.room);
    else {
      this.#stand(seat, 0);
      if (seat.room !== 0) this.fresh.add(seat);
      else this.fresh.delete(seat);
    }
  }
  #stand(seat: Seat, room: number): void {
    const { load, budget, lastAssignedAt } = seat.agent;
    seat.stand(room, load.used / budget, lastAssignedAt ?? Number.MIN_SAFE_INTEGER);
  }
  #count(seat: Seat, room: number): void {
    const before = seat.counted;
    this.#stand(seat, room);
    const changed = before ^ room;
    if (changed === 0) return;
    for (const ask of seat.profile.asks) {
      const had = ask.room;
      for (let kind = 0; 1 << kind <= changed; kind++)
        if (changed & (1 << kind)) ask.count(kind, room & (1 << kind) ? 1 : -1);
      this.#hears.askMoved(ask, had ^ ask.room, false);
    }
  }
  #roomOf(agent: Agent): number {
    const kinds = this.#kinds.all;
    let room = 0;
    for (let kind = 0; kind < kinds.length; kind++)
      if (this.#rules.room(kinds[kind] as (typeof kinds)[number], agent) === null) room |= 1 << kind;
    return room;
  }
}
