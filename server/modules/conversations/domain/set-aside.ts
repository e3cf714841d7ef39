import { type Share, wilson } from "#shared/proportions";

/** Of one reason: how many posts were set aside for it in the span. */
export interface Stratum {
  key: string;
  frame: number;
}
/** So many of a sample are marked, and so many of those should have been work. */
export interface Marked extends Stratum {
  marked: number;
  work: number;
}

/** A sample holds at least so many posts, where there are as many. */
export const SAMPLE = 120;
/** A rare reason is looked at as well. */
const LEAST_OF_EACH = 4;

/**
 * How many posts of each reason are drawn: in proportion to how many there are, a few of each at least (Cochran, Sampling Techniques, 3rd ed.
 * 1977, §5.5). Largest remainders; the same counts give the same answer.
 */
export function allocate(strata: readonly Stratum[], wanted = SAMPLE): Map<string, number> {
  const all = strata.filter((s) => s.frame > 0).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const total = all.reduce((sum, s) => sum + s.frame, 0);
  if (total <= wanted) return new Map(all.map((s) => [s.key, s.frame]));
  const shares = all.map((s) => {
    const exact = (wanted * s.frame) / total;
    return { ...s, exact, count: Math.min(s.frame, Math.max(LEAST_OF_EACH, Math.floor(exact))) };
  });
  let left = wanted - shares.reduce((sum, s) => sum + s.count, 0);
  for (const s of shares.toSorted((a, b) => (b.exact % 1) - (a.exact % 1) || (a.key < b.key ? -1 : 1))) {
    if (left <= 0) break;
    if (s.count >= s.frame) continue;
    s.count++;
    left--;
  }
  return new Map(shares.map((s) => [s.key, s.count]));
}

export interface Recall {
  /** Of what was set aside, how many should have been work: the estimate and its 95 % interval. */
  missed: { estimate: number; low: number; high: number } | null;
  /** Of all that should have been work, the share that was taken for it. */
  recall: Share;
}

/**
 * Measured recall of what needs an answer, from a stratified sample of what was set aside. `taken`: how many were taken for work in the span and
 * were work. The share missed is the stratified mean (Cochran 1977, §5.3) over the reasons somebody has marked; the others are taken to
 * be like them. Its interval is Wilson's with the effective size of the sample (Korn and Graubard, Survey Methodology 24, 1998, with Kish's
 * size as the most it may be), finite population counted; recall = taken / (taken + missed), as in a test of what electronic discovery left out.
 */
export function recallOf(taken: number, strata: readonly Marked[]): Recall {
  const frame = strata.reduce((sum, s) => sum + s.frame, 0);
  const seen = strata.filter((s) => s.marked > 0);
  const marked = seen.reduce((sum, s) => sum + s.marked, 0);
  const found = seen.reduce((sum, s) => sum + s.work, 0);
  if (frame > 0 && marked === 0)
    return { missed: null, recall: { share: null, low: 0, high: 1, hits: taken, of: taken } };
  const covered = seen.reduce((sum, s) => sum + s.frame, 0);
  const p = seen.reduce((sum, s) => sum + (s.frame / covered) * (s.work / s.marked), 0);
  const { low, high } = frame === 0 ? { low: 0, high: 0 } : intervalOf(p, seen, covered, marked, frame);
  const bound = (n: number) => Math.min(Math.max(n, found), frame - (marked - found));
  const missed = { estimate: bound(frame * p), low: bound(frame * low), high: bound(frame * high) };
  const at = (m: number) => (taken + m > 0 ? taken / (taken + m) : null);
  return {
    missed,
    recall: {
      ...{ share: at(missed.estimate), low: at(missed.high) ?? 0, high: at(missed.low) ?? 1 },
      ...{ hits: taken, of: taken + missed.estimate },
    },
  };
}

function intervalOf(p: number, seen: readonly Marked[], covered: number, marked: number, frame: number) {
  const rest = 1 - marked / frame;
  if (rest <= 0) return { low: p, high: p };
  const kish = covered ** 2 / seen.reduce((sum, s) => sum + s.frame ** 2 / s.marked, 0);
  const variance = seen.reduce((sum, s) => {
    const share = s.work / s.marked;
    const fewer = 1 - s.marked / s.frame;
    return sum + (s.frame / covered) ** 2 * fewer * ((share * (1 - share)) / Math.max(1, s.marked - 1));
  }, 0);
  const size = Math.min(kish / rest, variance > 0 ? (p * (1 - p)) / variance : Number.POSITIVE_INFINITY);
  return wilson(p, size);
}
