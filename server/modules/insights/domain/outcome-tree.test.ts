import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OutcomeCount, type OutcomeLine, outcomeTree } from "./outcome-tree.ts";

const nameOf = (path: readonly string[]) => ({ name: path.at(-1)!.toUpperCase(), listed: "now" as const });
const count = (path: readonly string[], n: number): OutcomeCount => {
  const [outcome = null, reason = null, finer = null] = path;
  return { outcome, reason, finer, count: n, medianMs: n * 1_000 };
};
/** As the store counts: each conversation under all levels of its path. */
function counted(paths: readonly (readonly [string, string, string])[]): OutcomeCount[] {
  const sums = new Map<string, number>();
  const names = paths.flatMap((path) => [0, 1, 2, 3].map((n) => JSON.stringify(path.slice(0, n))));
  for (const name of names) sums.set(name, (sums.get(name) ?? 0) + 1);
  return [...sums].map(([name, n]) => count(JSON.parse(name) as string[], n));
}
const brief = (lines: readonly OutcomeLine[]): unknown[] =>
  lines.map((one) => [one.key, one.count, one.before, one.share, ...(one.below.length > 0 ? [brief(one.below)] : [])]);

describe("the tree of outcomes", () => {
  it("has the most frequent first, what was not told last, and shares of the line above", () => {
    const now = counted([
      ["solved", "", ""],
      ["solved", "", ""],
      ["solved", "net", "mast"],
      ["answered", "", ""],
    ]);
    const before = counted([["solved", "bill", ""]]);
    const tree = outcomeTree(now, before, nameOf);
    expect([tree.count, tree.before, tree.medianMs]).toEqual([4, 1, 4_000]);
    const net = ["net", 1, 0, 1 / 3, [["mast", 1, 0, 1]]];
    expect(brief(tree.outcomes)).toEqual([
      ["solved", 3, 1, 0.75, [net, ["bill", 0, 1, 0], ["", 2, 0, 2 / 3]]],
      ["answered", 1, 0, 0.25],
    ]);
  });

  it("of nothing is empty", () => {
    expect(outcomeTree([count([], 0)], [count([], 0)], nameOf)).toMatchObject({ count: 0, before: 0, outcomes: [] });
  });

  it("adds up at every level, whatever was counted", () => {
    const key = fc.constantFrom("", "a", "b", "c");
    const path = fc.tuple(fc.constantFrom("x", "y"), key, key).map(([o, r, f]) => [o, r, r === "" ? "" : f] as const);
    fc.assert(
      fc.property(fc.array(path), fc.array(path), (now, before) => {
        const tree = outcomeTree(counted(now), counted(before), nameOf);
        const check = (lines: readonly OutcomeLine[], whole: number, was: number) => {
          if (lines.length === 0) return;
          expect(lines.reduce((sum, one) => sum + one.count, 0)).toBe(whole);
          expect(lines.reduce((sum, one) => sum + one.before, 0)).toBe(was);
          for (const one of lines) check(one.below, one.count, one.before);
        };
        check(tree.outcomes, now.length, before.length);
        expect(tree.outcomes.length).toBe(new Set([...now, ...before].map(([o]) => o)).size);
      }),
    );
  });
});
