import type { Label } from "./label.ts";
import { best, type LinearModel, reasons, score } from "./linear-model.ts";
import type { Read } from "./sentiment.ts";
import type { Tokens } from "./tokens.ts";

/** What the writer wants, in the desk's first, general form; an account's own intents come from its marks. */
export const INTENTS = ["question", "complaint", "request", "praise", "purchase", "cancel", "other"] as const;
/** Own intents of an account are further strings. */
export type Intent = (typeof INTENTS)[number] | (string & {});

export function readIntent(post: Tokens, read: Read, model: LinearModel): Label<Intent> {
  if (!post.tokens.length) return { value: "other", score: 1, words: [] };
  const features = read(model);
  const found = best(model, score(model, features));
  if (found.label === null) return { value: "other", score: 1 - found.score, words: [] };
  return { value: found.label, score: found.score, words: reasons(model, post, features, found.at) };
}
