import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import type { Medium } from "../domain/medium.ts";

/** Conversations of a brand in which something was said in the time, the last ones first. */
export async function conversationsSaidIn(
  tx: Tx,
  brandId: string,
  from: Instant,
  to: Instant,
  limit: number,
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select conversation_id as id from placement
    where account_id = ${tx.accountId} and brand_id = ${brandId} and sent_at >= ${ts(from)} and sent_at < ${ts(to)} and conversation_id is not null
    group by conversation_id order by max(sent_at) desc limit ${limit}`.execute(tx.tables());
  return found.rows.map((r) => r.id);
}

export interface StoredWord {
  id: string;
  conversationId: string;
  at: Instant;
  role: "customer" | "bystander" | "us" | "bot";
  medium: Medium;
  channelId: string;
  visibility: string;
  asks: boolean;
  backfilled: boolean;
}

/** What was said in these conversations until `to`: of each the last words, `limit` in all. */
export async function wordsOf(
  tx: Tx,
  conversationIds: readonly string[],
  to: Instant,
  each: number,
  limit: number,
): Promise<StoredWord[]> {
  if (conversationIds.length === 0) return [];
  const found = await sql<StoredWord>`
    select p.message_id as id, p.conversation_id as "conversationId", p.sent_at as at, p.role, p.medium, p.channel_id as "channelId", p.visibility,
      p.actionable is true and p.deleted_at is null as asks, p.backfilled
    from unnest(${[...conversationIds]}::uuid[]) as c(id) cross join lateral (
      select * from placement where account_id = ${tx.accountId} and conversation_id = c.id and sent_at < ${ts(to)} order by message_id desc limit ${each}) p
    limit ${limit}`.execute(tx.tables());
  return found.rows;
}

/** When somebody ended work on these conversations, and when somebody began it by hand; not what only windows ended. */
export async function marksOfWork(
  tx: Tx,
  conversationIds: readonly string[],
): Promise<
  {
    conversationId: string;
    openedBy: string;
    medium: Medium;
    channelId: string;
    visibility: string;
    askedAt: Instant | null;
    doneAt: Instant | null;
  }[]
> {
  if (conversationIds.length === 0) return [];
  const found = await sql<{
    conversationId: string;
    openedBy: string;
    medium: Medium;
    channelId: string;
    visibility: string;
    askedAt: Instant | null;
    doneAt: Instant | null;
  }>`
    select conversation_id as "conversationId", opened_by_message as "openedBy", medium, channel_id as "channelId", visibility, asked_at as "askedAt",
      case when outcome not in ('merged', 'imported') then done_at end as "doneAt"
    from episode where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[])
      and (asked_at is not null or (done_at is not null and outcome not in ('merged', 'imported')))`.execute(
    tx.tables(),
  );
  return found.rows;
}
