import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import { uuidFloor } from "./recordset.ts";

/** The last push of each channel since an instant, by when it was stored. */
export async function lastPushes(tx: Tx, since: Instant): Promise<Map<string, Instant>> {
  const found = await sql<{ id: string; at: Instant }>`select channel_id as id, max(received_at) as at from raw_inbox
    where account_id = ${tx.accountId} and id >= ${uuidFloor(since)}::uuid and source = 'webhook' group by 1`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((r) => [r.id, r.at]));
}

export interface Missed {
  n: number;
  firstAt: Instant;
}

/** What only looking found between two instants, by channel: how much, and when the first of it. */
export async function missedBetween(tx: Tx, from: Instant, to: Instant): Promise<Map<string, Missed>> {
  const found = await sql<Missed & { id: string }>`
    select channel_id as id, count(*)::int as n, min(at) as "firstAt" from inbound_key
    where account_id = ${tx.accountId} and source = 'reconcile' and at >= ${ts(from)} and at < ${ts(to)} group by 1`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map(({ id, n, firstAt }) => [id, { n, firstAt }]));
}

/** The oldest delivery that should have gone out by now, by channel. */
export async function oldestDue(tx: Tx): Promise<Map<string, Instant>> {
  const found = await sql<{ id: string; at: Instant }>`select channel_id as id, min(not_before) as at from delivery
    where account_id = ${tx.accountId} and state = 'pending' and not_before <= ${ts(tx.now)} group by 1`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((r) => [r.id, r.at]));
}
