/**
 * Words that some query asks for, each with the number it was given. An open table: a word of a post is looked up where it
 * stands among the units of the text, without a string being made of it. One row of the table holds all that a look-up
 * reads, and the letters lie in one block: what a look-up costs is the memory it touches.
 */
export class Vocabulary {
  /** Rows of four: hash, number, where its letters are, uses. */
  #rows = new Int32Array(FIRST_ROWS * ROW).fill(EMPTY);
  #mask = FIRST_ROWS - 1;
  /** Sixteen bits for each row; a bit of what is gone stays until the table is written anew. */
  bits = new Int32Array(FIRST_ROWS >> 1);
  bitMask = (FIRST_ROWS >> 1) - 1;
  /** Each word: its length, then its units. */
  #letters = new Uint16Array(64);
  #lettersEnd = 0;
  /** Room of words that are gone, by length. */
  readonly #room = new Map<number, number[]>();
  #count = 0;
  #gone = 0;

  get size(): number {
    return this.#count;
  }

  /** The number of the word that stands in `units` from `start` to `end`, or -1. `hash`: of these units, by `hashOf`. */
  find(units: Uint16Array, start: number, end: number, hash: number): number {
    if (!mayHold(this.bits, this.bitMask, hash)) return -1;
    const at = this.#rowOf(units, start, end, hash);
    return at < 0 ? -1 : (this.#rows[at + NUMBER] as number);
  }

  #rowOf(units: Uint16Array, start: number, end: number, hash: number): number {
    const rows = this.#rows;
    for (let row = hash & this.#mask; ; row = (row + 1) & this.#mask) {
      const at = row * ROW;
      const letters = rows[at + LETTERS] as number;
      if (letters === EMPTY) return -1;
      if (letters !== GONE && rows[at] === hash && this.#same(letters, units, start, end)) return at;
    }
  }

  #same(at: number, units: Uint16Array, start: number, end: number): boolean {
    const letters = this.#letters;
    if (letters[at] !== end - start) return false;
    for (let i = start, n = at + 1; i < end; i++, n++) if (letters[n] !== units[i]) return false;
    return true;
  }

  /** Counts a use of the word; it keeps the number that `make` gives it first until as many uses were given back. */
  use(word: string, make: () => number): number {
    const units = unitsOf(word);
    const hash = hashOf(units, 0, units.length);
    const known = this.#rowOf(units, 0, units.length, hash);
    if (known >= 0) {
      (this.#rows[known + USES] as number)++;
      return this.#rows[known + NUMBER] as number;
    }
    if ((this.#count + 1) * 4 > (this.#mask + 1) * 3) this.#rewrite((this.#mask + 1) * 2);
    const number = make();
    this.#put(hash, number, this.#keep(units), 1);
    this.#count++;
    return number;
  }

  /** The number that is free again; -1: the word is still used. */
  giveBack(word: string): number {
    const units = unitsOf(word);
    const at = this.#rowOf(units, 0, units.length, hashOf(units, 0, units.length));
    if (at < 0 || --(this.#rows[at + USES] as number) > 0) return -1;
    const room = this.#room.get(units.length) ?? [];
    room.push(this.#rows[at + LETTERS] as number);
    this.#room.set(units.length, room);
    this.#rows[at + LETTERS] = GONE;
    this.#count--;
    const number = this.#rows[at + NUMBER] as number;
    // Places of what is gone make look-ups long: after many the table is written anew.
    if (++this.#gone * 8 > this.#mask + 1) this.#rewrite(this.#mask + 1);
    return number;
  }

  #keep(units: Uint16Array): number {
    let at = this.#room.get(units.length)?.pop();
    if (at === undefined) {
      at = this.#lettersEnd;
      this.#lettersEnd += units.length + 1;
      if (this.#lettersEnd > this.#letters.length) this.#letters = grown(this.#letters, this.#lettersEnd);
    }
    this.#letters[at] = units.length;
    this.#letters.set(units, at + 1);
    return at;
  }

  #put(hash: number, number: number, letters: number, uses: number): void {
    (this.bits[(hash >>> 5) & this.bitMask] as number) |= 1 << (hash & 31);
    let row = hash & this.#mask;
    while ((this.#rows[row * ROW + LETTERS] as number) >= 0) row = (row + 1) & this.#mask;
    this.#rows[row * ROW] = hash;
    this.#rows[row * ROW + NUMBER] = number;
    this.#rows[row * ROW + LETTERS] = letters;
    this.#rows[row * ROW + USES] = uses;
  }

  #rewrite(size: number): void {
    const old = this.#rows;
    this.#rows = new Int32Array(size * ROW).fill(EMPTY);
    this.#mask = size - 1;
    this.bits = new Int32Array(size >> 1);
    this.bitMask = (size >> 1) - 1;
    this.#gone = 0;
    for (let at = 0; at < old.length; at += ROW)
      if ((old[at + LETTERS] as number) >= 0)
        this.#put(old[at] as number, old[at + NUMBER] as number, old[at + LETTERS] as number, old[at + USES] as number);
  }
}

/** Whether a word of this hash may be in the table: most words of a post are in no query, and these bits fit the nearest memory. */
export const mayHold = (bits: Int32Array, mask: number, hash: number): boolean =>
  ((bits[(hash >>> 5) & mask] as number) & (1 << (hash & 31))) !== 0;

const FIRST_ROWS = 16;
const ROW = 4;
const NUMBER = 1;
const LETTERS = 2;
const USES = 3;
const EMPTY = -1;
const GONE = -2;

/** The same numbers in a longer list: twice as long, or as long as is needed. */
export function grown<T extends Uint8Array | Uint16Array | Int32Array>(from: T, atLeast = 0): T {
  const make = from.constructor as new (length: number) => T;
  const to = new make(Math.max(from.length * 2, atLeast));
  to.set(from);
  return to;
}

export function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

export const HASH_START = 0x811c9dc5 | 0;
/** FNV-1a over UTF-16 units, 32 bits; cheap, and mixed once more where it is used. */
export const hashStep = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);
/** So that the low bits, which choose the place, depend on all. */
export const hashEnd = (hash: number): number => (hash ^ (hash >>> 15)) & 0x7fffffff;

export function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = HASH_START;
  for (let i = start; i < end; i++) hash = hashStep(hash, units[i] as number);
  return hashEnd(hash);
}
