import type { FeatureSpec } from "./features.ts";
import { type LearnOptions, learn, learnFurther, type Marked, seeded, shuffle } from "./learn.ts";
import { type LinearModel, rawScores, readerFor, score } from "./linear-model.ts";
import { tokenise } from "./tokens.ts";

/** How a model is made of marks: given the marks of the other folds, a model. */
export type Maker = (posts: readonly Marked[]) => LinearModel;

/** A maker that learns from nothing, or on top of what is known already. */
export function maker(
  name: string,
  kind: LinearModel["kind"],
  spec: FeatureSpec,
  labels: string[],
  options: Partial<LearnOptions> = {},
  prior?: LinearModel,
): Maker {
  return (posts) => (prior ? learnFurther(prior, posts, options) : learn(name, kind, spec, labels, posts, options));
}

/**
 * For each post the probabilities (`raw`: the sums before them) a model gave that never saw it. With `only` so many of the folds are
 * answered; the other posts have no answer.
 */
export function heldOut(
  posts: readonly Marked[],
  make: Maker,
  folds = 5,
  seed = 7,
  { only = folds, raw = false }: { only?: number; raw?: boolean } = {},
): Float32Array[] {
  const order = shuffle(
    posts.map((_, i) => i),
    seeded(seed),
  );
  const answers: Float32Array[] = new Array(posts.length);
  for (let fold = 0; fold < only; fold++) {
    const model = make(order.filter((_, at) => at % folds !== fold).map((i) => posts[i]!));
    const read = readerFor(model.spec);
    order.forEach((i, at) => {
      if (at % folds === fold) answers[i] = (raw ? rawScores : score)(model, read(tokenise(posts[i]!.text)));
    });
  }
  return answers;
}

/** The factor of raw scores at which their softmax tells the truth most probable (where `raw` has no answer, it is left out). */
export function sharpnessOf(raw: readonly (Float32Array | undefined)[], truth: readonly number[]): number {
  let at = 4;
  let least = Number.POSITIVE_INFINITY;
  if (raw.filter(Boolean).length < 30) return at;
  for (let power = -8; power <= 24; power++) {
    const factor = 2 ** (power / 4);
    const loss = lossAt(raw, truth, factor);
    if (loss < least) [least, at] = [loss, factor];
  }
  return at;
}

function lossAt(raw: readonly (Float32Array | undefined)[], truth: readonly number[], factor: number): number {
  let loss = 0;
  raw.forEach((r, i) => {
    if (!r) return;
    const own = r[truth[i]!] ?? 0;
    let sum = 0;
    for (const other of r) sum += Math.exp(Math.min(50, (other - own) * factor));
    loss += Math.log(sum);
  });
  return loss;
}

/** The same model with raw scores multiplied by `factor`. */
export function sharpened(model: LinearModel, factor: number): LinearModel {
  return {
    ...model,
    bias: model.bias.map((b) => b * factor),
    scale: model.scale.map((s) => s * factor),
  };
}

/**
 * Expected calibration error: how far "so sure" lies from "so often right", over ten bands of sureness, weighted by their posts.
 */
export function calibrationError(sure: readonly number[], right: readonly boolean[]): number {
  const bands = Array.from({ length: 10 }, () => ({ posts: 0, sure: 0, right: 0 }));
  sure.forEach((s, i) => {
    const band = bands[Math.min(9, Math.floor(s * 10))]!;
    band.posts++;
    band.sure += s;
    if (right[i]) band.right++;
  });
  return bands.reduce((sum, b) => sum + Math.abs(b.sure - b.right), 0) / Math.max(1, sure.length);
}

/** `sorting`: accuracy and macro F1 together. */
export type Goal = "f1" | "accuracy" | "sorting" | { precision: number } | { falseAlarms: number };

/**
 * The threshold on `scores` that serves a goal best: highest F1, highest accuracy, the most recall at a precision, or at a share of
 * the wrong ones let through. Ties go to the higher threshold. 1.01 (never) where the goal cannot be met.
 */
export function bestThreshold(scores: readonly number[], truth: readonly boolean[], goal: Goal): number {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const positives = truth.filter(Boolean).length;
  const negatives = truth.length - positives;
  let hits = 0;
  let wrong = 0;
  let top = Number.NEGATIVE_INFINITY;
  let at = 1.01;
  order.forEach((i, rank) => {
    if (truth[i]) hits++;
    else wrong++;
    const next = rank + 1 < order.length ? scores[order[rank + 1]!]! : 0;
    if (next === scores[i]) return;
    const worth = worthOf(goal, hits, wrong, positives, negatives);
    if (worth > top) {
      top = worth;
      at = (scores[i]! + next) / 2;
    }
  });
  return top === Number.NEGATIVE_INFINITY ? 1.01 : at;
}

function worthOf(goal: Goal, hits: number, wrong: number, positives: number, negatives: number): number {
  if (goal === "f1") return (2 * hits) / (hits + wrong + positives);
  if (goal === "sorting") {
    const missed = positives - hits;
    const passed = negatives - wrong;
    const f1 = (2 * hits) / (hits + wrong + positives) + (2 * passed) / (passed + missed + negatives || 1);
    return (hits + passed) / (positives + negatives) + f1 / 2;
  }
  if (goal === "accuracy") return hits + negatives - wrong;
  if ("precision" in goal) return hits / (hits + wrong) >= goal.precision ? hits : Number.NEGATIVE_INFINITY;
  return wrong <= goal.falseAlarms * negatives ? hits : Number.NEGATIVE_INFINITY;
}
