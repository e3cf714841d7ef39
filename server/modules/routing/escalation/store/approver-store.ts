import { sql, type Tx } from "#platform/db";

/** What is escalated about a matter and whose word it takes; keys of targets. */
export interface MatterEscalated {
  id: string;
  says: string;
  approvers: string[];
}

/** Escalations of a matter (a conversation with those that became part of it), and of the running crises that bind it; those that are not stood down and name approvers. The gravest first. */
export async function approversOfMatter(tx: Tx, conversationIds: readonly string[]): Promise<MatterEscalated[]> {
  const found = await sql<MatterEscalated>`
    select e.id, e.says, e.approvers from escalation e
    where e.account_id = ${tx.accountId} and e.ended_at is null and e.approvers <> '[]'::jsonb and e.id = any(array(
      select o.id from escalation o where o.account_id = ${tx.accountId} and o.conversation_id = any(${[...conversationIds]}::uuid[]) and o.ended_at is null
      union
      select c.escalation_id from crisis_conversation b join crisis c on c.account_id = b.account_id and c.id = b.crisis_id
      where b.account_id = ${tx.accountId} and b.conversation_id = any(${[...conversationIds]}::uuid[]) and c.state = 'running' and c.escalation_id is not null))
    order by e.severity desc, e.opened_at, e.id limit 20`.execute(tx.tables());
  return found.rows;
}
