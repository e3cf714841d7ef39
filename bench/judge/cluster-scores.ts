/** How well a grouping agrees with the true one. All in per cent. */
export interface ClusterScores {
  pairPrecision: number;
  pairRecall: number;
  pairF1: number;
  b3Precision: number;
  b3Recall: number;
  b3F1: number;
  oneToOne: number;
  /** 1 − variation of information / log n. */
  vi: number;
  /** Groups of at least two that are exactly right. */
  exactF1: number;
}

/**
 * Compares two labellings of the same items, given in the same order. Pairs: two items in one group. B³: each item's share of its
 * found group that is right, and of its true group that was found. One-to-one: largest overlaps first, each group used once (a lower
 * bound of the optimum). Exact: without groups of one.
 */
export function clusterScores(truth: readonly string[], found: readonly string[]): ClusterScores {
  const n = truth.length;
  const trueSize = count(truth);
  const foundSize = count(found);
  const cells = new Map<string, { t: string; f: string; n: number }>();
  truth.forEach((t, i) => {
    const key = JSON.stringify([t, found[i]]);
    const cell = cells.get(key);
    if (cell) cell.n += 1;
    else cells.set(key, { t, f: found[i]!, n: 1 });
  });
  const pairs = (sizes: Iterable<number>) => [...sizes].reduce((sum, s) => sum + (s * (s - 1)) / 2, 0);
  const hit = pairs([...cells.values()].map((c) => c.n));
  let precise = 0;
  let recalled = 0;
  let information = 0;
  let exact = 0;
  for (const c of cells.values()) {
    const inFound = foundSize.get(c.f)!;
    const inTruth = trueSize.get(c.t)!;
    precise += (c.n * c.n) / inFound / n;
    recalled += (c.n * c.n) / inTruth / n;
    information -= (c.n / n) * (Math.log2(c.n / inFound) + Math.log2(c.n / inTruth));
    if (c.n > 1 && c.n === inFound && c.n === inTruth) exact += 1;
  }
  const many = (sizes: Map<string, number>) => [...sizes.values()].filter((s) => s > 1).length;
  const pairPrecision = hit / (pairs(foundSize.values()) || 1);
  const pairRecall = hit / (pairs(trueSize.values()) || 1);
  return {
    pairPrecision: 100 * pairPrecision,
    pairRecall: 100 * pairRecall,
    pairF1: 100 * harmonic(pairPrecision, pairRecall),
    b3Precision: 100 * precise,
    b3Recall: 100 * recalled,
    b3F1: 100 * harmonic(precise, recalled),
    oneToOne: n === 0 ? 0 : (100 * overlaps([...cells.values()])) / n,
    vi: n > 1 ? 100 * (1 - information / Math.log2(n)) : 100,
    exactF1: 100 * harmonic(exact / (many(foundSize) || 1), exact / (many(trueSize) || 1)),
  };
}

function overlaps(cells: { t: string; f: string; n: number }[]): number {
  const used = new Set<string>();
  let sum = 0;
  for (const c of cells.sort((a, b) => b.n - a.n)) {
    if (used.has(`t${c.t}`) || used.has(`f${c.f}`)) continue;
    used.add(`t${c.t}`).add(`f${c.f}`);
    sum += c.n;
  }
  return sum;
}

export function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}

function count(labels: readonly string[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const l of labels) sizes.set(l, (sizes.get(l) ?? 0) + 1);
  return sizes;
}
