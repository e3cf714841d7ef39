import { type Cell, tableOf } from "./figures.ts";
import type { Course, PastItem, Setup } from "./model.ts";
import { simulate } from "./simulate.ts";

/** Means over the seeds, and how the second differs from the first: seed by seed, with the interval in which the true mean lies 95 times of 100. */
export interface Compared {
  readonly before: number | null;
  readonly after: number | null;
  readonly difference: { readonly mean: number; readonly from: number; readonly to: number } | null;
  /** Null: the interval holds nothing, or neither is better. */
  readonly verdict: "better" | "worse" | null;
}
export interface ComparedCell extends Omit<Cell, "figures"> {
  readonly figures: Readonly<Record<string, Compared>>;
}

/** More is better (1) or worse (-1); of the rest nothing is said. */
const BETTER: Readonly<Record<string, 1 | -1>> = {
  ...{ serviceLevel: 1, answered: 1, left: -1, waitP50: -1, waitP90: -1, waitP95: -1, waitWorst: -1 },
  ...{ misses: -1, declines: -1, transfers: -1, overtime: -1 },
};

/** Both setups over the same items and the same chance, once for each seed from 1 on. */
export function rehearse(
  before: Setup,
  after: Setup,
  items: readonly PastItem[],
  seeds: number,
): { cells: ComparedCell[]; first: { before: Course; after: Course } } {
  const runs = Array.from({ length: seeds }, (_, n) => ({
    before: simulate(before, items, n + 1),
    after: simulate(after, items, n + 1),
  }));
  // Both end together, so that what still waits has waited as long: people who are added may be here longer than anybody was.
  const ends = ({ before: a, after: b }: (typeof runs)[number]) => Math.max(a.until, b.until);
  const tables = runs.map((run) => ({
    before: tableOf({ ...run.before, until: ends(run) }),
    after: tableOf({ ...run.after, until: ends(run) }),
  }));
  return { cells: compareTables(tables), first: runs[0] as { before: Course; after: Course } };
}

export function compareTables(tables: readonly { before: readonly Cell[]; after: readonly Cell[] }[]): ComparedCell[] {
  const byId = tables.map(({ before, after }) => ({
    before: new Map(before.map((cell) => [cell.id, cell.figures])),
    after: new Map(after.map((cell) => [cell.id, cell.figures])),
  }));
  const all = new Map(tables.flatMap(({ before, after }) => [...before, ...after]).map((cell) => [cell.id, cell]));
  return [...all.values()].map(({ figures, ...head }) => ({
    ...head,
    figures: Object.fromEntries(
      Object.keys(figures).map((name) => {
        const pairs = byId.map((t) => ({
          before: t.before.get(head.id)?.[name] ?? null,
          after: t.after.get(head.id)?.[name] ?? null,
        }));
        return [name, compare(name, pairs)];
      }),
    ),
  }));
}

function compare(name: string, pairs: readonly { before: number | null; after: number | null }[]): Compared {
  const [before, after] = [meanOf(pairs.map((p) => p.before)), meanOf(pairs.map((p) => p.after))];
  const differences = pairs.flatMap((p) => (p.before === null || p.after === null ? [] : [p.after - p.before]));
  if (differences.length === 0) return { before, after, difference: null, verdict: null };
  const difference = intervalOf(differences);
  const sign = difference.from > 0 ? 1 : difference.to < 0 ? -1 : 0;
  const good = BETTER[name];
  const verdict = sign === 0 || good === undefined ? null : sign === good ? "better" : "worse";
  return { before, after, difference, verdict };
}

const meanOf = (all: readonly (number | null)[]): number | null => {
  const counted = all.filter((one) => one !== null);
  return counted.length === 0 ? null : counted.reduce((sum, one) => sum + one, 0) / counted.length;
};

/** Student's t, 97.5 %, by degrees of freedom from 1 on (any statistics table); beyond it the next smaller one, which is wider. */
const T975 = [
  ...[12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131],
  ...[2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042],
];

/** The mean of paired differences with its 95 % interval; of one alone no interval is known and it stands for itself. */
export function intervalOf(differences: readonly number[]): { mean: number; from: number; to: number } {
  const n = differences.length;
  const mean = differences.reduce((sum, one) => sum + one, 0) / n;
  if (n === 1) return { mean, from: mean, to: mean };
  const variance = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1);
  const half = (T975[n - 2] ?? (T975.at(-1) as number)) * Math.sqrt(variance / n);
  return { mean, from: mean - half, to: mean + half };
}
