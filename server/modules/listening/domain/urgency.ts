import type { Label } from "./label.ts";
import { type LinearModel, reasons, score } from "./linear-model.ts";
import { found } from "./phrases.ts";
import { LOOK_ALIKES, RISK_PHRASES } from "./risk-phrases.ts";
import { RISKS, type Risk } from "./risks.ts";
import type { Read } from "./sentiment.ts";
import type { Tokens } from "./tokens.ts";
import { framedRisks } from "./told-by-words/danger-frames.ts";

/** A rule was written for exactly this danger; so often it was right on posts held out (bench/text/README.md: any danger, .84). */
const RULE_SCORE = 0.85;
/** What no rule saw the model has to be this sure of. */
const SURE_ALONE = 0.4;
/** Several words that together tell of it; each alone is common. */
const FRAME_SCORE = 0.84;

/**
 * Which dangers a post tells of. Phrases written by hand fire by themselves unless a look-alike stands over the same words
 * ("this price is robbery"); the model catches what no phrase foresaw.
 */
export function readUrgency(post: Tokens, read: Read, model: LinearModel): Label<Risk>[] {
  if (!post.tokens.length) return [];
  const features = read(model);
  const p = score(model, features);
  const guards = found(post.text, LOOK_ALIKES, 1, 8);
  const frames = framedRisks(post, ({ from, to }) =>
    guards.some((g) => g.start < post.tokens[to - 1]!.end && post.tokens[from]!.start < g.end),
  );
  const risks: Label<Risk>[] = [];
  for (const risk of RISKS) {
    const column = model.labels.indexOf(risk);
    const learnt = column < 0 ? 0 : p[column]!;
    const frame = frames.told.get(risk);
    // Who praises, jokes, sells or says that it is over borrows single words of danger; then only several together are believed.
    const hits = found(post.text, RISK_PHRASES[risk], 2).filter(
      (w) =>
        !guards.some((g) => g.start < w.end && w.start < g.end) &&
        !(frames.spokenFor(risk) && (risk === "deadline" || !/\s/u.test(w.text))),
    );
    const byModel = learnt >= SURE_ALONE && !frames.spokenFor(risk) && !(guards.length && learnt < 0.9);
    if (hits.length) {
      risks.push({ value: risk, score: Math.max(RULE_SCORE, learnt), words: hits });
    } else if (frame) {
      risks.push({ value: risk, score: Math.max(FRAME_SCORE, learnt), words: frame });
    } else if (byModel) {
      risks.push({ value: risk, score: learnt, words: reasons(model, post, features, column) });
    }
  }
  return risks.sort((a, b) => b.score - a.score);
}
