import { LabelMarked, MessageUnderstood } from "#events/listening";
import { type Message, messagesById, threadUuid } from "#modules/channels";
import { settingOf } from "#modules/company";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { readBeside } from "./domain/beside.ts";
import type { Language } from "./domain/language.ts";
import { readerFor, score } from "./domain/linear-model.ts";
import { manyAlike, noiseOfCopy } from "./domain/near-copies.ts";
import type { ThingFinder } from "./domain/things.ts";
import { tokenise } from "./domain/tokens.ts";
import { languageOf, type Understanding, understand, wordsOf } from "./domain/understand.ts";
import { inputOf } from "./input-of.ts";
import { learnSoon } from "./learning/learn-times.ts";
import { hitFactsOf } from "./monitors/hit-facts.ts";
import { noteMonitors } from "./monitors/note-monitors.ts";
import { copiesNow, keysOfCopies } from "./near-copies.ts";
import { type AccountModels, modelsOf } from "./own-models.ts";
import { insertMarks, type MarkSource } from "./store/model-store.ts";
import { monitorStamp } from "./store/monitor-store.ts";
import {
  type Detail,
  findLabels,
  findUnderstandings,
  type LabelRow,
  saveUnderstandings,
  type UnderstandingRow,
} from "./store/understanding-store.ts";
import { finderOf, thingsSetting } from "./things/things.ts";
import { type Surroundings, surroundingsOf } from "./thread-facts.ts";

/**
 * Understands a run of messages and says so. `backfilled` tells which are history; a message understood before keeps what was said
 * of it, and what agents marked outranks the models.
 */
export async function understandMessages(tx: Tx, wanted: ReadonlyMap<string, { backfilled?: boolean }>): Promise<void> {
  const messages = await messagesById(tx, [...wanted.keys()]);
  if (messages.length === 0) return;
  const ids = messages.map((m) => m.id);
  const keys = keysOfCopies(messages);
  const [known, stamp, listed, copies] = await tx.together((round) =>
    Promise.all([
      findUnderstandings(round, ids),
      monitorStamp(round),
      settingOf(round, thingsSetting),
      copiesNow(round, messages, keys),
    ]),
  );
  const things = finderOf(tx.accountId, listed);
  const before = new Map(known.map((u) => [u.messageId, u]));
  const models = await modelsOf(tx);
  const around = await surroundingsOf(tx, messages);
  const rows = messages.map((m) => {
    const was = before.get(m.id)?.detail;
    const backfilled = m.backfilled || (wanted.get(m.id)?.backfilled ?? was?.backfilled ?? false);
    const own = keys.get(m.id);
    const read_ = read(
      tx,
      m,
      models,
      { around, things, alike: own ? manyAlike(own.author, copies.get(m.id) ?? []) : 0 },
      backfilled,
    );
    return { ...withMarks(read_, was?.marked), copyKey: own?.key ?? null, copyBy: own?.author ?? null };
  });
  await noteMonitors(tx, stamp, messages, rows, around);
  const caught = messages.flatMap((m, n) =>
    rows[n]?.detail.monitors ? [[m.id, hitFactsOf(m, rows[n].detail.noise)] as const] : [],
  );
  await saveUnderstandings(tx, rows, [...before.keys()], new Map(caught));
  const byId = new Map(messages.map((m) => [m.id, m]));
  for (const row of rows)
    announce(tx, byId.get(row.messageId)!, row, around.channels.get(byId.get(row.messageId)!.channelId)?.brandId);
}

/** What is known beside a message's own words. `alike`: nearly the same posts before it, where they are many. */
interface Context {
  around: Surroundings;
  things: ThingFinder | null;
  alike: number;
}

function read(
  tx: Tx,
  m: Message,
  own: AccountModels,
  { around, things, alike }: Context,
  backfilled: boolean,
): UnderstandingRow {
  if (m.direction === "out") {
    // Of what we say ourselves only the language matters.
    const language = languageOf(m.text || m.subject, own.models, m.language ?? undefined);
    return {
      ...common(tx, m, own, language),
      noise: false,
      addressed: "none",
      intent: "other",
      sentiment: "neutral",
      risks: [],
      gratitude: false,
      thanksOnly: false,
      detail: { language, backfilled },
    };
  }
  const input = inputOf(m, around);
  const post = wordsOf(input);
  const understood = understand(input, own.models, post);
  const noise = noiseOfCopy(understood, alike);
  const found = { ...understood, noise };
  const names = [...input.brand.names, ...input.brand.handles];
  const brandId = around.channels.get(m.channelId)?.brandId ?? null;
  const detail: Detail = { ...found, ...readBeside(post, found, { names, things, brandId }), backfilled };
  if (alike > 0) detail.alike = alike;
  if (own.actionable) detail.actionable = { score: actionableScore(own.actionable, m.text) };
  return { ...common(tx, m, own, found.language), ...labels(found), detail };
}

function common(tx: Tx, m: Message, own: AccountModels, language: Language) {
  return {
    messageId: m.id,
    modelVersion: own.models.version,
    language: language.code,
    direction: language.direction,
    at: tx.now,
  };
}

function labels(
  u: Understanding,
): Pick<UnderstandingRow, "noise" | "addressed" | "intent" | "sentiment" | "risks" | "gratitude" | "thanksOnly"> {
  return {
    noise: u.noise.value === "noise",
    addressed: u.addressed.value,
    intent: u.intent.value,
    sentiment: u.sentiment.value,
    risks: u.urgency.risks.map((r) => r.value),
    gratitude: u.gratitude.gratitude,
    thanksOnly: u.gratitude.thanksOnly,
  };
}

