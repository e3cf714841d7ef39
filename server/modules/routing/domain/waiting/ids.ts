/** A waiting item where it stands now: its number in the register. */
export type Filed = number;
export const NONE: Filed = -1;

/** Of a million names, one look into this costs one visit to memory; a `Map` of strings costs several. */
export class Ids {
  /** Of every place the name's hash, and its number above zero; zero where there is none. */
  #table = new Int32Array(2 * 1_024);
  #mask = 1_023;
  #size = 0;
  readonly #named: readonly ({ readonly id: string } | null)[];
  /** `named`: whose names they are, by number. */
  constructor(named: readonly ({ readonly id: string } | null)[]) {
    this.#named = named;
  }

  find(id: string): Filed {
    const hash = hashOf(id);
    for (let at = hash & this.#mask; ; at = (at + 1) & this.#mask) {
      const filed = (this.#table[2 * at + 1] as number) - 1;
      if (filed === NONE) return NONE;
      if (this.#table[2 * at] === hash && this.#named[filed]?.id === id) return filed;
    }
  }
  /** It is not among them yet. */
  add(id: string, filed: Filed): void {
    if (2 * ++this.#size > this.#mask) this.#grow();
    this.#put(hashOf(id), filed);
  }
  /** What stands behind it because of it moves up, so that nothing is left to be passed over. */
  remove(id: string, filed: Filed): void {
    const table = this.#table;
    const mask = this.#mask;
    let hole = hashOf(id) & mask;
    while (table[2 * hole + 1] !== filed + 1) hole = (hole + 1) & mask;
    this.#size--;
    for (let at = (hole + 1) & mask; table[2 * at + 1] !== 0; at = (at + 1) & mask) {
      const hash = table[2 * at] as number;
      if (((at - hash) & mask) < ((at - hole) & mask)) continue;
      table[2 * hole] = hash;
      table[2 * hole + 1] = table[2 * at + 1] as number;
      hole = at;
    }
    table[2 * hole + 1] = 0;
  }
  clear(): void {
    this.#table.fill(0);
    this.#size = 0;
  }

  #put(hash: number, filed: Filed): void {
    let at = hash & this.#mask;
    while (this.#table[2 * at + 1] !== 0) at = (at + 1) & this.#mask;
    this.#table[2 * at] = hash;
    this.#table[2 * at + 1] = filed + 1;
  }
  #grow(): void {
    const old = this.#table;
    this.#table = new Int32Array(2 * old.length);
    this.#mask = 2 * this.#mask + 1;
    for (let at = 0; at < old.length; at += 2)
      if (old[at + 1] !== 0) this.#put(old[at] as number, (old[at + 1] as number) - 1);
  }
}

/** FNV-1a with its bits mixed at the end, because the lowest are used. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return hash ^ (hash >>> 15);
}
