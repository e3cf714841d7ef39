import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";

export interface ReadPosition {
  readAt: Instant | null;
  entryId: string | null;
}

export async function readPositionOf(tx: Tx, conversationId: string, agentId: string): Promise<ReadPosition | null> {
  const found = await sql<ReadPosition>`select read_at as "readAt", read_entry as "entryId" from seen
    where account_id = ${tx.accountId} and conversation_id = ${conversationId} and agent_id = ${agentId}`.execute(
    tx.tables(),
  );
  return found.rows[0] ?? null;
}

/** Never back: what was read in another window stays read. */
export async function keepReadPosition(
  tx: Tx,
  conversationId: string,
  agentId: string,
  readAt: Instant,
  entryId: string | null,
): Promise<void> {
  await sql`insert into seen as s (account_id, conversation_id, agent_id, at, audited_at, read_at, read_entry)
    values (${tx.accountId}, ${conversationId}, ${agentId}, ${ts(tx.now)}, ${ts(0)}, ${ts(readAt)}, ${entryId})
    on conflict (account_id, conversation_id, agent_id) do update set read_at = greatest(s.read_at, excluded.read_at), read_entry = excluded.read_entry`.execute(
    tx.tables(),
  );
}
