import { answerAsk, askToAnswer, type JoinAct, type StitchAsk, standIn } from "#modules/conversations";
import { agentsById, audit } from "#modules/people";
import type { Tx } from "#platform/db";
import { conflict, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { accessToJoin, joinConversations } from "./joins.ts";

/**
 * Answers a close call. `there`: a conversation that began with the message is merged into the other one, a message by itself becomes a
 * conversation of its own; `here`: it stays. The answer is kept as evidence and never asked again.
 */
export async function decideAsk(
  tx: Tx,
  actor: Actor,
  messageId: string,
  answer: "there" | "here",
  expected: Readonly<Record<string, number>>,
): Promise<{ conversationId: string; act: JoinAct | null }> {
  const ask = await askToAnswer(tx, messageId);
  if (!ask) throw notFound("question");
  const here = await accessToJoin(tx, actor, ask.conversationId);
  if (ask.answer !== null) throw notNow(await sayAnswered(tx, ask));
  const by = actor.kind === "agent" ? actor.id : null;
  const who = actor.name || "An agent";
  if (answer === "here") {
    if (expected[here.conversation.id] !== here.conversation.version)
      throw conflict("conversation", { versions: { [here.conversation.id]: here.conversation.version } });
    await answerAsk(tx, ask, { answer, by, says: `${who} said that it belongs here.`, actId: null });
    await audit(tx, actor, "conversation.ask-answered", "message", messageId, { answer });
    return { conversationId: here.conversation.id, act: null };
  }
  const sourceId = here.conversation.id;
  const joined = ask.begins
    ? await joinConversations(tx, actor, { kind: "merge", sourceId, targetId: ask.otherId, messageIds: [] }, expected)
    : await joinConversations(
        tx,
        actor,
        { kind: "split", sourceId, targetId: null, messageIds: [messageId] },
        expected,
      );
  const act = joined.act!;
  const says = ask.begins ? `${who} said that it belongs here.` : `${who} said that it is a matter of its own.`;
  await answerAsk(tx, ask, { answer, by, says, actId: act.id });
  return { conversationId: (await standIn(tx, [act.targetId])).get(act.targetId) ?? act.targetId, act };
}

async function sayAnswered(tx: Tx, ask: StitchAsk): Promise<string> {
  const name = ask.answeredBy === null ? null : (await agentsById(tx, [ask.answeredBy])).get(ask.answeredBy)?.name;
  const what = ask.answer === "here" ? "it stays where it is" : "it was moved";
  return `${name ?? "Somebody"} decided this already: ${what}. Look again.`;
}
