import type { Instant } from "#platform/clock";
import { type Generated, type Json, json, sql, storable, type Ts, type TsNull, type Tx, ts } from "#platform/db";

export type ReplyState = "undoable" | "sending" | "sent" | "unknown" | "failed" | "withdrawn";
export interface ReplyError {
  class: string;
  message: string;
}
interface DeskTables {
  draft: {
    account_id: string;
    conversation_id: string;
    agent_id: string;
    audience: "public" | "private" | "note";
    answers_message: string | null;
    text: string;
    files: Json<FileNamed[]>;
    copies: string[] | null;
    version: Generated<number>;
    saved_at: Ts;
  };
  note: {
    account_id: string;
    id: string;
    conversation_id: string;
    agent_id: string;
    text: string;
    at: Ts;
    edited_at: TsNull;
    deleted_at: TsNull;
    mentions: Json<NoteSpan[]>;
    said_by: string | null;
    about: string | null;
    version: Generated<number>;
  };
  reply: {
    account_id: string;
    id: string;
    conversation_id: string;
    episode_id: string | null;
    agent_id: string;
    audience: "public" | "private";
    answers_message: string;
    text: string;
    disclosure: string;
    delivery_id: string;
    state: ReplyState;
    error: Json<ReplyError | null> | null;
    resolve_outcome: string | null;
    written_at: Ts;
    goes_at: Ts;
    sent_at: TsNull;
    version: Generated<number>;
  };
}
const desk = (tx: Tx) => tx.tables<DeskTables>();

/** A file of a draft by its id, and the words that describe it. */
export interface FileNamed {
  id: string;
  alt: string;
}

export interface Draft {
  conversationId: string;
  audience: "public" | "private" | "note";
  answersMessageId: string | null;
  text: string;
  files: FileNamed[];
  /** Who gets a copy; null: as the answered mail has it. */
  copies?: string[] | null;
  version: number;
  savedAt: Instant;
}
export async function findDraft(tx: Tx, conversationId: string, agentId: string): Promise<Draft | undefined> {
  const r = await desk(tx)
    .selectFrom("draft")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .where("conversation_id", "=", conversationId)
    .where("agent_id", "=", agentId)
    .executeTakeFirst();
  return (
    r && {
      conversationId: r.conversation_id,
      audience: r.audience,
      answersMessageId: r.answers_message,
      text: r.text,
      files: r.files,
      copies: r.copies,
      version: r.version,
      savedAt: r.saved_at,
    }
  );
}
/** Writes the draft when nobody (another window of the same agent) wrote meanwhile; the new version, or null. */
export async function saveDraft(
  tx: Tx,
  agentId: string,
  d: Pick<Draft, "conversationId" | "audience" | "answersMessageId" | "text" | "files" | "copies">,
  expectedVersion: number,
): Promise<number | null> {
  const row = await sql<{ version: number }>`
    insert into draft as d (account_id, conversation_id, agent_id, audience, answers_message, text, files, copies, version, saved_at)
    select ${tx.accountId}, ${d.conversationId}, ${agentId}, ${d.audience}, ${d.answersMessageId}, ${storable(d.text)}, ${json(d.files)}::jsonb, ${d.copies?.map(storable) ?? null}::text[], 1, ${ts(tx.now)} where ${expectedVersion} = 0 or exists (
      select 1 from draft x where x.account_id = ${tx.accountId} and x.conversation_id = ${d.conversationId} and x.agent_id = ${agentId})
    on conflict (account_id, conversation_id, agent_id) do update set audience = excluded.audience, answers_message = excluded.answers_message, text = excluded.text, files = excluded.files, copies = excluded.copies, version = d.version + 1, saved_at = excluded.saved_at
      where d.version = ${expectedVersion}
    returning version`.execute(tx.tables());
  return row.rows[0]?.version ?? null;
}
/** True when files stood in it. */
export async function deleteDraft(tx: Tx, conversationId: string, agentId: string): Promise<boolean> {
  const gone = await desk(tx)
    .deleteFrom("draft")
    .where("account_id", "=", tx.accountId)
    .where("conversation_id", "=", conversationId)
    .where("agent_id", "=", agentId)
    .returning("files")
    .execute();
  return gone.some((d) => d.files.length > 0);
}

