import { bestThreshold, type Goal, heldOut, type Maker, sharpened, sharpnessOf } from "../domain/calibrate.ts";
import type { FeatureSpec } from "../domain/features.ts";
import { type Marked, seeded, shuffle } from "../domain/learn.ts";
import { type ApartOptions, learnApart } from "../domain/learn-apart.ts";
import { type LinearModel, rawScores, readerFor, score } from "../domain/linear-model.ts";
import { tokenise } from "../domain/tokens.ts";
import { learnWeighing, weighUp } from "../domain/weigh-up.ts";
import type { LabelledRow } from "./rows.ts";

export type Answerer = (text: string) => { label: string | null; scores: Record<string, number> };
export type TeachOptions = {
  /** Posts of none of the labels may come although no row is marked so. */
  open?: boolean | undefined;
  /** Marked rows by which the threshold may be set; else held-out folds of what is learnt from. */
  tune?: readonly LabelledRow[] | undefined;
  seed: number;
  /** What the shipped models say of a post; weighed against what is learnt where the labels are few. */
  shipped: (text: string) => number[];
};

const INTENT_SPEC: FeatureSpec = { bits: 20, words: 2, chars: [2, 5], within: true, gaps: true };
/** Two views of a post: how it is written, and what its words mean; which to trust is told by posts neither has seen. */
const VIEWS: readonly FeatureSpec[] = [
  { bits: 20, words: 2, chars: [3, 5], within: true, manner: true },
  { bits: 18, words: 2, concepts: true, manner: true },
];
/** Up to so many labels are kinds of post ("complaint", "angry"), of which the shipped models know something; more are matters. */
const KINDS = 5;
/** Below this share of the wanted label a two-label task is a search (F1), above it a sorting. */
const RARE_SHARE = 0.25;
/** Of right answers this share may be called "none" when nothing tells how many strangers come, and when some are known. */
const OPEN_LOSS = 0.009;
const OPEN_LOSS_KNOWN = 0.025;
/** With fewer rows, or fewer of a label, there is nothing to weigh by. */
const FEWEST_ROWS = 60;
const FEWEST_OF_EACH = 8;
const SHOWN_SCORES = 5;
const FOLDS = 5;
/** From so many marks on the shipped models know nothing that these do not. */
const ALL_KNOWN = 20_000;
/** From so many rows on, an n-gram of one post alone is chance. */
const MANY_ROWS = 2_000;

/** Learns from marked posts and answers further ones. Deterministic for a seed. */
export function teach(rows: readonly LabelledRow[], options: TeachOptions): Answerer {
  const labels = [...new Set(rows.map((r) => r.label).filter((l) => l !== null))].sort();
  const closed = !options.open && rows.every((r) => r.label !== null);
  const enough =
    rows.length >= FEWEST_ROWS && labels.every((l) => rows.filter((r) => r.label === l).length >= FEWEST_OF_EACH);
  return closed && enough && labels.length > 1 && labels.length <= KINDS
    ? teachKinds(rows, labels, options)
    : teachMatters(rows, labels, options);
}

/** Few labels: one model of the words, weighed together with what ships, on posts (and sources) it had not seen. */
function teachKinds(rows: readonly LabelledRow[], labels: string[], o: TeachOptions): Answerer {
  const two = labels.length === 2;
  const count = (label: string) => rows.filter((r) => r.label === label).length;
  if (two && count(labels[0]!) < count(labels[1]!)) labels.reverse();
  // Of two labels one column tells; the rarer is the wanted one and stands last.
  const columns = two ? [labels[1]!] : labels;
  const known = rows.length >= ALL_KNOWN;
  const shipped = known ? () => [] : o.shipped;
  const options: Partial<ApartOptions> = {
    cost: known ? 0.03 : 0.1,
    lean: 0.5,
    fewest: rows.length < MANY_ROWS ? 1 : 2,
    sharpness: 1,
    seed: o.seed,
  };
  const views = known ? VIEWS.slice(0, 1) : VIEWS;
  const make: Making = (posts) => {
    const models = views.map((spec) => rawOf(learnApart("kinds", "sigmoid", spec, columns, posts, options)));
    return (text) => models.flatMap((raw) => [...raw(text)]);
  };
  const marks = rows.map((r) => ({ text: r.text, labels: [r.label!] }));
  const judged = unseen(marks, rows, make, o);
  const inputs = judged.map((j) => Float64Array.from([...j.raw, ...shipped(j.text)]));
  const truth = judged.map((j) => labels.indexOf(j.label));
  const weighing = learnWeighing(inputs, truth, labels.length);
  const shares = inputs.map((x) => weighUp(weighing, x));
  const factors = two ? twoFactors(shares, truth) : factorsFor(shares, truth, labels);
  const raw = make(marks);
  return (text) => {
    const p = weighUp(weighing, Float64Array.from([...raw(text), ...shipped(text)]));
    const top = largest(p.map((share, c) => share * factors[c]!));
    return { label: labels[top]!, scores: Object.fromEntries(labels.map((label, c) => [label, round(p[c]!)])) };
  };
}

