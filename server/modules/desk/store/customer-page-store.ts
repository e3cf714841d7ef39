import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";

/** Notes that stand in these conversations, newest first, fifty at most. */
export async function notesOfConversations(
  tx: Tx,
  conversationIds: readonly string[],
): Promise<{ id: string; conversationId: string; agentId: string; text: string; at: Instant }[]> {
  if (conversationIds.length === 0) return [];
  const found = await sql<{ id: string; conversationId: string; agentId: string; text: string; at: Instant }>`
    select id, conversation_id as "conversationId", agent_id as "agentId", text, at from note
    where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[]) and deleted_at is null
    order by at desc, id desc limit 50`.execute(tx.tables());
  return found.rows;
}
