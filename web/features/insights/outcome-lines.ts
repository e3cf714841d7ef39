import type { OutcomeRow, OutcomesView } from "#contracts/insights";
import { toCsv } from "./csv.ts";

type Counted = Omit<OutcomesView["outcomes"][number], "below">;
type Tree = Counted & { below: readonly Tree[] };
/** A line of the tree with the keys and names that lead to it, itself last. */
export type OutcomeLine = Counted & { path: string[]; names: string[]; leaf: boolean };

/** All lines of the tree in its order, each followed by those below it, as far as `opens` says so. */
export function linesOf(
  outcomes: OutcomesView["outcomes"],
  opens: (path: readonly string[]) => boolean = () => true,
): OutcomeLine[] {
  const lines: OutcomeLine[] = [];
  const walk = (below: readonly Tree[], above: Pick<OutcomeLine, "path" | "names">) => {
    for (const one of below) {
      const path = [...above.path, one.key];
      const names = [...above.names, one.name];
      const { below: next, ...counted } = one;
      lines.push({ ...counted, path, names, leaf: next.length === 0 });
      if (next.length > 0 && opens(path)) walk(next, { path, names });
    }
  };
  walk(outcomes as readonly Tree[], { path: [], names: [] });
  return lines;
}

export function lineOf(outcomes: OutcomesView["outcomes"], path: readonly string[]): OutcomeLine | undefined {
  return linesOf(outcomes).find(
    (one) => one.path.length === path.length && one.path.every((key, depth) => key === path[depth]),
  );
}

/** The table as a file: keys and names apart, shares as 0 to 1, times in milliseconds. */
export function tableToCsv(outcomes: OutcomesView["outcomes"]): string {
  const head = ["outcome", "reason", "finer", "listed", "conversations", "before", "share", "median_ms"];
  const keys = ["outcome_key", "reason_key", "finer_key"];
  return toCsv(
    [...head, ...keys],
    linesOf(outcomes).map(({ names, path, listed, count, before, share, medianMs }) => [
      ...three(names),
      ...[listed, count, before, share, medianMs],
      ...three(path),
    ]),
  );
}
const three = (words: readonly string[]) => [0, 1, 2].map((depth) => words[depth] ?? null);

/** The rows behind a line as a file; `took_ms`: from the first message to the end, in milliseconds. */
export function outcomeRowsToCsv(rows: readonly OutcomeRow[]): string {
  const head = ["number", "at", "took_ms", "agent", "network", "outcome", "reason", "finer", "lead", "feedback"];
  return toCsv(
    [...head, "episode_id", "conversation_id"],
    rows.map((r) => [
      ...[r.number, r.at, r.tookMs, r.agent, r.network, r.outcome, r.reason[0] ?? null, r.reason[1] ?? null],
      ...[r.lead ? 1 : 0, r.feedback, r.episodeId, r.conversationId],
    ]),
  );
}
