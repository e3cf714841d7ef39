import type { Instant } from "#platform/clock";
import type { Item } from "../model.ts";
import { type Filed, Ids, NONE } from "./ids.ts";

export { type Filed, NONE } from "./ids.ts";

/** What of an item's numbers says where it stands: in its line, or among what time changes. -1: it does not. */
export const IN_LINE = 1;
export const IN_MARKS = 2;
const ALONE = 3;
/** All of one item stands in 32 bytes: four words and two instants, so that one visit to memory brings it. */
const [BYTES, WORDS, TIMES, DUE, T0, FIRST] = [32, 8, 4, 2, 3, 1_024];

/**
 * Waiting items by number. Their places are copied and stand side by side: an item that changes cannot bring an order into disorder, and to
 * compare two does not fetch them, who lie all over the memory.
 */
export class Register {
  readonly #items: (Item | null)[] = [];
  /** Of each: ask, rank and kind in one; place in its line; place among marks; whether it stands alone. */
  #words = new Int32Array(new ArrayBuffer(BYTES * FIRST));
  /** Behind these in the same memory: due, and waiting since. */
  #times = new Float64Array(this.#words.buffer);
  readonly #free: Filed[] = [];
  readonly #ids = new Ids(this.#items);

  find(id: string): Filed {
    return this.#ids.find(id);
  }
  /** It is not in it yet. */
  enter(item: Item, ask: number, rank: number, kind: number): Filed {
    const filed = this.#free.pop() ?? this.#items.length;
    if (WORDS * filed >= this.#words.length) this.#grow();
    this.#items[filed] = item;
    this.#words[WORDS * filed] = (ask << 8) | (rank << 5) | kind;
    this.#words[WORDS * filed + IN_LINE] = -1;
    this.#words[WORDS * filed + IN_MARKS] = -1;
    this.#words[WORDS * filed + ALONE] = 0;
    this.#times[TIMES * filed + DUE] = item.due;
    this.#times[TIMES * filed + T0] = item.t0;
    this.#ids.add(item.id, filed);
    return filed;
  }
  leave(filed: Filed): void {
    this.#ids.remove(this.itemOf(filed).id, filed);
    this.#items[filed] = null;
    this.#free.push(filed);
  }
  clear(): void {
    this.#items.length = 0;
    this.#free.length = 0;
    this.#ids.clear();
  }
  #grow(): void {
    const words = new Int32Array(new ArrayBuffer(2 * this.#words.byteLength));
    words.set(this.#words);
    this.#words = words;
    this.#times = new Float64Array(words.buffer);
  }

  itemOf(filed: Filed): Item {
    return this.#items[filed] as Item;
  }
  dueOf(filed: Filed): Instant {
    return this.#times[TIMES * filed + DUE] as Instant;
  }
  t0Of(filed: Filed): Instant {
    return this.#times[TIMES * filed + T0] as Instant;
  }
  askOf(filed: Filed): number {
    return (this.#words[WORDS * filed] as number) >>> 8;
  }
  rankOf(filed: Filed): number {
    return ((this.#words[WORDS * filed] as number) >>> 5) & 7;
  }
  kindOf(filed: Filed): number {
    return (this.#words[WORDS * filed] as number) & 31;
  }
  isAlone(filed: Filed): boolean {
    return this.#words[WORDS * filed + ALONE] === 1;
  }
  standsAlone(filed: Filed): void {
    this.#words[WORDS * filed + ALONE] = 1;
  }
  placeOf(filed: Filed, where: number): number {
    return this.#words[WORDS * filed + where] as number;
  }
  place(filed: Filed, where: number, at: number): void {
    this.#words[WORDS * filed + where] = at;
  }

  /** Earliest due first; then who has waited longer; then the id, so that the order is total. */
  isBefore(a: Filed, b: Filed): boolean {
    const due = this.dueOf(a);
    const other = this.dueOf(b);
    return due !== other ? due < other : this.isBeforeOfSame(a, b);
  }
  /** Both are due at the same instant. */
  isBeforeOfSame(a: Filed, b: Filed): boolean {
    const t0 = this.t0Of(a);
    const other = this.t0Of(b);
    return t0 !== other ? t0 < other : this.itemOf(a).id < this.itemOf(b).id;
  }
  /** Crisis first: a strict class that pre-empts the order. */
  isSooner(a: Filed, b: Filed): boolean {
    const strict = Number(this.rankOf(b) === 0) - Number(this.rankOf(a) === 0);
    return strict !== 0 ? strict < 0 : this.isBefore(a, b);
  }
  /** The sooner of two that may be none. */
  sooner(a: Filed, b: Filed): Filed {
    return b !== NONE && (a === NONE || this.isSooner(b, a)) ? b : a;
  }
}
