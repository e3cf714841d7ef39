import { ReplyChanged } from "#events/desk";
import {
  attachedTo,
  deliveriesById,
  detachFiles,
  retryDelivery,
  settleDelivery,
  withdrawDelivery,
} from "#modules/channels";
import { finishEpisode, partsOf } from "#modules/conversations";
import { need } from "#modules/people";
import { approversOfMatter, endWork, workOfConversations } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { wasApproved } from "./approval/store/step-store.ts";
import { replyVerb } from "./prepare-reply.ts";
import { putBack } from "./put-back.ts";
import { type FileNamed, type Reply, replyOnItsWay, resolveWithReply, updateReply } from "./store/desk-store.ts";
import { accessReply } from "./work-acts.ts";

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
  await putBack(tx, actor.id, {
    copies: await copiesOf(tx, reply),
    conversationId: reply.conversationId,
    audience: reply.audience,
    answersMessageId: reply.answersMessageId,
    text: words,
    files,
  });
  replyChanged(tx, reply, "withdrawn", version);
  return { ...reply, state: "withdrawn", version };
}

/** As it would have gone; a mail to nobody else stays one. */
async function copiesOf(tx: Tx, reply: Reply): Promise<string[] | null> {
  const intent = (await deliveriesById(tx, [reply.deliveryId])).get(reply.deliveryId)?.intent;
  return intent?.op === "message" ? [...(intent.cc ?? [])] : null;
}

async function filesOf(tx: Tx, reply: Reply): Promise<FileNamed[]> {
  const files = (await attachedTo(tx, [reply.deliveryId])).get(reply.deliveryId) ?? [];
  return files.map(({ id, alt }) => ({ id, alt }));
}

/** What nobody had to pass when it was written may need it by now; one that was passed goes out as it was. */
async function needNoEyes(tx: Tx, reply: Reply): Promise<void> {
  if (await wasApproved(tx, reply)) return;
  const escalated = await approversOfMatter(tx, [reply.conversationId, ...(await partsOf(tx, reply.conversationId))]);
  if (escalated.length > 0)
    throw new AppError(
      "approval-needed",
      `${escalated[0]!.says}: somebody has to pass what is said about it. Give this reply up; its words return to your draft, and you can ask for approval.`,
    );
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
  if (as === "it-was-not-sent-send-again") await needNoEyes(tx, reply);
  if (reply.state === "unknown") await settleDelivery(tx, reply.deliveryId, as);
  else if (as === "it-was-not-sent-send-again") await retryDelivery(tx, reply.deliveryId);
  // "it was sent" becomes `sent` when channels announces it; the other two are decided here.
  const state = as === "give-up" ? "withdrawn" : "sending";
  const version = await updateReply(tx, reply, { state, error: null });
  if (as === "give-up") {
    const files = await filesOf(tx, reply);
    if (files.length > 0) await detachFiles(tx, reply.deliveryId, reply.conversationId);
    await putBack(tx, reply.agentId, {
      files,
      copies: await copiesOf(tx, reply),
      conversationId: reply.conversationId,
      audience: reply.audience,
      answersMessageId: reply.answersMessageId,
      text: reply.text.slice(0, reply.text.length - reply.disclosure.length).trimEnd(),
    });
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
