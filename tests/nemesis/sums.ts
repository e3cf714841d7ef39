import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { SeedResult } from "./run-seed.ts";

/** One run of the runner, as one line of the file of sums. Figures are milliseconds where they are times. */
export interface Sum {
  at: string;
  length: "short" | "long";
  /** First and last seed. */
  seeds: [number, number];
  runs: number;
  kills: number;
  faults: Record<string, number>;
  messages: number;
  replies: number;
  commands: number;
  /** Calls whose outcome was not known for a while, and those for which nobody knows it at the end. */
  unknown: number;
  stillUnknown: number;
  lost: number;
  doubled: number;
  violations: number;
  longestRecovery: number;
  longestSettling: number;
  failing: number[];
}

export function sumOf(results: readonly SeedResult[], length: "short" | "long", at: string): Sum {
  const add = (of: (r: SeedResult) => number) => results.reduce((sum, r) => sum + of(r), 0);
  const longest = (of: (r: SeedResult) => number) => Math.round(Math.max(0, ...results.map(of)));
  const says = results.flatMap((r) => r.violations.map((v) => v.says));
  const faults: Record<string, number> = {};
  for (const { faults: own } of results)
    for (const [kind, n] of Object.entries(own)) faults[kind] = (faults[kind] ?? 0) + n;
  const seeds = results.map((r) => r.seed);
  return {
    ...{ at, length, seeds: [Math.min(...seeds), Math.max(...seeds)], runs: results.length },
    ...{ kills: add((r) => r.kills), faults, messages: add((r) => r.counts.messages) },
    ...{ replies: add((r) => r.counts.replies), commands: add((r) => r.commands) },
    ...{ unknown: add((r) => r.counts.unknown), stillUnknown: add((r) => r.counts.stillUnknown) },
    ...{ lost: says.filter((s) => s.startsWith("lost")).length },
    ...{ doubled: says.filter((s) => s.startsWith("doubled")).length, violations: says.length },
    ...{ longestRecovery: longest((r) => r.recovery), longestSettling: longest((r) => r.settled) },
    failing: results.filter((r) => r.violations.length > 0).map((r) => r.seed),
  };
}

export async function keepSum(file: string, sum: Sum): Promise<Sum[]> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(sum)}\n`);
  return (await readFile(file, "utf8"))
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Sum);
}

/** The last runs and the sum over all, as a table. */
export function tableOf(sums: readonly Sum[]): string {
  const heads = [
    "run",
    "seeds",
    "kills",
    "faults",
    "messages",
    "replies",
    "unknown",
    "left",
    "lost",
    "doubled",
    "recovery",
  ];
  const row = (name: string, of: readonly Sum[]) => {
    const add = (figure: (s: Sum) => number) => of.reduce((sum, s) => sum + figure(s), 0);
    return [
      ...[
        name,
        add((s) => s.runs),
        add((s) => s.kills),
        add((s) => Object.values(s.faults).reduce((a, b) => a + b, 0)),
      ],
      ...[add((s) => s.messages), add((s) => s.replies), add((s) => s.unknown), add((s) => s.stillUnknown)],
      ...[add((s) => s.lost), add((s) => s.doubled)],
      `${(Math.max(...of.map((s) => s.longestRecovery)) / 1_000).toFixed(1)} s`,
    ].map(String);
  };
  const rows = [heads, ...sums.slice(-8).map((s) => row(`${s.at.slice(0, 16)} ${s.length}`, [s])), row("all", sums)];
  const widths = heads.map((_, i) => Math.max(...rows.map((r) => r[i]!.length)));
  return rows
    .map((r) => r.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "))
    .join("\n");
}

/** Kinds of faults with how often each was injected. */
export function kindsOf(sum: Sum): string {
  const kinds = Object.entries(sum.faults).sort(([, a], [, b]) => b - a);
  return kinds.map(([kind, n]) => `${kind} ${n}`).join(", ");
}
