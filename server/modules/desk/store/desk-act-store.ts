import type { Instant } from "#platform/clock";
import { DAY } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";

interface Hands {
  ownerId: string | null;
  queueId: string;
}
/** How the work stood before an act and how the act left it: it is taken back only while it stands so still. */
export type DeskActDetail =
  | { kind: "resolve"; outcome: string; replyId: string | null }
  | { kind: "snooze"; before: { wakesAt: Instant | null }; after: { ownerId: string | null; wakesAt: Instant } }
  | { kind: "assign" | "release"; before: Hands; after: Hands; to: string };

export interface DeskAct {
  id: string;
  conversationId: string;
  at: Instant;
  undoneAt: Instant | null;
  detail: DeskActDetail;
}
const columns = sql`id, conversation_id as "conversationId", at, undone_at as "undoneAt", detail`;

/** Writes an act down; of the same agent what is older than a day goes. One statement. */
export async function insertDeskAct(
  tx: Tx,
  act: { id: string; agentId: string; conversationId: string; detail: DeskActDetail },
): Promise<void> {
  await sql`
    with old as (delete from desk_act where account_id = ${tx.accountId} and agent_id = ${act.agentId} and at < ${ts(tx.now - DAY)})
    insert into desk_act (account_id, id, agent_id, conversation_id, kind, at, detail)
    values (${tx.accountId}, ${act.id}, ${act.agentId}, ${act.conversationId}, ${act.detail.kind}, ${ts(tx.now)}, ${json(act.detail)}::jsonb)`.execute(
    tx.tables(),
  );
}
/** The newest acts of an agent since an instant that were not taken back. */
export async function deskActsOf(tx: Tx, agentId: string, since: Instant, most: number): Promise<DeskAct[]> {
  const rows = await sql<DeskAct>`
    select ${columns} from desk_act where account_id = ${tx.accountId} and agent_id = ${agentId} and at > ${ts(since)} and undone_at is null
    order by at desc, id desc limit ${most}`.execute(tx.tables());
  return rows.rows;
}
export async function lockDeskAct(tx: Tx, id: string, agentId: string): Promise<DeskAct | undefined> {
  const rows = await sql<DeskAct>`
    select ${columns} from desk_act where account_id = ${tx.accountId} and id = ${id} and agent_id = ${agentId} for update`.execute(
    tx.tables(),
  );
  return rows.rows[0];
}
export async function endDeskAct(tx: Tx, id: string): Promise<void> {
  await sql`update desk_act set undone_at = ${ts(tx.now)} where account_id = ${tx.accountId} and id = ${id}`.execute(
    tx.tables(),
  );
}
