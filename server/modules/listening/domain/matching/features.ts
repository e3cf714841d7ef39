import type { WordPart } from "#shared/query/ast";
import { beginsWith, MENTION, type Reading, SIGN, type Tag } from "./reading.ts";
import { grown, hashOf, mayHold, unitsOf, Vocabulary } from "./vocabulary.ts";

/** What can be seen of a post at a glance; each thing some query asks for is one feature with a number. */
export type Kind = "word" | "pair" | "hashtag" | "mention" | "cashtag" | "emoji" | "from" | "to" | "gram";
const KINDS: readonly Kind[] = ["word", "pair", "hashtag", "mention", "cashtag", "emoji", "from", "to", "gram"];

interface Beginning {
  readonly text: string;
  readonly feature: number;
  readonly pattern: boolean;
  uses: number;
}

/** How often words were met lately, in a table of hashes: what a query is found by is chosen by it. */
const SKETCH = 1 << 16;
/** After so many posts the guess by a word's length is not asked any more. */
const SURE = 2_000;
/** After so many posts the stamps begin anew, before they leave 32 bits. */
const MOST_STAMPS = 0x7ffffff0;

/** A feature's row: the last post it was seen in, the chain of its places there, who watches it. */
const ROW = 4;
const FIRST = 1;
const LAST = 2;
const WATCH = 3;

/**
 * Which features a post has, and where: the chain of word numbers from `firstOf(f)` along `next`. What is asked about a
 * feature lies in one row of numbers.
 */
export class Features {
  readonly #tables: Record<Kind, Vocabulary>;
  readonly #words: Vocabulary;
  #made = 0;
  readonly #free: number[] = [];
  /** Beginnings and patterns by their first two units. */
  readonly #beginnings = new Map<number, Beginning[]>();
  readonly #beginningOf = new Map<string, Beginning>();
  /** Null: nothing is learned from posts. */
  readonly #often: Uint32Array | null;
  #posts = 0;

  /** Of the post that was looked at last; never 0. */
  stamp = 0;
  /** `rows[f * 4] === stamp`: this post has feature f. */
  rows = new Int32Array(16 * ROW);
  /** Word numbers in chains: the next of the same feature; -1: the last. */
  places = new Int32Array(64);
  next = new Int32Array(64);
  #links = 0;
  /** The features of this post, each once. */
  found = new Int32Array(64);
  foundCount = 0;
  /** Of each word of the post: its own feature, or -1. */
  wordFeature = new Int32Array(32);
  readonly #newFeature = (): number => this.#freshFeature();

  /** `learns`: whether it is to be known how often words are met. */
  constructor({ learns = false }: { learns?: boolean } = {}) {
    this.#tables = Object.fromEntries(KINDS.map((kind) => [kind, new Vocabulary()])) as Record<Kind, Vocabulary>;
    this.#words = this.#tables.word;
    this.#often = learns ? new Uint32Array(SKETCH) : null;
  }

  // ---- what queries ask for

  use(kind: Kind, text: string): number {
    return this.#tables[kind].use(text, this.#newFeature);
  }
  giveBack(kind: Kind, text: string): void {
    const free = this.#tables[kind].giveBack(text);
    if (free >= 0) this.#free.push(free);
  }

