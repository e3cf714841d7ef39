import { contains, leansOn, postsOfTerms, type ReadPost, searchedFor, shownAs } from "./terms.ts";

export interface NewPhrase {
  phrase: string;
  /** People who say it now and who said it in the time before, of how many each. */
  now: number;
  nowOf: number;
  before: number;
  beforeOf: number;
  /** How many times as common as before, by people; the time before counts half a person more, so that nothing is divided by none. */
  times: number;
  /** Log-likelihood (Dunning's G²): how far the two times are from saying it equally often. */
  strength: number;
  examples: string[];
}

/** Chance says as much of one phrase in a thousand. */
const LEAST_STRENGTH = 10.83;
const LEAST_PEOPLE = 3;
const LEAST_TIMES = 1.5;
/** A phrase that mostly stands inside of a longer one is told by that one. */
const INSIDE = 0.75;
const EXAMPLES = 3;

/** What people say now that they did not say, or said less, in the time before; the strongest first. */
export function newPhrases(now: readonly ReadPost[], before: readonly ReadPost[], limit: number): NewPhrase[] {
  const [nowOf, beforeOf] = [peopleOf(now), peopleOf(before)];
  if (nowOf === 0 || beforeOf === 0) return [];
  const earlier = postsOfTerms(before);
  const found: (NewPhrase & { term: string })[] = [];
  const those = postsOfTerms(now);
  const everywhere = searchedFor(earlier, beforeOf);
  for (const [term, posts] of those) {
    if (posts.length < LEAST_PEOPLE || leansOn(term, everywhere)) continue;
    const was = earlier.get(term)?.length ?? 0;
    const times = posts.length / nowOf / ((was + 0.5) / beforeOf);
    const strength = logLikelihood(posts.length, nowOf, was, beforeOf);
    if (times < LEAST_TIMES || strength < LEAST_STRENGTH) continue;
    found.push({
      ...{ term, phrase: shownAs(term, posts), now: posts.length, nowOf, before: was, beforeOf, times, strength },
      examples: posts.slice(0, EXAMPLES).map((one) => one.post.id),
    });
  }
  found.sort((a, b) => b.strength - a.strength || b.term.length - a.term.length || (a.term < b.term ? -1 : 1));
  const kept: typeof found = [];
  for (const one of found) {
    const told = found.some(
      (long) =>
        long !== one &&
        long.term.length > one.term.length &&
        contains(long.term, one.term) &&
        long.now >= INSIDE * one.now,
    );
    const part = kept.some((long) => contains(one.term, long.term) && one.now < INSIDE * long.now);
    if (!told && !part) kept.push(one);
    if (kept.length === limit) break;
  }
  return kept.map(({ term: _term, ...phrase }) => phrase);
}

const peopleOf = (posts: readonly ReadPost[]): number => new Set(posts.map((one) => one.post.author)).size;

/** G² of `a` of `n` against `b` of `m`. */
export function logLikelihood(a: number, n: number, b: number, m: number): number {
  const rate = (a + b) / (n + m);
  const part = (seen: number, expected: number) => (seen > 0 ? seen * Math.log(seen / expected) : 0);
  return 2 * (part(a, n * rate) + part(n - a, n * (1 - rate)) + part(b, m * rate) + part(m - b, m * (1 - rate)));
}
