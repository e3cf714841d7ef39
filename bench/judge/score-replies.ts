import { type Figures, listOf, mean, type Row } from "./rows.ts";

const RULES = ["length", "disclosure", "canned", "tone", "privacy", "promise"];
/** Of a share in a sample: the middle 95 % by Wilson's interval. */
const Z = 1.959964;

/** How many broken drafts are caught and fine ones stopped, and whether the broken rule is named. `may`: rules that may be named. */
export function scoreReplies(truth: readonly Row[], found: readonly Row[]): Figures {
  const answers = new Map(found.map((f) => [f.id, f]));
  const stopped = (t: Row) => answers.get(t.id)?.ok === false;
  const named = (t: Row) => listOf(answers.get(t.id)?.rules);
  const broken = truth.filter((t) => listOf(t.rules).length > 0);
  const fine = truth.filter((t) => listOf(t.rules).length === 0);
  const caught = broken.filter(stopped).length;
  const wrongly = fine.filter(stopped).length;
  const [caughtFrom, caughtTo] = wilson(caught, broken.length);
  const [wronglyFrom, wronglyTo] = wilson(wrongly, fine.length);
  return {
    drafts: truth.length,
    broken_caught: caught / broken.length,
    "broken_caught from": caughtFrom,
    "broken_caught to": caughtTo,
    fine_stopped: wrongly / fine.length,
    "fine_stopped from": wronglyFrom,
    "fine_stopped to": wronglyTo,
    rule_named: mean(broken.map((t) => Number(listOf(t.rules).some((rule) => named(t).includes(rule))))),
    ...Object.fromEntries(
      RULES.flatMap((rule): [string, number][] => {
        const meant = truth.filter((t) => listOf(t.rules).includes(rule));
        return meant.length === 0 ? [] : [[`recall ${rule}`, mean(meant.map((t) => Number(named(t).includes(rule))))]];
      }),
    ),
  };
}

export function wilson(hits: number, n: number): [number, number] {
  if (n === 0) return [0, 1];
  const p = hits / n;
  const middle = (p + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
