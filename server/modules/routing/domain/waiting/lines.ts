import type { Instant } from "#platform/clock";
import { type Filed, IN_LINE, NONE, type Register } from "./filed.ts";
import { FiledHeap } from "./filed-heap.ts";
import { RANKS } from "./rank.ts";

const NEVER = Number.POSITIVE_INFINITY;
const [FIRST, FOUR_KINDS] = [64, 4];

/**
 * Items that wait, by what they ask, rank and kind: of each an order of its own. When their first are due stands side by side: what cannot have
 * the first is passed by without being looked at. `Infinity` where nothing is.
 */
export class Lines {
  readonly #register: Register;
  /** There is room for so many kinds. */
  #kinds = FOUR_KINDS;
  #count = 0;
  /** By ask, rank and kind. */
  #orders: (FiledHeap | undefined)[] = [];
  /** Of each of these when its first is due, and which it is: of one rank they stand in 64 bytes as a rule. */
  #firsts = new Float64Array(FIRST * RANKS * FOUR_KINDS * 2).fill(NEVER);
  /** By ask and rank. */
  #ofRank = new Float64Array(FIRST * RANKS).fill(NEVER);
  /** By ask: the bound of all, and how many stand alone. */
  #ofAll = new Float64Array(FIRST).fill(NEVER);
  #alone = new Int32Array(FIRST);
  constructor(register: Register) {
    this.#register = register;
  }

  /** The number of a new ask. */
  next(): number {
    if (this.#count === this.#alone.length) this.#grow(2 * this.#count, this.#kinds);
    return this.#count++;
  }
  /** When the first of a rank is due, whoever has room for it. */
  ofRank(ask: number, rank: number): Instant {
    return this.#ofRank[ask * RANKS + rank] as Instant;
  }
  /** Nothing of the ask is due before. `-Infinity`: it has to be looked at, because something in it goes by other rules. */
  ofAll(ask: number): Instant {
    return this.#ofAll[ask] as Instant;
  }
  /** Does anything wait in its lines? */
  some(ask: number): boolean {
    for (let rank = 0; rank < RANKS; rank++) if (this.ofRank(ask, rank) !== NEVER) return true;
    return false;
  }
  countAlone(ask: number, by: 1 | -1): void {
    this.#alone[ask] = (this.#alone[ask] as number) + by;
    this.#bound(ask);
  }
  /** The first of the kinds in `room`, a bit for each. `due` says when it is due. */
  first(ask: number, rank: number, room: number): Filed {
    const firsts = this.#firsts;
    const from = (ask * RANKS + rank) * this.#kinds;
    let first = NONE;
    let due = NEVER;
    for (let kind = 0; kind < this.#kinds; kind++) {
      const other = firsts[2 * (from + kind)] as Instant;
      if (other > due || other === NEVER || (room & (1 << kind)) === 0) continue;
      const top = firsts[2 * (from + kind) + 1] as Filed;
      if (other === due && !this.#register.isBeforeOfSame(top, first)) continue;
      first = top;
      due = other;
    }
    this.due = due;
    return first;
  }
  /** Of what was asked for last. */
  due: Instant = NEVER;

  put(filed: Filed, ask: number, rank: number, kind: number, due: Instant): void {
    while (kind >= this.#kinds) this.#grow(this.#alone.length, 2 * this.#kinds);
    const at = (ask * RANKS + rank) * this.#kinds + kind;
    const order = this.#orders[at] ?? this.#newOrder(at);
    order.push(filed, due);
    if (order.top === filed) this.#lead(at, order, ask, rank);
  }
  remove(filed: Filed, ask: number, rank: number, kind: number): void {
    const at = (ask * RANKS + rank) * this.#kinds + kind;
    const order = this.#orders[at] as FiledHeap;
    const led = order.top === filed;
    order.remove(filed);
    if (led) this.#lead(at, order, ask, rank);
  }

  #newOrder(at: number): FiledHeap {
    const made = new FiledHeap(this.#register, IN_LINE);
    this.#orders[at] = made;
    return made;
  }
  /** Another stands first of a kind. */
  #lead(at: number, order: FiledHeap, ask: number, rank: number): void {
    const firsts = this.#firsts;
    firsts[2 * at] = order.due;
    firsts[2 * at + 1] = order.top;
    const line = ask * RANKS + rank;
    let due = NEVER;
    for (let kind = 0; kind < this.#kinds; kind++)
      due = Math.min(due, firsts[2 * (line * this.#kinds + kind)] as Instant);
    if (this.#ofRank[line] === due) return;
    this.#ofRank[line] = due;
    this.#bound(ask);
  }
  #bound(ask: number): void {
    const from = ask * RANKS;
    let due = NEVER;
    if (this.#alone[ask] !== 0 || this.#ofRank[from] !== NEVER) due = Number.NEGATIVE_INFINITY;
    else for (let rank = 1; rank < RANKS; rank++) due = Math.min(due, this.#ofRank[from + rank] as Instant);
    this.#ofAll[ask] = due;
  }
  #grow(asks: number, kinds: number): void {
    const firsts = new Float64Array(asks * RANKS * kinds * 2).fill(NEVER);
    const orders = new Array<FiledHeap | undefined>(asks * RANKS * kinds).fill(undefined);
    for (let line = 0; line < this.#count * RANKS; line++)
      for (let kind = 0; kind < this.#kinds; kind++) {
        const [from, to] = [line * this.#kinds + kind, line * kinds + kind];
        firsts[2 * to] = this.#firsts[2 * from] as Instant;
        firsts[2 * to + 1] = this.#firsts[2 * from + 1] as Filed;
        orders[to] = this.#orders[from];
      }
    [this.#firsts, this.#orders] = [firsts, orders];
    this.#kinds = kinds;
    if (asks === this.#alone.length) return;
    const [ofRank, ofAll] = [new Float64Array(asks * RANKS).fill(NEVER), new Float64Array(asks).fill(NEVER)];
    const alone = new Int32Array(asks);
    ofRank.set(this.#ofRank);
    ofAll.set(this.#ofAll);
    alone.set(this.#alone);
    [this.#ofRank, this.#ofAll, this.#alone] = [ofRank, ofAll, alone];
  }
}
