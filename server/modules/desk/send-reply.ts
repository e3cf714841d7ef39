import { ReplyWritten } from "#events/desk";
import { enqueueDelivery, type Message, type Permit, type SendIntent, textHash } from "#modules/channels";
import { settingOf } from "#modules/company";
import { policyOf } from "#modules/conversations";
import { noteInCrises } from "#modules/routing";
import { type Instant, iso, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { approvalAhead } from "./approval/ahead.ts";
import { dropDraft } from "./drafts.ts";
import { hasCopies } from "./preflight-context.ts";
import { needWriter, type Prepared, prepareReply, type ReplyAsked } from "./prepare-reply.ts";
import { subjectNumber, undoWindow } from "./settings.ts";
import { insertReply, type Reply } from "./store/desk-store.ts";
import { holdBack } from "./voice/hold.ts";
import { accessConversation } from "./work-acts.ts";

/** The version of the rules in shared/preflight.ts that a permit names. */
export const PREFLIGHT_VERSION = 1;

/** Sends a reply on its way: preflight, permit, outbox. It leaves when the time for taking it back is over. One that needs other eyes is refused. */
export async function writeReply(tx: Tx, actor: Actor, asked: ReplyAsked): Promise<Reply> {
  const standing = await accessConversation(tx, actor, asked.conversationId);
  needWriter(actor, standing, asked);
  const prepared = await prepareReply(tx, actor, standing, asked);
  await holdBack(tx, actor, prepared, asked.anyway ?? null);
  const ahead = await approvalAhead(tx, prepared);
  if (ahead)
    throw new AppError(
      "approval-needed",
      `${ahead.who.join(" or ") || "A supervisor"} has to pass this before it leaves: ${ahead.because.map((b) => b.text).join("; ")}. Ask for approval.`,
      { present: ahead },
    );
  const reply = await sendReply(tx, prepared, null);
  await dropDraft(tx, reply.conversationId, actor.id);
  return reply;
}

/** Who passed it, in a request for approval. */
export interface Passed {
  id: string;
  by: string;
  at: Instant;
}

/** Into the outbox, with the desk's permit. */
export async function sendReply(tx: Tx, prepared: Prepared, passed: Passed | null): Promise<Reply> {
  const { author, brand, channel, crises, copies, disclosure, signed, target, text, words } = prepared;
  const { work, conversation } = prepared.standing;
  const undoMs = (await settingOf(tx, undoWindow, { brandId: brand.id })).value;
  const goesAt = tx.now + undoMs;
  const permit: Permit = {
    policyVersion: (await policyOf(tx, brand.id)).version,
    disclosure: {
      text: disclosure,
      style: signed,
      agentId: author.id,
      agentName: author.name,
      brandName: brand.name,
      locale: brand.locale,
    },
    approval: passed && { id: passed.id, textHash: textHash(text), by: passed.by, at: iso(passed.at) },
    preflightVersion: PREFLIGHT_VERSION,
    audience: words.audience,
    ...(work?.crisis && { urgency: "crisis" as const }),
  };
  const { deliveryId } = await enqueueDelivery(tx, {
    channelId: channel.id,
    brandId: brand.id,
    threadKey: target.threadKey,
    intent: intentFor(words.audience, target, {
      ...(copies.length > 0 && { cc: copies }),
      ...(hasCopies(channel) &&
        (await settingOf(tx, subjectNumber, { brandId: brand.id })).value && { subjectMark: conversation.number }),
    }),
    text,
    agentId: author.kind === "agent" ? author.id : null,
    conversationId: conversation.id,
    permit,
    notBefore: goesAt,
    notAfter: tx.now + 24 * 60 * MINUTE,
    traceId: target.traceId ?? null,
    ...(words.files && { files: { by: author.id, list: words.files } }),
  });
  const reply: Reply = {
    id: uuidv7(tx.now),
    conversationId: conversation.id,
    episodeId: work?.episodeId ?? null,
    agentId: author.id,
    audience: words.audience,
    answersMessageId: words.answersMessageId,
    text,
    disclosure,
    deliveryId,
    state: undoMs > 0 ? "undoable" : "sending",
    error: null,
    resolveOutcome: work ? words.resolveWith : null,
    writtenAt: tx.now,
    goesAt,
    sentAt: null,
    version: 1,
  };
  await insertReply(tx, reply);
  if (words.audience === "public") await noteInCrises(tx, crises, author.id, "answered", conversation.number);
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
      agentId: author.id,
      audience: reply.audience,
      deliveryId,
      goesAt: iso(goesAt),
    },
  });
  return reply;
}

type MailPart = Pick<Extract<SendIntent, { op: "message" }>, "cc" | "subjectMark">;

function intentFor(audience: "public" | "private", target: Message, mail: MailPart): SendIntent {
  const to = { toHandle: target.authorHandle, toAuthorId: target.authorId };
  if (audience === "public") return { op: "reply", toExternalId: target.externalId, ...to };
  return target.visibility === "private"
    ? { op: "message", ...to, ...mail }
    : { op: "private-reply", toExternalId: target.externalId, ...to };
}
