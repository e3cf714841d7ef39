import type { z } from "zod";
import type { laterBoard, laterReplyView, reminderView } from "#contracts/work-loop";
import { conversationsById } from "#modules/conversations";
import { customersById } from "#modules/customers";
import { need } from "#modules/people";
import { DAY, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { type LaterReply, laterOf, type Reminder, remindersOf } from "../store/later-store.ts";

interface About {
  number: string;
  customer: string;
}

/** Everything that the one who asks has put off; two rounds. */
export function laterFor(db: Tx, actor: Actor): Promise<z.input<typeof laterBoard>> {
  need(actor, "conversation.read");
  return db.together(async (tx) => {
    const [reminders, replies] = await Promise.all([remindersOf(tx, actor.id), laterOf(tx, actor.id, tx.now - DAY)]);
    const about = await aboutOf(
      tx,
      [...reminders, ...replies].map((one) => one.conversationId),
    );
    return {
      reminders: reminders.map((one) => presentReminder(one, about.get(one.conversationId))),
      replies: replies.map((one) => presentLater(one, actor.name, about.get(one.conversationId))),
    };
  });
}

export function presentReminder(one: Reminder, about?: About): z.input<typeof reminderView> {
  const { id, conversationId, text, version } = one;
  const state = one.state === "due" ? ("due" as const) : ("open" as const);
  return { id, conversationId, ...named(about), dueAt: iso(one.dueAt), text, state, version };
}

export function presentLater(one: LaterReply, agentName: string, about?: About): z.input<typeof laterReplyView> {
  const { id, conversationId, audience, text, why, version } = one;
  const state = one.state === "waiting" ? ("waiting" as const) : ("held" as const);
  const agent = { id: one.agentId, name: agentName };
  return { id, conversationId, ...named(about), agent, audience, text, sendAt: iso(one.sendAt), state, why, version };
}

const named = (about?: About) => ({ number: about?.number ?? "", customer: about?.customer ?? "" });

export async function aboutOf(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, About>> {
  const conversations = await conversationsById(tx, [...new Set(conversationIds)]);
  const customers = await customersById(
    tx,
    [...conversations.values()].map((one) => one.customerId),
  );
  return new Map(
    [...conversations.values()].map(({ id, number, customerId }) => [
      id,
      { number, customer: customers.get(customerId)?.name ?? "" },
    ]),
  );
}
