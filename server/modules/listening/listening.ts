import { LabelMarked, MessageUnderstood } from "#events/listening";
import { type Message, messagesById, threadUuid } from "#modules/channels";
import { iso, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import { uuidOf, uuidv7 } from "#platform/ids";
import { setTimer } from "#platform/timers";
import type { Language } from "./domain/language.ts";
import { readerFor, score } from "./domain/linear-model.ts";
import { tokenise } from "./domain/tokens.ts";
import { languageOf, type UnderstandInput, type Understanding, understand } from "./domain/understand.ts";
import { LEARN_TIMER } from "./learn-marks.ts";
import { type AccountModels, modelsOf } from "./own-models.ts";
import { insertMark } from "./store/model-store.ts";
import {
  type Detail,
  findLabels,
  findUnderstandings,
  type LabelRow,
  saveUnderstandings,
  type UnderstandingRow,
} from "./store/understanding-store.ts";
import { type Surroundings, surroundingsOf } from "./thread-facts.ts";

/**
 * Understands a run of messages and says so. `backfilled` tells which are history; a message understood before keeps what was said
 * of it, and what agents marked outranks the models.
 */
export async function understandMessages(tx: Tx, wanted: ReadonlyMap<string, { backfilled?: boolean }>): Promise<void> {
  const messages = await messagesById(tx, [...wanted.keys()]);
  if (messages.length === 0) return;
  const before = new Map(
    (
      await findUnderstandings(
        tx,
        messages.map((m) => m.id),
      )
    ).map((u) => [u.messageId, u]),
  );
  const models = await modelsOf(tx);
  const around = await surroundingsOf(tx, messages);
  const rows = messages.map((m) => {
    const was = before.get(m.id)?.detail;
    const backfilled = m.backfilled || (wanted.get(m.id)?.backfilled ?? was?.backfilled ?? false);
    return withMarks(read(tx, m, models, around, backfilled), was?.marked);
  });
  await saveUnderstandings(tx, rows);
  const byId = new Map(messages.map((m) => [m.id, m]));
  for (const row of rows)
    announce(tx, byId.get(row.messageId)!, row, around.channels.get(byId.get(row.messageId)!.channelId)?.brandId);
}

function read(tx: Tx, m: Message, own: AccountModels, around: Surroundings, backfilled: boolean): UnderstandingRow {
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
  const found = understand(inputOf(m, around), own.models);
  const detail: Detail = { ...found, backfilled };
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

function inputOf(m: Message, around: Surroundings): UnderstandInput {
  const thread = around.threadOf(m);
  return {
    text: m.text || m.subject,
    network: m.network,
    visibility: m.visibility === "private" || m.visibility === "internal" ? "private" : "public",
    kind: m.kind,
    author: {
      handle: m.authorHandle,
      ...(m.author.followers !== undefined && { followers: m.author.followers }),
      isBot: m.author.isBot === true || m.automated !== null,
    },
    mentions: m.entities.flatMap((e) => (e.type === "mention" ? [e.value] : [])),
    why: m.why,
    brand: around.namesOf(m),
    ...(m.language !== null && { lang: m.language }),
    ...(thread && { thread }),
  };
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
 * again) and teaches the account's own model at the next full minute.
 */
export async function markLabel(
  tx: Tx,
  mark: { messageId: string; task: string; value: string; agentId: string },
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
  await insertMark(tx, { ...mark, id: uuidv7(tx.now) });
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
  if (mark.task !== "language")
    await setTimer(tx, LEARN_TIMER, uuidOf(LEARN_TIMER, mark.task), Math.floor(tx.now / MINUTE + 1) * MINUTE, {
      task: mark.task,
    });
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
    },
  });
}

/** What is understood of these messages, with the words that made each label. */
export async function understandingOf(tx: Tx, messageIds: readonly string[]): Promise<Map<string, UnderstandingRow>> {
  return new Map((await findUnderstandings(tx, [...new Set(messageIds)])).map((u) => [u.messageId, u]));
}

/** The labels of these messages alone, for whoever decides by them. */
export async function labelsOfMessages(tx: Tx, messageIds: readonly string[]): Promise<Map<string, LabelRow>> {
  return new Map((await findLabels(tx, [...new Set(messageIds)])).map((u) => [u.messageId, u]));
}
