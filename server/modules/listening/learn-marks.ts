import { setImmediate } from "node:timers/promises";
import { type Message, messagesById } from "#modules/channels";
import type { Tx } from "#platform/db";
import type { DueTimer } from "#platform/timers";
import { heldOut, type Maker, sharpened, sharpnessOf } from "./domain/calibrate.ts";
import type { FeatureSpec } from "./domain/features.ts";
import { learnFurther, type Marked } from "./domain/learn.ts";
import { learnApart } from "./domain/learn-apart.ts";
import { type Answer, type Figures, figuresOf, verdictOn } from "./domain/learning/figures.ts";
import { isHeldOut } from "./domain/learning/held-out.ts";
import { versionsToDrop } from "./domain/learning/thin-versions.ts";
import type { LinearModel } from "./domain/linear-model.ts";
import { answerTo, isTaught } from "./learning/answers.ts";
import { loadModels } from "./models/load-models.ts";
import { packModel, unpackModel } from "./models/model-file.ts";
import { modelOf } from "./own-models.ts";
import {
  dropVersions,
  findChoices,
  findVersions,
  insertModel,
  lockTask,
  type Mark,
  markCounts,
  marksOf,
  modelVersions,
  saveChoice,
} from "./store/model-store.ts";
import { surroundingsOf } from "./thread-facts.ts";

/** Marks that are learnt from, and held-out posts that measure what came of it: by day within a minute of each mark, in the night with more time. */
type Span = { marks: number; measured: number; byDay: boolean };
const BY_DAY: Span = { marks: 1_000, measured: 200, byDay: true };
const BY_NIGHT: Span = { marks: 10_000, measured: 500, byDay: false };
const AT_ONCE = 25;
/** Without a model that ships, fewer marks of both kinds than this teach nothing worth showing. */
const FEWEST_OF_EACH = 10;

/**
 * Learns a task anew from what ships and the account's marks: the same marks always give the same model. Where there are more marks than there
 * is time for by day, the newest are learnt on top of the version in use, and all of them in the night.
 */
export async function learnMarks(tx: Tx, timer: DueTimer): Promise<void> {
  await learnTask(tx, String(timer.payload.task), BY_DAY);
}

/** Learns every task that was marked since its last version. */
export async function learnByNight(tx: Tx): Promise<void> {
  const last = new Map<string, { at: number; learnedFrom: number; heldOut: number }>();
  for (const v of await findVersions(tx)) if (!last.has(v.task)) last.set(v.task, v);
  for (const [task, marked] of await markCounts(tx)) {
    const version = last.get(task);
    const all = version && version.learnedFrom + version.heldOut >= Math.min(marked.messages, BY_NIGHT.marks);
    if (!all || marked.last >= version.at) await learnTask(tx, task, BY_NIGHT);
  }
}

type Post = { message: Message; mark: Mark };
const sliced = ({ message }: Post) => ({ id: message.id, text: message.text || message.subject });

async function learnTask(tx: Tx, task: string, span: Span): Promise<void> {
  if (!isTaught(task) && task !== "actionable") return;
  await lockTask(tx, task);
  const { posts, all } = await markedPosts(tx, task, span.marks);
  const taught = posts.filter((p) => !isHeldOut(sliced(p)));
  const [inUse, choices, versions] = [await modelVersions(tx), await findChoices(tx), await findVersions(tx, task)];
  const used = inUse.get(task) ?? 0;
  const former = await modelOf(tx, task, used);
  const more = span.byDay && all >= span.marks;
  const packed = await learnt(task, taught, more ? former : null, more);
  if (packed === null) return;
  const measured = posts.filter((p) => isHeldOut(sliced(p))).slice(-span.measured);
  const before =
    former === null ? null : { version: used, right: (await measure(tx, task, former, measured, null)).right };
  const figures = await measure(tx, task, unpackModel(packed), measured, before);
  const version = (versions[0]?.version ?? 0) + 1;
  const verdict = verdictOn(figures.right, before, choices.get(task)?.pinned ?? false);
  const heldOutPosts = posts.length - taught.length;
  await insertModel(tx, {
    ...{ task, version, verdict, figures, packed, learnedFrom: taught.length, heldOut: heldOutPosts },
  });
  if (verdict === "promoted") await saveChoice(tx, { task, version, pinned: false, by: null });
  // From now on the newest is not the one that is used.
  else if (!choices.has(task)) await saveChoice(tx, { task, version: used, pinned: false, by: null });
  const kept = [{ version, at: tx.now }, ...versions];
  await dropVersions(tx, task, versionsToDrop(kept, verdict === "promoted" ? version : used, tx.now));
}

