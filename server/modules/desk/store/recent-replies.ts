import { sql } from "kysely";
import type { Tx } from "#platform/db";

/** The account's latest public replies, newest first: their ids carry the time, so the primary key finds them. */
export async function recentPublicReplies(
  tx: Tx,
  limit: number,
): Promise<{ conversationId: string; agentId: string; text: string }[]> {
  const { rows } = await sql<{ conversationId: string; agentId: string; text: string }>`
    select conversation_id as "conversationId", agent_id as "agentId", text from reply
    where account_id = ${tx.accountId} and audience = 'public' and state <> 'withdrawn' and state <> 'failed'
    order by id desc limit ${limit}`.execute(tx.tables());
  return rows;
}
