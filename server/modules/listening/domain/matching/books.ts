import type { Post, Query } from "#shared/query/ast";
import type { Accents } from "#shared/query/fold";
import { parseQuery } from "#shared/query/parse";
import { Matcher } from "./matcher.ts";
import { type TextSpan, Why } from "./why.ts";

/** What the matcher has to know of a monitor. `brandId` null: for all brands. */
export interface MonitorQuery {
  readonly id: string;
  readonly version: number;
  readonly brandId: string | null;
  readonly query: string;
  readonly accents: Accents;
  /** Empty: any. */
  readonly languages: readonly string[];
}
/** A post as it is asked about. `at`: epoch milliseconds. */
export interface HeardPost extends Post {
  readonly brandId: string;
  readonly at?: number;
  readonly network?: string;
  readonly author?: string;
}
export interface Hit {
  readonly id: string;
  readonly spans: readonly TextSpan[];
}

/** Reasons are made for hits only; so many monitors' are kept ready. */
const KEPT_WHYS = 2_000;

/** The tree of a monitor, its languages included; null: it cannot be read (any more). */
export function treeOf({ query, accents, languages }: Pick<MonitorQuery, "query" | "accents" | "languages">) {
  const parsed = parseQuery(query, { accents });
  if (!parsed.ok) return null;
  if (languages.length === 0) return parsed.query;
  const { spot } = parsed.query;
  const of = languages.map((lang): Query => ({ kind: "field", name: "lang", value: lang.toLowerCase(), spot }));
  return { kind: "all", of: [parsed.query, { kind: "any", of, spot }], spot } satisfies Query;
}

interface Book {
  readonly matcher: Matcher;
  readonly monitors: Map<string, MonitorQuery>;
  /** Those that hear posts of one brand only. */
  readonly ofOneBrand: Set<string>;
}

/** The monitors of all accounts, each account's apart from the others'. Pure: no clock, nothing outside. */
export class Books {
  readonly #accounts = new Map<string, Book>();
  readonly #whys = new Map<string, Why>();

  /** Puts monitors in (or anew), and takes others out. */
  put(accountId: string, monitors: readonly MonitorQuery[], gone: readonly string[]): void {
    let book = this.#accounts.get(accountId);
    if (!book) {
      book = { matcher: new Matcher(), monitors: new Map(), ofOneBrand: new Set() };
      this.#accounts.set(accountId, book);
    }
    for (const id of gone) takeOut(book, id);
    for (const one of monitors) {
      const tree = treeOf(one);
      takeOut(book, one.id);
      if (!tree) continue;
      book.matcher.add(one.id, tree, one.accents);
      book.monitors.set(one.id, one);
      if (one.brandId !== null) book.ofOneBrand.add(one.id);
    }
  }

  counts(accountId: string): { posts: number; evaluations: number } {
    return this.#accounts.get(accountId)?.matcher.counts ?? { posts: 0, evaluations: 0 };
  }

  /** Which monitors want each post, by id; in the order of the posts. */
  wanted(accountId: string, posts: readonly HeardPost[]): string[][] {
    const book = this.#accounts.get(accountId);
    if (!book) return posts.map(() => []);
    const { matcher, monitors, ofOneBrand } = book;
    if (ofOneBrand.size === 0) return posts.map((post) => matcher.match(post));
    return posts.map((post) =>
      matcher.match(post).filter((id) => !ofOneBrand.has(id) || monitors.get(id)?.brandId === post.brandId),
    );
  }

  /** The same with the words that did it. */
  hits(accountId: string, posts: readonly HeardPost[]): Hit[][] {
    const book = this.#accounts.get(accountId);
    return this.wanted(accountId, posts).map((ids, n) =>
      ids.map((id) => ({
        id,
        spans: this.#why(accountId, book?.monitors.get(id) as MonitorQuery).spans(posts[n] as HeardPost),
      })),
    );
  }

  #why(accountId: string, monitor: MonitorQuery): Why {
    const key = `${accountId} ${monitor.id} ${monitor.version}`;
    const known = this.#whys.get(key);
    if (known) return known;
    const made = new Why(treeOf(monitor) as Query, monitor.accents);
    if (this.#whys.size >= KEPT_WHYS) this.#whys.delete(this.#whys.keys().next().value as string);
    this.#whys.set(key, made);
    return made;
  }
}

function takeOut(book: Book, id: string): void {
  book.matcher.remove(id);
  book.monitors.delete(id);
  book.ofOneBrand.delete(id);
}

/** A query as it stands on a screen. */
export interface Trial {
  readonly query: string;
  readonly accents: Accents;
  readonly languages: readonly string[];
  readonly examples: number;
}
export interface Tried {
  readonly hits: number;
  /** How many posts hold each part by itself, in the order of the parts. */
  readonly terms: { at: number; length: number; posts: number }[];
  /** The newest: the place in the list that was asked, and what matched. */
  readonly examples: { post: number; spans: readonly TextSpan[] }[];
}

/** Asks one query of posts, newest first. Null: it cannot be read. */
export function tryOn(trial: Trial, posts: readonly Post[]): Tried | null {
  const tree = treeOf({ ...trial, languages: [] });
  if (!tree) return null;
  const why = new Why(tree, trial.accents);
  const speaks = trial.languages.length === 0 ? null : new Why(treeOf(trial) as Query, trial.accents);
  const terms = why.parts.map(({ at, length }) => ({ at, length, posts: 0 }));
  const examples: Tried["examples"] = [];
  let hits = 0;
  for (const [n, post] of posts.entries()) {
    const { hit, holds } = why.ask(post);
    holds.forEach((held, part) => {
      if (held) (terms[part] as { posts: number }).posts++;
    });
    if (!hit || (speaks && !speaks.ask(post).hit)) continue;
    hits++;
    if (examples.length < trial.examples) examples.push({ post: n, spans: why.spans(post) });
  }
  return { hits, terms, examples };
}
