import { bestThreshold, type Goal, heldOut, type Maker, maker } from "../domain/calibrate.ts";
import type { FeatureSpec } from "../domain/features.ts";
import type { LearnOptions, Marked } from "../domain/learn.ts";
import { type LinearModel, readerFor, score } from "../domain/linear-model.ts";
import { tokenise } from "../domain/tokens.ts";
import type { LabelledRow } from "./rows.ts";

export type Answerer = (text: string) => { label: string | null; scores: Record<string, number> };
export type TeachOptions = {
  /** Posts of none of the labels may come although no row is marked so. */
  open?: boolean | undefined;
  /** Marked rows by which the threshold may be set; else held-out folds of what is learnt from. */
  tune?: readonly LabelledRow[] | undefined;
  seed: number;
  /** A model to start from. */
  prior?: LinearModel | undefined;
};

const INTENT_SPEC: FeatureSpec = { bits: 18, words: 2, chars: [3, 5] };
const TWO_SPEC: FeatureSpec = { bits: 18, words: 2, chars: [3, 5], concepts: true };
/** Below this share of the wanted label a two-label task is a search (F1), above it a sorting (accuracy). */
const RARE_SHARE = 0.25;
/** Of posts that belong to a label this share may be called "none" when nothing tells how many strangers come. */
const OPEN_LOSS = 0.03;
const SHOWN_SCORES = 5;

/** Learns from marked posts and answers further ones. Deterministic for a seed. */
export function teach(rows: readonly LabelledRow[], options: TeachOptions): Answerer {
  const labels = [...new Set(rows.map((r) => r.label).filter((l) => l !== null))].sort();
  return labels.length === 2 && !options.prior && !options.open && rows.every((r) => r.label !== null)
    ? teachTwo(rows, labels as [string, string], options)
    : teachMany(rows, labels, options);
}

/** Two labels: one model of the rarer, and the threshold that served best on posts (and sources) it had not seen. */
function teachTwo(rows: readonly LabelledRow[], labels: [string, string], o: TeachOptions): Answerer {
  const count = (label: string) => rows.filter((r) => r.label === label).length;
  const [other, wanted] = count(labels[0]) >= count(labels[1]) ? labels : [labels[1], labels[0]];
  const goal: Goal = count(wanted) < RARE_SHARE * rows.length ? "f1" : "accuracy";
  const marks = rows.map((r) => ({ text: r.text, labels: r.label === wanted ? [wanted] : [] }));
  const make = maker("two", "sigmoid", TWO_SPEC, [wanted], { ...TWO_OPTIONS, seed: o.seed });
  const { posts, answers } = judged(marks, rows, make, o, (r) => (r.label === wanted ? [wanted] : []));
  const cut = bestThreshold(
    answers.map((p) => p[0]!),
    posts.map((m) => m.labels.length > 0),
    goal,
  );
  const answer = scorer(make(marks));
  return (text) => {
    const p = answer(text)[0]!;
    return { label: p >= cut ? wanted : other, scores: { [wanted]: round(p), [other]: round(1 - p) } };
  };
}

const TWO_OPTIONS: Partial<LearnOptions> = { epochs: 6, caution: 3 };

/** Many labels: the likeliest, or none where even that is unlikely. */
function teachMany(rows: readonly LabelledRow[], labels: string[], o: TeachOptions): Answerer {
  const marks = rows.filter((r) => r.label !== null).map((r) => ({ text: r.text, labels: [r.label!] }));
  const make = maker("many", "softmax", INTENT_SPEC, labels, { seed: o.seed }, o.prior);
  const strangers = rows.filter((r) => r.label === null);
  const cut =
    o.open || strangers.length || o.tune?.some((r) => r.label === null) ? openCut(marks, strangers, make, o) : 0;
  const model = make(marks);
  const answer = scorer(model);
  return (text) => {
    const p = answer(text);
    const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
    const top = order[0]!;
    return {
      label: p[top]! >= cut ? model.labels[top]! : null,
      scores: Object.fromEntries(order.slice(0, SHOWN_SCORES).map((c) => [model.labels[c]!, round(p[c]!)])),
    };
  };
}

/** The least certainty at which a label is given. */
function openCut(marks: readonly Marked[], strangers: readonly LabelledRow[], make: Maker, o: TeachOptions): number {
  const known = heldOut(marks, make, 3).map((p) => Math.max(...p));
  const foreign = [...strangers, ...(o.tune ?? []).filter((r) => r.label === null)];
  if (!foreign.length) return [...known].sort((a, b) => a - b)[Math.floor(known.length * OPEN_LOSS)] ?? 0;
  const answer = scorer(make(marks));
  const sure = foreign.map((r) => Math.max(...answer(r.text)));
  // Both kinds of error count alike, however many rows of each there are.
  return balancedCut(known, sure);
}

function balancedCut(known: readonly number[], foreign: readonly number[]): number {
  let at = 0;
  let top = Number.NEGATIVE_INFINITY;
  for (let cut = 0; cut < 0.95; cut += 0.005) {
    const kept = known.filter((p) => p >= cut).length / known.length;
    const refused = foreign.filter((p) => p < cut).length / foreign.length;
    if (kept + refused > top) [top, at] = [kept + refused, cut];
  }
  return at;
}

/** Posts with the answers of a model that had not seen them: the tuning rows, else folds that keep a source together. */
function judged(
  marks: readonly Marked[],
  rows: readonly LabelledRow[],
  make: Maker,
  o: TeachOptions,
  labelsOf: (r: LabelledRow) => string[],
) {
  if (o.tune?.length) {
    const answer = scorer(make(marks));
    return {
      posts: o.tune.map((r) => ({ text: r.text, labels: labelsOf(r) })),
      answers: o.tune.map((r) => Float32Array.from(answer(r.text))),
    };
  }
  const sources = [...new Set(rows.map((r) => r.source ?? ""))];
  if (sources.length < 3) return { posts: marks, answers: heldOut(marks, make, 5) };
  const posts: Marked[] = [];
  const answers: Float32Array[] = [];
  const parts = Math.min(5, sources.length);
  for (let part = 0; part < parts; part++) {
    const out = new Set(sources.filter((_, i) => i % parts === part));
    const answer = scorer(make(marks.filter((_, i) => !out.has(rows[i]!.source ?? ""))));
    rows.forEach((r, i) => {
      if (!out.has(r.source ?? "")) return;
      posts.push(marks[i]!);
      answers.push(Float32Array.from(answer(r.text)));
    });
  }
  return { posts, answers };
}

function scorer(model: LinearModel): (text: string) => Float32Array {
  const read = readerFor(model.spec);
  return (text) => score(model, read(tokenise(text)));
}

function round(x: number): number {
  return Math.round(x * 1e5) / 1e5;
}
