import type { Features } from "./features.ts";
import type { Label } from "./label.ts";
import { type LinearModel, reasons, score } from "./linear-model.ts";
import type { Tokens } from "./tokens.ts";

export type Sentiment = "negative" | "neutral" | "positive";
export type Read = (model: LinearModel) => Features;

/** How the writer feels about what is spoken of. Learnt; no word list. */
export function readSentiment(post: Tokens, read: Read, model: LinearModel): Label<Sentiment> {
  const features = read(model);
  const p = score(model, features);
  let at = 0;
  for (let c = 1; c < p.length; c++) if (p[c]! > p[at]!) at = c;
  if (!post.tokens.length) return { value: "neutral", score: 1, words: [] };
  return { value: model.labels[at] as Sentiment, score: p[at]!, words: reasons(model, post, features, at) };
}
