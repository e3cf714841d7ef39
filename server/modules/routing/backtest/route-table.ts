import type { Compared, ComparedCell } from "../domain/rehearse/compare.ts";
import type { Fault } from "./read-history.ts";

/** Names of figures in files; times in seconds there. */
const WRITTEN: Readonly<Record<string, string>> = {
  ...{
    serviceLevel: "service_level",
    waitP50: "wait_p50_s",
    waitP90: "wait_p90_s",
    waitP95: "wait_p95_s",
    waitWorst: "wait_worst_s",
  },
  overtime: "overtime_s",
};
const IN_MS: ReadonlySet<string> = new Set(["waitP50", "waitP90", "waitP95", "waitWorst", "overtime"]);

/** The result as lines: how it was made, one line for each cell, and what was left out. */
export function rowsOf(
  cells: readonly ComparedCell[],
  made: { seeds: number; items: number; faults: readonly Fault[] },
): object[] {
  const { faults, ...how } = made;
  return [
    {
      id: "made",
      ...how,
      left_out: faults.length,
      service_level: "answered by the due time / (answered + unanswered and due by the end)",
    },
    ...cells.map(({ figures, ...head }) => ({ ...head, figures: written(figures) })),
    ...faults.map(({ line, reason }) => ({ id: `line ${line}`, line, reason })),
  ];
}

function written(figures: ComparedCell["figures"]): object {
  return Object.fromEntries(
    Object.entries(figures).map(([name, compared]) => {
      const value = (one: number | null) => (one === null ? null : rounded(IN_MS.has(name) ? one / 1_000 : one));
      const { before, after, difference, verdict } = compared;
      const by = difference && { mean: value(difference.mean), from: value(difference.from), to: value(difference.to) };
      return [WRITTEN[name] ?? name, { before: value(before), after: value(after), difference: by, verdict }];
    }),
  );
}
const rounded = (one: number) => Math.round(one * 1e6) / 1e6 + 0;

/** A table for people: all work and each queue, and how full the people were. */
export function sideBySide(cells: readonly ComparedCell[], seeds: number): string[] {
  const lines = [`${"".padEnd(34)}${"now".padStart(10)}${"then".padStart(10)}   difference (95 % of ${seeds} seeds)`];
  for (const cell of cells) {
    if (cell.priority !== undefined && cell.queue !== undefined) continue;
    lines.push(cell.id === "all" ? "All work" : cell.id);
    for (const [name, show, says] of SHOWN) {
      const figure = cell.figures[name];
      if (figure) lines.push(lineOf(says, figure, show));
    }
  }
  return lines;
}

function lineOf(says: string, { before, after, difference, verdict }: Compared, show: (one: number) => string): string {
  const value = (one: number | null) => (one === null ? "–" : show(one)).padStart(10);
  const by = difference && `${show(difference.mean)} (${show(difference.from)} to ${show(difference.to)})`;
  return `  ${says.padEnd(32)}${value(before)}${value(after)}   ${by ?? "–"}${verdict ? `  ${verdict}` : ""}`;
}

const percent = (one: number) => `${(100 * one).toFixed(1)} %`;
const minutes = (one: number) => `${(one / 60_000).toFixed(1)} min`;
const count = (one: number) => one.toFixed(1).replace(/\.0$/, "");
const SHOWN: readonly [string, (one: number) => string, string][] = [
  ["items", count, "items"],
  ["serviceLevel", percent, "answered in time"],
  ["waitP50", minutes, "wait, half of all"],
  ["waitP95", minutes, "wait, 95 of 100"],
  ["waitWorst", minutes, "wait, the longest"],
  ["left", count, "not answered at the end"],
  ["declines", count, "declined"],
  ["misses", count, "not reacted to"],
  ["transfers", count, "handed on"],
  ["occupancy", percent, "how full people are"],
  ["overtime", minutes, "work after hours"],
];
