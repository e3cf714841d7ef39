import { sql, type Tx } from "#platform/db";

/** Which of these messages a reader has parked, with all that follows in their thread: they get no place until somebody mends that. */
export async function parkedAmong(tx: Tx, messageIds: readonly string[]): Promise<string[]> {
  if (messageIds.length === 0) return [];
  const found = await sql<{ id: string }>`
    select distinct e.entity_id as id from parked_event p join event e on e.account_id = ${tx.accountId} and e.position = p.position
    where p.account_id = ${tx.accountId} and p.reader in ('listening', 'conversations') and e.entity = 'message' and e.entity_id = any(${[...messageIds]}::uuid[])`.execute(
    tx.tables(),
  );
  return found.rows.map((r) => r.id);
}
