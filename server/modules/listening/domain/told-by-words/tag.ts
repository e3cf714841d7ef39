import type { Word } from "../label.ts";
import type { Tokens } from "../tokens.ts";

/** Where a word of a list stands: tokens from `from` to before `to`. */
export interface Place {
  from: number;
  to: number;
}

interface Phrase {
  list: number;
  /** The words after the first; `open`: any ending. */
  rest: readonly { word: string; open: boolean }[];
}

const STEM_MOST = 24;

/**
 * Finds the words of many lists in one walk over a post. A list holds alternatives parted by commas, each one word or several in
 * a row; `*` stands for any ending and `?` for a question's mark. Cost: a few look-ups for each word, whatever the lists hold.
 */
export class Tagger<Name extends string> {
  readonly #names: readonly Name[];
  readonly #whole = new Map<string, Phrase[]>();
  readonly #stems = new Map<string, Phrase[]>();
  /** How stems begin, cut to the length of the shortest: most words begin like none, and no stem is looked up for them. */
  readonly #heads = new Set<string>();
  /** What begins with a word, of the words met last: people use the same ones all the time. */
  readonly #met = new Map<string, readonly Phrase[]>();
  #shortest = STEM_MOST;
  #longest = 0;

  constructor(lists: Readonly<Record<Name, string>>) {
    this.#names = Object.keys(lists) as Name[];
    for (const [list, name] of this.#names.entries())
      for (const entry of lists[name].split(",")) {
        const words = wordsOf(entry);
        const first = words[0];
        if (!first) continue;
        const into = first.open ? this.#stems : this.#whole;
        const phrases = into.get(first.word) ?? [];
        phrases.push({ list, rest: words.slice(1) });
        into.set(first.word, phrases);
        if (first.open) {
          this.#shortest = Math.min(this.#shortest, first.word.length);
          this.#longest = Math.max(this.#longest, first.word.length);
        }
      }
    for (const stem of this.#stems.keys()) this.#heads.add(stem.slice(0, this.#shortest));
  }

  /** All places by the name of their list, in order; a list without any is not there. */
  tag(post: Tokens): Map<Name, Place[]> {
    const { words, tokenOf } = bareWords(post);
    const found = new Map<Name, Place[]>();
    for (let at = 0; at < words.length; at++) {
      for (const { list, rest } of this.#beginning(words[at]!)) {
        if (rest.length > 0 && !rest.every((r, i) => fits(words[at + 1 + i], r))) continue;
        const name = this.#names[list]!;
        const places = found.get(name) ?? [];
        places.push({ from: tokenOf[at]!, to: tokenOf[at + rest.length]! + 1 });
        found.set(name, places);
      }
    }
    return found;
  }

  /** The alternatives that a word may begin: those that say it, then those of which it begins with the first. */
  #beginning(word: string): readonly Phrase[] {
    const known = this.#met.get(word);
    if (known) return known;
    const whole = this.#whole.get(word);
    let all: readonly Phrase[] = whole ?? NONE;
    if (word.length >= this.#shortest && this.#heads.has(word.slice(0, this.#shortest))) {
      const most = Math.min(this.#longest, word.length);
      for (let n = this.#shortest; n <= most; n++) {
        const stems = this.#stems.get(word.slice(0, n));
        if (stems) all = [...all, ...stems];
      }
    }
    // A word may be as long as a post; nobody uses such a one twice.
    if (word.length > STEM_MOST) return all;
    if (this.#met.size >= REMEMBERED) this.#met.clear();
    this.#met.set(word, all);
    return all;
  }
}

const NONE: readonly Phrase[] = [];
const REMEMBERED = 20_000;

let cut: { post: Tokens; words: string[]; tokenOf: number[] } | undefined;

/** The words of a post as lists are written, and the token each is of. Several taggers read the same post one after the other: it is cut once. */
function bareWords(post: Tokens): { words: readonly string[]; tokenOf: readonly number[] } {
  if (cut?.post === post) return cut;
  const words: string[] = [];
  const tokenOf: number[] = [];
  for (const [at, token] of post.tokens.entries()) {
    if (token.kind === "sign" || (token.kind === "mark" && !token.norm.startsWith("?"))) continue;
    if (token.kind === "mark") {
      words.push("?");
      tokenOf.push(at);
      continue;
    }
    for (const word of bare(post.text.slice(token.start, token.end)).split(SPLIT)) {
      if (word === "") continue;
      words.push(word);
      tokenOf.push(at);
    }
  }
  cut = { post, words, tokenOf };
  return cut;
}

/** The words of a post that stand at these places. */
export function wordsAt(post: Tokens, places: readonly Place[], weight: number): Word[] {
  return places.map(({ from, to }) => {
    const start = post.tokens[from]!.start;
    const end = post.tokens[to - 1]!.end;
    return { text: post.text.slice(start, end), start, end, weight };
  });
}

const SPLIT = /[\s'’\-_.&/]+/u;

/** As the lists are written: small letters without accents, ß and dotless i as they are typed without. */
function bare(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase();
  return word
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(/ß/gu, "ss")
    .replace(/ı/gu, "i")
    .replace(/ł/gu, "l")
    .replace(/ø/gu, "o")
    .replace(/æ/gu, "ae")
    .replace(/œ/gu, "oe");
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant
const PLAIN = /^[\x00-\x7f]*$/;
const MARKS = /\p{M}/gu;

function wordsOf(entry: string): { word: string; open: boolean }[] {
  return bare(entry.trim())
    .split(SPLIT)
    .filter((word) => word !== "" && word !== "*")
    .map((word) => (word.endsWith("*") ? { word: word.slice(0, -1), open: true } : { word, open: false }));
}

function fits(word: string | undefined, wanted: { word: string; open: boolean }): boolean {
  if (word === undefined) return false;
  return wanted.open ? word.startsWith(wanted.word) : word === wanted.word;
}
