import type { Instant } from "#platform/clock";
import { sql, storable, type Tx, ts } from "#platform/db";

export interface FollowUp {
  id: string;
  conversationId: string;
  agentId: string;
  madeBy: string;
  text: string;
  dueAt: Instant;
  state: "open" | "due" | "done";
  doneAt: Instant | null;
  version: number;
}
const columns = sql`id, conversation_id as "conversationId", agent_id as "agentId", made_by as "madeBy", text, due_at as "dueAt", state, done_at as "doneAt", version`;

export async function insertFollowUp(tx: Tx, f: Omit<FollowUp, "state" | "doneAt" | "version">): Promise<void> {
  await sql`
    insert into follow_up (account_id, id, conversation_id, agent_id, made_by, text, due_at, state, made_at)
    values (${tx.accountId}, ${f.id}, ${f.conversationId}, ${f.agentId}, ${f.madeBy}, ${storable(f.text)}, ${ts(f.dueAt)}, 'open', ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}
export async function lockFollowUp(tx: Tx, id: string): Promise<FollowUp | undefined> {
  const rows = await sql<FollowUp>`
    select ${columns} from follow_up where account_id = ${tx.accountId} and id = ${id} for update`.execute(tx.tables());
  return rows.rows[0];
}
export async function moveFollowUp(
  tx: Tx,
  id: string,
  state: FollowUp["state"],
  doneBy: string | null,
): Promise<number> {
  const doneAt = state === "done" ? ts(tx.now) : null;
  const rows = await sql<{ version: number }>`
    update follow_up set state = ${state}, done_by = ${doneBy}::uuid, done_at = ${doneAt}::timestamptz, version = version + 1
    where account_id = ${tx.accountId} and id = ${id} returning version`.execute(tx.tables());
  return rows.rows[0]!.version;
}
/** What an agent has to do, the next first. */
export async function followUpsFor(tx: Tx, agentId: string): Promise<FollowUp[]> {
  const rows = await sql<FollowUp>`
    select ${columns} from follow_up where account_id = ${tx.accountId} and agent_id = ${agentId} and state <> 'done' order by due_at limit 200`.execute(
    tx.tables(),
  );
  return rows.rows;
}
/** What hangs on conversations, the next first; of what is done the last. */
export async function followUpsOn(tx: Tx, conversationIds: readonly string[]): Promise<FollowUp[]> {
  const rows = await sql<FollowUp>`
    select ${columns} from follow_up where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[])
    order by state = 'done', due_at limit 50`.execute(tx.tables());
  return rows.rows;
}
