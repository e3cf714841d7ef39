/**
 * The second look: what a freshly learnt model says of a post is weighed against what the shipped models say of it. Learnt on posts
 * (and sources) the first model had not seen, so it knows how far that one can be trusted, and its shares are calibrated.
 */
type Weighing = { mean: Float64Array; spread: Float64Array; weights: Float64Array[]; bias: Float64Array };

type WeighOptions = { rounds: number; rate: number; pull: number };
/** `pull`: towards zero, in posts' worth. */
const WEIGH: WeighOptions = { rounds: 400, rate: 0.1, pull: 3 };

/** Softmax regression over few dense inputs; `truth` holds the place of each row's label. Deterministic. */
export function learnWeighing(
  inputs: readonly Float64Array[],
  truth: readonly number[],
  labels: number,
  options: Partial<WeighOptions> = {},
): Weighing {
  const o = { ...WEIGH, ...options };
  const d = inputs[0]?.length ?? 0;
  const mean = new Float64Array(d);
  const spread = new Float64Array(d);
  for (const x of inputs) for (let j = 0; j < d; j++) mean[j]! += x[j]! / inputs.length;
  for (const x of inputs) for (let j = 0; j < d; j++) spread[j]! += (x[j]! - mean[j]!) ** 2 / inputs.length;
  for (let j = 0; j < d; j++) spread[j] = Math.sqrt(spread[j]!) || 1;
  const rows = inputs.map((x) => x.map((value, j) => (value - mean[j]!) / spread[j]!));
  const made: Weighing = {
    mean,
    spread,
    weights: Array.from({ length: labels }, () => new Float64Array(d)),
    bias: new Float64Array(labels),
  };
  const steps = made.weights.map(() => ({ m: new Float64Array(d + 1), v: new Float64Array(d + 1) }));
  const p = new Float64Array(labels);
  for (let round = 1; round <= o.rounds; round++) {
    const slopes = made.weights.map((w) => {
      const g = new Float64Array(d + 1);
      for (let j = 0; j < d; j++) g[j] = (o.pull * w[j]!) / rows.length;
      return g;
    });
    rows.forEach((x, i) => {
      shares(made, x, p);
      for (let c = 0; c < labels; c++) {
        const error = (p[c]! - (truth[i] === c ? 1 : 0)) / rows.length;
        const g = slopes[c]!;
        for (let j = 0; j < d; j++) g[j]! += error * x[j]!;
        g[d]! += error;
      }
    });
    for (let c = 0; c < labels; c++) adam(made, c, slopes[c]!, steps[c]!, round, o.rate / Math.sqrt(1 + round / 40));
  }
  return made;
}

/** Shares of all labels for one post's inputs. */
export function weighUp(w: Weighing, input: Float64Array): Float64Array {
  return shares(
    w,
    input.map((value, j) => (value - w.mean[j]!) / w.spread[j]!),
    new Float64Array(w.bias.length),
  );
}

function shares(w: Weighing, x: Float64Array, p: Float64Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < p.length; c++) {
    const row = w.weights[c]!;
    let raw = w.bias[c]!;
    for (let j = 0; j < x.length; j++) raw += row[j]! * x[j]!;
    p[c] = raw;
    if (raw > top) top = raw;
  }
  let sum = 0;
  for (let c = 0; c < p.length; c++) {
    p[c] = Math.exp(p[c]! - top);
    sum += p[c]!;
  }
  for (let c = 0; c < p.length; c++) p[c]! /= sum;
  return p;
}

type Steps = { m: Float64Array; v: Float64Array };

/** One step of Adam. */
function adam(w: Weighing, c: number, g: Float64Array, s: Steps, round: number, rate: number): void {
  const row = w.weights[c]!;
  for (let j = 0; j < g.length; j++) {
    s.m[j] = 0.9 * s.m[j]! + 0.1 * g[j]!;
    s.v[j] = 0.99 * s.v[j]! + 0.01 * g[j]! * g[j]!;
    const step = (rate * (s.m[j]! / (1 - 0.9 ** round))) / (Math.sqrt(s.v[j]! / (1 - 0.99 ** round)) + 1e-9);
    if (j < row.length) row[j]! -= step;
    else w.bias[c]! -= step;
  }
}
