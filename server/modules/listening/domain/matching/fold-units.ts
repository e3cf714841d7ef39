import { type Accents, fold } from "#shared/query/fold";

/** What a unit becomes, where it is no unit: not asked yet; not to be told without its neighbours; more than one unit. */
const ASK = 0xffff;
const WHOLE = 0xfffe;
const MORE = 0xfdd0;

/**
 * Marks join the letter before them, parts of Korean syllables one another, halves of pairs each other, and a Greek sigma
 * is another one at the end of a word: texts with such are folded as a whole.
 */
const JOINS = /[\p{M}\p{Cs}\u03a3\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u;

/** Folds text by a table of units, as `fold` does; nearly all text but that of a few scripts can be. */
export class UnitFold {
  readonly #accents: Accents;
  readonly #table = new Uint16Array(0x10000).fill(ASK);
  readonly #more = new Map<number, string>();

  constructor(accents: Accents) {
    this.#accents = accents;
  }

  /** Writes the folded text to `units` and says how long it is; -1: it is not to be folded so, or there is no room. */
  write(text: string, units: Uint16Array): number {
    const table = this.#table;
    let end = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let is = table[unit] as number;
      if (is === ASK) is = this.#ask(unit);
      if (is === WHOLE) return -1;
      if (is !== MORE) {
        units[end++] = is;
        continue;
      }
      const more = this.#more.get(unit) as string;
      for (let k = 0; k < more.length; k++) units[end++] = more.charCodeAt(k);
    }
    return end > units.length ? -1 : end;
  }

  #ask(unit: number): number {
    const one = String.fromCharCode(unit);
    const folded = fold(one, this.#accents);
    let is = folded.charCodeAt(0);
    if (is === ASK || is === MORE || JOINS.test(one) || JOINS.test(folded) || JOINS.test(one.normalize("NFKC")))
      is = WHOLE;
    else if (folded.length !== 1) {
      this.#more.set(unit, folded);
      is = MORE;
    }
    this.#table[unit] = is;
    return is;
  }
}

/** One for all who read: the tables are the same. */
const made: Record<Accents, UnitFold | null> = { fold: null, keep: null };
export const unitFold = (accents: Accents): UnitFold => {
  made[accents] ??= new UnitFold(accents);
  return made[accents];
};
