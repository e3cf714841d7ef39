import type { Message } from "#modules/channels";
import type { Answer } from "../domain/learning/figures.ts";
import { type LinearModel, readerFor, score } from "../domain/linear-model.ts";
import { tokenise } from "../domain/tokens.ts";
import { type UnderstandModels, understand } from "../domain/understand.ts";
import { inputOf } from "../input-of.ts";
import { TAUGHT, type Taught } from "../own-models.ts";
import type { Surroundings } from "../thread-facts.ts";

export const isTaught = (task: string): task is Taught => (TAUGHT as readonly string[]).includes(task);

/** What the whole house says of a message when `model` has the place of the task's own: rules beside the model count as well. */
export function answerTo(
  task: string,
  model: LinearModel,
  shipped: UnderstandModels,
  message: Message,
  around: Surroundings,
): Omit<Answer, "truth"> {
  if (!isTaught(task)) {
    const p = score(model, readerFor(model.spec)(tokenise(message.text || message.subject)));
    const yes = p[model.labels.indexOf("yes")] ?? 0;
    return yes >= 0.5 ? { said: "yes", sure: yes } : { said: "no", sure: 1 - yes };
  }
  const found = understand(inputOf(message, around), { ...shipped, [task]: model });
  if (task !== "gratitude") return { said: found[task].value, sure: found[task].score };
  const { gratitude, score: sure } = found.gratitude;
  return { said: gratitude ? "yes" : "no", sure: gratitude ? sure : 1 - sure };
}
