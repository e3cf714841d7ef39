import { NoteAdded } from "#events/desk";
import { placementsOfMessages, standIn } from "#modules/conversations";
import { agentsWithGrant, can, need, reachOf } from "#modules/people";
import { type Standing, standingsOf, type Whereabouts, type Work, whereConversationsStand } from "#modules/routing";
import type { Tx } from "#platform/db";
import { conflict, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { insertNote, lockReply, type Note, type NoteSpan, type Reply } from "./store/desk-store.ts";
import { call, mentioned, type Told } from "./together/calls.ts";

/**
 * The one way to a conversation: it is loaded only when the actor may read it where it stands, open or done. The address of one that is
 * part of another one leads to that: go on with `standing.conversation.id`.
 */
export async function accessConversation(tx: Tx, actor: Actor, conversationId: string): Promise<Standing> {
  const standing = (await standingsOf(tx, [conversationId])).get(conversationId);
  if (standing?.conversation.mergedInto) return accessConversation(tx, actor, await nowAt(tx, conversationId));
  // What may not be seen is answered like what is not there.
  if (!standing || !can(actor, "conversation.read", standing.where)) throw notFound("conversation");
  return standing;
}

/** The conversation that an old address leads to. */
async function nowAt(tx: Tx, conversationId: string): Promise<string> {
  const now = (await standIn(tx, [conversationId])).get(conversationId);
  if (now === undefined) throw notFound("conversation");
  return now;
}

/** Of these conversations the ones that the actor may read. Two statements at most. */
export async function readableOf(tx: Tx, actor: Actor, conversationIds: readonly string[]): Promise<Set<string>> {
  if (conversationIds.length === 0 || reachOf(actor, "conversation.read") === "all") return new Set(conversationIds);
  const stands = await whereConversationsStand(tx, conversationIds);
  return new Set([...stands].filter(([, where]) => can(actor, "conversation.read", where)).map(([id]) => id));
}

/** The one way to a reply: by its conversation. */
export async function accessReply(
  tx: Tx,
  actor: Actor,
  replyId: string,
): Promise<{ reply: Reply; where: Whereabouts }> {
  const reply = await lockReply(tx, replyId);
  if (!reply) throw notFound("reply");
  const standing = (await standingsOf(tx, [reply.conversationId])).get(reply.conversationId);
  if (!standing || !can(actor, "conversation.read", standing.where)) throw notFound("reply");
  return { reply, where: standing.where };
}

/** The one way to a message: by its conversation, or where it stands outside of all, by the brand it was said to. */
export async function accessMessage(
  tx: Tx,
  actor: Actor,
  messageId: string,
): Promise<{ where: Whereabouts; conversationId: string | null }> {
  const placed = (await placementsOfMessages(tx, [messageId])).get(messageId);
  if (!placed) throw notFound("message");
  const { conversationId, brandId } = placed;
  const where = conversationId
    ? (await whereConversationsStand(tx, [conversationId])).get(conversationId)
    : { brandId, queueId: null, teamId: null, ownerId: null };
  if (!where || !can(actor, "conversation.read", where)) throw notFound("message");
  return { where, conversationId };
}

/** The open work of a conversation in the version the caller saw. */
export function openWork(work: Work | undefined, expectedVersion: number): Work {
  if (!work) throw notNow("There is no open work on this conversation.");
  if (work.version !== expectedVersion)
    throw conflict("work item", { version: work.version, state: work.state, ownerId: work.ownerId });
  return work;
}

/** The owner may; others need the right to assign. */
export function needOwner(actor: Actor, work: Work, where: Whereabouts): void {
  need(actor, work.ownerId === actor.id ? "work.take" : "work.assign", where);
}

/** Work is given only to who may read it; they could not even see that it is theirs. */
export async function needReader(tx: Tx, agentId: string, where: Whereabouts, as: "owner" | "guest" = "owner") {
  const mine = as === "owner" ? { ...where, ownerId: agentId } : where;
  const readers = await agentsWithGrant(tx, "conversation.read", mine);
  if (!readers.some((agent) => agent.id === agentId))
    throw notNow("This agent may not read this conversation. Choose another, or ask who manages rights.");
}

/** A note of the actor's; whom it names by `@@` and who may read it is called. */
export async function addNote(
  tx: Tx,
  actor: Actor,
  conversationId: string,
  text: string,
): Promise<Note & { calls: Told }> {
  const { spans, told, notTold } = await mentioned(tx, conversationId, text);
  const note = await writeNote(tx, { conversationId, agentId: actor.id, text, mentions: spans });
  const ids = told.map((one) => one.id);
  await call(tx, actor, { conversationId, kind: "mention", refId: note.id }, ids);
  return { ...note, calls: { told: told.filter((one) => one.id !== actor.id), notTold } };
}

interface NoteMade {
  conversationId: string;
  agentId: string;
  text: string;
  mentions?: NoteSpan[];
  saidBy?: string;
  about?: string;
}
/** Writes a note down as it is; nobody is called by it. */
export async function writeNote(tx: Tx, made: NoteMade): Promise<Note> {
  const { conversationId, agentId, text, mentions = [], saidBy = null, about = null } = made;
  const note = { id: uuidv7(tx.now), conversationId, agentId, text, mentions, saidBy, about };
  await insertNote(tx, note);
  tx.announce(NoteAdded, {
    key: conversationId,
    entity: "note",
    entityId: note.id,
    entityVersion: 1,
    payload: { noteId: note.id, conversationId, agentId },
  });
  return { ...note, at: tx.now, version: 1 };
}
