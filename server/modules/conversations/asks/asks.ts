import { AskAnswered } from "#events/conversations";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { answeredEvidence } from "../domain/ask.ts";
import { type Ask, lockAsk, markAnswered, openAsks, openAsksOf, saveEvidence } from "../store/ask-store.ts";
import { findConversations, saveConversations } from "../store/conversation-store.ts";
import { findPlacements } from "../store/placement-store.ts";

/** What is open about a conversation: about its messages, and about messages elsewhere that may belong to it. */
export async function asksOf(tx: Tx, conversationId: string): Promise<Ask[]> {
  return openAsksOf(tx, [conversationId], 100);
}

/** What is open in the whole account, newest first; `before`: where the page before ended. */
export async function asksAfter(
  tx: Tx,
  before: { at: Instant; messageId: string } | null,
  limit: number,
): Promise<Ask[]> {
  return openAsks(tx, before, limit);
}

/** An open question, locked: of two who answer at once the second finds the answer of the first. */
export async function askToAnswer(tx: Tx, messageId: string): Promise<Ask | undefined> {
  return lockAsk(tx, messageId);
}

/**
 * Keeps a person's answer: as evidence of the message's place, and so that it is never asked again. Where the message stays (`here`), its
 * conversation is one a person has dealt with: nothing that comes late moves it. Where it goes is the work of a join (`actId`).
 */
export async function answerAsk(
  tx: Tx,
  ask: Ask,
  how: { answer: "there" | "here"; by: string | null; says: string; actId: string | null },
): Promise<void> {
  await markAnswered(tx, ask.messageId, how);
  const [placement] = await findPlacements(tx, [ask.messageId]);
  if (placement) await saveEvidence(tx, ask.messageId, answeredEvidence(placement.evidence, how.says));
  const about = [
    ...new Set([placement?.conversationId ?? ask.conversationId, ...(how.answer === "here" ? [ask.otherId] : [])]),
  ];
  const conversations = await findConversations(
    tx,
    about.filter((id) => id !== null),
    true,
  );
  for (const c of conversations) Object.assign(c, { actedAt: tx.now, version: c.version + 1 });
  await saveConversations(tx, conversations);
  for (const c of conversations)
    tx.announce(AskAnswered, {
      ...{ key: c.id, entity: "conversation", entityId: c.id, entityVersion: c.version },
      payload: {
        ...{ messageId: ask.messageId, about: c.id, conversationId: ask.conversationId, otherId: ask.otherId },
        ...{ answer: how.answer, by: how.by },
      },
    });
}
