import { messagesById } from "#modules/channels";
import type { Tx } from "#platform/db";
import type { DueTimer } from "#platform/timers";
import { learn, learnFurther, type Marked } from "./domain/learn.ts";
import { loadModels } from "./models/load-models.ts";
import { packModel } from "./models/model-file.ts";
import { TAUGHT, type Taught } from "./own-models.ts";
import { insertModel, type Mark, marksOf } from "./store/model-store.ts";

/** Set after marks, one for each task, which its payload names. */
export const LEARN_TIMER = "listening-learn";
const NEWEST = 5_000;
/** Without a model that ships, fewer marks of both kinds than this teach nothing worth showing. */
const FEWEST_OF_EACH = 10;

/** Learns a task anew from what ships and all the account's marks: the same marks always give the same model. */
export async function learnMarks(tx: Tx, timer: DueTimer): Promise<void> {
  const task = String(timer.payload.task);
  const marks = await marksOf(tx, task, NEWEST);
  const texts = new Map(
    (
      await messagesById(
        tx,
        marks.map((m) => m.messageId),
      )
    ).map((m) => [m.id, m.text || m.subject]),
  );
  const posts = marks
    .toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1))
    .flatMap((m) => {
      const text = texts.get(m.messageId);
      return text ? [{ text, labels: labelsOf(task, m) } satisfies Marked] : [];
    });
  if (posts.length === 0) return;
  const shipped = await loadModels();
  if ((TAUGHT as readonly string[]).includes(task)) {
    await insertModel(tx, task, packModel(learnFurther(shipped[task as Taught], posts)), posts.length);
    return;
  }
  const yes = posts.filter((p) => p.labels.includes("yes")).length;
  if (task !== "actionable" || Math.min(yes, posts.length - yes) < FEWEST_OF_EACH) return;
  await insertModel(
    tx,
    task,
    packModel(learn("actionable", "softmax", shipped.intent.spec, ["no", "yes"], posts)),
    posts.length,
  );
}

/** A mark in the words of the model that learns from it. "noise" alone does not say which kind: the commonest stands for it. */
function labelsOf(task: string, mark: Mark): string[] {
  if (task === "gratitude") return mark.value === "yes" ? ["gratitude"] : [];
  if (task === "noise") return [mark.value === "noise" ? "spam" : "signal"];
  return [mark.value];
}
