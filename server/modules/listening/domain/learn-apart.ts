import { type FeatureSpec, featureReader } from "./features.ts";
import { type Marked, seeded, shuffle } from "./learn.ts";
import type { LinearModel } from "./linear-model.ts";
import { tokenise } from "./tokens.ts";

/**
 * Learning by margins: for each label the widest gap between its posts and all others (a linear support vector machine, squared hinge,
 * one against the rest, by dual coordinate descent). Rare n-grams weigh more (tf-idf). From few marks it learns more than gradient
 * descent on counts, and many labels cost a tenth of the time.
 */
export type ApartOptions = {
  /** What a post on the wrong side costs against the size of the weights. */
  cost: number;
  epochs: number;
  /** 0 to 1: how far an n-gram's weight follows how much more often it stands on one side (naive Bayes ratio). */
  lean: number;
  /** N-grams in fewer posts are not learnt. */
  fewest: number;
  /** 0 to 1: how far rare labels are lifted to the weight of the rest. */
  lift: number;
  /** Raw scores are multiplied by this, so that softmax or sigmoid of them is a probability; `calibrate.ts` finds it. */
  sharpness: number;
  seed: number;
};

const APART: ApartOptions = { cost: 1, epochs: 20, lean: 0, fewest: 1, lift: 0, sharpness: 6, seed: 1 };

/** A post as rows of the model's n-grams and what each weighs. */
type Vector = { rows: Uint32Array; values: Float32Array; on: readonly string[]; weight: number };

/** Learns a model from marked posts. The same posts, options and seed give the same model, bit for bit. */
export function learnApart(
  name: string,
  kind: LinearModel["kind"],
  spec: FeatureSpec,
  labels: string[],
  posts: readonly Marked[],
  options: Partial<ApartOptions> = {},
): LinearModel {
  const o = { ...APART, ...options };
  const { index, rarity, vectors } = readVectors(spec, posts, o.fewest);
  const k = labels.length;
  const count = rarity.length;
  const weights = new Float32Array(count * k);
  const bias = new Float32Array(k);
  labels.forEach((label, c) => {
    const truth = vectors.map((v) => v.on.includes(label));
    const { w, b } = descendDual(vectors, truth, count, o, o.seed + c);
    for (let r = 0; r < count; r++) weights[r * k + c] = w[r]! * o.sharpness;
    bias[c] = b * o.sharpness;
  });
  return {
    name,
    kind,
    spec,
    labels,
    thresholds: labels.map(() => (kind === "sigmoid" ? 0.5 : 0)),
    bias,
    index,
    weights,
    scale: new Float32Array(k).fill(1),
    rarity,
  };
}

function readVectors(spec: FeatureSpec, posts: readonly Marked[], fewest: number) {
  const read = featureReader(spec);
  const often = new Uint32Array(2 ** spec.bits);
  const read1 = posts.map((post) => {
    const f = read(tokenise(post.text));
    const buckets = f.buckets.slice(0, f.count);
    for (const b of buckets) often[b]!++;
    return { post, buckets, ends: [f.charsFrom, f.endsFrom, f.count] };
  });
  const index = new Int32Array(2 ** spec.bits).fill(-1);
  const rare: number[] = [];
  for (const { buckets } of read1) {
    for (const b of buckets) {
      if (index[b]! >= 0 || often[b]! < fewest) continue;
      index[b] = rare.length;
      rare.push(Math.log((1 + posts.length) / (1 + often[b]!)) + 1);
    }
  }
  const rarity = Float32Array.from(rare);
  const vectors = read1.map(({ post, buckets, ends }): Vector => {
    const rows: number[] = [];
    const values: number[] = [];
    let from = 0;
    for (const end of ends) {
      const first = rows.length;
      let sum = 0;
      for (let i = from; i < end; i++) {
        const row = index[buckets[i]!]!;
        if (row < 0) continue;
        rows.push(row);
        values.push(rarity[row]!);
        sum += rarity[row]! ** 2;
      }
      const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
      for (let i = first; i < values.length; i++) values[i]! *= scale;
      from = end;
    }
    return {
      rows: Uint32Array.from(rows),
      values: Float32Array.from(values),
      on: post.labels,
      weight: post.weight ?? 1,
    };
  });
  return { index, rarity, vectors };
}

/** From here on a post without an active constraint is looked at again only in the last rounds. */
const SETTLED = 0.3;
const LAST_ROUNDS = 3;
const ENOUGH = 0.05;

function descendDual(
  vectors: readonly Vector[],
  truth: readonly boolean[],
  count: number,
  o: ApartOptions,
  seed: number,
) {
  const w = new Float32Array(count);
  let b = 0;
  const lean = o.lean > 0 ? leaning(vectors, truth, count, o.lean) : null;
  const values = lean
    ? vectors.map((v) => v.values.map((x, j) => x * lean[v.rows[j]!]!))
    : vectors.map((v) => v.values);
  const positives = truth.filter(Boolean).length;
  const share =
    Math.max(1, Math.min(positives, truth.length - positives)) /
    Math.max(1, truth.length - Math.min(positives, truth.length - positives));
  const rareIs = positives * 2 <= truth.length;
  const lift = share ** -o.lift;
  const slack = vectors.map((v, i) => 0.5 / (o.cost * v.weight * (truth[i] === rareIs ? lift : 1)));
  const norms = values.map((x) => x.reduce((sum, value) => sum + value * value, 1));
  const dual = new Float32Array(vectors.length);
  const chance = seeded(seed);
  let active = vectors.map((_, i) => i);
  for (let epoch = 0; epoch < o.epochs; epoch++) {
    shuffle(active, chance);
    const next: number[] = [];
    let furthest = 0;
    for (const i of active) {
      const { rows } = vectors[i]!;
      const x = values[i]!;
      const y = truth[i] ? 1 : -1;
      let raw = b;
      for (let j = 0; j < rows.length; j++) raw += w[rows[j]!]! * x[j]!;
      const was = dual[i]!;
      const gradient = y * raw - 1 + slack[i]! * was;
      if (was === 0 && gradient > SETTLED && epoch < o.epochs - LAST_ROUNDS) continue;
      next.push(i);
      const pull = was === 0 ? Math.min(gradient, 0) : gradient;
      if (Math.abs(pull) < 1e-6) continue;
      furthest = Math.max(furthest, Math.abs(pull));
      const now = Math.max(was - gradient / (norms[i]! + slack[i]!), 0);
      dual[i] = now;
      const step = (now - was) * y;
      for (let j = 0; j < rows.length; j++) w[rows[j]!]! += step * x[j]!;
      b += step;
    }
    if (furthest < ENOUGH) break;
    active = next;
  }
  if (lean) for (let r = 0; r < count; r++) w[r]! *= lean[r]!;
  return { w, b };
}

/** How much each n-gram leans to one side, as a factor for its weight. */
function leaning(vectors: readonly Vector[], truth: readonly boolean[], count: number, mix: number): Float32Array {
  const yes = new Float64Array(count).fill(1);
  const no = new Float64Array(count).fill(1);
  vectors.forEach((v, i) => {
    const side = truth[i] ? yes : no;
    for (const row of v.rows) side[row]!++;
  });
  let all = 0;
  let none = 0;
  for (let r = 0; r < count; r++) {
    all += yes[r]!;
    none += no[r]!;
  }
  return Float32Array.from(yes, (y, r) => 1 - mix + mix * Math.abs(Math.log((y / all / no[r]!) * none)));
}
