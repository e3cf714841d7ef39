import type { Loose, Phrase, Positional, Query, WordPart } from "#shared/query/ast";
import { type Features, fitsPattern, handleOf } from "./features.ts";
import { beginsWith, MENTION, type Reading, SIGN } from "./reading.ts";
import { holdsTrait, speaks } from "./traits.ts";

/** Whether the post that `features` looked at last matches. */
export type Test = (post: Reading) => boolean;
/** From which word to which. */
export type Span = readonly [number, number];
/** In a post that is nothing but hits, so many of one term are looked at. */
const MOST_SPANS = 4_096;

/** What a compiled query asks features for, so that it can be given back. */
export interface Uses {
  word(part: WordPart): number;
  mark(kind: "hashtag" | "mention" | "cashtag" | "emoji" | "from" | "to", text: string): number;
}

/** A query as a function over features. Everything it asks for is taken from `uses`. */
export function compile(query: Query, features: Features, uses: Uses): Test {
  switch (query.kind) {
    case "all": {
      const of = query.of.map((one) => compile(one, features, uses));
      return (post) => {
        for (const one of of) if (!one(post)) return false;
        return true;
      };
    }
    case "any": {
      const of = (query.of as readonly Query[]).map((one) => compile(one, features, uses));
      return (post) => {
        for (const one of of) if (one(post)) return true;
        return false;
      };
    }
    case "not": {
      const of = compile(query.of, features, uses);
      return (post) => !of(post);
    }
    case "phrase":
      return compilePhrase(query, features, uses);
    case "loose":
      return compileLoose(query, features, uses);
    case "near": {
      const spans = compileSpans(query, features, uses);
      return (post) => spans(post).length > 0;
    }
    case "hashtag":
    case "mention":
    case "cashtag":
    case "emoji": {
      const feature = uses.mark(query.kind, query.text);
      return () => features.has(feature);
    }
    case "followers":
      return ({ post }) => post.followers !== undefined && post.followers >= query.min && post.followers <= query.max;
    case "field": {
      const { name, value } = query;
      if (name === "from" || name === "to") {
        const feature = uses.mark(name, handleOf(value));
        return () => features.has(feature);
      }
      if (name === "url") return (post) => post.links.some((link) => link.includes(value));
      if (name === "lang") return ({ post }) => speaks(post.lang, value);
      return (post) => holdsTrait(post, name, value);
    }
  }
}

function compilePhrase(phrase: Phrase, features: Features, uses: Uses): Test {
  const [only] = phrase.words;
  if (phrase.words.length === 1 && !phrase.exact) {
    const feature = uses.word(only as WordPart);
    return () => features.has(feature);
  }
  const spans = compileSpans(phrase, features, uses);
  return (post) => spans(post).length > 0;
}

export type Spans = (post: Reading) => Span[];

export function compileSpans(of: Positional, features: Features, uses: Uses): Spans {
  if (of.kind === "near") {
    const [left, right] = [compileSpans(of.left, features, uses), compileSpans(of.right, features, uses)];
    return (post) => {
      const a = left(post);
      if (a.length === 0) return NONE;
      const b = right(post);
      return b.length === 0 ? NONE : nearby(a, b, of.within, of.ordered);
    };
  }
  if (of.kind === "any") {
    const each = of.of.map((one) => compileSpans(one, features, uses));
    return (post) => {
      let found: Span[] = NONE;
      for (const one of each) {
        const more = one(post);
        if (more.length > 0) found = found.length === 0 ? more : [...found, ...more];
      }
      return found.length > MOST_SPANS ? found.slice(0, MOST_SPANS) : found;
    };
  }
  if (of.kind !== "phrase") return compileTag(of, features, uses);
  if (of.exact) return exactSpans(of);
  const { words } = of;
  const wanted = words.map((part) => uses.word(part));
  const first = wanted[0] as number;
  const last = words.length - 1;
  return (post) => {
    for (const feature of wanted) if (!features.has(feature)) return NONE;
    const spans: Span[] = [];
    const { next, places } = features;
    for (let link = features.firstOf(first); link >= 0; link = next[link] as number) {
      const at = places[link] as number;
      if (at < 0 || at + last >= post.count) continue;
      let n = 0;
      while (n <= last && stands(post, features, words[n] as WordPart, wanted[n] as number, at + n)) n++;
      if (n > last) spans.push([at, at + last]);
      if (spans.length >= MOST_SPANS) break;
    }
    return spans;
  };
}

/** What is found nowhere; shared, so never written to. */
const NONE: Span[] = [];

