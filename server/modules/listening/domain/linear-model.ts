import { type FeatureSpec, type Features, featureReader } from "./features.ts";
import type { Word } from "./label.ts";
import { strongest } from "./label.ts";
import type { Tokens } from "./tokens.ts";

/**
 * A hashed n-gram linear model: one row of weights per bucket that was seen in learning, one column per label.
 * `softmax`: exactly one label holds. `sigmoid`: each label holds or not by itself.
 */
export type LinearModel = {
  name: string;
  kind: "softmax" | "sigmoid";
  spec: FeatureSpec;
  labels: string[];
  /** Smallest probability at which a label is given; found on held-out folds. Softmax: below it the answer is "none". */
  thresholds: number[];
  bias: Float32Array;
  /** Row of each bucket, -1 where the bucket was never seen. */
  index: Int32Array;
  /** Weights, row-major; int8 weights are multiplied by `scale` of their column. */
  weights: Float32Array | Int8Array;
  scale: Float32Array;
  /** How rare each row's n-gram is (inverse document frequency); then each group of a post's n-grams has length one by these. */
  rarity?: Float32Array;
};

/** Probabilities of all labels, in the order of `model.labels`; written into `into` when given. */
export function score(
  model: LinearModel,
  features: Features,
  into = new Float32Array(model.labels.length),
): Float32Array {
  const raw = rawScores(model, features, into);
  return model.kind === "softmax" ? softmax(raw) : sigmoids(raw);
}

/** Sums of weights before they are made probabilities. */
export function rawScores(model: LinearModel, f: Features, into = new Float32Array(model.labels.length)): Float32Array {
  const k = model.labels.length;
  into.fill(0);
  const { index, weights } = model;
  const { buckets, count } = f;
  const values = valuesOf(model, f);
  if (k === 3) sumOfThree(index, weights, buckets, values, count, into);
  else
    for (let i = 0; i < count; i++) {
      const row = index[buckets[i]!]!;
      if (row < 0) continue;
      const value = values[i]!;
      const at = row * k;
      for (let c = 0; c < k; c++) into[c]! += weights[at + c]! * value;
    }
  for (let c = 0; c < k; c++) into[c] = into[c]! * model.scale[c]! + model.bias[c]!;
  return into;
}

/** The same for three labels, of which most models are: sums stay in registers, rounded as the array would. */
function sumOfThree(
  index: Int32Array,
  weights: LinearModel["weights"],
  buckets: Uint32Array,
  values: Float32Array,
  count: number,
  into: Float32Array,
): void {
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const row = index[buckets[i]!]!;
    if (row < 0) continue;
    const value = values[i]!;
    const at = row * 3;
    a = Math.fround(a + weights[at]! * value);
    b = Math.fround(b + weights[at + 1]! * value);
    c = Math.fround(c + weights[at + 2]! * value);
  }
  into[0] = a;
  into[1] = b;
  into[2] = c;
}

let weighed = new Float32Array(0);

/** What each n-gram of the post weighs for this model; valid until the next call. */
function valuesOf(model: LinearModel, f: Features): Float32Array {
  if (!model.rarity) return f.values;
  if (weighed.length < f.values.length) weighed = new Float32Array(f.values.length);
  weighGroup(model, f, 0, f.charsFrom);
  weighGroup(model, f, f.charsFrom, f.endsFrom);
  weighGroup(model, f, f.endsFrom, f.count);
  return weighed;
}

function weighGroup(model: LinearModel, f: Features, from: number, to: number): void {
  let sum = 0;
  for (let i = from; i < to; i++) {
    const row = model.index[f.buckets[i]!]!;
    const rarity = row < 0 ? 0 : model.rarity![row]!;
    weighed[i] = rarity;
    sum += rarity * rarity;
  }
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let i = from; i < to; i++) weighed[i]! *= scale;
}

/**
 * What each word of the post added to the label's raw score, in the order of the text. The weights together with the label's
 * bias are the raw score: nothing is hidden. An n-gram's weight is shared evenly by the words it spans.
 */
export function explain(model: LinearModel, post: Tokens, f: Features, label: number): Word[] {
  const k = model.labels.length;
  const per = new Float64Array(post.tokens.length);
  const values = valuesOf(model, f);
  for (let i = 0; i < f.count; i++) {
    const row = model.index[f.buckets[i]!]!;
    if (row < 0) continue;
    const weight = model.weights[row * k + label]! * model.scale[label]! * values[i]!;
    const from = f.from[i]!;
    const to = f.to[i]!;
    const step = i >= f.endsFrom ? Math.max(1, to - from) : 1;
    const share = weight / ((to - from) / step + 1);
    for (let t = from; t <= to; t += step) per[t]! += share;
  }
  return post.tokens.flatMap((t, i) =>
    per[i] ? [{ text: post.text.slice(t.start, t.end), start: t.start, end: t.end, weight: per[i]! }] : [],
  );
}

/** The words that spoke for a label, strongest first. */
export function reasons(model: LinearModel, post: Tokens, f: Features, label: number, limit = 5): Word[] {
  return strongest(explain(model, post, f, label), limit);
}

/** The most probable label of a softmax model, or null where it stays below its threshold. */
export function best(
  model: LinearModel,
  probabilities: Float32Array,
): { at: number; label: string | null; score: number } {
  let at = 0;
  for (let c = 1; c < probabilities.length; c++) if (probabilities[c]! > probabilities[at]!) at = c;
  const sure = probabilities[at]!;
  return { at, label: sure >= model.thresholds[at]! ? model.labels[at]! : null, score: sure };
}

/** A model that knows nothing: every label equally likely. */
export function emptyModel(name: string, kind: LinearModel["kind"], spec: FeatureSpec, labels: string[]): LinearModel {
  return {
    name,
    kind,
    spec,
    labels,
    thresholds: labels.map(() => (kind === "sigmoid" ? 0.5 : 0)),
    bias: new Float32Array(labels.length),
    index: new Int32Array(2 ** spec.bits).fill(-1),
    weights: new Float32Array(0),
    scale: new Float32Array(labels.length).fill(1),
  };
}

const readers = new Map<string, (post: Tokens) => Features>();

/** The one reader of a kind of features; models with the same spec can share what it returns. */
export function readerFor(spec: FeatureSpec): (post: Tokens) => Features {
  const { bits, words, chars, within, gaps, manner, concepts } = spec;
  const key = `${bits}/${words}/${chars?.join("-") ?? ""}/${!!within}/${!!gaps}/${!!manner}/${!!concepts}`;
  let reader = readers.get(key);
  if (!reader) {
    reader = featureReader(spec);
    readers.set(key, reader);
  }
  return reader;
}

function softmax(raw: Float32Array): Float32Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const r of raw) if (r > top) top = r;
  let sum = 0;
  for (let c = 0; c < raw.length; c++) {
    raw[c] = Math.exp(raw[c]! - top);
    sum += raw[c]!;
  }
  for (let c = 0; c < raw.length; c++) raw[c]! /= sum;
  return raw;
}

function sigmoids(raw: Float32Array): Float32Array {
  for (let c = 0; c < raw.length; c++) raw[c] = 1 / (1 + Math.exp(-raw[c]!));
  return raw;
}