/** What is still there to be read, in the order of the messages, and how many marks there are of those that were asked for. */
async function markedPosts(tx: Tx, task: string, newest: number): Promise<{ posts: Post[]; all: number }> {
  const marks = await marksOf(tx, task, newest);
  const found = await messagesById(
    tx,
    marks.map((m) => m.messageId),
  );
  const messages = new Map(found.filter((m) => m.direction === "in" && (m.text || m.subject)).map((m) => [m.id, m]));
  const posts = marks
    .flatMap((mark) => {
      const message = messages.get(mark.messageId);
      return message ? [{ message, mark }] : [];
    })
    .toSorted((a, b) => (a.message.id < b.message.id ? -1 : 1));
  return { posts, all: marks.length };
}

async function measure(
  tx: Tx,
  task: string,
  model: LinearModel,
  posts: readonly Post[],
  before: Figures["before"],
): Promise<Figures> {
  const shipped = await loadModels();
  const around = await surroundingsOf(
    tx,
    posts.map((p) => p.message),
  );
  const answers: Answer[] = [];
  for (const { message, mark } of posts) {
    answers.push({ ...answerTo(task, model, shipped, message, around), truth: mark.value });
    // Desks are served between.
    if (answers.length % AT_ONCE === 0) await setImmediate();
  }
  return figuresOf(answers, before);
}

/**
 * The model these posts make, packed; null where they are too few. `base`: what is learnt on top of, unless it is what ships. `more`: there are more
 * marks than these, which only a model that can be learnt further takes by day.
 */
async function learnt(
  task: string,
  posts: readonly Post[],
  base: LinearModel | null,
  more: boolean,
): Promise<string | null> {
  const marked = posts.map(({ message, mark }) => ({
    text: message.text || message.subject,
    labels: labelsOf(task, mark),
  }));
  if (marked.length === 0) return null;
  if (isTaught(task)) return packModel(learnFurther(base ?? (await loadModels())[task], marked));
  if (more) return null;
  const yes = marked.filter((p) => p.labels.includes("yes")).length;
  return Math.min(yes, marked.length - yes) < FEWEST_OF_EACH ? null : packModel(learnActionable(marked));
}

const ACTIONABLE_SPEC: FeatureSpec = { bits: 18, words: 2, chars: [3, 5], within: true, manner: true };
const ANSWERS = ["no", "yes"];
/** From so many marks on, an n-gram of one post alone is chance. */
const MANY = 500;

/** Yes or no, as sure as it is right: the sharpness comes of posts a model had not seen. */
function learnActionable(posts: readonly Marked[]): LinearModel {
  const fewest = posts.length < MANY ? 1 : 2;
  const make: Maker = (some) =>
    learnApart("actionable", "softmax", ACTIONABLE_SPEC, ANSWERS, some, { fewest, sharpness: 1 });
  const only = posts.length < MANY ? 5 : 1;
  const truth = posts.map((p) => ANSWERS.indexOf(p.labels[0]!));
  return sharpened(make(posts), sharpnessOf(heldOut(posts, make, 5, 7, { only, raw: true }), truth));
}

/** A mark in the words of the model that learns from it. "noise" alone does not say which kind: the commonest stands for it. */
function labelsOf(task: string, mark: Mark): string[] {
  if (task === "gratitude") return mark.value === "yes" ? ["gratitude"] : [];
  if (task === "noise") return [mark.value === "noise" ? "spam" : "signal"];
  return [mark.value];
}
