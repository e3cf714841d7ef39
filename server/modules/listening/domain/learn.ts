import { type FeatureSpec, featureReader } from "./features.ts";
import { emptyModel, type LinearModel } from "./linear-model.ts";
import { tokenise } from "./tokens.ts";

/**
 * A marked post. `labels` holds none, one or (sigmoid) several of the model's labels; `weight` counts it more or less than 1. `unasked` (sigmoid):
 * labels nobody looked for in it, so that their absence teaches nothing.
 */
export type Marked = { text: string; labels: readonly string[]; weight?: number; unasked?: readonly string[] };

export type LearnOptions = {
  epochs: number;
  /** Step of AdaGrad. */
  rate: number;
  /** Pull of every touched weight towards its prior (0, or the model learnt on top of), per step. */
  decay: number;
  /** What every weight's sum of squared gradients starts from: keeps rows that are all but right from making full steps. */
  caution: number;
  seed: number;
};

export const LEARN: LearnOptions = { epochs: 8, rate: 0.5, decay: 1e-5, caution: 0.01, seed: 1 };
/** A few marks on top of a trained model: a gentle step, so that ten marks mend a habit and do not wreck the rest. */
export const LEARN_FURTHER: LearnOptions = { epochs: 12, rate: 0.3, decay: 1e-4, caution: 0.01, seed: 1 };

type Row = { buckets: Uint32Array; values: Float32Array; on: number[]; off: number[]; weight: number };

/** Learns a model from marked posts. The same posts, options and seed give the same model, bit for bit. */
export function learn(
  name: string,
  kind: LinearModel["kind"],
  spec: FeatureSpec,
  labels: string[],
  posts: readonly Marked[],
  options: Partial<LearnOptions> = {},
): LinearModel {
  return descend(emptyModel(name, kind, spec, labels), posts, { ...LEARN, ...options });
}

/** A new model that knows what `prior` knows and these marks besides; `prior` is left as it was. Unknown labels get a column. */
export function learnFurther(
  prior: LinearModel,
  posts: readonly Marked[],
  options: Partial<LearnOptions> = {},
): LinearModel {
  return descend(widened(prior, posts), posts, { ...LEARN_FURTHER, ...options });
}

function descend(start: LinearModel, posts: readonly Marked[], o: LearnOptions): LinearModel {
  const rows = readRows(start, posts);
  const { index, count } = indexWith(start, rows);
  const k = start.labels.length;
  const weights = new Float32Array(count * k);
  weights.set(start.weights);
  const prior = weights.slice();
  const bias = start.bias.slice();
  const squares = new Float32Array(count * k).fill(o.caution);
  const biasSquares = new Float32Array(k).fill(1);
  const p = new Float32Array(k);
  const order = rows.map((_, i) => i);
  const chance = seeded(o.seed);
  for (let epoch = 0; epoch < o.epochs; epoch++) {
    shuffle(order, chance);
    for (const at of order) step(rows[at]!);
  }
  return { ...start, index, weights, bias };

  function step(row: Row): void {
    p.set(bias);
    const n = row.buckets.length;
    for (let i = 0; i < n; i++) {
      const base = index[row.buckets[i]!]! * k;
      const v = row.values[i]!;
      for (let c = 0; c < k; c++) p[c]! += weights[base + c]! * v;
    }
    toErrors(p, start.kind, row.on, row.weight);
    for (const c of row.off) p[c] = 0;
    for (let c = 0; c < k; c++) {
      const g = p[c]!;
      biasSquares[c]! += g * g;
      bias[c]! -= (o.rate * g) / Math.sqrt(biasSquares[c]!);
    }
    for (let i = 0; i < n; i++) {
      const base = index[row.buckets[i]!]! * k;
      const v = row.values[i]!;
      for (let c = 0; c < k; c++) {
        const e = p[c]!;
        // Errors this small move nothing that int8 could hold; leaving them out makes many labels cheap.
        if (e < 1e-4 && e > -1e-4) continue;
        const w = base + c;
        const g = e * v + o.decay * (weights[w]! - prior[w]!);
        squares[w]! += g * g;
        weights[w]! -= (o.rate * g) / Math.sqrt(squares[w]!);
      }
    }
  }
}

/** Turns raw scores into the error of each label (probability - truth), in place. */
function toErrors(p: Float32Array, kind: LinearModel["kind"], on: number[], weight: number): void {
  if (kind === "softmax") {
    let top = Number.NEGATIVE_INFINITY;
    for (const r of p) if (r > top) top = r;
    let sum = 0;
    for (let c = 0; c < p.length; c++) {
      p[c] = Math.exp(p[c]! - top);
      sum += p[c]!;
    }
    for (let c = 0; c < p.length; c++) p[c]! /= sum;
  } else {
    for (let c = 0; c < p.length; c++) p[c] = 1 / (1 + Math.exp(-p[c]!));
  }
  for (const c of on) p[c]! -= 1;
  // A softmax row without a label says "none of these": pull all labels towards equal shares.
  if (kind === "softmax" && !on.length) for (let c = 0; c < p.length; c++) p[c]! -= 1 / p.length;
  if (weight !== 1) for (let c = 0; c < p.length; c++) p[c]! *= weight;
}

function readRows(model: LinearModel, posts: readonly Marked[]): Row[] {
  const read = featureReader(model.spec);
  const column = new Map(model.labels.map((label, c) => [label, c]));
  const columns = (labels: readonly string[]) =>
    labels.map((label) => column.get(label)).filter((c) => c !== undefined);
  return posts.map((post) => {
    const f = read(tokenise(post.text));
    return {
      buckets: f.buckets.slice(0, f.count),
      values: f.values.slice(0, f.count),
      on: columns(post.labels),
      off: columns(post.unasked ?? []),
      weight: post.weight ?? 1,
    };
  });
}

function indexWith(model: LinearModel, rows: readonly Row[]): { index: Int32Array; count: number } {
  const index = model.index.slice();
  let count = model.weights.length / Math.max(1, model.labels.length);
  for (const row of rows) for (const b of row.buckets) if (index[b]! < 0) index[b] = count++;
  return { index, count };
}

/** A Float32 copy of a model, with a column for every label of the marks. */
function widened(prior: LinearModel, posts: readonly Marked[]): LinearModel {
  const known = new Set(prior.labels);
  const fresh = [...new Set(posts.flatMap((p) => p.labels))].filter((label) => !known.has(label)).sort();
  const labels = [...prior.labels, ...fresh];
  const was = prior.labels.length;
  const k = labels.length;
  const count = was ? prior.weights.length / was : 0;
  const weights = new Float32Array(count * k);
  for (let r = 0; r < count; r++) {
    for (let c = 0; c < was; c++) weights[r * k + c] = prior.weights[r * was + c]! * prior.scale[c]!;
  }
  const bias = new Float32Array(k);
  bias.set(prior.bias);
  const start = prior.kind === "sigmoid" ? 0.5 : 0;
  return {
    ...prior,
    labels,
    weights,
    bias,
    scale: new Float32Array(k).fill(1),
    thresholds: [...prior.thresholds, ...fresh.map(() => start)],
  };
}

/** mulberry32: small, seeded, the same everywhere. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffle<T>(list: T[], chance: () => number): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}