  useWord(part: WordPart): number {
    if (part.kind === "word" || part.kind === "sign") return this.use("word", part.text);
    const key = `${part.kind} ${part.text}`;
    const known = this.#beginningOf.get(key);
    if (known) {
      known.uses++;
      return known.feature;
    }
    const pattern = part.kind === "pattern";
    const made: Beginning = { text: part.text, feature: this.#freshFeature(), pattern, uses: 1 };
    this.#beginningOf.set(key, made);
    const head = headOf(part.text);
    this.#beginnings.set(head, [...(this.#beginnings.get(head) ?? []), made]);
    return made.feature;
  }
  giveBackWord(part: WordPart): void {
    if (part.kind === "word" || part.kind === "sign") {
      this.giveBack("word", part.text);
      return;
    }
    const key = `${part.kind} ${part.text}`;
    const known = this.#beginningOf.get(key) as Beginning;
    if (--known.uses > 0) return;
    this.#beginningOf.delete(key);
    const head = headOf(part.text);
    const left = (this.#beginnings.get(head) as Beginning[]).filter((one) => one !== known);
    if (left.length === 0) this.#beginnings.delete(head);
    else this.#beginnings.set(head, left);
    this.#free.push(known.feature);
  }

  #freshFeature(): number {
    const feature = this.#free.pop() ?? this.#made++;
    if ((feature + 1) * ROW > this.rows.length) this.rows = grown(this.rows);
    this.rows[feature * ROW] = 0;
    this.rows[feature * ROW + WATCH] = -1;
    return feature;
  }

  /** A number of whoever watches the feature, -1 at first. */
  watcherOf(feature: number): number {
    return this.rows[feature * ROW + WATCH] as number;
  }
  watch(feature: number, watcher: number): void {
    this.rows[feature * ROW + WATCH] = watcher;
  }

  // ---- what a post has

  look(post: Reading): void {
    if (this.stamp >= MOST_STAMPS) this.#forgetStamps();
    this.stamp++;
    this.#posts++;
    this.foundCount = 0;
    this.#links = 0;
    this.#lookAtWords(post);
    if (post.hashtags.length > 0) for (const tag of post.hashtags) this.#markTag("hashtag", post, tag, tag.end);
    if (post.cashtags.length > 0) for (const tag of post.cashtags) this.#markTag("cashtag", post, tag, tag.end);
    if (post.mentions.length > 0) for (const handle of post.mentions) this.#lookAtHandle(post, handle);
    if (post.emoji.length > 0) for (const sign of post.emoji) this.#mark("emoji", sign);
    if (this.#tables.from.size > 0 && post.post.from) this.#mark("from", handleOf(post.post.from));
    if (this.#tables.to.size > 0 && post.post.to) for (const to of post.post.to) this.#mark("to", handleOf(to));
    if (this.#tables.gram.size > 0) for (const link of post.links) this.#lookAtLink(link);
  }

  #forgetStamps(): void {
    for (let at = 0; at < this.rows.length; at += ROW) this.rows[at] = 0;
    this.stamp = 0;
  }

  #lookAtWords(post: Reading): void {
    const { units, start, end, hash, kind, glued, count } = post;
    const words = this.#words;
    const { bits, bitMask } = words;
    const begins = this.#beginnings.size > 0;
    const pairs = this.#tables.pair.size > 0;
    if (this.wordFeature.length < count) this.wordFeature = grown(this.wordFeature, count);
    const wordFeature = this.wordFeature;
    // How often words are met is learned from all posts at first, then from each eighth.
    if (this.#often && (this.#posts <= SURE || (this.#posts & 7) === 0)) this.#learn(post, this.#often);
    for (let n = 0; n < count; n++) {
      const code = hash[n] as number;
      let feature = -1;
      if (mayHold(bits, bitMask, code) && kind[n] !== MENTION)
        feature = words.find(units, start[n] as number, end[n] as number, code);
      wordFeature[n] = feature;
      if (feature >= 0) this.#markFeature(feature, n);
      if (kind[n] === SIGN) {
        if (pairs && glued[n] === 1) this.#markPair(units, start[n - 1] as number, end[n] as number, n - 1);
      } else if (begins && kind[n] !== MENTION) this.#lookAtBeginnings(units, start[n] as number, end[n] as number, n);
    }
  }

  #learn({ hash, kind, count }: Reading, often: Uint32Array): void {
    const weight = this.#posts <= SURE ? 1 : 8;
    for (let n = 0; n < count; n++)
      if (kind[n] !== MENTION) (often[(hash[n] as number) & (SKETCH - 1)] as number) += weight;
  }

  #lookAtBeginnings(units: Uint16Array, from: number, to: number, n: number): void {
    if (to - from < 2) return;
    const list = this.#beginnings.get((units[from] as number) * 65_536 + (units[from + 1] as number));
    if (!list) return;
    for (const { text, pattern, feature } of list)
      if (pattern ? fitsPattern(text, units, from, to) : text.length <= to - from && beginsWith(units, from, text))
        this.#markFeature(feature, n);
  }

  #markPair(units: Uint16Array, from: number, to: number, n: number): void {
    const feature = this.#tables.pair.find(units, from, to, hashOf(units, from, to));
    if (feature >= 0) this.#markFeature(feature, n);
  }

