import { calibrationError } from "../../server/modules/listening/domain/calibrate.ts";
import { isRight, saidOf } from "./claims.ts";
import { type Figures, listOf, mean, type Row, rates } from "./rows.ts";

/** Labels of which every post has exactly one. */
const SINGLE = ["noise", "addressed", "intent", "sentiment"];

/** All labels of each post: of those it has one of, the share that is right; of the others precision and recall. */
export function scoreEveryLabel(truth: readonly Row[], found: readonly Row[]): Figures {
  const answers = new Map(found.map((f) => [f.id, saidOf(f)]));
  const out: Figures = { n: truth.length };
  const asked = [...new Set(truth.flatMap((t) => Object.keys((t.labels ?? {}) as object)))];
  for (const label of asked) {
    const claims: { sure: number; right: boolean }[] = [];
    const hits = { right: 0, wrong: 0, missed: 0 };
    for (const t of truth) {
      const said = (answers.get(t.id) ?? []).filter((s) => s.label === label);
      const wanted = listOf((t.labels as Record<string, unknown>)[label]);
      const sure = new Set(said.map((s) => s.value));
      hits.missed += wanted.filter((w) => !sure.has(w)).length;
      for (const s of said) {
        const right = isRight(s, t);
        if (right === null) continue;
        claims.push({ sure: s.score, right });
        if (wanted.includes(s.value)) hits.right++;
        else if (!right) hits.wrong++;
      }
    }
    if (SINGLE.includes(label)) out[`right ${label}`] = mean(claims.map((c) => Number(c.right)));
    else Object.assign(out, rates(hits, label));
    if (claims.length > 0)
      out[`calibration_error ${label}`] = calibrationError(
        claims.map((c) => c.sure),
        claims.map((c) => c.right),
      );
  }
  return out;
}
