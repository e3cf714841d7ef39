import type { z } from "zod";
import type { askModeration, messageModeration, moderationAct } from "#contracts/moderation";
import {
  channelOf,
  type ModerationAct,
  messageOfModeration,
  moderate,
  moderationOf,
  settleModeration,
  takeBackModeration,
} from "#modules/channels";
import { agentsById, audit, can, need } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { accessMessage } from "../work-acts.ts";

type View = z.input<typeof messageModeration>;
type ActView = z.input<typeof moderationAct>;

/** What can be done about a message, and what was done: for everybody who reads it; what may be done, for who has the right. */
export async function moderationFor(tx: Tx, actor: Actor, messageId: string): Promise<View> {
  const { where } = await accessMessage(tx, actor, messageId);
  const { message, verbs, acts } = await moderationOf(tx, messageId);
  const channel = await channelOf(tx, message.channelId);
  const { canHide, canBlock } = channel.capabilities;
  const may = can(actor, "message.moderate", where);
  const undo = { hide: canHide.undo === true, block: canBlock?.undo === true, delete: false, report: false };
  return {
    ...{ messageId, network: channel.network, channel: channel.name, text: message.text },
    author: { name: message.authorName, handle: message.authorHandle },
    verbs: verbs.map(({ verb, refusal }) => ({
      ...{ verb, undo: undo[verb] },
      refusal: may ? refusal : "Your rights do not cover it. Ask who manages them.",
    })),
    acts: await shown(tx, acts, may),
  };
}

/** Asks for it: it leaves by the outbox, once. */
export async function moderateMessage(
  tx: Tx,
  actor: Actor,
  messageId: string,
  asked: z.output<typeof askModeration>,
): Promise<ActView> {
  const { where, conversationId } = await accessMessage(tx, actor, messageId);
  need(actor, "message.moderate", where);
  const act = await moderate(tx, { ...asked, messageId, conversationId, agentId: actor.id });
  const detail = { verb: asked.verb, reason: asked.reason, conversationId, actId: act.id };
  await audit(tx, actor, `message.${asked.verb}`, "message", messageId, detail);
  return one(tx, act);
}

export async function undoModerationOf(tx: Tx, actor: Actor, actId: string, note: string): Promise<ActView> {
  const { messageId, conversationId } = await accessAct(tx, actor, actId);
  const act = await takeBackModeration(tx, actId, actor.id, "mistake", note);
  const detail = { verb: act.verb, actId, conversationId };
  await audit(tx, actor, "message.moderation-undone", "message", messageId, detail);
  return one(tx, act);
}

export async function settleModerationOf(
  tx: Tx,
  actor: Actor,
  actId: string,
  how: Parameters<typeof settleModeration>[3],
  version: number,
): Promise<ActView> {
  const { messageId, conversationId } = await accessAct(tx, actor, actId);
  const act = await settleModeration(tx, actId, version, how);
  await audit(tx, actor, "message.moderation-settled", "message", messageId, { as: how, actId, conversationId });
  return one(tx, act);
}

/** The one way to an act: by its message. What may not be seen is answered like what is not there. */
async function accessAct(tx: Tx, actor: Actor, actId: string) {
  const messageId = await messageOfModeration(tx, actId);
  const { where, conversationId } = await accessMessage(tx, actor, messageId).catch(() => {
    throw notFound("moderation act");
  });
  need(actor, "message.moderate", where);
  return { messageId, conversationId };
}

async function one(tx: Tx, act: ModerationAct): Promise<ActView> {
  return (await shown(tx, [act], true))[0]!;
}

async function shown(tx: Tx, acts: readonly ModerationAct[], may: boolean): Promise<ActView[]> {
  const agents = await agentsById(
    tx,
    acts.map((a) => a.agentId),
  );
  return acts.map(({ id, verb, reason, note, agentId, createdAt, state, error, undo, doneAt, snapshot, version }) => ({
    ...{ id, verb, reason, note, state, version, error: error?.message ?? null },
    by: { id: agentId, name: agents.get(agentId)?.name ?? "" },
    ...{ at: iso(createdAt), doneAt: doneAt === null ? null : iso(doneAt) },
    undo: may && (undo === "withdraw" || undo === "unhide" || undo === "unblock") ? undo : null,
    snapshot: {
      ...{ text: snapshot.text, authorName: snapshot.authorName, authorHandle: snapshot.authorHandle },
      ...{ permalink: snapshot.permalink, sentAt: iso(snapshot.sentAt), files: snapshot.files },
    },
  }));
}
