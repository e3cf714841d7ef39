import { cpus } from "node:os";

/** One measured thing. `rounds` are all values it was taken from; `value` is their median. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  rounds: readonly number[];
  /** A throughput divided by lines of JSON.parse per second in the same round: comparable between machines. */
  perParse?: number;
  /** Measured in the same run and in turns with it. */
  baseline?: { what: string; value: number; ratio: number };
}

export interface Bench {
  /** What it measures, and how, in a sentence. */
  readonly about: string;
  run(place: Place): Promise<Figure[]>;
}

/** Where a bench runs: a temporary folder, and words to the person who waits. */
export interface Place {
  folder: string;
  say(text: string): void;
  /** How long a bench of a steady load lasts, when it is asked for. */
  minutes?: number | undefined;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value below which this share (0 to 1) of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Seconds that something took. */
export async function seconds(run: () => unknown): Promise<number> {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1_000;
}

/** Takes turns: in every round each part once, so that a busy moment of the machine hits all alike. */
export async function inTurns(rounds: number, parts: readonly ((round: number) => Promise<void>)[]): Promise<void> {
  for (let round = 0; round < rounds; round++)
    for (let i = 0; i < parts.length; i++) await parts[(i + round) % parts.length]!(round);
}

const LINE = JSON.stringify({
  id: "po_17",
  author: { id: "pr_carla", handle: "carla", name: "Carla Ruiz", followers: 1240, verified: false },
  text: "@northwind my line is down since 8:00 and nobody answers. What is going on?",
  createdAt: "2026-11-17T08:59:00.000Z",
  mentions: [{ handle: "northwind", profileId: "pr_us" }],
  counts: { replies: 3, likes: 12, shares: 0 },
});

/** Lines of JSON.parse per second on one core, by about a fifth of a second of it. */
export function parseRate(): number {
  const began = performance.now();
  let lines = 0;
  let kept = 0;
  while (performance.now() - began < 200)
    for (let i = 0; i < 1_000; i++, lines++) kept += (JSON.parse(LINE) as { id: string }).id.length;
  if (kept === 0) throw new Error("nothing was parsed");
  return lines / ((performance.now() - began) / 1_000);
}

/** A throughput with its calibration and its baseline; each list holds one value a round. */
export function throughput(
  what: string,
  unit: string,
  rounds: readonly number[],
  parse: readonly number[],
  baseline?: { what: string; rounds: readonly number[] },
): Figure {
  const value = median(rounds);
  const base = baseline && median(baseline.rounds);
  return {
    ...{ what, value, unit, rounds },
    perParse: median(rounds.map((r, i) => r / parse[i]!)),
    ...(baseline && base && { baseline: { what: baseline.what, value: base, ratio: value / base } }),
  };
}

/** Parts of a run in the order in which they were measured: their spread is shown beside the whole. */
const PARTS = 5;

/** A quantile of many times in ms, with the same quantile of each fifth of the run. The baseline is compared by its own same quantile. */
export function latency(
  what: string,
  values: readonly number[],
  share: number,
  baseline?: { what: string; values: readonly number[] },
): Figure {
  const value = quantile(values, share);
  const size = Math.ceil(values.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, i) => values.slice(i * size, (i + 1) * size)).filter((p) => p.length);
  const base = baseline && quantile(baseline.values, share);
  return {
    ...{ what, value, unit: "ms", rounds: parts.map((part) => quantile(part, share)) },
    ...(baseline && base && { baseline: { what: baseline.what, value: base, ratio: value / base } }),
  };
}

/** A count that has to be what it is: of bytes, statements, buffers, commits. */
export const counted = (what: string, unit: string, rounds: readonly number[]): Figure => ({
  ...{ what, unit, rounds },
  value: median(rounds),
});

export const machine = (): string =>
  `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "?"}), Node ${process.versions.node}`;