/** The threshold of two labels, as factors of their shares. */
function twoFactors(shares: readonly Float64Array[], truth: readonly number[]): number[] {
  const wanted = truth.map((t) => t === 1);
  const goal: Goal = wanted.filter(Boolean).length < RARE_SHARE * truth.length ? "f1" : "sorting";
  const cut = bestThreshold(
    shares.map((p) => p[1]!),
    wanted,
    goal,
  );
  return [Math.min(1, cut), Math.max(0, 1 - cut)];
}

const FACTORS = [0.6, 0.75, 0.9, 1, 1.15, 1.35, 1.6];

/** An angry customer who is not seen costs more than one seen in vain: below this recall the label loses what it lacks. */
const ANGRY = "negative";
const ANGRY_RECALL = 0.9;

/** What each label's share is multiplied by so that accuracy, macro F1 and the recall of the angry together are best. */
function factorsFor(shares: readonly Float64Array[], truth: readonly number[], labels: readonly string[]): number[] {
  const factors: number[] = labels.map(() => 1);
  const angry = labels.indexOf(ANGRY);
  for (let round = 0; round < 2; round++) {
    for (let c = 0; c < labels.length; c++) {
      let top = Number.NEGATIVE_INFINITY;
      let at = 1;
      for (const factor of FACTORS) {
        factors[c] = factor;
        const worth = worthOf(shares, truth, factors, angry) - Math.abs(Math.log(factor)) * 1e-3;
        if (worth > top) [top, at] = [worth, factor];
      }
      factors[c] = at;
    }
  }
  return factors;
}

function worthOf(
  shares: readonly Float64Array[],
  truth: readonly number[],
  factors: readonly number[],
  angry: number,
): number {
  const hits = factors.map(() => 0);
  const said = factors.map(() => 0);
  const are = factors.map(() => 0);
  shares.forEach((p, i) => {
    const top = largest(p.map((share, c) => share * factors[c]!));
    said[top]!++;
    are[truth[i]!]!++;
    if (top === truth[i]) hits[top]!++;
  });
  const accuracy = hits.reduce((a, b) => a + b, 0) / Math.max(1, truth.length);
  const f1 = hits.map((hit, c) => (2 * hit) / Math.max(1, said[c]! + are[c]!));
  const missed = angry < 0 ? 0 : Math.max(0, ANGRY_RECALL - hits[angry]! / Math.max(1, are[angry]!));
  return accuracy + f1.reduce((a, b) => a + b, 0) / f1.length - missed;
}

/** Many labels: the likeliest, or none where even that is unlikely. */
function teachMatters(rows: readonly LabelledRow[], labels: string[], o: TeachOptions): Answerer {
  // Posts of none of the labels are learnt from too: they stand on the far side of every label.
  const marks = rows.map((r) => ({ text: r.text, labels: r.label === null ? [] : [r.label] }));
  const make: Maker = (posts) =>
    learnApart("matters", "softmax", INTENT_SPEC, labels, posts, { seed: o.seed, sharpness: 1 });
  const held = heldOut(marks, make, FOLDS, 7, { only: rows.length < MANY_ROWS ? FOLDS : 1, raw: true });
  const truth = rows.map((r) => (r.label === null ? -1 : labels.indexOf(r.label)));
  const judged: Ventured[] = [];
  const sharpness = sharpnessOf(
    held.map((raw, i) => (truth[i]! < 0 ? undefined : raw)),
    truth,
  );
  held.forEach((raw, i) => void judged.push(ventured(raw, truth[i]!, sharpness)));
  const model = sharpened(make(marks), sharpness);
  const answer = scorer(model);
  for (const r of o.tune ?? []) {
    const p = answer(r.text);
    const top = largest(p);
    judged.push({ sure: p[top]!, kind: r.label === null ? "stranger" : labels[top] === r.label ? "right" : "wrong" });
  }
  const open = o.open || judged.some((j) => j.kind === "stranger");
  const cut = open ? openCut(judged) : 0;
  return (text) => {
    const p = answer(text);
    const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
    const top = order[0]!;
    return {
      label: p[top]! >= cut ? labels[top]! : null,
      scores: Object.fromEntries(order.slice(0, SHOWN_SCORES).map((c) => [labels[c]!, round(p[c]!)])),
    };
  };
}

