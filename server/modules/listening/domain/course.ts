import type { Label } from "./label.ts";
import type { Sentiment } from "./sentiment.ts";

/** What a customer's message said of their mood. Instants are epoch milliseconds. */
export interface Mood {
  messageId: string;
  at: number;
  sentiment: Pick<Label<Sentiment | (string & {})>, "value" | "score">;
}
export const COURSES = ["better", "worse", "steady"] as const;
export type Course = (typeof COURSES)[number];
export interface CourseOfMood {
  course: Course;
  /** 0 to 1: how likely it is, as the sentiments are calibrated. */
  score: number;
  /** The message with which it turned; null where it is steady. */
  turnedAt: string | null;
}

/** As far as mood has to move to be called better or worse: half of the way from angry to even. */
const MOVED = 0.5;
/** What is less likely than not is not told. */
const LIKELY = 0.5;
/** Only the latest are looked at: what was said a hundred messages ago is another story. */
const LATEST = 12;

/**
 * The course of a customer's mood over their messages in a conversation. Each message is −1, 0 or 1 by its sentiment, weighed by how sure that is; the
 * cut that parts the messages best is where it turned. Null: fewer than two messages.
 */
export function courseOf(moods: readonly Mood[]): CourseOfMood | null {
  const last = moods.toSorted((a, b) => a.at - b.at || (a.messageId < b.messageId ? -1 : 1)).slice(-LATEST);
  if (last.length < 2) return null;
  let best = { worth: -1, moved: 0, at: 1 };
  for (let cut = 1; cut < last.length; cut++) {
    const moved = meanOf(last.slice(cut)) - meanOf(last.slice(0, cut));
    // Between two parts of equal distance the evener cut parts more.
    const worth = Math.abs(moved) * Math.sqrt((cut * (last.length - cut)) / last.length);
    if (worth > best.worth + 1e-9) best = { worth, moved, at: cut };
  }
  const { better, worse, much } = likelihoods(last.slice(0, best.at), last.slice(best.at));
  const score = round(calibrated(best.moved > 0 ? better : worse));
  if (Math.abs(best.moved) < MOVED) return { course: "steady", score: round(1 - much), turnedAt: null };
  if (score < LIKELY) return { course: "steady", score: round(1 - score), turnedAt: null };
  return { course: best.moved > 0 ? "better" : "worse", score, turnedAt: last[best.at]!.messageId };
}

/**
 * Moods last, and the cut was chosen because it parts them: both make a change less likely than its messages alone say. Fitted on courses drawn from posts that were looked at, of which
 * six in ten moods last into the next message (Platt's form).
 */
const PLATT = { slope: 1, level: -1.45 };
function calibrated(p: number): number {
  const held = Math.min(0.9999, Math.max(0.0001, p));
  return 1 / (1 + Math.exp(-(PLATT.slope * Math.log(held / (1 - held)) + PLATT.level)));
}

const sureOf = ({ sentiment }: Mood): number => Math.min(1, Math.max(0, sentiment.score));
const wayOf = ({ sentiment }: Mood): number =>
  sentiment.value === "negative" ? -1 : sentiment.value === "positive" ? 1 : 0;
const meanOf = (moods: readonly Mood[]): number =>
  moods.reduce((sum, mood) => sum + wayOf(mood) * sureOf(mood), 0) / moods.length;

/** Of what is left to doubt an angry or glad message is mostly even; an even one either way. */
const EVEN_OF_DOUBT = 0.8;

/** How likely each sum of a stretch is; the place `length` stands for 0. Exact: stretches are short. */
function sumsOf(moods: readonly Mood[]): Float64Array {
  let sums = Float64Array.of(1);
  for (const mood of moods) {
    const [sure, way] = [sureOf(mood), wayOf(mood)];
    const doubt = 1 - sure;
    const [down, even, up] =
      way === 0
        ? [doubt / 2, sure, doubt / 2]
        : way > 0
          ? [doubt * (1 - EVEN_OF_DOUBT), doubt * EVEN_OF_DOUBT, sure]
          : [sure, doubt * EVEN_OF_DOUBT, doubt * (1 - EVEN_OF_DOUBT)];
    const next = new Float64Array(sums.length + 2);
    for (const [at, share] of sums.entries()) {
      next[at]! += share * down!;
      next[at + 1]! += share * even!;
      next[at + 2]! += share * up!;
    }
    sums = next;
  }
  return sums;
}

/** How likely the mood is higher after a cut, lower, and far from what it was. */
function likelihoods(before: readonly Mood[], after: readonly Mood[]) {
  const [was, is] = [sumsOf(before), sumsOf(after)];
  let [better, worse, much] = [0, 0, 0];
  for (const [i, p] of was.entries())
    for (const [j, q] of is.entries()) {
      const moved = (j - after.length) / after.length - (i - before.length) / before.length;
      if (moved > 0) better += p * q;
      if (moved < 0) worse += p * q;
      if (Math.abs(moved) >= MOVED) much += p * q;
    }
  return { better, worse, much };
}

const round = (x: number): number => Math.round(Math.min(1, Math.max(0, x)) * 1e4) / 1e4;
