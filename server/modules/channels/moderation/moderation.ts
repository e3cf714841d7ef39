import { storable, type Tx } from "#platform/db";
import { conflict, notFound, notNow } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { capabilitiesOf } from "../capabilities.ts";
import type { ModerationReason, ModerationVerb } from "../domain/adapter.ts";
import { threadUuid } from "../domain/input-key.ts";
import type { Message } from "../domain/message.ts";
import {
  type ActProgress,
  type ActSettlement,
  FIRST_VERBS,
  type ModerationState,
  refusalOf,
  reverseOf,
  settledAct,
} from "../domain/moderation.ts";
import { ModerationChanged } from "../events.ts";
import { messageByExternal } from "../messages.ts";
import { wakeOutbox } from "../outbox/wake.ts";
import { type ChannelRow, findChannel } from "../store/channel-store.ts";
import { findMessages } from "../store/message-store.ts";
import { type ActRow, actsOfMessages, findActs, insertAct, lockActsOf, saveAct } from "../store/moderation-store.ts";
import { markMessage } from "./mark.ts";

/** Something done about a message on its network, as others see it. `undo`: it can be taken back now, by which act. */
export type ModerationAct = Pick<
  ActRow,
  | "id"
  | "messageId"
  | "conversationId"
  | "verb"
  | "reason"
  | "note"
  | "snapshot"
  | "undoes"
  | "agentId"
  | "state"
  | "error"
  | "createdAt"
  | "doneAt"
  | "version"
> & { undo: ModerationVerb | "withdraw" | null };

export interface ModerationAsked {
  messageId: string;
  verb: (typeof FIRST_VERBS)[number];
  reason: ModerationReason;
  note: string;
  agentId: string;
  conversationId: string | null;
}

/** What can be done about a message, and why the rest cannot; and what was done. */
export async function moderationOf(
  tx: Tx,
  messageId: string,
): Promise<{
  message: Message;
  verbs: { verb: (typeof FIRST_VERBS)[number]; refusal: string | null }[];
  acts: ModerationAct[];
}> {
  const { message, channel, rows } = await load(tx, messageId);
  const rootIsOurs = await beganWithUs(tx, message);
  const verbs = FIRST_VERBS.map((verb) => ({ verb, refusal: refusal(tx, verb, message, channel, rootIsOurs, rows) }));
  return { message, verbs, acts: rows.map((row) => present(row, rows, channel)) };
}

/** All that was done about these messages, oldest first. */
export async function moderationOfMessages(tx: Tx, messageIds: readonly string[]): Promise<ActRow[]> {
  return actsOfMessages(tx, messageIds);
}

/** Puts an act into the outbox, with the message as it stands now. It is done once, as soon as the network can be reached. */
export async function moderate(tx: Tx, asked: ModerationAsked): Promise<ModerationAct> {
  // Two who ask for the same at one moment: the second one sees the act of the first.
  await lockActsOf(tx, asked.messageId);
  const { message, channel, rows } = await load(tx, asked.messageId);
  const why = refusal(tx, asked.verb, message, channel, await beganWithUs(tx, message), rows);
  if (why !== null) throw notNow(why);
  return put(tx, channel, message, { ...asked, undoes: null, networkRef: null });
}

/** Takes an act back: out of the outbox where it has not left, else by its opposite on the network. */
export async function takeBackModeration(
  tx: Tx,
  actId: string,
  agentId: string,
  reason: ModerationReason,
  note: string,
) {
  const row = await lockedAct(tx, actId);
  const { message, channel, rows } = await load(tx, row.messageId);
  const undo = undoOf(row, rows, channel);
  if (undo === null)
    throw notNow("This cannot be taken back: the network keeps it, or it is on its way at this moment.");
  if (undo === "withdraw") {
    await change(tx, row, channel, { ...row, state: "cancelled" });
    return present({ ...row, state: "cancelled", version: row.version + 1 }, rows, channel);
  }
  const { conversationId, networkRef } = row;
  return put(tx, channel, message, { verb: undo, reason, note, agentId, conversationId, undoes: row.id, networkRef });
}

/** A person looked at the network and says what became of an act whose outcome is unknown, or asks for another try of one that failed. */
export async function settleModeration(
  tx: Tx,
  actId: string,
  version: number,
  how: ActSettlement,
): Promise<ModerationAct> {
  const row = await lockedAct(tx, actId);
  if (row.state !== "unknown" && !(row.state === "failed" && how === "try-again"))
    throw notNow(`There is nothing to settle: it is ${row.state}.`, { present: { state: row.state } });
  if (row.version !== version) throw conflict("moderation act", { state: row.state, version: row.version });
  const { channel, rows } = await load(tx, row.messageId);
  const next = settledAct(row, how, tx.now);
  await change(tx, row, channel, next);
  if (next.state === "done") await markMessage(tx, row, channel);
  tx.afterCommit(wakeOutbox);
  return present({ ...row, ...next, version: row.version + 1 }, rows, channel);
}

