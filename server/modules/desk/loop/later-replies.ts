import { EpisodeContinued } from "#events/conversations";
import { messagesById } from "#modules/channels";
import { placementsOf } from "#modules/conversations";
import { staffOf } from "#modules/people";
import type { Tx } from "#platform/db";
import { AppError, notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { type Reader, reaction } from "#platform/journal/reader";
import { clearTimer, setTimer, type TimerHandler } from "#platform/timers";
import { overtaken } from "../domain/overtaken.ts";
import { dropDraft } from "../drafts.ts";
import type { ReplyAsked } from "../prepare-reply.ts";
import { putBack } from "../put-back.ts";
import { writeReply } from "../send-reply.ts";
import { insertLater, type LaterReply, lockLater, lockWaiting, settleLater } from "../store/later-store.ts";
import { inSavepoint, onTrial } from "../store/savepoint.ts";
import { accessConversation } from "../work-acts.ts";
import { ahead, laterChanged } from "./reminders.ts";

const TIMER = "later-reply";
const WROTE = "The customer wrote meanwhile. Read it, then send your words as they are or change them.";
const ANSWERED = "A colleague answered meanwhile. Read it, then send your words as they are or change them.";
const EDITED = "What you answer was changed meanwhile. Read it, then send your words as they are or change them.";
/** So many of the newest entries are looked at for who wrote meanwhile; more is the customer anyway. */
const LOOK_AT = 50;

type Asked = Omit<ReplyAsked, "files"> & { sendAt: string };

/**
 * Writes a reply down for a later time. It is tried now as it would be sent then (window, length, disclosure, rights), so that what
 * can be known to fail is told at once; at its time everything is looked at again.
 */
export async function writeLater(tx: Tx, actor: Actor, asked: Asked): Promise<LaterReply> {
  if (actor.kind !== "agent") throw notPermitted("write for later with an API key: a person has to stand by the text");
  const sendAt = ahead(tx, asked.sendAt);
  const { conversation } = await accessConversation(tx, actor, asked.conversationId);
  if ((await lockWaiting(tx, [conversation.id])).some((one) => one.agentId === actor.id))
    throw notNow("A reply of yours waits here already. Take that back first, or send this one now.");
  // A reason to pass the voice's hold is given when it leaves, not hours before: what is held is told now.
  await onTrial(tx, sendAt, (trial) => writeReply(trial, actor, { ...asked, anyway: null }));
  const later = {
    ...{ id: uuidv7(tx.now), agentId: actor.id, conversationId: conversation.id, audience: asked.audience },
    ...{ answersMessageId: asked.answersMessageId, text: asked.text, copies: asked.copies ? [...asked.copies] : null },
    ...{ resolveWith: asked.resolveWith, sendAt, writtenAt: tx.now },
  };
  await insertLater(tx, later);
  await dropDraft(tx, conversation.id, actor.id);
  await setTimer(tx, TIMER, later.id, sendAt);
  laterChanged(tx, later, "reply", "waiting", 1);
  return { ...later, state: "waiting", why: null, version: 1 };
}

/** Takes a reply back before its time: its words return to the draft. One that was held is only put out of sight. */
export async function cancelLater(tx: Tx, actor: Actor, id: string): Promise<void> {
  const later = await lockLater(tx, id);
  if (later?.agentId !== actor.id) throw notFound("reply of yours that waits");
  if (later.state === "cancelled") return;
  if (later.state === "gone") throw notNow("It has been sent already.");
  if (later.state === "waiting") await wordsBack(tx, later);
  laterChanged(tx, later, "reply", "cancelled", await settleLater(tx, id, { state: "cancelled" }));
  await clearTimer(tx, TIMER, id);
}

async function hold(tx: Tx, later: LaterReply, why: string): Promise<void> {
  await wordsBack(tx, later);
  laterChanged(tx, later, "reply", "held", await settleLater(tx, later.id, { state: "held", why }));
}

async function wordsBack(tx: Tx, { agentId, conversationId, audience, answersMessageId, text, copies }: LaterReply) {
  await putBack(tx, agentId, { conversationId, audience, answersMessageId, text, copies, files: [] });
}

/** Its time has come: it is written like any other reply, or held with the reason. */
const isTime: TimerHandler = async (tx, { ref }) => {
  const later = await lockLater(tx, ref);
  if (later?.state !== "waiting") return;
  const actor = await actorOf(tx, later.agentId);
  if (!actor) return hold(tx, later, "Who wrote it is not active any more.");
  try {
    const { conversation, work, version } = await accessConversation(tx, actor, later.conversationId);
    const why = await meanwhile(tx, later, conversation.id);
    if (why !== null) return await hold(tx, later, why);
    const expectedVersion = work?.version ?? version;
    const reply = await inSavepoint(tx, (part) =>
      writeReply(part, actor, { ...later, conversationId: conversation.id, expectedVersion }),
    );
    const gone = await settleLater(tx, later.id, { state: "gone", replyId: reply.id });
    laterChanged(tx, later, "reply", "gone", gone);
  } catch (error) {
    // What may not leave now is the agent's to decide; what broke is tried again.
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    await hold(tx, later, error.message);
  }
};

async function actorOf(tx: Tx, agentId: string): Promise<Actor | null> {
  const one = (await staffOf(tx)).byId.get(agentId);
  if (!one) return null;
  const { agent, rights } = one;
  return { accountId: tx.accountId, kind: "agent", id: agent.id, name: agent.name, csrf: null, grants: rights.grants };
}

/** Why it must not leave unread: what was said since it was written; null: nothing. */
async function meanwhile(tx: Tx, later: LaterReply, conversationId: string): Promise<string | null> {
  const [newest, [answered]] = await tx.together((t) =>
    Promise.all([placementsOf(t, conversationId, { limit: LOOK_AT }), messagesById(t, [later.answersMessageId])]),
  );
  const who = overtaken(newest, { by: later.agentId, at: later.writtenAt }, LOOK_AT);
  if (who !== null) return who === "customer" ? WROTE : ANSWERED;
  return (answered?.editedAt ?? 0) > later.writtenAt ? EDITED : null;
}

export const laterTimers: Readonly<Record<string, TimerHandler>> = { [TIMER]: isTime };

/** The agent is told as soon as the customer writes, not only when the time comes. */
export const laterReader: Reader = {
  name: "later",
  gatherMs: 200,
  reactions: [
    reaction(EpisodeContinued, async (tx, events) => {
      const last = new Map<string, number>();
      for (const { payload, at } of events)
        last.set(payload.conversationId, Math.max(at, last.get(payload.conversationId) ?? 0));
      for (const later of await lockWaiting(tx, [...last.keys()])) {
        // What had arrived and was not placed yet when it was written, its author has not seen either.
        if (last.get(later.conversationId)! <= later.writtenAt) continue;
        await hold(tx, later, WROTE);
        await clearTimer(tx, TIMER, later.id);
      }
    }),
  ],
};