/** How sure a model was of its best label for a post it had not seen, and what that was worth. */
type Ventured = { sure: number; kind: "right" | "wrong" | "stranger" };

function ventured(raw: Float32Array, truth: number, sharpness: number): Ventured {
  const top = largest(raw);
  const sure = 1 / raw.reduce((sum, r) => sum + Math.exp((r - raw[top]!) * sharpness), 0);
  return { sure, kind: truth < 0 ? "stranger" : top === truth ? "right" : "wrong" };
}

/**
 * The least certainty at which a label is given: of right answers no more than `OPEN_LOSS` may fall below it; where strangers are known,
 * it is where most of them fall for the least loss.
 */
function openCut(judged: readonly Ventured[]): number {
  const right = judged.flatMap((j) => (j.kind === "right" ? [j.sure] : [])).sort((a, b) => a - b);
  const strange = judged.flatMap((j) => (j.kind === "stranger" ? [j.sure] : []));
  const most = right[Math.ceil(right.length * (strange.length ? OPEN_LOSS_KNOWN : OPEN_LOSS))] ?? 1;
  if (!strange.length) return most;
  let at = 0;
  let top = Number.NEGATIVE_INFINITY;
  for (let cut = 0; cut < 1 && cut <= most; cut += 0.005) {
    const kept = right.filter((p) => p >= cut).length / Math.max(1, right.length);
    const refused = strange.filter((p) => p < cut).length / strange.length;
    if (kept + refused > top) [top, at] = [kept + refused, cut];
  }
  return at;
}

type Judged = { text: string; label: string; raw: number[] };
/** Marked posts made into what reads the raw scores of others. */
type Making = (posts: readonly Marked[]) => (text: string) => number[];

/** Posts with the raw scores of models that had not seen them: the tuning rows, else folds that keep a source together. */
function unseen(marks: readonly Marked[], rows: readonly LabelledRow[], make: Making, o: TeachOptions): Judged[] {
  const tune = o.tune?.filter((r) => r.label !== null);
  if (tune?.length) {
    const raw = make(marks);
    return tune.map((r) => ({ text: r.text, label: r.label!, raw: raw(r.text) }));
  }
  const parts = partsOf(rows);
  return [...new Set(parts)].flatMap((part) => {
    const raw = make(marks.filter((_, i) => parts[i] !== part));
    return rows.flatMap((r, i) => (parts[i] === part ? [{ text: r.text, label: r.label!, raw: raw(r.text) }] : []));
  });
}

/** Which fold each row is held out with: by source where there are several, else by chance. */
function partsOf(rows: readonly LabelledRow[]): number[] {
  const sources = [...new Set(rows.map((r) => r.source ?? ""))];
  if (sources.length >= 3) return rows.map((r) => sources.indexOf(r.source ?? "") % FOLDS);
  const parts: number[] = new Array(rows.length);
  const order = shuffle([...rows.keys()], seeded(7));
  order.forEach((i, at) => {
    parts[i] = at % FOLDS;
  });
  return parts;
}

function largest(p: ArrayLike<number>): number {
  let at = 0;
  for (let c = 1; c < p.length; c++) if (p[c]! > p[at]!) at = c;
  return at;
}

function rawOf(model: LinearModel): (text: string) => Float32Array {
  const read = readerFor(model.spec);
  return (text) => rawScores(model, read(tokenise(text)));
}

function scorer(model: LinearModel): (text: string) => Float32Array {
  const read = readerFor(model.spec);
  return (text) => score(model, read(tokenise(text)));
}

function round(x: number): number {
  return Math.round(x * 1e5) / 1e5;
}