  /** `@a.b.c` is also asked for as `@a` and `@a.b`. */
  #lookAtHandle(post: Reading, handle: Tag): void {
    if (this.#tables.mention.size === 0) return;
    for (let i = handle.start + 1; i < handle.end; i++)
      if (JOINTS.includes(post.units[i] as number)) this.#markTag("mention", post, handle, i);
    this.#markTag("mention", post, handle, handle.end);
  }

  #markTag(kind: "hashtag" | "cashtag" | "mention", { units }: Reading, { start, from }: Tag, end: number): void {
    const table = this.#tables[kind];
    if (table.size === 0) return;
    const feature = table.find(units, start, end, hashOf(units, start, end));
    if (feature >= 0) this.#markFeature(feature, from);
  }

  #lookAtLink(link: string): void {
    const table = this.#tables.gram;
    const units = unitsOf(link);
    for (let i = 0; i + GRAM <= units.length; i++) {
      const feature = table.find(units, i, i + GRAM, hashOf(units, i, i + GRAM));
      if (feature >= 0) this.#markFeature(feature, -1);
    }
  }

  #mark(kind: Kind, text: string): void {
    const table = this.#tables[kind];
    if (table.size === 0) return;
    const units = unitsOf(text);
    const feature = table.find(units, 0, units.length, hashOf(units, 0, units.length));
    if (feature >= 0) this.#markFeature(feature, -1);
  }

  #markFeature(feature: number, place: number): void {
    const link = this.#links++;
    if (link >= this.places.length) {
      this.places = grown(this.places);
      this.next = grown(this.next);
      this.found = grown(this.found);
    }
    this.places[link] = place;
    this.next[link] = -1;
    const rows = this.rows;
    const at = feature * ROW;
    if (rows[at] !== this.stamp) {
      rows[at] = this.stamp;
      rows[at + FIRST] = link;
      this.found[this.foundCount++] = feature;
    } else this.next[rows[at + LAST] as number] = link;
    rows[at + LAST] = link;
  }

  has(feature: number): boolean {
    return this.rows[feature * ROW] === this.stamp;
  }
  /** The first link of the chain of places; -1: the post has it not. */
  firstOf(feature: number): number {
    return this.rows[feature * ROW] === this.stamp ? (this.rows[feature * ROW + FIRST] as number) : -1;
  }

  // ---- what a query is best found by

  /** How many posts of a thousand hold such a word, by what was met; by its length before anything was. */
  often(word: string): number {
    const guess = 30 / (1 + word.length * word.length);
    if (this.#posts === 0 || !this.#often) return guess;
    const code = hashOf(unitsOf(word), 0, word.length);
    const met = (this.#often[code & (SKETCH - 1)] as number) / this.#posts;
    const sure = Math.min(1, this.#posts / SURE);
    return sure * met * 1000 + (1 - sure) * guess;
  }
}

const GRAM = 4;
/** `.`, `-` and `@` inside of a handle. */
const JOINTS: readonly number[] = [46, 45, 64];
const STAR = 42;
const ANY_LETTER = 63;

const headOf = (text: string): number => text.charCodeAt(0) * 65_536 + text.charCodeAt(1);

/** Does the word at these units fit a pattern? `*`: any letters, also none; `?`: one letter. At most length × length steps. */
export function fitsPattern(pattern: string, units: Uint16Array, from: number, to: number): boolean {
  let [p, w, star, back] = [0, from, -1, from];
  while (w < to) {
    const asked = p < pattern.length ? pattern.charCodeAt(p) : -1;
    if (asked === STAR) [star, back, p] = [p, w, p + 1];
    else if (asked === ANY_LETTER || asked === units[w]) [p, w] = [p + 1, w + 1];
    else if (star >= 0) [p, back, w] = [star + 1, back + 1, back + 1];
    else return false;
  }
  while (pattern.charCodeAt(p) === STAR) p++;
  return p === pattern.length;
}

export const handleOf = (handle: string): string => handle.replace(/^@/, "").toLowerCase();

/** Four signs that a link has to hold; null: too short, it is asked of every post with a link. */
export function gramOf(value: string): string | null {
  const bare = value.replace(/^(?:https?:\/\/)?(?:www\.)?/, "");
  return bare.length < GRAM ? null : bare.slice(0, GRAM);
}
