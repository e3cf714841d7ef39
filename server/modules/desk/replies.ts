import { ReplyChanged, ReplyWritten } from "#events/desk";
import {
  attachedFiles,
  attachedTo,
  channelOf,
  detachFiles,
  enqueueDelivery,
  type Message,
  messagesById,
  type Permit,
  retryDelivery,
  type SendIntent,
  settleDelivery,
  withdrawDelivery,
} from "#modules/channels";
import { brandOf, settingOf, stopOf } from "#modules/company";
import { checkCodes, finishEpisode, placementsOfMessages, policyOf } from "#modules/conversations";
import { need } from "#modules/people";
import { endWork, workOfConversations } from "#modules/routing";
import { MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import type { PreflightFile } from "#shared/check-files";
import { appendDisclosure, disclosureLine } from "#shared/disclosure";
import { preflight } from "#shared/preflight";
import { channelShut } from "./domain/channel-shut.ts";
import { dropDraft } from "./drafts.ts";
import { disclosureStyle, preflightContext } from "./preflight-context.ts";
import { isPicture } from "./read/file-views.ts";
import { outcomesSetting, undoWindow } from "./settings.ts";
import {
  type FileNamed,
  insertReply,
  type Reply,
  replyOnItsWay,
  resolveWithReply,
  saveDraft,
  updateReply,
} from "./store/desk-store.ts";
import { accessConversation, accessReply } from "./work-acts.ts";

/** The version of the rules in shared/preflight.ts that a permit names. */
export const PREFLIGHT_VERSION = 1;

export interface ReplyAsked {
  conversationId: string;
  audience: "public" | "private";
  text: string;
  answersMessageId: string;
  resolveWith: string | null;
  /** What the agent attached, in order. */
  files?: readonly FileNamed[];
  /** The version of the work item (of the conversation, when no work is open) that the agent saw. */
  expectedVersion: number;
}

const replyVerb = { public: "reply.public", private: "reply.private" } as const;

/** Sends a reply on its way: preflight, permit, outbox. It leaves when the time for taking it back is over. */
export async function writeReply(tx: Tx, actor: Actor, wanted: ReplyAsked): Promise<Reply> {
  const { work, where, version, brandId, conversation } = await accessConversation(tx, actor, wanted.conversationId);
  const asked = { ...wanted, conversationId: conversation.id };
  need(actor, replyVerb[asked.audience], where);
  const placed = (await placementsOfMessages(tx, [asked.answersMessageId])).get(asked.answersMessageId);
  if (placed?.conversationId !== asked.conversationId) throw notFound("message in this conversation");
  if (work && work.ownerId !== actor.id)
    throw notNow(
      work.ownerId
        ? "Another agent has this work. Ask them, or let a supervisor assign it to you."
        : "Take the work first (T), then answer.",
      { ownerId: work.ownerId },
    );
  const seen = work ? work.version : version;
  if (seen !== asked.expectedVersion) throw conflict("conversation", { version: seen });

  if (asked.resolveWith !== null) await needOutcome(tx, brandId, asked.resolveWith);
  await checkCodes(tx, asked.conversationId, asked.text);
  const target = (await messagesById(tx, [asked.answersMessageId]))[0];
  if (!target || target.direction === "out")
    throw new AppError(
      "invalid-request",
      "answersMessageId does not name a message of the customer in this conversation.",
    );
  const [channel, brand] = [await channelOf(tx, target.channelId), await brandOf(tx, brandId)];
  const shut = channelShut(channel);
  if (shut !== null) throw notNow(`${shut} Your text is kept.`);
  const privateReplyToPublic = asked.audience === "private" && target.visibility !== "private";
  const style = disclosureStyle(brand.disclosure);
  const disclosure = asked.audience === "public" ? disclosureLine(style, actor.name, brand.name, brand.locale) : "";
  const text =
    asked.audience === "public"
      ? appendDisclosure(asked.text, style, actor.name, brand.name, brand.locale)
      : asked.text.trimEnd();

  const context = await preflightContext(tx, {
    conversationId: asked.conversationId,
    channel,
    target,
    brand,
    agentName: actor.name,
    stop: await stopOf(tx, brand.id),
  });
  const files = await namedFiles(tx, actor, asked.files ?? []);
  const verdict = preflight(
    { audience: asked.audience, text, human: true, privateReplyToPublic, files },
    { ...context, now: tx.now },
  );
  if (!verdict.ok)
    throw new AppError("preflight-refused", verdict.errors.map((e) => e.message).join(" "), {
      errors: verdict.errors.map((e) => ({
        path: e.file !== undefined ? `files[${e.file}]` : `text${e.span ? `[${e.span.start}..${e.span.end}]` : ""}`,
        message: e.message,
        code: e.code,
      })),
    });

  const undoMs = (await settingOf(tx, undoWindow, { brandId: brand.id })).value;
  const goesAt = tx.now + undoMs;
  const permit: Permit = {
    policyVersion: (await policyOf(tx, brand.id)).version,
    disclosure: {
      text: disclosure,
      style: brand.disclosure,
      agentId: actor.id,
      agentName: actor.name,
      brandName: brand.name,
      locale: brand.locale,
    },
    approval: null,
    preflightVersion: PREFLIGHT_VERSION,
    audience: asked.audience,
    ...(work?.crisis && { urgency: "crisis" as const }),
  };
  const { deliveryId } = await enqueueDelivery(tx, {
    channelId: channel.id,
    brandId: brand.id,
    threadKey: target.threadKey,
    intent: intentFor(asked.audience, target),
    text,
    agentId: actor.kind === "agent" ? actor.id : null,
    conversationId: asked.conversationId,
    permit,
    notBefore: goesAt,
    notAfter: tx.now + 24 * 60 * MINUTE,
    traceId: target.traceId ?? null,
    ...(asked.files && { files: { by: actor.id, list: asked.files } }),
  });
  const reply: Reply = {
    id: uuidv7(tx.now),
    conversationId: asked.conversationId,
    episodeId: work?.episodeId ?? null,
    agentId: actor.id,
    audience: asked.audience,
    answersMessageId: asked.answersMessageId,
    text,
    disclosure,
    deliveryId,
    state: undoMs > 0 ? "undoable" : "sending",
    error: null,
    resolveOutcome: work ? asked.resolveWith : null,
    writtenAt: tx.now,
    goesAt,
    sentAt: null,
    version: 1,
  };
  await insertReply(tx, reply);
  await dropDraft(tx, asked.conversationId, actor.id);
  tx.announce(ReplyWritten, {
    key: reply.conversationId,
    entity: "reply",
    entityId: reply.id,
    entityVersion: 1,
    trace: target.traceId,
    payload: {
      replyId: reply.id,
      conversationId: reply.conversationId,
      episodeId: reply.episodeId,
      agentId: actor.id,
      audience: reply.audience,
      deliveryId,
      goesAt: new Date(goesAt).toISOString(),
    },
  });
  return reply;
}

/** The files as preflight knows them; one of somebody else is not there. */
async function namedFiles(tx: Tx, actor: Actor, named: readonly FileNamed[]): Promise<PreflightFile[]> {
  if (named.length === 0) return [];
  const found = new Map(
    (
      await attachedFiles(
        tx,
        named.map((f) => f.id),
      )
    ).map((f) => [f.id, f]),
  );
  return named.map(({ id, alt }) => {
    const file = found.get(id);
    if (file?.agentId !== actor.id || file.deliveryId !== null) throw notFound("file of yours by this id");
    return { ...file, alt, picture: isPicture(file) };
  });
}

function intentFor(audience: "public" | "private", target: Message): SendIntent {
  const to = { toHandle: target.authorHandle, toAuthorId: target.authorId };
  if (audience === "public") return { op: "reply", toExternalId: target.externalId, ...to };
  return target.visibility === "private"
    ? { op: "message", ...to }
    : { op: "private-reply", toExternalId: target.externalId, ...to };
}

/** What comes of an episode is one of the outcomes the brand has; everything else would be a figure nobody can read. */
export async function needOutcome(tx: Tx, brandId: string, outcome: string): Promise<void> {
  const { value: outcomes } = await settingOf(tx, outcomesSetting, { brandId });
  if (!outcomes.some((o) => o.key === outcome))
    throw new AppError(
      "invalid-request",
      `There is no outcome ${outcome}. There are: ${outcomes.map((o) => o.key).join(", ")}.`,
    );
}

/** Announces a reply's new state. */
export function replyChanged(tx: Tx, reply: Reply, state: Reply["state"], version: number): void {
  tx.announce(ReplyChanged, {
    key: reply.conversationId,
    entity: "reply",
    entityId: reply.id,
    entityVersion: version,
    payload: { replyId: reply.id, conversationId: reply.conversationId, agentId: reply.agentId, state },
  });
}

/** Takes a reply back while it has not left; its words return to the draft. */
export async function undoReply(tx: Tx, actor: Actor, replyId: string): Promise<Reply> {
  const { reply } = await accessReply(tx, actor, replyId);
  if (reply.agentId !== actor.id) throw notFound("reply");
  if (reply.state === "withdrawn") return reply;
  const files = await filesOf(tx, reply);
  if (reply.state !== "undoable" || !(await withdrawDelivery(tx, reply.deliveryId)))
    throw notNow("It has left already and cannot be taken back.", { state: reply.state });
  const version = await updateReply(tx, reply, { state: "withdrawn" });
  const words =
    reply.disclosure && reply.text.endsWith(reply.disclosure)
      ? reply.text.slice(0, -reply.disclosure.length).trimEnd()
      : reply.text;
  await saveDraft(
    tx,
    actor.id,
    {
      conversationId: reply.conversationId,
      audience: reply.audience,
      answersMessageId: reply.answersMessageId,
      text: words,
      files,
    },
    0,
  );
  replyChanged(tx, reply, "withdrawn", version);
  return { ...reply, state: "withdrawn", version };
}

async function filesOf(tx: Tx, reply: Reply): Promise<FileNamed[]> {
  const files = (await attachedTo(tx, [reply.deliveryId])).get(reply.deliveryId) ?? [];
  return files.map(({ id, alt }) => ({ id, alt }));
}

/** What a person decides about a reply whose fate is unknown, or that failed. */
export async function settleReply(
  tx: Tx,
  actor: Actor,
  replyId: string,
  expectedVersion: number,
  as: "it-was-sent" | "it-was-not-sent-send-again" | "give-up",
): Promise<Reply> {
  const { reply, where } = await accessReply(tx, actor, replyId);
  if (reply.agentId !== actor.id) need(actor, "work.assign", where);
  if (as === "it-was-not-sent-send-again") need(actor, replyVerb[reply.audience], where);
  if (reply.version !== expectedVersion) throw conflict("reply", { state: reply.state, version: reply.version });
  if (reply.state === "failed" && as === "it-was-sent") throw notNow("The network refused it, so it was not sent.");
  if (reply.state !== "unknown" && reply.state !== "failed")
    throw notNow("There is nothing to decide about this reply.", { state: reply.state });
  if (reply.state === "unknown") await settleDelivery(tx, reply.deliveryId, as);
  else if (as === "it-was-not-sent-send-again") await retryDelivery(tx, reply.deliveryId);
  // "it was sent" becomes `sent` when channels announces it; the other two are decided here.
  const state = as === "give-up" ? "withdrawn" : "sending";
  const version = await updateReply(tx, reply, { state, error: null });
  if (as === "give-up") {
    const files = await filesOf(tx, reply);
    if (files.length > 0) await detachFiles(tx, reply.deliveryId, reply.conversationId);
    await saveDraft(
      tx,
      reply.agentId,
      {
        files,
        conversationId: reply.conversationId,
        audience: reply.audience,
        answersMessageId: reply.answersMessageId,
        text: reply.text.slice(0, reply.text.length - reply.disclosure.length).trimEnd(),
      },
      0,
    );
  }
  replyChanged(tx, reply, state, version);
  return { ...reply, state, version };
}

/**
 * The agent is done with a conversation: the episode ends at once, or, when a reply is still on its way, as soon as that is
 * out and counted. False when nothing was open.
 */
export async function finish(tx: Tx, by: string | null, conversationId: string, outcome: string): Promise<boolean> {
  const onItsWay = await replyOnItsWay(tx, conversationId);
  if (!onItsWay) return resolve(tx, by, conversationId, outcome);
  await resolveWithReply(tx, onItsWay.id, outcome);
  replyChanged(tx, onItsWay, onItsWay.state, onItsWay.version + 1);
  return true;
}

/** Ends the open episode with an outcome and frees the agent; false when nothing was open, or with `unlessWaiting` the customer waits. */
export async function resolve(
  tx: Tx,
  by: string | null,
  conversationId: string,
  outcome: string,
  { unlessWaiting = false } = {},
): Promise<boolean> {
  const work = (await workOfConversations(tx, [conversationId])).get(conversationId);
  if (!work) return false;
  const done = await finishEpisode(tx, { episodeId: work.episodeId, outcome, by, at: tx.now, unlessWaiting });
  if (!done.ok) return false;
  await endWork(tx, { workItemId: work.id, how: "done", reason: outcome });
  return true;
}