function placesOf(features: Features, feature: number): number[] {
  const found: number[] = [];
  for (let link = features.firstOf(feature); link >= 0; link = features.next[link] as number) {
    const place = features.places[link] as number;
    if (place >= 0) found.push(place);
  }
  return found;
}

/** Does this part of a phrase stand at this place? */
function stands(post: Reading, features: Features, part: WordPart, feature: number, at: number): boolean {
  const kind = post.kind[at];
  if (kind === MENTION) return false;
  if (part.kind === "word") return kind !== SIGN && features.wordFeature[at] === feature;
  if (part.kind === "sign") return features.wordFeature[at] === feature && (!part.glued || post.glued[at] === 1);
  if (kind === SIGN) return false;
  const [from, to] = [post.start[at] as number, post.end[at] as number];
  return part.kind === "prefix"
    ? part.text.length <= to - from && beginsWith(post.units, from, part.text)
    : fitsPattern(part.text, post.units, from, to);
}

/** Letter by letter, over the words as they were written. */
function exactSpans(phrase: Phrase): Spans {
  const { words } = phrase;
  return (post) => {
    const written = post.exactWords();
    const spans: Span[] = [];
    for (let at = 0; at + words.length <= written.length; at++)
      if (words.every((part, n) => written[at + n] === part.text && (!part.glued || post.glued[at + n] === 1)))
        spans.push([at, at + words.length - 1]);
    return spans;
  };
}

function compileTag(
  of: Exclude<Positional, { kind: "near" | "any" | "phrase" }>,
  features: Features,
  uses: Uses,
): Spans {
  const feature = uses.mark(of.kind, of.text);
  return (post) => {
    if (!features.has(feature)) return [];
    if (of.kind === "mention") return placesOf(features, feature).map((at): Span => [at, at]);
    const tags = of.kind === "hashtag" ? post.hashtags : post.cashtags;
    return tags.filter((tag) => post.says(tag, of.text)).map((tag): Span => [tag.from, tag.to]);
  };
}

/** Pairs that do not overlap and are at most `within` words apart, each as the span of both. */
export function nearby(a: readonly Span[], b: readonly Span[], within: number, ordered: boolean): Span[] {
  if (a.length === 1 && b.length === 1) {
    // Nearly always: each side stands there once.
    const [from, to] = a[0] as Span;
    const [start, end] = b[0] as Span;
    const apart = start > to ? start - to : end < from && !ordered ? from - end : 0;
    return apart < 1 || apart > within ? NONE : [[Math.min(from, start), Math.max(to, end)]];
  }
  const sorted = [...b].sort((x, y) => x[0] - y[0]);
  const pairs = new Map<number, Span>();
  for (const [from, to] of a)
    for (let n = lowest(sorted, from - within - LONGEST); n < sorted.length; n++) {
      const [start, end] = sorted[n] as Span;
      if (start > to + within) break;
      const apart = start > to ? start - to : end < from && !ordered ? from - end : 0;
      if (apart < 1 || apart > within) continue;
      const span: Span = [Math.min(from, start), Math.max(to, end)];
      pairs.set(span[0] * 65_536 + span[1], span);
      if (pairs.size >= MOST_SPANS) return [...pairs.values()];
    }
  return [...pairs.values()];
}

/** No term is longer than this many words, so that what ends near begins near. */
const LONGEST = 20_000;

function lowest(sorted: readonly Span[], from: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as Span)[0] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Words in any order, each at a place of its own, the first and the last at most `within` apart. */
function compileLoose(loose: Loose, features: Features, uses: Uses): Test {
  const groups = loose.groups.map((group) => {
    const words = { kind: "phrase" as const, words: group, exact: false, spot: loose.spot };
    return compileSpans(words, features, uses);
  });
  return (post) => {
    const places: (readonly Span[])[] = [];
    for (const group of groups) {
      const spans = group(post);
      if (spans.length === 0) return false;
      places.push(spans);
    }
    const starts = [...new Set(places.flat().map(([from]) => from))].sort((x, y) => x - y);
    return starts.some((from) => covered(places, from, from + loose.within));
  };
}

/** Can every part be given a place of its own between the two? (Augmenting paths: no search without end.) */
function covered(places: readonly (readonly Span[])[], from: number, to: number): boolean {
  const taken = new Map<number, number>();
  const give = (part: number, tried: Set<number>): boolean => {
    for (const [at, end] of places[part] as readonly Span[]) {
      if (at < from || end > to || tried.has(at)) continue;
      tried.add(at);
      const by = taken.get(at);
      if (by !== undefined && !give(by, tried)) continue;
      taken.set(at, part);
      return true;
    }
    return false;
  };
  return places.every((_, part) => give(part, new Set()));
}
