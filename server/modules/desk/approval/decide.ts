import { holdFiles, textHash } from "#modules/channels";
import { audit, can } from "#modules/people";
import type { Tx } from "#platform/db";
import { notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { type Author, type Prepared, prepareReply, replyVerb } from "../prepare-reply.ts";
import { putBack } from "../put-back.ts";
import { sendReply } from "../send-reply.ts";
import { findDraft, type Reply } from "../store/desk-store.ts";
import { type Accessed, accessRequest, isStale, needDecider, waiting } from "./access.ts";
import { lookAgain, mayDecide, passed } from "./domain/course.ts";
import { neededSince } from "./domain/needed.ts";
import { needOf } from "./facts.ts";
import { type ApprovalRequest, saveRequest } from "./store/request-store.ts";
import { addStep } from "./store/step-store.ts";
import { changed, ended, tellOf } from "./tell.ts";

const STALE =
  "Something was said in the conversation after this was written. Read it, then confirm that the text still fits.";

/**
 * Passes a reply, as it stands or in other words. The last look puts it into the outbox in this very transaction; one before it asks
 * the next ones.
 */
export async function approve(
  tx: Tx,
  actor: Actor,
  id: string,
  asked: { expectedVersion: number; text: string | null },
): Promise<{ request: ApprovalRequest; reply: Reply | null }> {
  const at = await accessRequest(tx, actor, id, "change");
  waiting(at.request, asked.expectedVersion);
  needDecider(at, actor);
  if (await isStale(tx, at)) throw notNow(STALE, { present: { stale: true, version: at.request.version } });
  const text = asked.text?.trimEnd() ?? at.request.text;
  const edited = text !== at.request.text;
  const request = { ...at.request, text, edited: at.request.edited || edited };
  if (edited) await addStep(tx, id, { act: "edited", agentId: actor.id, text });
  await addStep(tx, id, { act: "passed", agentId: actor.id });
  await audit(tx, actor, "approval.passed", "conversation", request.conversationId, { requestId: id, edited });
  const prepared = await prepareFor(tx, at, request);
  const { tiers, because } = neededSince(request.tiers, (await needOf(tx, prepared)).need, edited);
  const said = new Set(request.because.map((b) => b.text));
  const why = [...request.because, ...because.filter((b) => !said.has(b.text))];
  const next = passed(lookAgain(request, tiers, edited), actor.id, at.people, tx.now);
  if (next) {
    const moved: ApprovalRequest = { ...request, ...next.course, because: why };
    const version = await saveRequest(tx, moved);
    changed(tx, moved, "passed", version);
    await tellOf(tx, moved, next);
    return { request: { ...moved, version }, reply: null };
  }
  const reply = await sendReply(tx, prepared, { id, by: actor.id, at: tx.now });
  const done: ApprovalRequest = {
    ...{ ...request, state: "approved", dueAt: null, decidedAt: tx.now, decidedBy: actor.id },
    ...{ textHash: textHash(prepared.text), deliveryId: reply.deliveryId, replyId: reply.id },
  };
  const version = await saveRequest(tx, done);
  await ended(tx, done, "approved", actor.id, version);
  return { request: { ...done, version }, reply };
}

/** All checks of a reply once more, in the name of its author, who has to be here still. */
async function prepareFor(tx: Tx, { standing, targets }: Accessed, r: ApprovalRequest): Promise<Prepared> {
  const one = targets.staff.byId.get(r.agentId);
  if (!one || !can(one.rights, replyVerb[r.audience], { ...standing.where, ownerId: r.agentId }))
    throw notNow("Its author may not answer here any more. Return it, or answer yourself.");
  const author: Author = { id: r.agentId, name: one.agent.name, kind: "agent" };
  const { audience, text, answersMessageId, files, copies, resolveOutcome } = r;
  // Where the work is somebody else's by now, it is theirs to end.
  const mine = standing.work?.ownerId === r.agentId && standing.work.episodeId === r.episodeId;
  return prepareReply(tx, author, standing, {
    ...{ audience, text, answersMessageId, files, copies, resolveWith: mine ? resolveOutcome : null },
  });
}

/** Back to its author's draft, with the reason; nothing is lost. */
export async function returnRequest(
  tx: Tx,
  actor: Actor,
  id: string,
  asked: { expectedVersion: number; reason: string },
): Promise<ApprovalRequest> {
  const at = await accessRequest(tx, actor, id, "change");
  waiting(at.request, asked.expectedVersion);
  needDecider(at, actor);
  await addStep(tx, id, { act: "returned", agentId: actor.id, says: asked.reason });
  await audit(tx, actor, "approval.returned", "conversation", at.request.conversationId, { requestId: id });
  return giveBack(tx, at, "returned", actor.id);
}

/** The author takes it back. */
export async function withdrawRequest(tx: Tx, actor: Actor, id: string, expected: number): Promise<ApprovalRequest> {
  const at = await accessRequest(tx, actor, id, "change");
  if (at.request.agentId !== actor.id) throw notFound("request for approval of yours");
  waiting(at.request, expected);
  await addStep(tx, id, { act: "withdrawn", agentId: actor.id });
  return giveBack(tx, at, "withdrawn", actor.id);
}

async function giveBack(tx: Tx, at: Accessed, how: "returned" | "withdrawn", by: string): Promise<ApprovalRequest> {
  const { agentId, audience, answersMessageId, text, files, copies } = at.request;
  const conversationId = at.standing.conversation.id;
  await putBack(tx, agentId, {
    ...{ conversationId, audience, answersMessageId, text },
    files: [...files],
    copies: copies && [...copies],
  });
  const draft = await findDraft(tx, conversationId, agentId);
  await holdFiles(
    tx,
    conversationId,
    agentId,
    (draft?.files ?? files).map((f) => f.id),
  );
  const done: ApprovalRequest = { ...at.request, state: how, dueAt: null, decidedAt: tx.now, decidedBy: by };
  const version = await saveRequest(tx, done);
  await ended(tx, done, how, by, version);
  return { ...done, version };
}

/** The text still fits after what was said meanwhile: its author says so, or who is to pass it. */
export async function confirmRequest(tx: Tx, actor: Actor, id: string, expected: number): Promise<ApprovalRequest> {
  const at = await accessRequest(tx, actor, id, "change");
  waiting(at.request, expected);
  if (at.request.agentId !== actor.id) needDecider(at, actor);
  const now: ApprovalRequest = { ...at.request, readUntil: tx.now, staleAt: null };
  await addStep(tx, id, { act: "confirmed", agentId: actor.id });
  const version = await saveRequest(tx, now);
  changed(tx, now, "confirmed", version);
  return { ...now, version };
}

/** A word between those whom it concerns; it decides nothing. */
export async function commentRequest(tx: Tx, actor: Actor, id: string, says: string): Promise<ApprovalRequest> {
  const at = await accessRequest(tx, actor, id, "change");
  const { request } = at;
  const may = request.agentId === actor.id || mayDecide(request, actor.id, at.people);
  if (!may && !can(actor, "reply.approve", at.standing.where)) throw notPermitted("comment on this reply");
  if (request.state !== "waiting") throw notNow(`It is ${request.state} already.`);
  await addStep(tx, id, { act: "commented", agentId: actor.id, says });
  const version = await saveRequest(tx, request);
  changed(tx, request, "commented", version);
  return { ...request, version };
}
