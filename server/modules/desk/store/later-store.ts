import type { Instant } from "#platform/clock";
import { sql, storable, type Tx, ts } from "#platform/db";

export interface Reminder {
  id: string;
  agentId: string;
  conversationId: string;
  dueAt: Instant;
  text: string;
  state: "open" | "due" | "done";
  version: number;
}
const reminderColumns = sql`id, agent_id as "agentId", conversation_id as "conversationId", due_at as "dueAt", text, state, version`;

export async function insertReminder(tx: Tx, r: Omit<Reminder, "state" | "version">): Promise<void> {
  await sql`
    insert into reminder (account_id, id, agent_id, conversation_id, due_at, text, state, made_at)
    values (${tx.accountId}, ${r.id}, ${r.agentId}, ${r.conversationId}, ${ts(r.dueAt)}, ${storable(r.text)}, 'open', ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}
export async function lockReminder(tx: Tx, id: string): Promise<Reminder | undefined> {
  const rows = await sql<Reminder>`
    select ${reminderColumns} from reminder where account_id = ${tx.accountId} and id = ${id} for update`.execute(
    tx.tables(),
  );
  return rows.rows[0];
}
export async function moveReminder(tx: Tx, id: string, state: Reminder["state"]): Promise<number> {
  const rows = await sql<{ version: number }>`
    update reminder set state = ${state}, version = version + 1 where account_id = ${tx.accountId} and id = ${id} returning version`.execute(
    tx.tables(),
  );
  return rows.rows[0]!.version;
}
/** What an agent wants to be reminded of and has not done with, the next first. */
export async function remindersOf(tx: Tx, agentId: string): Promise<Reminder[]> {
  const rows = await sql<Reminder>`
    select ${reminderColumns} from reminder where account_id = ${tx.accountId} and agent_id = ${agentId} and state <> 'done'
    order by due_at limit 200`.execute(tx.tables());
  return rows.rows;
}

export interface LaterReply {
  id: string;
  agentId: string;
  conversationId: string;
  audience: "public" | "private";
  answersMessageId: string;
  text: string;
  copies: string[] | null;
  resolveWith: string | null;
  sendAt: Instant;
  state: "waiting" | "gone" | "held" | "cancelled";
  why: string | null;
  writtenAt: Instant;
  version: number;
}
const laterColumns = sql`id, agent_id as "agentId", conversation_id as "conversationId", audience, answers_message as "answersMessageId", text, copies,
  resolve_outcome as "resolveWith", send_at as "sendAt", state, why, written_at as "writtenAt", version`;

export async function insertLater(tx: Tx, r: Omit<LaterReply, "state" | "why" | "version">): Promise<void> {
  await sql`
    insert into later_reply (account_id, id, agent_id, conversation_id, audience, answers_message, text, copies, resolve_outcome, send_at, state, written_at)
    values (${tx.accountId}, ${r.id}, ${r.agentId}, ${r.conversationId}, ${r.audience}, ${r.answersMessageId}, ${storable(r.text)},
      ${r.copies?.map(storable) ?? null}::text[], ${r.resolveWith}, ${ts(r.sendAt)}, 'waiting', ${ts(r.writtenAt)})`.execute(
    tx.tables(),
  );
}
export async function lockLater(tx: Tx, id: string): Promise<LaterReply | undefined> {
  const rows = await sql<LaterReply>`
    select ${laterColumns} from later_reply where account_id = ${tx.accountId} and id = ${id} for update`.execute(
    tx.tables(),
  );
  return rows.rows[0];
}
/** Replies that wait for their time in these conversations, locked. */
export async function lockWaiting(tx: Tx, conversationIds: readonly string[]): Promise<LaterReply[]> {
  if (conversationIds.length === 0) return [];
  const rows = await sql<LaterReply>`
    select ${laterColumns} from later_reply where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[]) and state = 'waiting'
    order by id for update`.execute(tx.tables());
  return rows.rows;
}
export async function settleLater(
  tx: Tx,
  id: string,
  to: { state: "gone" | "held" | "cancelled"; why?: string; replyId?: string },
): Promise<number> {
  const rows = await sql<{ version: number }>`
    update later_reply set state = ${to.state}, why = coalesce(${to.why === undefined ? null : storable(to.why)}, why), reply_id = ${to.replyId ?? null}::uuid,
      settled_at = ${ts(tx.now)}, version = version + 1 where account_id = ${tx.accountId} and id = ${id} returning version`.execute(
    tx.tables(),
  );
  return rows.rows[0]!.version;
}
/** What an agent has written for later and waits, and what of it was held since an instant. */
export async function laterOf(tx: Tx, agentId: string, heldSince: Instant): Promise<LaterReply[]> {
  const rows = await sql<LaterReply>`
    select ${laterColumns} from later_reply where account_id = ${tx.accountId} and agent_id = ${agentId} and state in ('waiting', 'held')
      and (state = 'waiting' or settled_at > ${ts(heldSince)})
    order by send_at limit 200`.execute(tx.tables());
  return rows.rows;
}