/** The message an act is about: what may be seen of the act hangs on it. */
export async function messageOfModeration(tx: Tx, actId: string): Promise<string> {
  const row = (await findActs(tx, [actId]))[0];
  if (!row) throw notFound("moderation act");
  return row.messageId;
}

async function lockedAct(tx: Tx, id: string): Promise<ActRow> {
  const row = (await findActs(tx, [id], true))[0];
  if (!row) throw notFound("moderation act");
  return row;
}

async function load(tx: Tx, messageId: string) {
  const message = (await findMessages(tx, [messageId]))[0];
  const channel = message && (await findChannel(tx, message.channelId));
  if (!message || !channel) throw notFound("message");
  return { message, channel, rows: await actsOfMessages(tx, [messageId]) };
}

/** Whether its thread began with something we said there. */
async function beganWithUs(tx: Tx, message: Message): Promise<boolean> {
  const { rootExternalId, externalId, channelId } = message;
  if (rootExternalId === null || rootExternalId === externalId) return false;
  return (await messageByExternal(tx, channelId, rootExternalId))?.direction === "out";
}

const OPEN: readonly ModerationState[] = ["pending", "in-flight", "unknown"];

function refusal(
  tx: Tx,
  verb: (typeof FIRST_VERBS)[number],
  message: Message,
  channel: ChannelRow,
  rootIsOurs: boolean,
  rows: readonly ActRow[],
): string | null {
  if (channel.state === "archive") return "This is imported history: nothing can be done about it there.";
  const why = refusalOf(verb, message, capabilitiesOf(channel.network, channel.overrides), rootIsOurs, tx.now);
  if (why !== null) return why;
  const same = rows.filter((r) => r.verb === verb);
  if (same.some((r) => OPEN.includes(r.state))) return "It is under way already.";
  const standing = same.find((r) => r.state === "done" && !rows.some((u) => u.undoes === r.id && u.state === "done"));
  if (standing && verb !== "hide") return "It is done already.";
  return null;
}

function undoOf(row: ActRow, rows: readonly ActRow[], channel: ChannelRow): ModerationAct["undo"] {
  if (row.state === "pending" && row.attempt === 0) return "withdraw";
  if (row.state !== "done" || rows.some((r) => r.undoes === row.id && r.state !== "failed" && r.state !== "cancelled"))
    return null;
  return reverseOf(row.verb, capabilitiesOf(channel.network, channel.overrides));
}

function present(row: ActRow, rows: readonly ActRow[], channel: ChannelRow): ModerationAct {
  const { id, messageId, conversationId, verb, reason, note, snapshot, undoes, agentId, state, error } = row;
  const { createdAt, doneAt, version } = row;
  return {
    ...{ id, messageId, conversationId, verb, reason, note, snapshot, undoes, agentId, state, error },
    ...{ createdAt, doneAt, version, undo: undoOf(row, rows, channel) },
  };
}

type Made = Pick<ActRow, "verb" | "reason" | "note" | "agentId" | "conversationId" | "undoes" | "networkRef">;

async function put(tx: Tx, channel: ChannelRow, message: Message, made: Made): Promise<ModerationAct> {
  const { externalId, rootExternalId, authorId, authorHandle, authorName, visibility } = message;
  const act = {
    ...made,
    ...{ id: uuidv7(tx.now), note: storable(made.note), channelId: channel.id, brandId: channel.brandId },
    messageId: message.id,
    target: { externalId, rootExternalId, authorId, authorHandle, visibility },
    snapshot: {
      ...{ text: message.text, authorName, authorHandle, permalink: message.permalink, sentAt: message.sentAt },
      ...{ revision: message.revision, files: message.attachments.length },
    },
  };
  await insertAct(tx, act);
  const row: ActRow = {
    ...act,
    ...{ state: "pending", attempt: 0, nextAt: tx.now, error: null, doneAt: null },
    ...{ claimToken: null, createdAt: tx.now, version: 1 },
  };
  announceAct(tx, row, channel, "pending", 1);
  tx.afterCommit(wakeOutbox);
  return present(row, [row], channel);
}

async function change(tx: Tx, row: ActRow, channel: ChannelRow, next: ActProgress): Promise<void> {
  await saveAct(tx, row.id, next, null);
  announceAct(tx, row, channel, next.state, row.version + 1);
}

/** Told to people: asked for, done, failed, unknown, withdrawn. A retry is nobody's business. */
export function announceAct(tx: Tx, row: ActRow, channel: ChannelRow, state: ModerationState, version: number): void {
  const { id: actId, messageId, conversationId, verb, agentId } = row;
  tx.announce(ModerationChanged, {
    ...{ key: conversationId ?? threadUuid(channel.id, messageId), entity: "moderation", entityId: actId },
    entityVersion: version,
    payload: { actId, messageId, channelId: channel.id, conversationId, agentId, verb, state },
  });
}
