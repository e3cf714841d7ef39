import {
  Books,
  type HeardPost,
  type Hit,
  type MonitorQuery,
  type Trial,
  type Tried,
  tryOn,
} from "../domain/matching/books.ts";

/** Posts as JSON bytes: they change threads without being copied. */
export type Packed = Uint8Array<ArrayBuffer>;
export const pack = (posts: readonly HeardPost[]): Packed => new TextEncoder().encode(JSON.stringify(posts));
const unpack = (posts: Packed): HeardPost[] => JSON.parse(decoder.decode(posts)) as HeardPost[];
const decoder = new TextDecoder();

/** What the matching thread is told (`put`) and asked; each question is answered under its number. */
export type Question =
  | {
      readonly ask: "put";
      readonly account: string;
      readonly monitors: readonly MonitorQuery[];
      readonly gone: readonly string[];
    }
  | { readonly ask: "wanted"; readonly n: number; readonly account: string; readonly posts: Packed }
  | { readonly ask: "hits"; readonly n: number; readonly account: string; readonly posts: Packed }
  /** `posts` are asked before those heard lately and dropped. */
  | {
      readonly ask: "try";
      readonly n: number;
      readonly account: string;
      readonly brandId: string | null;
      readonly posts: Packed;
      readonly trial: Trial;
    };
export type Answer = { readonly n: number } & (
  | { readonly ok: true; readonly is: unknown }
  | { readonly ok: false; readonly why: string }
);
/** A post that was heard and not kept, as an example. */
export interface HeardExample {
  readonly post: HeardPost;
  readonly spans: readonly (readonly [number, number])[];
}
export interface TrialAnswer {
  readonly tried: Tried;
  readonly heard: { readonly count: number; readonly from: number | null; readonly to: number | null };
  /** Examples beyond the posts that were handed in. */
  readonly examples: readonly HeardExample[];
}

/** So many posts of an account that no monitor wanted are remembered, to try queries on. */
const HEARD_POSTS = 3_000;

/** Answers questions about the books; the same in the thread and where no thread is to be had. */
export function createDesk(): (question: Question) => Answer | null {
  const books = new Books();
  const heard = new Map<string, Heard>();

  function answer(question: Exclude<Question, { ask: "put" }>): Hit[][] | string[][] | TrialAnswer {
    const { account } = question;
    if (question.ask === "hits") return books.hits(account, unpack(question.posts));
    if (question.ask === "wanted") {
      const posts = unpack(question.posts);
      const known = heard.get(account) ?? new Heard();
      heard.set(account, known);
      known.keep(question.posts, posts.length);
      return books.wanted(account, posts);
    }
    const lately = (heard.get(account)?.posts() ?? []).filter(
      (post) => question.brandId === null || post.brandId === question.brandId,
    );
    const given = unpack(question.posts);
    const tried = tryOn(question.trial, [...given, ...lately]) ?? { hits: 0, terms: [], examples: [] };
    const times = lately.flatMap((post) => post.at ?? []);
    return {
      tried: { ...tried, examples: tried.examples.filter((one) => one.post < given.length) },
      heard: {
        count: lately.length,
        from: times.length > 0 ? times.reduce((a, b) => Math.min(a, b)) : null,
        to: times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : null,
      },
      examples: tried.examples
        .filter((one) => one.post >= given.length)
        .map(({ post, spans }) => ({ post: lately[post - given.length] as HeardPost, spans })),
    };
  }

  return (question) => {
    if (question.ask === "put") {
      books.put(question.account, question.monitors, question.gone);
      return null;
    }
    try {
      return { n: question.n, ok: true, is: answer(question) };
    } catch (error) {
      return { n: question.n, ok: false, why: error instanceof Error ? error.message : String(error) };
    }
  };
}

/** The batches that came last, as they came: a post is read again only when a query is tried. */
class Heard {
  readonly #batches: { posts: Packed; count: number }[] = [];
  #count = 0;

  keep(posts: Packed, count: number): void {
    this.#batches.push({ posts, count });
    this.#count += count;
    while (this.#batches.length > 1 && this.#count - (this.#batches[0] as { count: number }).count >= HEARD_POSTS)
      this.#count -= (this.#batches.shift() as { count: number }).count;
  }
  /** Newest first. */
  posts(): HeardPost[] {
    return this.#batches.flatMap((batch) => unpack(batch.posts)).reverse();
  }
}
