import type { Near, Phrase, Positional, Query, WordPart } from "#shared/query/ast";
import { compile, type Test, type Uses } from "./compile.ts";
import { type Features, handleOf } from "./features.ts";
import type { Reading } from "./reading.ts";
import { grown } from "./vocabulary.ts";

/** Whether the post has a feature; words in sequence; words near one another; anything else, asked of a function. */
const HAS = 0;
const SEQUENCE = 1;
const NEAR = 2;
const CALL = 3;

/** Where a step leads to: another step, or the answer. */
const YES = -1;
const NO = -2;

/** A program: its length, its first step, how many steps; then the steps (what, about what, if so, if not); then lists. */
const HEAD = 3;
const STEP = 4;
/** Room of programs that are gone is used again by those of the same length, counted in so many numbers. */
const GRAIN = 8;

interface Step {
  readonly what: number;
  /** A feature (HAS), a list (SEQUENCE, NEAR), a function (CALL). */
  readonly about: number | readonly number[];
  readonly yes: number;
  readonly no: number;
}

/**
 * All queries as programs in one row of numbers. A query is a few steps that each lead to the next by what they find; to
 * ask it touches one place of the memory, where a tree of functions would touch one for each part.
 */
export class Programs {
  readonly #features: Features;
  #code = new Int32Array(64);
  #end = 0;
  readonly #room = new Map<number, number[]>();
  /** What is too rare to have a step of its own. */
  readonly #tests: (Test | null)[] = [];
  readonly #freeTests: number[] = [];

  constructor(features: Features) {
    this.#features = features;
  }

  /** Where the program begins. All it asks for is taken from `uses`. */
  add(query: Query, uses: Uses): number {
    const steps: Step[] = [];
    const first = this.#take(query, YES, NO, steps, uses);
    const lists = steps.reduce((sum, { about }) => sum + (typeof about === "number" ? 0 : about.length), 0);
    const length = HEAD + steps.length * STEP + lists;
    const base = this.#place(Math.ceil(length / GRAIN) * GRAIN);
    const code = this.#code;
    code[base + 1] = first < 0 ? first : HEAD + first * STEP;
    code[base + 2] = steps.length;
    let list = HEAD + steps.length * STEP;
    for (const [n, { what, about, yes, no }] of steps.entries()) {
      const at = base + HEAD + n * STEP;
      code[at] = what;
      code[at + 1] = typeof about === "number" ? about : list;
      code[at + 2] = yes < 0 ? yes : HEAD + yes * STEP;
      code[at + 3] = no < 0 ? no : HEAD + no * STEP;
      if (typeof about === "number") continue;
      code.set(about, base + list);
      list += about.length;
    }
    return base;
  }

  remove(base: number): void {
    const code = this.#code;
    for (let n = 0; n < (code[base + 2] as number); n++) {
      const at = base + HEAD + n * STEP;
      if (code[at] !== CALL) continue;
      this.#tests[code[at + 1] as number] = null;
      this.#freeTests.push(code[at + 1] as number);
    }
    const length = code[base] as number;
    const room = this.#room.get(length) ?? [];
    room.push(base);
    this.#room.set(length, room);
  }

  #place(length: number): number {
    let base = this.#room.get(length)?.pop();
    if (base === undefined) {
      base = this.#end;
      this.#end += length;
      if (this.#end > this.#code.length) this.#code = grown(this.#code, this.#end);
    }
    this.#code[base] = length;
    return base;
  }

