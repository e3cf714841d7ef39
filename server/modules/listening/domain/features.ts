import { CONCEPTS, conceptsOf } from "./concepts.ts";
import { mannerOf } from "./manner.ts";
import { mix } from "./mix.ts";
import type { Tokens } from "./tokens.ts";

/** Which n-grams a model looks at, and into how many buckets (2^bits) they are hashed. */
export type FeatureSpec = {
  bits: number;
  /** Longest word n-gram, 1 or 2 (3 for tasks where order matters). */
  words: 1 | 2 | 3;
  /** Shortest and longest character n-gram, or none. */
  chars?: readonly [number, number];
  /** Character n-grams stay within one word and its borders. */
  within?: boolean;
  /** Also two words with one to three others between them. */
  gaps?: boolean;
  /** Also how it is said (`manner.ts`) and the words that stand under a "not". */
  manner?: boolean;
  /** Also what its words mean (`concept-words.ts`), singly and two together: helps where few posts are marked. */
  concepts?: boolean;
};

/**
 * The n-grams of one post: `buckets[i]` weighs `values[i]`. `from[i]` and `to[i]` are the first and last token it was made of,
 * so every weight can be led back to words of the post. Each bucket stands once. Words come first, from `charsFrom` on character
 * n-grams, from `endsFrom` on concepts, of which only the two ends count, not what is between them.
 */
export type Features = {
  count: number;
  charsFrom: number;
  endsFrom: number;
  buckets: Uint32Array;
  values: Float32Array;
  from: Uint16Array;
  to: Uint16Array;
};

const MAX_FEATURES = 6_000;
const MAX_TOKENS = 1_500;

/** Makes a reader that owns its buffers: the features it returns are valid until its next call. */
export function featureReader(spec: FeatureSpec): (post: Tokens) => Features {
  const mask = 2 ** spec.bits - 1;
  const seen = new Uint32Array(2 ** spec.bits);
  const out: Features = {
    count: 0,
    charsFrom: 0,
    endsFrom: 0,
    buckets: new Uint32Array(MAX_FEATURES),
    values: new Float32Array(MAX_FEATURES),
    from: new Uint16Array(MAX_FEATURES),
    to: new Uint16Array(MAX_FEATURES),
  };
  let round = 0;
  let last: Tokens | undefined;
  const add = (hash: number, from: number, to: number) => {
    const bucket = mix(hash) & mask;
    if (seen[bucket] === round || out.count >= MAX_FEATURES) return;
    seen[bucket] = round;
    out.buckets[out.count] = bucket;
    out.from[out.count] = from;
    out.to[out.count] = to;
    out.count++;
  };
  return (post) => {
    // Several models read the same post one after the other.
    if (post === last) return out;
    last = post;
    round++;
    out.count = 0;
    const n = Math.min(post.tokens.length, MAX_TOKENS);
    addWords(post, n, spec.words, add);
    if (spec.gaps) addGaps(post, n, add);
    if (spec.manner) addManner(post, n, add);
    weigh(out, 0);
    out.charsFrom = out.count;
    if (spec.chars) {
      const [shortest, longest] = spec.chars;
      if (spec.within) addCharsWithin(post, n, shortest, longest, add);
      else addChars(post, n, shortest, longest, add);
      weigh(out, out.charsFrom);
    }
    out.endsFrom = out.count;
    if (spec.concepts) {
      const first = out.count;
      addConcepts(post, Math.min(n, CONCEPT_TOKENS), add);
      weigh(out, first);
    }
    return out;
  };
}

type Add = (hash: number, from: number, to: number) => void;

function addWords(post: Tokens, n: number, longest: number, add: Add): void {
  let before = hashOf("<start>", 0);
  let before2 = 0;
  for (let i = 0; i < n; i++) {
    const token = post.tokens[i]!;
    const h = hashOf(token.norm, 0);
    add(h, i, i);
    if (token.kind === "hashtag") add(hashOf("<tag>", 0), i, i);
    if (token.shout) add(hashOf("<shout>", 0), i, i);
    if (longest > 1) add(pair(before, h), i ? i - 1 : 0, i);
    if (longest > 2 && i) add(pair(pair(before2, before) + 7, h), i > 1 ? i - 2 : 0, i);
    before2 = before;
    before = h;
  }
  if (longest > 1 && n) add(pair(before, hashOf("<end>", 0)), n - 1, n - 1);
}

