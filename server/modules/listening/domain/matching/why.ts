import type { Emoji, Field, Loose, Phrase, Positional, Post, Query, Spot, WordPart } from "#shared/query/ast";
import { type Accents, bareEmoji } from "#shared/query/fold";
import { EMOJI } from "#shared/query/word-cuts";
import { compile, compileSpans, type Span, type Test, type Uses } from "./compile.ts";
import { Features } from "./features.ts";
import { LINK, Reading } from "./reading.ts";

/** From which UTF-16 unit of the text to which. */
export type TextSpan = readonly [from: number, to: number];
/** Of one post and one query so many are shown at most. */
const MOST_SPANS = 40;

/** One part of a query that looks for something by itself. */
interface Leaf {
  readonly spot: Spot;
  readonly test: Test;
  /** Below a NOT: it is counted, and never the reason of a hit. */
  readonly denied: boolean;
  readonly places: (post: Reading) => readonly Span[];
  readonly inText: (text: string) => TextSpan[];
}

const NOWHERE = () => [];

/** One query, asked why it matches: which of its words stand where. For hits and trials; the stream is asked by the `Matcher`. */
export class Why {
  readonly #features = new Features();
  readonly #reading: Reading;
  readonly #whole: Test;
  readonly #leaves: Leaf[] = [];
  readonly #uses: Uses;

  constructor(query: Query, accents: Accents = "fold") {
    this.#reading = new Reading(accents);
    this.#uses = {
      word: (part: WordPart) => this.#features.useWord(part),
      mark: (kind, text) => this.#features.use(kind, text),
    };
    this.#whole = compile(query, this.#features, this.#uses);
    this.#take(query, false);
  }

  /** Where the parts that can be tried by themselves stand in the query. */
  get parts(): readonly Spot[] {
    return this.#leaves.map((leaf) => leaf.spot);
  }

  /** Whether the post matches, and which parts it holds by themselves. */
  ask(post: Post): { hit: boolean; holds: boolean[] } {
    this.#look(post);
    return { hit: this.#whole(this.#reading), holds: this.#leaves.map((leaf) => leaf.test(this.#reading)) };
  }

  /** What of the text made it match, in order and not overlapping. */
  spans(post: Post): TextSpan[] {
    this.#look(post);
    const found: TextSpan[] = [];
    let places: readonly TextSpan[] | null | undefined;
    for (const leaf of this.#leaves) {
      if (leaf.denied) continue;
      found.push(...leaf.inText(post.text));
      const words = leaf.places(this.#reading).slice(0, MOST_SPANS);
      if (words.length === 0) continue;
      places ??= this.#reading.placesInText();
      if (places) for (const [from, to] of words) found.push(inText(places, from, to, post.text));
    }
    return merged(found).slice(0, MOST_SPANS);
  }

  #look(post: Post): void {
    this.#features.look(this.#reading.read(post));
  }

  #take(query: Query, denied: boolean): void {
    switch (query.kind) {
      case "all":
      case "any":
        for (const one of query.of as readonly Query[]) this.#take(one, denied);
        return;
      case "not":
        this.#take(query.of, !denied);
        return;
      default:
        this.#leaves.push(this.#leaf(query, denied));
    }
  }

  #leaf(query: Exclude<Query, { kind: "all" | "any" | "not" }>, denied: boolean): Leaf {
    const test = compile(query, this.#features, this.#uses);
    const about = { spot: query.spot, test, denied };
    if (query.kind === "emoji") return { ...about, places: NOWHERE, inText: emojiIn(query) };
    if (query.kind === "field") return { ...about, places: NOWHERE, inText: linksIn(query) };
    if (query.kind === "followers") return { ...about, places: NOWHERE, inText: NOWHERE };
    if (query.kind === "near") return { ...about, places: this.#nearPlaces(query), inText: NOWHERE };
    if (query.kind === "loose") return { ...about, places: this.#loosePlaces(query, test), inText: NOWHERE };
    return { ...about, places: compileSpans(query, this.#features, this.#uses), inText: NOWHERE };
  }

  /** The words on both sides, where they are near enough; not what stands between. */
  #nearPlaces(near: Extract<Query, { kind: "near" }>): (post: Reading) => readonly Span[] {
    const pairs = compileSpans(near, this.#features, this.#uses);
    const sides = endsOf(near).map((end) => compileSpans(end, this.#features, this.#uses));
    return (post) => {
      const found = pairs(post);
      return sides.flatMap((side) =>
        side(post).filter(([from, to]) => found.some(([first, last]) => first <= from && to <= last)),
      );
    };
  }

  #loosePlaces(loose: Loose, test: Test): (post: Reading) => readonly Span[] {
    const groups = loose.groups.map((words) => {
      const phrase: Phrase = { kind: "phrase", words, exact: false, spot: loose.spot };
      return compileSpans(phrase, this.#features, this.#uses);
    });
    return (post) => (test(post) ? groups.flatMap((group) => group(post)) : []);
  }
}

function endsOf(of: Positional): Positional[] {
  if (of.kind === "near") return [...endsOf(of.left), ...endsOf(of.right)];
  return of.kind === "any" ? of.of.flatMap(endsOf) : [of];
}

const emojiIn = (query: Emoji) => (text: string) =>
  [...text.matchAll(EMOJI)].flatMap((m): TextSpan[] =>
    bareEmoji(m[0].normalize("NFKC")) === query.text ? [[m.index, m.index + m[0].length]] : [],
  );

const linksIn = (query: Field) => (text: string) =>
  query.name !== "url"
    ? []
    : [...text.matchAll(LINK)].flatMap((m): TextSpan[] =>
        m[0].toLowerCase().includes(query.value) ? [[m.index, m.index + m[0].length]] : [],
      );

/** The sign in front of a tag belongs to it. */
function inText(places: readonly TextSpan[], from: number, to: number, text: string): TextSpan {
  const [start, end] = [(places[from] as TextSpan)[0], (places[to] as TextSpan)[1]];
  return start > 0 && /[#＃$＄]/.test(text[start - 1] as string) ? [start - 1, end] : [start, end];
}

function merged(spans: readonly TextSpan[]): TextSpan[] {
  const out: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = out.at(-1);
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
