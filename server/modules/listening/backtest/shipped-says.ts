import { readerFor, score } from "../domain/linear-model.ts";
import { tokenise } from "../domain/tokens.ts";
import type { UnderstandModels } from "../domain/understand.ts";
import { SHIPPED } from "../models/load-models.ts";

const FARTHEST = 6;

/** What the shipped models say of a post, as log odds of each of their labels: knowledge that holds in trades the marks have never seen. */
export function shippedSays(models: UnderstandModels): (text: string) => number[] {
  return (text) => {
    const post = tokenise(text);
    return SHIPPED.flatMap((name) => {
      const model = models[name];
      const p = score(model, readerFor(model.spec)(post));
      return Array.from(p, (share) =>
        Math.max(-FARTHEST, Math.min(FARTHEST, Math.log(share / (1 - share + 1e-9) + 1e-9))),
      );
    });
  };
}
