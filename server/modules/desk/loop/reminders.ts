import type { z } from "zod";
import type { newReminder } from "#contracts/work-loop";
import { LaterChanged } from "#events/desk";
import { DAY, type Millis } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { clearTimer, setTimer, type TimerHandler } from "#platform/timers";
import { insertReminder, lockReminder, moveReminder, type Reminder } from "../store/later-store.ts";
import { accessConversation } from "../work-acts.ts";

/** Further off nobody plans work, and a slip of the year is noticed. */
export const LATEST: Millis = 366 * DAY;
const TIMER = "reminder-due";

/** Says that something an agent put off moved. */
export function laterChanged(
  tx: Tx,
  of: { id: string; agentId: string; conversationId: string },
  what: "reminder" | "reply",
  state: string,
  version: number,
): void {
  const { id, agentId, conversationId } = of;
  tx.announce(LaterChanged, {
    ...{ key: conversationId, entity: what, entityId: id, entityVersion: version },
    payload: { conversationId, agentId, what, state },
  });
}

/** An instant that lies ahead, and not beyond all plans. */
export function ahead(tx: Tx, said: string): number {
  const at = Date.parse(said);
  if (at <= tx.now) throw new AppError("invalid-request", "Choose a time ahead of now.");
  if (at > tx.now + LATEST) throw new AppError("invalid-request", "Choose a time within a year.");
  return at;
}

export async function addReminder(
  tx: Tx,
  actor: Actor,
  conversationId: string,
  asked: z.output<typeof newReminder>,
): Promise<Reminder> {
  const { conversation } = await accessConversation(tx, actor, conversationId);
  const reminder = {
    ...{ id: uuidv7(tx.now), agentId: actor.id, conversationId: conversation.id },
    ...{ dueAt: ahead(tx, asked.dueAt), text: asked.text },
  };
  await insertReminder(tx, reminder);
  await setTimer(tx, TIMER, reminder.id, reminder.dueAt);
  laterChanged(tx, reminder, "reminder", "open", 1);
  return { ...reminder, state: "open", version: 1 };
}

/** Done with, or not wanted any more. */
export async function endReminder(tx: Tx, actor: Actor, id: string): Promise<void> {
  const reminder = await lockReminder(tx, id);
  // Somebody else's is not there.
  if (reminder?.agentId !== actor.id) throw notFound("reminder of yours");
  if (reminder.state === "done") return;
  laterChanged(tx, reminder, "reminder", "done", await moveReminder(tx, id, "done"));
  await clearTimer(tx, TIMER, id);
}

const isDue: TimerHandler = async (tx, { ref }) => {
  const reminder = await lockReminder(tx, ref);
  if (reminder?.state === "open") laterChanged(tx, reminder, "reminder", "due", await moveReminder(tx, ref, "due"));
};
export const reminderTimers: Readonly<Record<string, TimerHandler>> = { [TIMER]: isDue };