/** Where in a note a colleague is named. */
export interface NoteSpan {
  start: number;
  end: number;
}
export interface Note {
  id: string;
  agentId: string;
  text: string;
  mentions: NoteSpan[];
  /** Who said it where that is nobody of ours; the agent is who asked. */
  saidBy: string | null;
  /** The question it answers. */
  about: string | null;
  at: Instant;
  version: number;
}
/** Oldest first: the newest 500, the newest ones before an instant, or the first ones from one on. */
export async function notesOf(
  tx: Tx,
  conversationId: string,
  cut: { before?: Instant; from?: Instant } = {},
): Promise<Note[]> {
  const found = await desk(tx)
    .selectFrom("note")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .where("conversation_id", "=", conversationId)
    .where("deleted_at", "is", null)
    .$if(cut.before !== undefined, (q) => q.where(sql<boolean>`at < ${ts(cut.before ?? 0)}`))
    .$if(cut.from !== undefined, (q) => q.where(sql<boolean>`at >= ${ts(cut.from ?? 0)}`))
    .orderBy("at", cut.from === undefined ? "desc" : "asc")
    .limit(500)
    .execute();
  const rows = cut.from === undefined ? found.reverse() : found;
  return rows.map((r) => ({
    ...{ id: r.id, agentId: r.agent_id, text: r.text, at: r.at, version: r.version },
    ...{ mentions: r.mentions, saidBy: r.said_by, about: r.about },
  }));
}
export async function insertNote(
  tx: Tx,
  note: Pick<Note, "id" | "agentId" | "text" | "mentions" | "saidBy" | "about"> & { conversationId: string },
): Promise<void> {
  await desk(tx)
    .insertInto("note")
    .values({
      account_id: tx.accountId,
      id: note.id,
      conversation_id: note.conversationId,
      agent_id: note.agentId,
      text: storable(note.text),
      at: ts(tx.now),
      mentions: json(note.mentions),
      said_by: note.saidBy === null ? null : storable(note.saidBy),
      about: note.about === null ? null : storable(note.about),
    })
    .execute();
}