const FURTHEST = 4;

/** Two words that stand near each other with others between. */
function addGaps(post: Tokens, n: number, add: Add): void {
  for (let i = 0; i + 2 < n; i++) {
    const h = hashOf(post.tokens[i]!.norm, 0x2545f4);
    for (let k = i + 2; k < Math.min(n, i + FURTHEST + 1); k++) add(pair(h, hashOf(post.tokens[k]!.norm, 0)), i, k);
  }
}

/** How it is said, and which words are denied. */
function addManner(post: Tokens, n: number, add: Add): void {
  for (const { name, from, to } of mannerOf(post.tokens, n)) add(hashOf(name, 0x1b873593), from, to);
}

/** Character n-grams within each word and its borders; shorter words whole. */
function addCharsWithin(post: Tokens, n: number, shortest: number, longest: number, add: Add): void {
  for (let t = 0; t < n; t++) {
    const { kind, norm } = post.tokens[t]!;
    if (kind !== "word" && kind !== "hashtag") continue;
    const run = ` ${norm} `;
    for (let at = 0; at < run.length; at++) {
      let h = 0x9747b28c;
      const stop = Math.min(run.length, at + longest);
      for (let k = at; k < stop; k++) {
        h = Math.imul(h ^ run.charCodeAt(k), 0x01000193);
        const length = k - at + 1;
        if (length >= shortest || (at === 0 && length === run.length)) add(h ^ (k - at), t, t);
      }
    }
  }
}

/** Character n-grams run over the normalised words joined by one space, so that they also see word borders. */
function addChars(post: Tokens, n: number, shortest: number, longest: number, add: Add): void {
  let run = " ";
  const owner: number[] = [0];
  for (let i = 0; i < n; i++) {
    const norm = post.tokens[i]!.norm;
    for (let k = 0; k <= norm.length; k++) owner.push(i);
    run += `${norm} `;
  }
  for (let at = 0; at + shortest <= run.length; at++) {
    let h = 0x9747b28c;
    const stop = Math.min(run.length, at + longest);
    for (let k = at; k < stop; k++) {
      h = Math.imul(h ^ run.charCodeAt(k), 0x01000193);
      if (k - at + 1 >= shortest) add(h ^ (k - at), owner[at]!, owner[k]!);
    }
  }
}

const CONCEPT_TOKENS = 60;
const CONCEPT_HASHES = CONCEPTS.map((name) => hashOf(name, 0x51ed27));

/** Each concept once, and each two that stand in one post whatever is between them. */
function addConcepts(post: Tokens, n: number, add: Add): void {
  const where: [concept: number, token: number][] = [];
  const had = new Set<number>();
  for (let i = 0; i < n; i++) {
    for (const concept of conceptsOf(post.tokens[i]!.norm)) {
      if (had.has(concept)) continue;
      had.add(concept);
      where.push([concept, i]);
    }
  }
  for (const [concept, i] of where) add(CONCEPT_HASHES[concept]!, i, i);
  for (let a = 0; a < where.length; a++) {
    for (let b = a + 1; b < where.length; b++) {
      const [x, i] = where[a]!;
      const [y, j] = where[b]!;
      const low = CONCEPT_HASHES[Math.min(x, y)]!;
      add(pair(low, CONCEPT_HASHES[Math.max(x, y)]!), i, j);
    }
  }
}

/** Every group of features (words, characters) gets length one, so that long posts are not louder than short ones. */
function weigh(out: Features, first: number): void {
  const value = 1 / Math.sqrt(Math.max(1, out.count - first));
  out.values.fill(value, first, out.count);
}

function hashOf(text: string, seed: number): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

function pair(a: number, b: number): number {
  return Math.imul(a ^ 0x5bd1e995, 0x01000193) ^ Math.imul(b, 0x85ebca6b);
}
