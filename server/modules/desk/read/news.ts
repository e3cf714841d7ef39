import type { z } from "zod";
import type { conversationNews, readPosition } from "#contracts/news";
import { type Message, messagesById, moderationOfMessages } from "#modules/channels";
import { episodesOf, lastPlacementsOf, placementsOf, placementsOfMessages } from "#modules/conversations";
import { agentsById } from "#modules/people";
import { decisionsOfConversation } from "#modules/routing";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { cameAt, type News, newsOf } from "../domain/news.ts";
import { moderationLines } from "../moderation/lines.ts";
import { notesOf, repliesOf } from "../store/desk-store.ts";
import { keepReadPosition, readPositionOf } from "../store/seen-store.ts";
import { accessConversation } from "../work-acts.ts";
import { lineEntries } from "./timeline-entries.ts";

type View = z.input<typeof conversationNews>;
/** So many messages are looked at: beyond it is "more". */
const LOOK = 100;

/** What came since the actor read the conversation last. His own acts are no news to him. */
export async function newsFor(tx: Tx, actor: Actor, asked: string): Promise<View> {
  const { conversation } = await accessConversation(tx, actor, asked);
  const position = await readPositionOf(tx, conversation.id, actor.id);
  const since = position?.readAt ?? null;
  const found = since === null ? NOTHING : await newsSince(tx, actor.id, conversation.id, since);
  return { ...found, since: since === null ? null : iso(since), entryId: position?.entryId ?? null };
}

const NOTHING: News = {
  ...{ first: null, messages: 0, replies: 0, notes: 0 },
  ...{ more: false, changes: [], changesMore: 0 },
};

async function newsSince(db: Tx, me: string, conversationId: string, since: Instant): Promise<News> {
  return db.together(async (tx) => {
    const [placements, notes, replies, decisions, episodes] = await Promise.all([
      placementsOf(tx, conversationId, { limit: LOOK }),
      notesOf(tx, conversationId),
      repliesOf(tx, conversationId),
      decisionsOfConversation(tx, conversationId),
      episodesOf(tx, [conversationId]),
    ]);
    const ended = (episodes.get(conversationId) ?? []).filter((e) => (e.doneAt ?? 0) > since);
    const ids = placements.map((p) => p.messageId);
    const [messages, acts, agents] = await Promise.all([
      messagesById(tx, ids),
      moderationOfMessages(tx, ids),
      agentsById(tx, [...decisions.map((d) => d.agentId), ...ended.map((e) => e.doneBy)]),
    ]);
    const moderators = await agentsById(
      tx,
      acts.map((a) => a.agentId),
    );
    const placed = new Map(placements.map((p) => [p.messageId, p]));
    const by = new Map(placements.map((p) => [p.messageId, p.agentId]));
    const after = decisions.filter((d) => d.at > since && d.agentId !== me);
    const done = acts.filter((a) => (a.doneAt ?? a.createdAt) > since && a.agentId !== me);
    const sent = new Set(messages.flatMap((m) => m.deliveryId ?? []));
    return newsOf(since, {
      messages: messages.map((m) => ({
        ...{ id: m.id, at: m.sentAt, ours: isOurs(m, by, me) },
        cameAt: cameAt(m.receivedAt, placed.get(m.id)),
      })),
      replies: replies
        .filter((r) => r.agentId !== me && r.state !== "withdrawn" && !sent.has(r.deliveryId))
        .map((r) => ({ id: r.id, at: r.writtenAt })),
      notes: notes.filter((n) => n.agentId !== me).map((n) => ({ id: n.id, at: n.at })),
      lines: [
        ...lineEntries(
          after,
          ended.filter((e) => e.doneBy !== me),
          agents,
        ),
        ...moderationLines(done, moderators),
      ].flatMap((e) => (e.type === "line" ? [{ id: e.id, at: Date.parse(e.at), text: e.text }] : [])),
      full: placements.length === LOOK,
    });
  });
}

/** Said by the company: by me (no news), or by somebody else of us. */
function isOurs(m: Message, by: ReadonlyMap<string, string | null>, me: string): "me" | "us" | null {
  if (m.direction === "in") return null;
  return by.get(m.id) === me ? "me" : "us";
}

/**
 * Notes how far the actor has read: to now, or where something came that was not on his screen yet, to what was. Where he stood is
 * kept for his return.
 */
export async function keepPosition(
  tx: Tx,
  actor: Actor,
  asked: string,
  { newest, entryId }: z.output<typeof readPosition>,
): Promise<void> {
  const { conversation } = await accessConversation(tx, actor, asked);
  const last = (await lastPlacementsOf(tx, [conversation.id])).get(conversation.id)?.messageId ?? null;
  const shown = newest === null || newest === last ? undefined : (await placementsOfMessages(tx, [newest])).get(newest);
  const readAt = last === newest ? tx.now : Math.min(shown ? cameAt(shown.receivedAt, shown) : 0, tx.now);
  await keepReadPosition(tx, conversation.id, actor.id, readAt, entryId);
}
