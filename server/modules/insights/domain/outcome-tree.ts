import type { Millis } from "#platform/clock";
import type { Named, Standing } from "./outcome-names.ts";

/** How many conversations came to it, as the store counts: null stands for "all" of a level, an empty text for "none was given". */
export interface OutcomeCount {
  outcome: string | null;
  reason: string | null;
  finer: string | null;
  count: number;
  medianMs: Millis | null;
}

export interface OutcomeLine {
  /** Empty: none was given. */
  key: string;
  name: string;
  listed: Standing;
  count: number;
  before: number;
  /** Of the line above it, 0…1. */
  share: number;
  /** The middle time from the customer's first message to the end; null where there are none. */
  medianMs: Millis | null;
  below: OutcomeLine[];
}
export interface OutcomeTree {
  count: number;
  before: number;
  medianMs: Millis | null;
  outcomes: OutcomeLine[];
}

/** Counts of a span beside those of the span before, as a tree: outcomes, their reasons, and the finer ones; the most frequent first. */
export function outcomeTree(
  now: readonly OutcomeCount[],
  before: readonly OutcomeCount[],
  nameOf: (path: readonly string[]) => Named,
): OutcomeTree {
  const [here, earlier] = [byPath(now), byPath(before)];
  const all = [...new Set([...here.keys(), ...earlier.keys()])].map((path) => JSON.parse(path) as string[]);

  function linesBelow(above: readonly string[]): OutcomeLine[] {
    const whole = here.get(JSON.stringify(above))?.count ?? 0;
    const paths = all.filter((p) => p.length === above.length + 1 && above.every((key, i) => p[i] === key));
    // Where nobody gave any, there is nothing to tell apart.
    if (above.length > 0 && paths.every((p) => p.at(-1) === "")) return [];
    return paths.map((path) => line(path, whole)).sort(byCount);
  }
  function line(path: readonly string[], whole: number): OutcomeLine {
    const counted = here.get(JSON.stringify(path));
    const count = counted?.count ?? 0;
    const key = path.at(-1)!;
    return {
      ...{ key, ...(key === "" ? { name: "", listed: "now" as const } : nameOf(path)) },
      ...{ count, before: earlier.get(JSON.stringify(path))?.count ?? 0 },
      ...{ share: whole === 0 ? 0 : count / whole, medianMs: counted?.medianMs ?? null },
      below: path.length < 3 && key !== "" ? linesBelow(path) : [],
    };
  }
  const [top, was] = [here.get("[]"), earlier.get("[]")];
  return { count: top?.count ?? 0, before: was?.count ?? 0, medianMs: top?.medianMs ?? null, outcomes: linesBelow([]) };
}

function byPath(counts: readonly OutcomeCount[]): Map<string, OutcomeCount> {
  const pathOf = (c: OutcomeCount) => [c.outcome, c.reason, c.finer].filter((key) => key !== null);
  return new Map(counts.map((c) => [JSON.stringify(pathOf(c)), c]));
}

/** What was not told stands last, whatever its count. */
function byCount(a: OutcomeLine, b: OutcomeLine): number {
  return (
    Number(a.key === "") - Number(b.key === "") ||
    b.count - a.count ||
    b.before - a.before ||
    a.name.localeCompare(b.name, "en")
  );
}
