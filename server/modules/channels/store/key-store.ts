import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import { at, recordset } from "./recordset.ts";

export interface NewKey {
  key: string;
  messageId: string | null;
  source: string;
  receivedAt: Instant;
}

/** Claims keys for ever; returns those nobody had before. Sorted, so that two batches cannot wait for one another in a circle. */
export async function claimKeys(tx: Tx, channelId: string, keys: readonly NewKey[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = keys.map((k) => ({ key: k.key, message_id: k.messageId, source: k.source, at: at(k.receivedAt) }));
  const fresh = await sql<{ key: string }>`
    insert into inbound_key (account_id, channel_id, key, message_id, source, at)
    select ${tx.accountId}, ${channelId}, r.key, r.message_id, r.source, r.at
    from jsonb_to_recordset(${recordset(rows)}::jsonb) as r(key text, message_id uuid, source text, at timestamptz)
    order by r.key on conflict do nothing returning key`.execute(tx.tables());
  return new Set(fresh.rows.map((r) => r.key));
}

export interface KnownKey {
  key: string;
  messageId: string | null;
  source: string;
}

export async function findKeys(tx: Tx, keys: readonly string[]): Promise<Map<string, KnownKey>> {
  if (keys.length === 0) return new Map();
  const found = await sql<KnownKey>`select key, message_id as "messageId", source from inbound_key
    where account_id = ${tx.accountId} and key = any(${[...keys]})`.execute(tx.tables());
  return new Map(found.rows.map((r) => [r.key, r]));
}

/** The push came after the poll had found it: it was late, not missed. */
export async function pushedAfterAll(tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`update inbound_key set source = 'webhook' where account_id = ${tx.accountId} and key = any(${[...keys]}) and source = 'reconcile'`.execute(
    tx.tables(),
  );
}

/** Found only by the reconcile poll between two instants, by channel. */
export async function missedByPush(tx: Tx, from: Instant, to: Instant): Promise<Map<string, number>> {
  const found = await sql<{ id: string; n: number }>`select channel_id as id, count(*)::int as n from inbound_key
    where account_id = ${tx.accountId} and source = 'reconcile' and at >= ${ts(from)} and at < ${ts(to)} group by 1`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((r) => [r.id, r.n]));
}

/** Two names of one message: the network's own name leads to the message that stands there under ours. */
export async function pointKey(tx: Tx, key: string, messageId: string): Promise<void> {
  await sql`update inbound_key set message_id = ${messageId} where account_id = ${tx.accountId} and key = ${key}`.execute(
    tx.tables(),
  );
}
