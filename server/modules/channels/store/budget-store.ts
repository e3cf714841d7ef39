import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import type { Bucket } from "../domain/rate-budget.ts";
import { at, atOrNull, recordset } from "./recordset.ts";

export interface StoredBucket extends Bucket {
  channelId: string;
  bucket: string;
  updatedAt: Instant;
}

/** The limits of calls of these channels, as the node that called last knew them. */
export async function findBuckets(tx: Tx, channelIds: readonly string[]): Promise<StoredBucket[]> {
  if (channelIds.length === 0) return [];
  const found = await sql<StoredBucket>`
    select channel_id as "channelId", bucket, most as "limit", remaining, reset_at as "resetAt", updated_at as "updatedAt"
    from channel_bucket where account_id = ${tx.accountId} and channel_id = any(${[...channelIds]}::uuid[]) order by channel_id, bucket`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** One statement for all buckets of an account; an older state never covers a newer one. */
export async function saveBuckets(
  tx: Tx,
  buckets: readonly ({ channelId: string; bucket: string } & Bucket)[],
): Promise<void> {
  if (buckets.length === 0) return;
  const rows = buckets.map(({ channelId, bucket, limit, remaining, resetAt }) => ({
    ...{ channel_id: channelId, bucket, most: limit, remaining, reset_at: atOrNull(resetAt), updated_at: at(tx.now) },
  }));
  await sql`
    insert into channel_bucket (account_id, channel_id, bucket, most, remaining, reset_at, updated_at)
    select ${tx.accountId}, r.channel_id, r.bucket, r.most, r.remaining, r.reset_at, r.updated_at
    from jsonb_to_recordset(${recordset(rows)}::jsonb)
      as r(channel_id uuid, bucket text, most integer, remaining integer, reset_at timestamptz, updated_at timestamptz)
    on conflict (account_id, channel_id, bucket) do update
      set most = excluded.most, remaining = excluded.remaining, reset_at = excluded.reset_at, updated_at = excluded.updated_at
      where channel_bucket.updated_at <= excluded.updated_at`.execute(tx.tables());
}

/** `micros`: spent; `setAside`: what processes will spend, or had set aside when they died. In millionths of the currency. */
export interface StoredSpending {
  channelId: string;
  month: string;
  micros: number;
  setAside: number;
}

export async function findSpending(tx: Tx, channelIds: readonly string[], month: string): Promise<StoredSpending[]> {
  if (channelIds.length === 0) return [];
  const found = await sql<StoredSpending>`
    select channel_id as "channelId", month, micros::float8 as micros, set_aside::float8 as "setAside" from channel_spending
    where account_id = ${tx.accountId} and channel_id = any(${[...channelIds]}::uuid[]) and month = ${month}`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Adds what was spent and what is set aside (it may grow less); answers what all nodes have then. */
export async function addSpending(tx: Tx, spent: readonly StoredSpending[]): Promise<StoredSpending[]> {
  if (spent.length === 0) return [];
  const rows = spent.map(({ channelId, month, micros, setAside }) => ({
    ...{ channel_id: channelId, month, micros, set_aside: setAside },
  }));
  const found = await sql<StoredSpending>`
    insert into channel_spending as s (account_id, channel_id, month, micros, set_aside, updated_at)
    select ${tx.accountId}, r.channel_id, r.month, r.micros, r.set_aside, ${at(tx.now)}::timestamptz
    from jsonb_to_recordset(${recordset(rows)}::jsonb) as r(channel_id uuid, month text, micros bigint, set_aside bigint)
    on conflict (account_id, channel_id, month) do update
      set micros = s.micros + excluded.micros, set_aside = s.set_aside + excluded.set_aside, updated_at = excluded.updated_at
    returning channel_id as "channelId", month, micros::float8 as micros, set_aside::float8 as "setAside"`.execute(
    tx.tables(),
  );
  return found.rows;
}
