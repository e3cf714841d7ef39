import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";

export interface Acknowledgement {
  readonly conversationId: string;
  readonly workItemId: string;
  readonly deliveryId: string;
  readonly promisedAt: Instant;
}

/** Of these conversations those that were acknowledged before. */
export async function acknowledgedOf(tx: Tx, conversationIds: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }>`select conversation_id as id from acknowledgement
    where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[])`.execute(tx.tables());
  return new Set(rows.rows.map((row) => row.id));
}

/** Once per conversation: the key refuses a second one, and with it whatever was enqueued in the same transaction. */
export async function insertAcknowledgement(tx: Tx, a: Acknowledgement): Promise<void> {
  await sql`insert into acknowledgement (account_id, conversation_id, work_item_id, delivery_id, promised_at, at)
    values (${tx.accountId}, ${a.conversationId}, ${a.workItemId}, ${a.deliveryId}, ${ts(a.promisedAt)}, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}
