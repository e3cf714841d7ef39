import { HandedOff } from "#events/desk";
import { channelOf, messagesById, writeDownAnswer } from "#modules/channels";
import { brandOf, settingOf, stopHolds, stopOf } from "#modules/company";
import { checkCodes, placementsOfMessages } from "#modules/conversations";
import { need } from "#modules/people";
import { crisesOfConversation } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { appendDisclosure } from "#shared/disclosure";
import { dropDraft } from "./drafts.ts";
import { disclosureStyle } from "./preflight-context.ts";
import { signatureOf, voiceSetting } from "./voice/settings.ts";
import { accessConversation, addNote } from "./work-acts.ts";

export interface HandOffAsked {
  conversationId: string;
  answersMessageId: string;
  outcome: "answered" | "not-answered";
  text: string;
  permalink: string | null;
  reason: string;
  /** As for a reply: of the work item, of the conversation when no work is open. */
  expectedVersion: number;
}

/**
 * Records what came of "open there and answer": the words that stand there now, disclosure included, become a message of ours (the
 * clock stops, the figures count it); that nothing was written becomes a note with its reason. Nothing is sent from here.
 */
export async function recordHandOff(tx: Tx, actor: Actor, asked: HandOffAsked): Promise<{ messageId: string | null }> {
  const { work, where, version, brandId, conversation } = await accessConversation(tx, actor, asked.conversationId);
  need(actor, "reply.public", where);
  const placed = (await placementsOfMessages(tx, [asked.answersMessageId])).get(asked.answersMessageId);
  const target = (await messagesById(tx, [asked.answersMessageId]))[0];
  if (placed?.conversationId !== conversation.id || !target) throw notFound("message in this conversation");
  if (target.direction === "out" || target.visibility === "private")
    throw new AppError("invalid-request", "answersMessageId does not name a public message of the customer.");
  const channel = await channelOf(tx, target.channelId);
  if (channel.capabilities.canReplyPublic.kind !== "never")
    throw new AppError("invalid-request", `${channel.name} takes answers from here. Send a reply instead.`);
  if (work && work.ownerId !== actor.id)
    throw notNow("Take the work first (T), then answer.", { ownerId: work.ownerId });
  if ((work ? work.version : version) !== asked.expectedVersion)
    throw conflict("conversation", { version: work ? work.version : version });
  const messageId =
    asked.outcome === "answered"
      ? await answered(tx, actor, asked, { brandId, network: channel.network, id: conversation.id, target })
      : null;
  if (messageId === null) {
    const place = URL.canParse(target.permalink ?? "") ? new URL(target.permalink!).host : channel.name;
    const why = asked.reason.trim();
    await addNote(tx, actor, conversation.id, `Not answered at ${place}${why ? `: ${why}` : "."}`);
  } else await dropDraft(tx, conversation.id, actor.id);
  tx.announce(HandedOff, {
    ...{ key: conversation.id, entity: "message", entityId: target.id, entityVersion: target.version },
    trace: target.traceId,
    payload: {
      ...{ conversationId: conversation.id, channelId: channel.id, agentId: actor.id, messageId },
      ...{ answersMessageId: target.id, outcome: asked.outcome },
    },
  });
  return { messageId };
}

async function answered(
  tx: Tx,
  actor: Actor,
  asked: HandOffAsked,
  of: { brandId: string; network: string; id: string; target: Parameters<typeof writeDownAnswer>[1]["target"] },
): Promise<string> {
  if (asked.text.trim() === "")
    throw new AppError("invalid-request", "Say what you wrote there: the answer is kept with the conversation.");
  const stop = await stopOf(tx, of.brandId);
  if (stop && stopHolds(stop, { audience: "public", agentId: actor.id }))
    throw notNow(`Nothing is published at present: ${stop.reason}`);
  const lock = (await crisesOfConversation(tx, of.id)).find((c) => c.spokespersonId !== actor.id);
  if (lock) throw notNow(`In public only ${lock.speaker} answers on "${lock.topic}" at present.`);
  await checkCodes(tx, of.id, asked.text);
  const brand = await brandOf(tx, of.brandId);
  const { value: voice } = await settingOf(tx, voiceSetting, { brandId: brand.id });
  const style = disclosureStyle(signatureOf(brand, voice, of.network));
  const { messageId } = await writeDownAnswer(tx, {
    target: of.target,
    agent: { id: actor.id, name: actor.name, conversationId: of.id },
    text: appendDisclosure(asked.text, style, actor.name, brand.name, brand.locale),
    permalink: asked.permalink,
  });
  return messageId;
}
