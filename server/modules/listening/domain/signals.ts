import { type Gratitude, mockThanks } from "./gratitude.ts";
import type { Label } from "./label.ts";
import { type LinearModel, reasons, score } from "./linear-model.ts";
import type { Read } from "./sentiment.ts";
import type { Tokens } from "./tokens.ts";

/** What a post tells besides its intent. Gratitude is read on its own. */
export const SIGNALS = ["purchase_intent", "product_feedback", "churn_risk", "sarcasm"] as const;
export type Signal = (typeof SIGNALS)[number];

export function readSignals(post: Tokens, read: Read, model: LinearModel, gratitude: Gratitude): Label<Signal>[] {
  if (!post.tokens.length) return [];
  const features = read(model);
  const p = score(model, features);
  const made: Label<Signal>[] = [];
  model.labels.forEach((label, c) => {
    if (p[c]! < model.thresholds[c]! || (label === "sarcasm" && gratitude.gratitude)) return;
    made.push({ value: label as Signal, score: p[c]!, words: reasons(model, post, features, c) });
  });
  const mock = mockThanks(post);
  if (mock.length && !made.some((s) => s.value === "sarcasm")) made.push({ value: "sarcasm", score: 0.8, words: mock });
  return made.sort((a, b) => b.score - a.score);
}
