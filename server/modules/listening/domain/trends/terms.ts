import { commonIn } from "../common-words.ts";
import { type Token, tokenise } from "../tokens.ts";

/** A post as trends read it. `author` tells people apart. */
export interface TrendPost {
  id: string;
  author: string;
  text: string;
  sentiment: string;
}
/** A post and the phrases it holds: each once, with how it is written there. */
export interface ReadPost {
  post: TrendPost;
  terms: ReadonlyMap<string, string>;
}

const LONGEST = 3;
/** Of a longer post only this much is looked at: a mail is not a hundred posts. */
const TOKENS = 300;

/** Reads the phrases of a post: up to three words or tags in a row that neither begin nor end with a word everybody uses. */
export function readTerms(post: TrendPost): ReadPost {
  const { text, tokens } = tokenise(post.text);
  const terms = new Map<string, string>();
  const run: Token[] = [];
  for (const token of tokens.slice(0, TOKENS)) {
    // A phrase does not reach over what is no word, nor over a full stop.
    const last = run.at(-1);
    if (last && /[.,!?;:\n()，。！？、]/u.test(text.slice(last.end, token.start))) run.length = 0;
    if (token.kind !== "word" && token.kind !== "hashtag") {
      run.length = 0;
      continue;
    }
    run.push(token);
    if (run.length > LONGEST) run.shift();
    for (let from = 0; from < run.length; from++) {
      const part = run.slice(from);
      const [first, end] = [part[0] as Token, part.at(-1) as Token];
      if (isSmall(first) || isSmall(end)) continue;
      const key = part.map((one) => (one.kind === "hashtag" ? `#${one.norm}` : one.norm)).join(" ");
      if (!terms.has(key)) terms.set(key, text.slice(first.start, end.end).replace(/\s+/gu, " "));
    }
  }
  return { post, terms };
}

/** Says nothing at the edge of a phrase: a common word, or one letter of an alphabet. */
function isSmall({ kind, norm }: Token): boolean {
  if (kind === "hashtag") return false;
  return commonIn(norm).length > 0 || (norm.length < 2 && /^\p{Script=Latin}/u.test(norm)) || norm === "rt";
}

/** The posts that hold each phrase, one for each author. */
export function postsOfTerms(posts: readonly ReadPost[]): Map<string, ReadPost[]> {
  const found = new Map<string, { authors: Set<string>; posts: ReadPost[] }>();
  for (const post of posts)
    for (const term of post.terms.keys()) {
      const one = found.get(term) ?? { authors: new Set<string>(), posts: [] };
      if (!one.authors.has(post.post.author)) {
        one.authors.add(post.post.author);
        one.posts.push(post);
      }
      found.set(term, one);
    }
  return new Map([...found].map(([term, one]) => [term, one.posts]));
}

/** As it is written most often; of equals the first by its letters. */
export function shownAs(term: string, posts: readonly ReadPost[]): string {
  const counts = new Map<string, number>();
  for (const { terms } of posts) {
    const written = terms.get(term);
    if (written !== undefined) counts.set(written, (counts.get(written) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? term;
}

/** What stands in more than this part of people's posts is what was searched for, and tells nothing. */
export const SEARCHED_FOR = 0.6;

/** Words nearly everybody uses here. */
export function searchedFor(posts: ReadonlyMap<string, readonly ReadPost[]>, people: number): ReadonlySet<string> {
  return new Set([...posts].flatMap(([term, of]) => (of.length > SEARCHED_FOR * people && people > 4 ? [term] : [])));
}

/** Whether a phrase begins or ends with such a word: then the rest of it is the phrase. */
export function leansOn(term: string, words: ReadonlySet<string>): boolean {
  const parts = term.split(" ");
  return words.has(term) || words.has(parts[0] ?? "") || words.has(parts.at(-1) ?? "");
}

/** Words of a phrase that say something. */
export const wordsThatSay = (term: string): number =>
  term.split(" ").filter((word) => commonIn(word).length === 0).length;

export const contains = (long: string, short: string): boolean => ` ${long} `.includes(` ${short} `);
