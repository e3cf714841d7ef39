import { type Anchor, anchorsOf } from "#shared/query/anchors";
import type { Loose, Phrase, Post, Query, WordPart } from "#shared/query/ast";
import type { Accents } from "#shared/query/fold";
import { fold } from "#shared/query/fold";
import type { Uses } from "./compile.ts";
import { Features, gramOf, handleOf, type Kind } from "./features.ts";
import { Programs } from "./program.ts";
import { Reading } from "./reading.ts";
import { grown } from "./vocabulary.ts";

/** What has to be known to take a query out again. */
interface Entry {
  readonly n: number;
  /** Features of which one is there whenever the query matches. */
  readonly watched: readonly number[];
  readonly program: number;
  readonly giveBack: readonly (() => void)[];
}

/**
 * All queries against each post. A query is asked only about posts that hold one of a few words it cannot match without
 * (its anchors, the rarest there are); what a post costs depends on its words and on the hits, not on how many queries
 * there are. Queries come and go at any time.
 */
export class Matcher {
  readonly #engines: Record<Accents, Engine | null> = { fold: null, keep: null };
  readonly #home = new Map<string, Engine>();

  get size(): number {
    return this.#home.size;
  }
  /** Posts read and queries asked about them, since the beginning. */
  get counts(): { posts: number; evaluations: number } {
    const all = [this.#engines.fold, this.#engines.keep].filter((one) => one !== null);
    return {
      posts: Math.max(0, ...all.map((one) => one.posts)),
      evaluations: all.reduce((sum, one) => sum + one.evaluations, 0),
    };
  }

  /** Puts a query in, or another in place of the one with this id. */
  add(id: string, query: Query, accents: Accents = "fold"): void {
    this.remove(id);
    this.#engines[accents] ??= new Engine(accents);
    const engine = this.#engines[accents] as Engine;
    engine.add(id, query);
    this.#home.set(id, engine);
  }

  remove(id: string): boolean {
    const engine = this.#home.get(id);
    engine?.remove(id);
    return this.#home.delete(id);
  }

  /** Ids of all queries that match, in no order. */
  match(post: Post): string[] {
    const hits: string[] = [];
    this.#engines.fold?.match(post, hits);
    if (this.#engines.keep && this.#engines.keep.size > 0) this.#engines.keep.match(post, hits);
    return hits;
  }
}

/** A query's row: the last post it was asked of; a further feature that must be there, or -1; its program. */
const ROW = 4;
const ASKED = 0;
const ALSO = 1;
const PROGRAM = 2;
/** In place of a program: to be found is to match (a single word, tag or handle). */
const CERTAIN = -1;

class Engine {
  readonly #accents: Accents;
  readonly #features = new Features({ learns: true });
  readonly #programs = new Programs(this.#features);
  readonly #reading: Reading;
  readonly #entries = new Map<string, Entry>();
  #rows = new Int32Array(16 * ROW);
  /** Ids by number, and the numbers that are free. */
  readonly #ids: string[] = [];
  readonly #free: number[] = [];
  /** Who watches a feature where it is more than one; the feature knows its list by -2 - place. */
  readonly #lists: number[][] = [];
  readonly #freeLists: number[] = [];
  /** Without features to be found by: asked of every post. */
  readonly #everyPost = new Set<number>();
  posts = 0;
  evaluations = 0;

  constructor(accents: Accents) {
    this.#accents = accents;
    this.#reading = new Reading(accents);
  }
  get size(): number {
    return this.#entries.size;
  }

  add(id: string, query: Query): void {
    const giveBack: (() => void)[] = [];
    const features = this.#features;
    const mark = (kind: Kind, text: string): number => {
      giveBack.push(() => features.giveBack(kind, text));
      return features.use(kind, text);
    };
    const word = (part: WordPart): number => {
      giveBack.push(() => features.giveBackWord(part));
      return features.useWord(part);
    };
    const uses: Uses = { word, mark };
    const sets = this.#anchorSets(query);
    const best = sets[0];
    const found = best ? [...new Set(best.map((anchor) => this.#featureOf(anchor, uses, mark)))] : [];
    const watched = found.includes(-1) ? [] : found;
    // Of what else has to be there, one thing that is a single feature: a look at a number before the query is asked.
    const second = sets.slice(1).find((set) => set.length === 1)?.[0];
    const also = second ? this.#featureOf(second, uses, mark) : -1;
    const certain = watched.length > 0 && isCertain(query);
    const program = certain ? CERTAIN : this.#programs.add(query, uses);
    const n = this.#free.pop() ?? this.#ids.length;
    if ((n + 1) * ROW > this.#rows.length) this.#rows = grown(this.#rows);
    this.#rows.set([0, also, program], n * ROW);
    this.#ids[n] = id;
    this.#entries.set(id, { n, watched, program, giveBack });
    if (watched.length === 0) this.#everyPost.add(n);
    for (const feature of watched) this.#watch(feature, n);
  }

  #watch(feature: number, n: number): void {
    const features = this.#features;
    const now = features.watcherOf(feature);
    if (now === -1) features.watch(feature, n);
    else if (now < -1) (this.#lists[-2 - now] as number[]).push(n);
    else {
      const at = this.#freeLists.pop() ?? this.#lists.length;
      this.#lists[at] = [now, n];
      features.watch(feature, -2 - at);
    }
  }

  #unwatch(feature: number, n: number): void {
    const features = this.#features;
    const now = features.watcherOf(feature);
    if (now >= 0) {
      features.watch(feature, -1);
      return;
    }
    const list = this.#lists[-2 - now] as number[];
    list[list.indexOf(n)] = list.at(-1) as number;
    list.pop();
    if (list.length > 1) return;
    features.watch(feature, list[0] as number);
    this.#freeLists.push(-2 - now);
  }

  /** What has to be there, the rarest first: sets of which one of each must be. */
  #anchorSets(query: Query): Anchor[][] {
    const parts = query.kind === "all" ? query.of : [query];
    return parts
      .map((part) => anchorsOf(part, (anchor) => this.#cost(anchor)))
      .filter((set) => set !== null)
      .sort((a, b) => a.cost - b.cost)
      .map((set) => set.of);
  }

  #cost(anchor: Anchor): number {
    if (anchor.kind === "field") return anchor.name === "url" ? 3 : 0.1;
    if (anchor.kind === "emoji") return 10;
    if (anchor.kind === "phrase" || anchor.kind === "loose") return this.#wordCost(this.#rarest(anchor));
    return this.#features.often(anchor.text);
  }
  #wordCost(part: WordPart): number {
    if (part.kind === "sign") return 20;
    const often = this.#features.often(part.text.replace(/[*?].*/, ""));
    return part.kind === "word" ? often : 4 * often + 1;
  }
  #rarest(anchor: Phrase | Loose): WordPart {
    const words = anchor.kind === "loose" ? anchor.groups.flat() : anchor.words;
    const exact = anchor.kind === "phrase" && anchor.exact;
    const parts = exact ? words.map((part) => ({ ...part, text: fold(part.text, this.#accents) })) : words;
    return parts.reduce((best, one) => (this.#wordCost(one) < this.#wordCost(best) ? one : best));
  }

  /** The feature by which an anchor is seen; -1: only by asking. */
  #featureOf(anchor: Anchor, uses: Uses, mark: (kind: Kind, text: string) => number): number {
    if (anchor.kind === "field") {
      if (anchor.name === "from" || anchor.name === "to") return uses.mark(anchor.name, handleOf(anchor.value));
      const gram = gramOf(anchor.value);
      return gram === null ? -1 : mark("gram", gram);
    }
    if (anchor.kind === "phrase" || anchor.kind === "loose") {
      const pair = pairOf(anchor.kind === "phrase" ? anchor.words : anchor.groups.flat());
      return pair === null ? uses.word(this.#rarest(anchor)) : mark("pair", pair);
    }
    return uses.mark(anchor.kind, anchor.text);
  }

  remove(id: string): void {
    const { n, watched, program, giveBack } = this.#entries.get(id) as Entry;
    this.#entries.delete(id);
    this.#everyPost.delete(n);
    for (const feature of watched) this.#unwatch(feature, n);
    if (program !== CERTAIN) this.#programs.remove(program);
    for (const back of giveBack) back();
    this.#ids[n] = "";
    this.#free.push(n);
  }

  match(post: Post, hits: string[]): void {
    const reading = this.#reading.read(post);
    const features = this.#features;
    features.look(reading);
    this.posts++;
    // The stamps began anew: what is remembered of earlier ones says nothing.
    if (features.stamp === 1) for (let at = ASKED; at < this.#rows.length; at += ROW) this.#rows[at] = 0;
    const { found, foundCount } = features;
    for (let i = 0; i < foundCount; i++) {
      const watcher = features.watcherOf(found[i] as number);
      if (watcher >= 0) this.#ask(watcher, reading, hits);
      else if (watcher < -1) for (const n of this.#lists[-2 - watcher] as number[]) this.#ask(n, reading, hits);
    }
    for (const n of this.#everyPost) this.#ask(n, reading, hits);
  }

  #ask(n: number, reading: Reading, hits: string[]): void {
    const rows = this.#rows;
    const features = this.#features;
    const at = n * ROW;
    if (rows[at + ASKED] === features.stamp) return;
    const also = rows[at + ALSO] as number;
    if (also >= 0 && !features.has(also)) return;
    rows[at + ASKED] = features.stamp;
    this.evaluations++;
    const program = rows[at + PROGRAM] as number;
    if (program === CERTAIN || this.#programs.run(program, reading)) hits.push(this.#ids[n] as string);
  }
}

/** Whether what a query is found by is all that it asks for. */
function isCertain(query: Query): boolean {
  if (query.kind === "phrase") {
    const [only, more] = query.words;
    // Signs are found by pairs; letter by letter is looked at.
    return more === undefined && !query.exact && only?.kind !== "sign";
  }
  if (query.kind === "any") return (query.of as readonly Query[]).every(isCertain);
  return query.kind === "hashtag" || query.kind === "mention" || query.kind === "cashtag" || query.kind === "emoji";
}

/** Two signs that follow one another: far rarer than one. */
function pairOf(words: readonly WordPart[]): string | null {
  for (let n = 1; n < words.length; n++) {
    const [a, b] = [words[n - 1] as WordPart, words[n] as WordPart];
    if (a.kind === "sign" && b.kind === "sign" && b.glued) return a.text + b.text;
  }
  return null;
}