  /** The steps of a query before those it leads to; the number of the one it begins with, or its answer. */
  #take(query: Query, yes: number, no: number, steps: Step[], uses: Uses): number {
    const step = (what: number, about: number | readonly number[]): number => steps.push({ what, about, yes, no }) - 1;
    switch (query.kind) {
      case "all":
        return query.of.reduceRight((next, one) => this.#take(one, next, no, steps, uses), yes);
      case "any":
        return (query.of as readonly Query[]).reduceRight((next, one) => this.#take(one, yes, next, steps, uses), no);
      case "not":
        return this.#take(query.of, no, yes, steps, uses);
      case "hashtag":
      case "mention":
      case "cashtag":
      case "emoji":
        return step(HAS, uses.mark(query.kind, query.text));
      case "field":
        if (query.name === "from" || query.name === "to")
          return step(HAS, uses.mark(query.name, handleOf(query.value)));
        break;
      case "phrase":
        if (query.exact) break;
        if (query.words.length === 1) return step(HAS, uses.word(query.words[0] as WordPart));
        if (query.words.every((part) => part.kind === "word"))
          return step(SEQUENCE, [query.words.length, ...query.words.map((part) => uses.word(part))]);
        break;
      case "near": {
        const list = nearList(query, uses);
        if (list) return step(NEAR, list);
      }
    }
    return step(CALL, this.#keep(compile(query, this.#features, uses)));
  }

  #keep(test: Test): number {
    const at = this.#freeTests.pop() ?? this.#tests.length;
    this.#tests[at] = test;
    return at;
  }

  /** Whether the post that the features looked at last matches the program at `base`. */
  run(base: number, post: Reading): boolean {
    const code = this.#code;
    const { rows, stamp } = this.#features;
    let next = code[base + 1] as number;
    while (next >= 0) {
      const at = base + next;
      const about = code[at + 1] as number;
      let found: boolean;
      switch (code[at]) {
        case HAS:
          found = rows[about * 4] === stamp;
          break;
        case SEQUENCE:
          found = this.#inSequence(base + about, post);
          break;
        case NEAR:
          found = this.#near(base + about);
          break;
        default:
          found = (this.#tests[about] as Test)(post);
      }
      next = (found ? code[at + 2] : code[at + 3]) as number;
    }
    return next === YES;
  }

  #inSequence(list: number, post: Reading): boolean {
    const code = this.#code;
    const features = this.#features;
    const { next, places, wordFeature } = features;
    const length = code[list] as number;
    for (let n = length; n > 1; n--) if (!features.has(code[list + n] as number)) return false;
    let link = features.firstOf(code[list + 1] as number);
    for (; link >= 0; link = next[link] as number) {
      const at = places[link] as number;
      if (at + length > post.count) return false;
      let n = 1;
      while (n < length && wordFeature[at + n] === code[list + n + 1]) n++;
      if (n === length) return true;
    }
    return false;
  }

  #near(list: number): boolean {
    const code = this.#code;
    const features = this.#features;
    const [within, ordered, lefts] = [code[list] as number, code[list + 1] === 1, code[list + 2] as number];
    const left = list + 3;
    const right = left + lefts + 1;
    const rights = code[right - 1] as number;
    for (let i = 0; i < lefts; i++) {
      const a = features.firstOf(code[left + i] as number);
      if (a < 0) continue;
      for (let k = 0; k < rights; k++) {
        const b = features.firstOf(code[right + k] as number);
        if (b >= 0 && this.#meet(a, b, within, ordered)) return true;
      }
    }
    return false;
  }

  /** Do two chains of places, each in order, come near each other without being the same place? Each is gone through once. */
  #meet(a: number, b: number, within: number, ordered: boolean): boolean {
    const { next, places } = this.#features;
    let other = b;
    for (let one = a; one >= 0; one = next[one] as number) {
      const at = places[one] as number;
      const least = ordered ? at + 1 : at - within;
      while ((places[other] as number) < least) {
        other = next[other] as number;
        if (other < 0) return false;
      }
      let found = other;
      if (places[found] === at) found = next[found] as number;
      if (found >= 0 && (places[found] as number) <= at + within) return true;
    }
    return false;
  }
}

/** Distance, order, then the features of each side; null: a side is more than single words. */
function nearList(near: Near, uses: Uses): number[] | null {
  const [left, right] = [singleWords(near.left), singleWords(near.right)];
  if (!left || !right) return null;
  const side = (words: readonly WordPart[]) => [words.length, ...words.map((part) => uses.word(part))];
  return [near.within, near.ordered ? 1 : 0, ...side(left), ...side(right)];
}

function singleWords(of: Positional): WordPart[] | null {
  if (of.kind === "any") {
    const each = of.of.map(singleWords);
    return each.every((one) => one !== null) ? each.flat() : null;
  }
  if (of.kind !== "phrase" || !isSingle(of)) return null;
  return [of.words[0] as WordPart];
}

/** Signs of writing without spaces are words of their own and may have to be glued. */
const isSingle = (phrase: Phrase): boolean =>
  phrase.words.length === 1 && !phrase.exact && phrase.words[0]?.kind !== "sign";
