import { ApprovalAsked } from "#events/desk";
import { holdFiles } from "#modules/channels";
import { targetPeople } from "#modules/routing";
import type { Tx } from "#platform/db";
import { notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { dropDraft } from "../drafts.ts";
import { needWriter, prepareReply, type ReplyAsked } from "../prepare-reply.ts";
import { accessConversation } from "../work-acts.ts";
import { begin } from "./domain/course.ts";
import { needOf, peopleFor } from "./facts.ts";
import { type ApprovalRequest, insertRequest, waitingIn } from "./store/request-store.ts";
import { addStep } from "./store/step-store.ts";
import { tellOf } from "./tell.ts";
import { putAside } from "./weight.ts";

/**
 * The agent's words wait for other eyes: frozen as they are, with files, copies and what they answer. Nothing of them is in the outbox.
 * Also without any rule: then supervisors are asked.
 */
export async function askApproval(tx: Tx, actor: Actor, asked: ReplyAsked): Promise<ApprovalRequest> {
  if (actor.kind !== "agent") throw notPermitted("ask for approval with an API key: a person has to stand by the text");
  const standing = await accessConversation(tx, actor, asked.conversationId);
  needWriter(actor, standing, asked);
  const { conversation, work } = standing;
  if ((await waitingIn(tx, [conversation.id])).some((r) => r.agentId === actor.id))
    throw notNow("A reply of yours waits for approval here already. Withdraw it, or wait for it.");
  const prepared = await prepareReply(tx, actor, standing, asked);
  const { need, rulesVersion, targets } = await needOf(tx, prepared);
  const people = peopleFor(targets ?? (await targetPeople(tx)), standing.where, actor.id);
  const step = begin(need?.tiers ?? [], people, tx.now);
  const request: ApprovalRequest = {
    ...step.course,
    ...{ id: uuidv7(tx.now), conversationId: conversation.id, episodeId: work?.episodeId ?? null },
    ...{ brandId: prepared.brand.id, agentId: actor.id, audience: asked.audience, text: asked.text.trimEnd() },
    ...{ answersMessageId: asked.answersMessageId, files: asked.files ?? [], copies: prepared.copies },
    ...{ resolveOutcome: work ? asked.resolveWith : null, rulesVersion },
    because: need?.because ?? [{ code: "asked", text: "Its author wants it to be looked at" }],
    ...{ state: "waiting", askedAt: tx.now, readUntil: tx.now, staleAt: null, decidedAt: null, decidedBy: null },
    ...{ edited: false, textHash: null, deliveryId: null, replyId: null, version: 1 },
  };
  await insertRequest(tx, request);
  await addStep(tx, request.id, { act: "asked", agentId: actor.id, text: request.text });
  // They stay for as long as it waits, whatever is attached to the next draft.
  await holdFiles(
    tx,
    request.id,
    actor.id,
    request.files.map((f) => f.id),
  );
  await dropDraft(tx, conversation.id, actor.id);
  tx.announce(ApprovalAsked, {
    ...{ key: conversation.id, entity: "approval", entityId: request.id, entityVersion: 1 },
    trace: prepared.target.traceId,
    payload: {
      ...{ requestId: request.id, conversationId: conversation.id, agentId: actor.id },
      askedIds: [...request.asked],
    },
  });
  await tellOf(tx, request, step);
  if (work?.ownerId === actor.id) await putAside(tx, { workItemId: work.id, agentId: actor.id });
  return request;
}
