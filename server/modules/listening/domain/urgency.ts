import type { Label } from "./label.ts";
import { type LinearModel, reasons, score } from "./linear-model.ts";
import { found } from "./phrases.ts";
import { LOOK_ALIKES, RISK_PHRASES } from "./risk-phrases.ts";
import { RISKS, type Risk } from "./risks.ts";
import type { Read } from "./sentiment.ts";
import type { Tokens } from "./tokens.ts";

/** Sure enough for a rule alone: a person wrote it for exactly this danger. */
const RULE_SCORE = 0.9;

/**
 * Which dangers a post tells of. Phrases written by hand fire by themselves unless a look-alike stands over the same words
 * ("this price is robbery"); the model catches what no phrase foresaw.
 */
export function readUrgency(post: Tokens, read: Read, model: LinearModel): Label<Risk>[] {
  if (!post.tokens.length) return [];
  const features = read(model);
  const p = score(model, features);
  const guards = found(post.text, LOOK_ALIKES, 1, 8);
  const risks: Label<Risk>[] = [];
  for (const risk of RISKS) {
    const column = model.labels.indexOf(risk);
    const learnt = column < 0 ? 0 : p[column]!;
    const hits = found(post.text, RISK_PHRASES[risk], 2).filter(
      (w) => !guards.some((g) => g.start < w.end && w.start < g.end),
    );
    const byModel = column >= 0 && learnt >= model.thresholds[column]! && !(guards.length && learnt < 0.9);
    if (hits.length) {
      risks.push({ value: risk, score: Math.max(RULE_SCORE, learnt), words: hits });
    } else if (byModel) {
      risks.push({ value: risk, score: learnt, words: reasons(model, post, features, column) });
    }
  }
  return risks.sort((a, b) => b.score - a.score);
}
