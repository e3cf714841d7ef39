import { json, sql, type Tx } from "#platform/db";

export interface MovedDraft {
  conversationId: string;
  agentId: string;
  files: { id: string }[];
}

/**
 * Notes and drafts are shown where their conversation is now, and come back with it. Of two drafts of one agent the one that is there
 * stays. Returns the drafts that moved.
 */
export async function movePapers(tx: Tx, roots: readonly { id: string; root: string }[]): Promise<MovedDraft[]> {
  const q = tx.tables();
  const given = sql`jsonb_to_recordset(${json(roots)}::jsonb) as r(id uuid, root uuid)`;
  const home = sql`case when r.root = r.id then null else r.id end`;
  await sql`
    update note n set conversation_id = r.root, home_id = ${home}, version = n.version + 1 from ${given}
    where n.account_id = ${tx.accountId} and (n.home_id = r.id or (n.home_id is null and n.conversation_id = r.id)) and n.conversation_id <> r.root`.execute(
    q,
  );
  const drafts = await sql<MovedDraft>`
    with due as (
      select distinct on (r.root, d.agent_id) d.conversation_id, d.agent_id, r.id, r.root from ${given} join draft d on d.account_id = ${tx.accountId}
        and (d.home_id = r.id or (d.home_id is null and d.conversation_id = r.id)) and d.conversation_id <> r.root
      where not exists (select 1 from draft x where x.account_id = ${tx.accountId} and x.conversation_id = r.root and x.agent_id = d.agent_id)
      order by r.root, d.agent_id, d.saved_at desc)
    update draft d set conversation_id = r.root, home_id = ${home} from due r
    where d.account_id = ${tx.accountId} and d.conversation_id = r.conversation_id and d.agent_id = r.agent_id
    returning d.conversation_id as "conversationId", d.agent_id as "agentId", d.files`.execute(q);
  return drafts.rows;
}

/** A reply stands where the message stands that it answers. Returns the deliveries of those that moved. */
export async function moveReplies(
  tx: Tx,
  moved: readonly { messageId: string; from: string; to: string }[],
): Promise<{ deliveryId: string; conversationId: string }[]> {
  if (moved.length === 0) return [];
  const rows = await sql<{ deliveryId: string; conversationId: string }>`
    update reply p set conversation_id = r."to", version = p.version + 1
    from jsonb_to_recordset(${json(moved)}::jsonb) as r("messageId" uuid, "from" uuid, "to" uuid)
    where p.account_id = ${tx.accountId} and p.answers_message = r."messageId" and p.conversation_id = r."from"
    returning p.delivery_id as "deliveryId", p.conversation_id as "conversationId"`.execute(tx.tables());
  return rows.rows;
}

/** What lies in conversations beside their messages, and would go along. */
export async function countPapers(
  tx: Tx,
  conversationIds: readonly string[],
  messageIds: readonly string[],
): Promise<{ notes: number; onTheirWay: number }> {
  const rows = await sql<{ notes: number; onTheirWay: number }>`
    select (select count(*)::int from note where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[]) and deleted_at is null) as notes,
      (select count(*)::int from reply where account_id = ${tx.accountId} and answers_message = any(${[...messageIds]}::uuid[]) and conversation_id = any(${[...conversationIds]}::uuid[])
        and state in ('undoable', 'sending', 'unknown')) as "onTheirWay"`.execute(tx.tables());
  return rows.rows[0]!;
}
