import type { z } from "zod";
import type { newFollowUp } from "#contracts/together";
import { FollowUpChanged } from "#events/desk";
import { need } from "#modules/people";
import type { Tx } from "#platform/db";
import { conflict, notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { clearTimer, setTimer, type TimerHandler } from "#platform/timers";
import { ahead } from "../loop/reminders.ts";
import { accessConversation, needReader } from "../work-acts.ts";
import { needAgent } from "./follow.ts";
import { type FollowUp, insertFollowUp, lockFollowUp, moveFollowUp } from "./store/follow-up-store.ts";

const TIMER = "follow-up-due";

function followUpChanged(tx: Tx, of: FollowUp, state: FollowUp["state"], version: number): void {
  const { id: followUpId, conversationId, agentId } = of;
  tx.announce(FollowUpChanged, {
    ...{ key: conversationId, entity: "follow-up", entityId: followUpId, entityVersion: version },
    payload: { followUpId, conversationId, agentId, state },
  });
}

/** Something to be done about a conversation by a time, by its maker or by a colleague who may read it. */
export async function addFollowUp(
  tx: Tx,
  actor: Actor,
  conversationId: string,
  asked: z.output<typeof newFollowUp>,
): Promise<FollowUp> {
  needAgent(actor);
  const { conversation, where } = await accessConversation(tx, actor, conversationId);
  need(actor, "note.write", where);
  const agentId = asked.agentId ?? actor.id;
  if (agentId !== actor.id) await needReader(tx, agentId, where, "guest");
  const made = {
    ...{ id: uuidv7(tx.now), conversationId: conversation.id, agentId, madeBy: actor.id },
    ...{ text: asked.text, dueAt: ahead(tx, asked.dueAt) },
  };
  await insertFollowUp(tx, made);
  await setTimer(tx, TIMER, made.id, made.dueAt);
  const followUp: FollowUp = { ...made, state: "open", doneAt: null, version: 1 };
  followUpChanged(tx, followUp, "open", 1);
  return followUp;
}

/** Done, or to be done after all. Who has it may, and whoever may write notes there. */
export async function changeFollowUp(
  tx: Tx,
  actor: Actor,
  id: string,
  asked: { done: boolean; expectedVersion: number },
): Promise<FollowUp> {
  needAgent(actor);
  const found = await lockFollowUp(tx, id);
  if (!found) throw notFound("task");
  if (found.agentId !== actor.id) {
    const { where } = await accessConversation(tx, actor, found.conversationId);
    need(actor, "note.write", where);
  }
  if (found.version !== asked.expectedVersion) throw conflict("task", { version: found.version, state: found.state });
  if ((found.state === "done") === asked.done) return found;
  const state = asked.done ? "done" : found.dueAt <= tx.now ? "due" : "open";
  const version = await moveFollowUp(tx, id, state, asked.done ? actor.id : null);
  if (state === "open") await setTimer(tx, TIMER, id, found.dueAt);
  else await clearTimer(tx, TIMER, id);
  followUpChanged(tx, found, state, version);
  return { ...found, state, doneAt: asked.done ? tx.now : null, version };
}

const isDue: TimerHandler = async (tx, { ref }) => {
  const found = await lockFollowUp(tx, ref);
  if (found?.state === "open") followUpChanged(tx, found, "due", await moveFollowUp(tx, ref, "due", null));
};
export const followUpTimers: Readonly<Record<string, TimerHandler>> = { [TIMER]: isDue };
