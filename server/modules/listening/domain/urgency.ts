import type { Label, Word } from "./label.ts";
import { type LinearModel, reasons, score } from "./linear-model.ts";
import { found } from "./phrases.ts";
import { LOOK_ALIKES, RISK_PHRASES } from "./risk-phrases.ts";
import { RISKS, type Risk } from "./risks.ts";
import type { Read, Sentiment } from "./sentiment.ts";
import { FACTS, sureness } from "./sureness.ts";
import type { Tokens } from "./tokens.ts";
import { framedRisks } from "./told-by-words/danger-frames.ts";

/** What no rule saw the model has to be this sure of. */
const SURE_ALONE = 0.4;

/** What speaks for a danger. `by`: phrases written by hand, several words that together tell of it (each alone is common), or the model alone. */
export interface RiskSeen {
  risk: Risk;
  by: "phrase" | "frame" | "model";
  /** What the model says of it, 0 to 1. */
  learnt: number;
  words: Word[];
}

/**
 * Which dangers a post tells of. Phrases written by hand fire by themselves unless a look-alike stands over the same words
 * ("this price is robbery"); the model catches what no phrase foresaw.
 */
export function readUrgency(
  post: Tokens,
  read: Read,
  model: LinearModel,
  sentiment: Pick<Label<Sentiment>, "value" | "score">,
): Label<Risk>[] {
  return risksSeen(post, read, model)
    .map((seen) => ({
      value: seen.risk,
      score: sureness("risk", FACTS.risk(seen, angerOf(sentiment))),
      words: seen.words,
    }))
    .sort((a, b) => b.score - a.score);
}

/** How sure it is that a post is negative, before that is made what it is right by. */
export const angerOf = ({ value, score: sure }: Pick<Label<Sentiment>, "value" | "score">): number =>
  value === "negative" ? sure : 0;

/** The evidence `readUrgency` goes by. */
export function risksSeen(post: Tokens, read: Read, model: LinearModel): RiskSeen[] {
  if (!post.tokens.length) return [];
  const features = read(model);
  const p = score(model, features);
  const guards = found(post.text, LOOK_ALIKES, 1, 8);
  const frames = framedRisks(post, ({ from, to }) =>
    guards.some((g) => g.start < post.tokens[to - 1]!.end && post.tokens[from]!.start < g.end),
  );
  const risks: RiskSeen[] = [];
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
    const see = (by: RiskSeen["by"], words: Word[]) => risks.push({ risk, by, learnt, words });
    if (hits.length) see("phrase", hits);
    else if (frame) see("frame", frame);
    else if (byModel) see("model", reasons(model, post, features, column));
  }
  return risks;
}
