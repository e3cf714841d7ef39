import type { FeatureSpec } from "./features.ts";
import { type LearnOptions, learn, learnFurther, type Marked, seeded, shuffle } from "./learn.ts";
import { type LinearModel, readerFor, score } from "./linear-model.ts";
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

/** For each post the probabilities a model gave that never saw it. */
export function heldOut(posts: readonly Marked[], make: Maker, folds = 5, seed = 7): Float32Array[] {
  const order = shuffle(
    posts.map((_, i) => i),
    seeded(seed),
  );
  const answers: Float32Array[] = new Array(posts.length);
  for (let fold = 0; fold < folds; fold++) {
    const model = make(order.filter((_, at) => at % folds !== fold).map((i) => posts[i]!));
    const read = readerFor(model.spec);
    order.forEach((i, at) => {
      if (at % folds === fold) answers[i] = score(model, read(tokenise(posts[i]!.text)));
    });
  }
  return answers;
}

export type Goal = "f1" | "accuracy" | { precision: number } | { falseAlarms: number };

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
  if (goal === "accuracy") return hits + negatives - wrong;
  if ("precision" in goal) return hits / (hits + wrong) >= goal.precision ? hits : Number.NEGATIVE_INFINITY;
  return wrong <= goal.falseAlarms * negatives ? hits : Number.NEGATIVE_INFINITY;
}
