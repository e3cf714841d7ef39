import type { Instant } from "#platform/clock";
import { json, sql, type Tx } from "#platform/db";

/** Where a principal's part of a network thread belongs. */
export interface ThreadLink {
  channelId: string;
  threadKey: string;
  handleId: string;
  conversationId: string;
  lastAt: Instant;
}
const COLUMNS = sql`t.channel_id as "channelId", t.thread_key as "threadKey", t.handle_id as "handleId", t.conversation_id as "conversationId", t.last_at as "lastAt"`;

/** `offset 0`: one look into the index for each, whatever the planner thinks of how many are asked for. */
export async function findLinks(
  tx: Tx,
  wanted: readonly Pick<ThreadLink, "channelId" | "threadKey" | "handleId">[],
): Promise<ThreadLink[]> {
  if (wanted.length === 0) return [];
  const found = await sql<ThreadLink>`
    select ${COLUMNS} from unnest(${wanted.map((w) => w.channelId)}::uuid[], ${wanted.map((w) => w.threadKey)}::text[], ${wanted.map((w) => w.handleId)}::uuid[]) as w(channel_id, thread_key, handle_id)
    cross join lateral (select * from conversation_thread where account_id = ${tx.accountId} and channel_id = w.channel_id and thread_key = w.thread_key
      and handle_id = w.handle_id offset 0) t
    where not t.parted`.execute(tx.tables());
  return found.rows;
}

export async function linksOfConversation(tx: Tx, conversationId: string): Promise<ThreadLink[]> {
  const found =
    await sql<ThreadLink>`select ${COLUMNS} from conversation_thread t where t.account_id = ${tx.accountId} and t.conversation_id = ${conversationId} order by t.last_at desc`.execute(
      tx.tables(),
    );
  return found.rows;
}

/** Lines of these conversations in which something was said after an instant; after the words of whoever speaks last there is none. */
export async function linesSince(
  tx: Tx,
  heardIn: readonly { conversationId: string; at: Instant }[],
): Promise<{ channelId: string; threadKey: string; at: Instant }[]> {
  if (heardIn.length === 0) return [];
  const found = await sql<{ channelId: string; threadKey: string; at: Instant }>`
    select t.channel_id as "channelId", t.thread_key as "threadKey", h.at
    from unnest(${heardIn.map((h) => h.conversationId)}::uuid[], ${heardIn.map((h) => new Date(h.at).toISOString())}::timestamptz[]) as h(id, at)
    cross join lateral (select * from conversation_thread where account_id = ${tx.accountId} and conversation_id = h.id and last_at > h.at limit ${MOST_LINES}) t`.execute(
    tx.tables(),
  );
  return found.rows;
}
/** More people in private with part in one matter there are not. */
const MOST_LINES = 50;

/** A link is where the newest message of the handle in the thread went. */
export async function saveLinks(tx: Tx, links: readonly ThreadLink[]): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map((l) => ({ ...l, lastAt: new Date(l.lastAt).toISOString() }));
  await sql`
    insert into conversation_thread as t (account_id, channel_id, thread_key, handle_id, conversation_id, last_at)
    select ${tx.accountId}, r."channelId", r."threadKey", r."handleId", r."conversationId", r."lastAt"
    from jsonb_to_recordset(${json(rows)}::jsonb) as r("channelId" uuid, "threadKey" text, "handleId" uuid, "conversationId" uuid, "lastAt" timestamptz)
    order by 2, 3, 4
    on conflict (account_id, channel_id, thread_key, handle_id) do update set conversation_id = excluded.conversation_id, last_at = excluded.last_at, parted = false
    where excluded.last_at >= t.last_at`.execute(tx.tables());
}
