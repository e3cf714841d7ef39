import { NoteAdded } from "#events/desk";
import { conversationsById } from "#modules/conversations";
import { can, need } from "#modules/people";
import { type Work, workOfConversations } from "#modules/routing";
import type { Tx } from "#platform/db";
import { conflict, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { insertNote, type Note } from "./store/desk-store.ts";

/** The one way to a conversation: it is loaded only when the actor may read it where it stands. */
export async function accessConversation(
  tx: Tx,
  actor: Actor,
  conversationId: string,
): Promise<{ work: Work | undefined; brandId: string; version: number }> {
  const conversation = (await conversationsById(tx, [conversationId])).get(conversationId);
  const work = (await workOfConversations(tx, [conversationId])).get(conversationId);
  // What may not be seen is answered like what is not there.
  if (
    !conversation ||
    !can(actor, "conversation.read", {
      brandId: conversation.brandId,
      queueId: work?.queueId ?? null,
      ownerId: work?.ownerId ?? null,
    })
  )
    throw notFound("conversation");
  return { work, brandId: conversation.brandId, version: conversation.version };
}

/** The open work of a conversation in the version the caller saw. */
export function openWork(work: Work | undefined, expectedVersion: number): Work {
  if (!work) throw notNow("There is no open work on this conversation.");
  if (work.version !== expectedVersion)
    throw conflict("work item", { version: work.version, state: work.state, ownerId: work.ownerId });
  return work;
}

/** The owner may; others need the right to assign. */
export function needOwner(actor: Actor, work: Work): void {
  if (work.ownerId === actor.id) need(actor, "work.take", { queueId: work.queueId, ownerId: work.ownerId });
  else need(actor, "work.assign", { queueId: work.queueId });
}

export async function addNote(tx: Tx, actor: Actor, conversationId: string, text: string): Promise<Note> {
  const note = { id: uuidv7(tx.now), conversationId, agentId: actor.id, text };
  await insertNote(tx, note);
  tx.announce(NoteAdded, {
    key: conversationId,
    entity: "note",
    entityId: note.id,
    entityVersion: 1,
    payload: { noteId: note.id, conversationId, agentId: actor.id },
  });
  return { id: note.id, agentId: actor.id, text, at: tx.now, version: 1 };
}