export interface Reply {
  id: string;
  conversationId: string;
  episodeId: string | null;
  agentId: string;
  audience: "public" | "private";
  answersMessageId: string;
  text: string;
  disclosure: string;
  deliveryId: string;
  state: ReplyState;
  error: ReplyError | null;
  resolveOutcome: string | null;
  writtenAt: Instant;
  goesAt: Instant;
  sentAt: Instant | null;
  version: number;
}
type ReplyRow = Awaited<ReturnType<typeof replyRows>>[number];
function replyRows(tx: Tx) {
  return desk(tx).selectFrom("reply").selectAll().where("account_id", "=", tx.accountId).execute();
}
const present = (r: ReplyRow): Reply => ({
  id: r.id,
  conversationId: r.conversation_id,
  episodeId: r.episode_id,
  agentId: r.agent_id,
  audience: r.audience,
  answersMessageId: r.answers_message,
  text: r.text,
  disclosure: r.disclosure,
  deliveryId: r.delivery_id,
  state: r.state,
  error: r.error,
  resolveOutcome: r.resolve_outcome,
  writtenAt: r.written_at,
  goesAt: r.goes_at,
  sentAt: r.sent_at,
  version: r.version,
});
export async function insertReply(tx: Tx, r: Omit<Reply, "error" | "sentAt" | "version">): Promise<void> {
  await desk(tx)
    .insertInto("reply")
    .values({
      account_id: tx.accountId,
      id: r.id,
      conversation_id: r.conversationId,
      episode_id: r.episodeId,
      agent_id: r.agentId,
      audience: r.audience,
      answers_message: r.answersMessageId,
      text: storable(r.text),
      disclosure: r.disclosure,
      delivery_id: r.deliveryId,
      state: r.state,
      error: null,
      resolve_outcome: r.resolveOutcome,
      written_at: ts(r.writtenAt),
      goes_at: ts(r.goesAt),
    })
    .execute();
}
export async function lockReply(tx: Tx, id: string): Promise<Reply | undefined> {
  const r = await desk(tx)
    .selectFrom("reply")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return r && present(r);
}
export async function replyOfDelivery(tx: Tx, deliveryId: string): Promise<Reply | undefined> {
  const r = await desk(tx)
    .selectFrom("reply")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .where("delivery_id", "=", deliveryId)
    .executeTakeFirst();
  return r && present(r);
}
export async function lockRepliesByDelivery(tx: Tx, deliveryIds: readonly string[]): Promise<Reply[]> {
  if (deliveryIds.length === 0) return [];
  const rows = await desk(tx)
    .selectFrom("reply")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .where("delivery_id", "in", [...deliveryIds])
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(present);
}
export async function repliesOf(tx: Tx, conversationId: string): Promise<Reply[]> {
  const rows = await desk(tx)
    .selectFrom("reply")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .where("conversation_id", "=", conversationId)
    .orderBy("written_at", "desc")
    .limit(500)
    .execute();
  return rows.reverse().map(present);
}
export async function updateReply(
  tx: Tx,
  reply: Reply,
  change: { state: ReplyState; error?: ReplyError | null; sentAt?: Instant },
): Promise<number> {
  const row = await sql<{ version: number }>`
    update reply set state = ${change.state}, version = version + 1,
      error = ${change.error === undefined ? sql`error` : change.error === null ? null : sql`${json(change.error)}::jsonb`},
      sent_at = ${change.sentAt === undefined ? sql`sent_at` : ts(change.sentAt)}
    where account_id = ${tx.accountId} and id = ${reply.id} returning version`.execute(tx.tables());
  return row.rows[0]!.version;
}

/** Notes the look; true when it has to be audited (first, or an hour after the last audit). */
export async function noteSeen(tx: Tx, conversationId: string, agentId: string): Promise<boolean> {
  const hourAgo = ts(tx.now - 3_600_000);
  const row = await sql<{ audited_at: Instant }>`
    insert into seen as s (account_id, conversation_id, agent_id, at, audited_at) values (${tx.accountId}, ${conversationId}, ${agentId}, ${ts(tx.now)}, ${ts(tx.now)})
    on conflict (account_id, conversation_id, agent_id) do update set at = excluded.at, audited_at = case when s.audited_at < ${hourAgo} then excluded.audited_at else s.audited_at end
    returning audited_at`.execute(tx.tables());
  return row.rows[0]!.audited_at === tx.now;
}

/** The reply of an agent that is on its way out of a conversation, if there is one. */
export async function replyOnItsWay(tx: Tx, conversationId: string): Promise<Reply | undefined> {
  const r = await desk(tx)
    .selectFrom("reply")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .where("conversation_id", "=", conversationId)
    .where("state", "in", ["undoable", "sending"])
    .orderBy("written_at", "desc")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return r && present(r);
}
/** The reply ends the episode once it is out. */
export async function resolveWithReply(tx: Tx, replyId: string, outcome: string): Promise<void> {
  await sql`update reply set resolve_outcome = ${outcome}, version = version + 1 where account_id = ${tx.accountId} and id = ${replyId}`.execute(
    tx.tables(),
  );
}
/** The episode goes on although the reply leaves. */
export async function unresolveWithReply(tx: Tx, replyId: string): Promise<void> {
  await sql`update reply set resolve_outcome = null, version = version + 1 where account_id = ${tx.accountId} and id = ${replyId}`.execute(
    tx.tables(),
  );
}
