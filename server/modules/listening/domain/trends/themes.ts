import { contains, leansOn, postsOfTerms, type ReadPost, searchedFor, shownAs, wordsThatSay } from "./terms.ts";

/** Posts that speak of one thing: all hold its first phrase. */
export interface Theme {
  /** The phrase that all its posts hold, and others that go with it. */
  name: string;
  words: string[];
  posts: number;
  people: number;
  negative: number;
  positive: number;
  /** People who used the phrase in the time before. */
  before: number;
  examples: string[];
}
export interface Themes {
  themes: Theme[];
  /** Posts that belong to none. */
  others: number;
}

const LEAST_PEOPLE = 3;
const WORDS = 3;
const EXAMPLES = 3;
/** A phrase of several words says more than one of its words. */
const LONGER_BY = 1.4;

/**
 * Sorts posts into themes: the phrase that most people share that is not in nearly every post takes its posts, then the next one among
 * the posts that are left. A post belongs to one theme. The same posts give the same themes in whatever order they come.
 */
export function findThemes(posts: readonly ReadPost[], before: readonly ReadPost[], limit: number): Themes {
  const sorted = posts.toSorted((a, b) => (a.post.id < b.post.id ? -1 : 1));
  const people = new Set(sorted.map((one) => one.post.author)).size;
  const earlier = postsOfTerms(before);
  const themes: Theme[] = [];
  const all = postsOfTerms(sorted);
  const everywhere = searchedFor(all, people);
  const usable = [...all]
    .filter(([term, of]) => of.length >= LEAST_PEOPLE && !leansOn(term, everywhere))
    .map(([term]) => term);
  const shared = new Set(usable);
  // Most phrases are one person's: without them each further theme costs little.
  let left: readonly ReadPost[] = sorted.map(({ post, terms }) => ({
    post,
    terms: new Map([...terms].filter(([term]) => shared.has(term))),
  }));
  while (themes.length < limit && left.length >= LEAST_PEOPLE) {
    const now = postsOfTerms(left);
    const seed = best(usable, now, themes);
    if (seed === null) break;
    const [inside, outside] = [left.filter((p) => p.terms.has(seed)), left.filter((p) => !p.terms.has(seed))];
    themes.push(themeOf(seed, inside, usable, now, earlier.get(seed)?.length ?? 0));
    left = outside;
  }
  return { themes, others: left.length };
}

function best(usable: readonly string[], now: ReadonlyMap<string, ReadPost[]>, had: readonly Theme[]): string | null {
  let found: { term: string; weight: number } | null = null;
  for (const term of usable) {
    const shared = now.get(term)?.length ?? 0;
    if (shared < LEAST_PEOPLE || had.some((theme) => theme.name.toLowerCase() === term)) continue;
    const weight = shared * LONGER_BY ** (wordsThatSay(term) - 1);
    const more = found === null || weight > found.weight || (weight === found.weight && term < found.term);
    if (more) found = { term, weight };
  }
  return found?.term ?? null;
}

function themeOf(
  seed: string,
  inside: readonly ReadPost[],
  usable: readonly string[],
  now: ReadonlyMap<string, ReadPost[]>,
  before: number,
): Theme {
  const here = postsOfTerms(inside);
  // What goes with it: phrases of at least a quarter of its people that are rarer elsewhere.
  const words = usable
    .flatMap((term) => {
      const shared = here.get(term)?.length ?? 0;
      if (term === seed || contains(seed, term) || contains(term, seed)) return [];
      if (shared < 2 || shared < inside.length / 4 || shared < (now.get(term)?.length ?? 0) / 2) return [];
      return [{ term, shared }];
    })
    .sort((a, b) => b.shared - a.shared || b.term.length - a.term.length || (a.term < b.term ? -1 : 1))
    .filter(({ term }, n, all) => !all.slice(0, n).some((one) => contains(one.term, term) || contains(term, one.term)))
    .slice(0, WORDS);
  const fits = (post: ReadPost) => words.filter(({ term }) => post.terms.has(term)).length;
  const seen = new Set<string>();
  const examples = inside
    .toSorted((a, b) => fits(b) - fits(a) || (a.post.id < b.post.id ? 1 : -1))
    .filter(({ post }) => !seen.has(post.author) && seen.add(post.author))
    .slice(0, EXAMPLES);
  const of = (sentiment: string) => inside.filter(({ post }) => post.sentiment === sentiment).length;
  return {
    name: shownAs(seed, inside),
    words: words.map(({ term }) => shownAs(term, inside)),
    ...{ posts: inside.length, people: new Set(inside.map(({ post }) => post.author)).size },
    ...{ negative: of("negative"), positive: of("positive"), before },
    examples: examples.map(({ post }) => post.id),
  };
}