function actionableScore(model: AccountModels["actionable"] & object, text: string): number {
  const column = model.labels.indexOf("yes");
  return column < 0 ? 0 : score(model, readerFor(model.spec)(tokenise(text)))[column]!;
}

/** Tasks an agent may correct, and the values each takes; own intents of an account are free. */
export const MARKS: Readonly<Record<string, readonly string[] | "free">> = {
  noise: ["noise", "signal"],
  actionable: ["yes", "no"],
  gratitude: ["yes", "no"],
  sentiment: ["negative", "neutral", "positive"],
  intent: "free",
  language: "free",
};

/**
 * Stores what an agent says of a label. It counts for this message at once (its labels are said anew, so that the policy may look
 * again) and teaches the account's own model at the next full minute. `source`: where it was asked.
 */
export async function markLabel(
  tx: Tx,
  mark: { messageId: string; task: string; value: string; agentId: string },
  source: Exclude<MarkSource, "work"> = "said",
): Promise<void> {
  const values = Object.hasOwn(MARKS, mark.task) ? MARKS[mark.task] : undefined;
  if (!values) throw new AppError("invalid-request", `A label is one of ${Object.keys(MARKS).join(", ")}.`);
  if (values !== "free" && !values.includes(mark.value))
    throw new AppError("invalid-request", `${mark.task} is one of ${values.join(", ")}.`);
  if (values === "free" && !/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,59}$/u.test(mark.value))
    throw new AppError("invalid-request", `A value of ${mark.task} is up to 60 letters, digits, spaces and dashes.`);
  const [message] = await messagesById(tx, [mark.messageId]);
  const [row] = await findUnderstandings(tx, [mark.messageId]);
  if (!message || !row) throw notFound("message");
  await insertMarks(tx, [{ ...mark, id: uuidv7(tx.now) }], source);
  const marked = withMarks(row, { ...row.detail.marked, [mark.task]: mark.value });
  await saveUnderstandings(tx, [marked]);
  const key = threadUuid(message.channelId, message.threadKey);
  tx.announce(LabelMarked, {
    key,
    entity: "message",
    entityId: message.id,
    entityVersion: message.version,
    payload: { ...mark },
  });
  if (mark.task !== "actionable") {
    const { channels } = await surroundingsOf(tx, [message]);
    announce(tx, message, marked, channels.get(message.channelId)?.brandId);
  }
  if (mark.task !== "language") await learnSoon(tx, mark.task);
}

/** An agent's word outranks the models. */
function withMarks(row: UnderstandingRow, marked: Record<string, string> | undefined): UnderstandingRow {
  if (!marked) return row;
  const next = { ...row, detail: { ...row.detail, marked } };
  if (marked.noise) next.noise = marked.noise === "noise";
  if (marked.sentiment) next.sentiment = marked.sentiment;
  if (marked.intent) next.intent = marked.intent;
  if (marked.language) next.language = marked.language;
  if (marked.gratitude) {
    next.gratitude = marked.gratitude === "yes";
    next.thanksOnly = next.gratitude && row.thanksOnly;
  }
  return next;
}

function announce(tx: Tx, m: Message, row: UnderstandingRow, brandId: string | undefined): void {
  if (brandId === undefined) return;
  const { language, noise, addressed, intent, sentiment, risks, gratitude, thanksOnly, modelVersion } = row;
  tx.announce(MessageUnderstood, {
    key: threadUuid(m.channelId, m.threadKey),
    entity: "message",
    entityId: m.id,
    entityVersion: m.version,
    payload: {
      messageId: m.id,
      channelId: m.channelId,
      brandId,
      network: m.network,
      kind: m.kind,
      visibility: m.visibility,
      direction: m.direction,
      threadKey: m.threadKey,
      sentAt: iso(m.sentAt),
      backfilled: row.detail.backfilled,
      modelVersion,
      language,
      noise,
      addressed,
      intent,
      sentiment,
      risks,
      gratitude,
      thanksOnly,
      ...signalsOf(row.detail),
      ...(row.detail.things && { things: row.detail.things.map((thing) => thing.value) }),
      ...(row.detail.monitors && { monitors: row.detail.monitors.map((hit) => hit.id) }),
    },
  });
}

function signalsOf({ signals = [], told = [], abuse = [], personal, alike }: Detail): { signals?: string[] } {
  const all: string[] = [...signals, ...told, ...abuse].map((s) => s.value);
  if (personal) all.push("personal_data");
  if (alike) all.push("near_copy");
  return all.length > 0 ? { signals: all } : {};
}

/** What is understood of these messages, with the words that made each label. */
export async function understandingOf(tx: Tx, messageIds: readonly string[]): Promise<Map<string, UnderstandingRow>> {
  return new Map((await findUnderstandings(tx, [...new Set(messageIds)])).map((u) => [u.messageId, u]));
}

/** The labels of these messages alone, for whoever decides by them. */
export async function labelsOfMessages(tx: Tx, messageIds: readonly string[]): Promise<Map<string, LabelRow>> {
  return new Map((await findLabels(tx, [...new Set(messageIds)])).map((u) => [u.messageId, u]));
}
