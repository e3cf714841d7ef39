import type { z } from "zod";
import type { newSideQuestion } from "#contracts/together";
import { SideQuestionChanged } from "#events/desk";
import { settingOf } from "#modules/company";
import { standIn } from "#modules/conversations";
import { agentsWithRights, audit, need } from "#modules/people";
import { DAY } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { askOutside } from "../settings.ts";
import { accessConversation, writeNote } from "../work-acts.ts";
import { call } from "./calls.ts";
import { needAgent } from "./follow.ts";
import {
  askedSince,
  findQuestion,
  insertQuestion,
  type SideQuestion,
  settleQuestion,
} from "./store/side-question-store.ts";

/** More than anybody asks in a day by hand. */
const MOST_A_DAY = 50;

export function questionChanged(
  tx: Tx,
  of: Pick<SideQuestion, "id" | "conversationId" | "askedBy" | "toAgent">,
  what: "asked" | "mailed" | "answered" | "withdrawn",
  version: number,
): void {
  const { id: questionId, conversationId, askedBy, toAgent } = of;
  tx.announce(SideQuestionChanged, {
    ...{ key: conversationId, entity: "side-question", entityId: questionId, entityVersion: version },
    payload: { questionId, conversationId, askedBy, toAgent, what },
  });
}

/** Asks somebody who does not have the conversation. `mails`: this server can send the link. */
export async function askAside(
  tx: Tx,
  actor: Actor,
  conversationId: string,
  asked: z.output<typeof newSideQuestion>,
  mails: boolean,
): Promise<SideQuestion> {
  needAgent(actor);
  const { conversation, where } = await accessConversation(tx, actor, conversationId);
  need(actor, "note.write", where);
  if ((await askedSince(tx, actor.id, tx.now - DAY)) >= MOST_A_DAY)
    throw notNow(`You have asked ${MOST_A_DAY} times within a day, which is the most. Ask a colleague to go on.`);
  const to = asked.to.kind === "colleague" ? await colleagueAsked(tx, actor, asked.to.agentId) : asked.to;
  if (to.kind === "outside" && !(await settingOf(tx, askOutside, { brandId: conversation.brandId })).value)
    throw notPermitted("ask anybody outside the company: the settings of this brand do not allow it");
  const outside = to.kind === "outside" ? to : null;
  const question = {
    ...{ id: uuidv7(tx.now), conversationId: conversation.id, askedBy: actor.id },
    ...{ toAgent: to.kind === "colleague" ? to.agentId : null, toName: to.name, toAddress: outside?.email ?? null },
    ...{ question: asked.question, shown: asked.shown, expiresAt: tx.now + asked.days * DAY },
    mail: outside?.email && mails ? ("waiting" as const) : ("none" as const),
  };
  await insertQuestion(tx, question);
  questionChanged(tx, question, "asked", 1);
  await audit(tx, actor, "side-question.asked", "conversation", conversation.id, {
    ...{ questionId: question.id, to: outside ? "outside" : question.toAgent, days: asked.days },
  });
  return {
    ...question,
    ...{ madeAt: tx.now, state: "open", answer: null, settledAt: null, openedAt: null },
    ...{ mailError: null, mailTries: 0, version: 1 },
  };
}

async function colleagueAsked(tx: Tx, actor: Actor, agentId: string) {
  if (agentId === actor.id) throw new AppError("invalid-request", "Ask somebody else: you know what you know.");
  const one = (await agentsWithRights(tx)).find(({ agent }) => agent.id === agentId);
  if (!one) throw new AppError("invalid-request", "There is no active agent with this id.");
  return { kind: "colleague" as const, agentId, name: one.agent.name };
}

/** Why a question takes no answer; null: it takes one. */
export function shutBecause(q: SideQuestion, now: number): "answered" | "withdrawn" | "ended" | null {
  if (q.state !== "open") return q.state;
  return q.expiresAt <= now ? "ended" : null;
}
const SAY = {
  answered: "This question was answered already.",
  withdrawn: "This question was taken back; no answer is needed any more.",
  ended: "The time to answer this question is over. Ask whoever sent it for a new one.",
};

/** The one answer that a question takes: it becomes a note, and whoever asked is called. The question has to be locked. */
export async function answerAside(tx: Tx, q: SideQuestion, answer: string): Promise<void> {
  const shut = shutBecause(q, tx.now);
  if (shut) throw notNow(SAY[shut]);
  const conversationId = (await standIn(tx, [q.conversationId])).get(q.conversationId) ?? q.conversationId;
  const outside = q.toAgent === null;
  const note = await writeNote(tx, {
    ...{ conversationId, agentId: q.toAgent ?? q.askedBy, text: answer, about: q.question },
    ...(outside && { saidBy: q.toName }),
  });
  const version = await settleQuestion(tx, q.id, { state: "answered", answer, noteId: note.id });
  questionChanged(tx, { ...q, conversationId }, "answered", version);
  await call(
    tx,
    outside ? null : { kind: "agent", id: q.toAgent! },
    { conversationId, kind: "side-answer", refId: q.id },
    [q.askedBy],
  );
  await audit(tx, null, "side-question.answered", "conversation", conversationId, {
    ...{ questionId: q.id, by: outside ? "outside" : q.toAgent },
  });
}

/** A colleague's own answer: they need no right to the conversation, and see nothing of it but what they were shown. */
export async function answerMine(
  tx: Tx,
  actor: Actor,
  id: string,
  asked: { answer: string; expectedVersion: number },
): Promise<SideQuestion> {
  needAgent(actor);
  const q = await findQuestion(tx, id, true);
  if (q?.toAgent !== actor.id) throw notFound("question to you");
  if (q.state === "open" && q.version !== asked.expectedVersion)
    throw conflict("question", { version: q.version, state: q.state });
  await answerAside(tx, q, asked.answer);
  return (await findQuestion(tx, id))!;
}

/** Takes a question back: its link opens nothing any more. */
export async function withdrawAside(tx: Tx, actor: Actor, id: string, expectedVersion: number): Promise<SideQuestion> {
  needAgent(actor);
  const q = await findQuestion(tx, id, true);
  if (!q) throw notFound("question");
  const { where, conversation } = await accessConversation(tx, actor, q.conversationId);
  if (q.askedBy !== actor.id) need(actor, "work.assign", where);
  if (q.state !== "open") throw notNow(SAY[q.state]);
  if (q.version !== expectedVersion) throw conflict("question", { version: q.version, state: q.state });
  const version = await settleQuestion(tx, id, { state: "withdrawn" });
  questionChanged(tx, q, "withdrawn", version);
  await audit(tx, actor, "side-question.withdrawn", "conversation", conversation.id, { questionId: id });
  return { ...q, state: "withdrawn", settledAt: tx.now, version };
}
