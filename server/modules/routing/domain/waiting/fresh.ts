import type { Instant } from "#platform/clock";
import type { Alone, Ask, QueueSide } from "./ask.ts";
import type { Asks } from "./asks.ts";
import { type Filed, NONE, type Register } from "./filed.ts";
import type { Lines } from "./lines.ts";
import { RANKS } from "./rank.ts";
import type { Seat } from "./seat.ts";

/** So many items are held against agents who are not counted; when it would be more, the search is given up and they are counted. */
export const SCANNED_MOST = 28;

/** How many items and agents were compared with others to find what was decided: for the last decision, the most for one, and for all. */
export class Looked {
  now = 0;
  most = 0;
  sum = 0;
  decisions = 0;
  readonly #most: number;
  constructor(scannedMost: number) {
    this.#most = scannedMost;
  }
  add(n: number): void {
    this.now += n;
  }
  /** What was found is not the first then. */
  get tooMuch(): boolean {
    return this.now > this.#most;
  }
  decided(): void {
    this.most = Math.max(this.most, this.now);
    this.sum += this.now;
    this.decisions++;
  }
}

/** What an agent who is not counted could have; what is held for somebody stands in its queue already. */
export class Fresh {
  readonly #asks: Asks;
  readonly #lines: Lines;
  readonly #register: Register;
  readonly #looked: Looked;
  #due: Instant = Number.POSITIVE_INFINITY;
  constructor(asks: Asks, register: Register, looked: Looked) {
    this.#asks = asks;
    this.#lines = asks.lines;
    this.#register = register;
    this.#looked = looked;
  }

  /** The first item: what is due first is looked at first, so that the rest is passed by. */
  firstFor({ room, id, profile }: Seat): Filed {
    const { nos } = profile;
    const lines = this.#lines;
    let best = NONE;
    let soonest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < nos.length; i++) {
      const bound = lines.ofAll(nos[i] as number);
      if (bound >= soonest) continue;
      soonest = bound;
      best = i;
    }
    if (best === NONE) return NONE;
    let first = this.#firstOf(nos[best] as number, room, id);
    let due = this.#due;
    for (let i = 0; i < nos.length; i++) {
      if (i === best) continue;
      const bound = lines.ofAll(nos[i] as number);
      if (bound === Number.POSITIVE_INFINITY) continue;
      if (this.#looked.tooMuch) return first;
      if (bound > due) this.#looked.add(1);
      else {
        const other = this.#firstOf(nos[i] as number, room, id);
        if (other === NONE || (first !== NONE && !this.#isSooner(other, first, this.#due, due))) continue;
        first = other;
        due = this.#due;
      }
    }
    return first;
  }
  /** With what is known of when they are due: the register is not asked as a rule. */
  #isSooner(a: Filed, b: Filed, due: Instant, other: Instant): boolean {
    return due !== other ? due < other : this.#register.isSooner(a, b);
  }
  #found(first: Filed, due: Instant): Filed {
    this.#due = due;
    return first;
  }
  /** `#due`: nothing due later goes before it. */
  #firstOf(no: number, room: number, id: string): Filed {
    const lines = this.#lines;
    const side = this.#asks.sides[no] as QueueSide;
    const others = lines.ofAll(no) === Number.NEGATIVE_INFINITY;
    if (others && lines.ofRank(no, 0) !== Number.POSITIVE_INFINITY && side.serves(0)) {
      this.#looked.add(1);
      const crisis = this.#register.sooner(lines.first(no, 0, room), this.#aloneOf(no, 0, room, id));
      if (crisis !== NONE) return this.#found(crisis, Number.NEGATIVE_INFINITY);
    }
    let first = NONE;
    let due = Number.POSITIVE_INFINITY;
    for (let rank = 1; rank < RANKS; rank++) {
      const bound = lines.ofRank(no, rank);
      if (bound === Number.POSITIVE_INFINITY || bound > due || !side.serves(rank)) continue;
      this.#looked.add(1);
      const other = lines.first(no, rank, room);
      if (other === NONE || (first !== NONE && !this.#isSooner(other, first, lines.due, due))) continue;
      first = other;
      due = lines.due;
    }
    if (!others) return this.#found(first, due);
    for (let rank = 0; rank < RANKS; rank++) first = this.#register.sooner(first, this.#aloneOf(no, rank, room, id));
    if (first === NONE) return this.#found(NONE, Number.POSITIVE_INFINITY);
    return this.#found(
      first,
      this.#register.rankOf(first) === 0 ? Number.NEGATIVE_INFINITY : this.#register.dueOf(first),
    );
  }

  /** The first of one rank in one queue. */
  firstOfRank({ room, id, profile }: Seat, side: QueueSide, rank: number): Filed {
    const lines = this.#lines;
    const nos = profile.ofSide(side);
    const serves = side.serves(rank);
    let first = NONE;
    let due = Number.POSITIVE_INFINITY;
    for (let i = 0; i < nos.length; i++) {
      if (this.#looked.tooMuch) return first;
      const no = nos[i] as number;
      const bound = lines.ofRank(no, rank);
      if (bound !== Number.POSITIVE_INFINITY && (serves || bound > due)) this.#looked.add(1);
      if (bound <= due && serves && bound !== Number.POSITIVE_INFINITY) {
        const other = lines.first(no, rank, room);
        if (other !== NONE && (first === NONE || this.#isSooner(other, first, lines.due, due))) {
          first = other;
          due = lines.due;
        }
      }
      if (lines.ofAll(no) !== Number.NEGATIVE_INFINITY) continue;
      const alone = this.#aloneOf(no, rank, room, id);
      if (alone === NONE || (first !== NONE && !this.#register.isSooner(alone, first))) continue;
      first = alone;
      due = this.#register.dueOf(alone);
    }
    return first;
  }

  #aloneOf(no: number, rank: number, room: number, id: string): Filed {
    const ask = this.#asks.asks[no] as Ask;
    if (!ask.side.serves(rank)) return NONE;
    let first = NONE;
    for (const alone of ask.alone) {
      const { head } = alone;
      if (this.#register.rankOf(head) !== rank || alone.heldFor !== null || this.#looked.tooMuch) continue;
      this.#looked.add(1);
      if (mayHave(alone, id) && (room & (1 << this.#register.kindOf(head))) !== 0)
        first = this.#register.sooner(first, head);
    }
    return first;
  }
}

const mayHave = ({ without }: Alone, id: string): boolean => !without.includes(id);
