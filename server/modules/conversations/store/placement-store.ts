import type { Instant } from "#platform/clock";
import { rowSet, sql, type Tx, ts } from "#platform/db";
import type { Evidence } from "../domain/evidence.ts";
import type { Medium } from "../domain/medium.ts";
import type { Reason } from "../domain/policy.ts";
import type { Alternative, Outside, Role } from "../domain/stitch.ts";

/** Where one accepted message stands: in exactly one conversation, or outside with the reason. Instants are epoch milliseconds. */
export interface Placement {
  messageId: string;
  conversationId: string | null;
  episodeId: string | null;
  role: Role;
  handleId: string | null;
  customerId: string | null;
  agentId: string | null;
  channelId: string;
  brandId: string;
  network: string;
  threadKey: string;
  externalId: string;
  parentExternalId: string | null;
  sentAt: Instant;
  receivedAt: Instant;
  visibility: string;
  medium: Medium;
  evidence: Evidence[];
  alternatives: Alternative[];
  linkedTo: string | null;
  wants: boolean;
  backfilled: boolean;
  actionable: boolean | null;
  rule: string | null;
  policyVersion: number | null;
  reasons: Reason[];
  outside: Outside | null;
  deletedAt: Instant | null;
  version: number;
  /** The conversation an agent put it into; null or left out: it is where the stitcher placed it. */
  standsId?: string | null;
  /** When it got this place; left out before it is saved. */
  placedAt?: Instant;
}

/** Of a placement under the name `p`. */
export const COLUMNS = sql`p.message_id as "messageId", p.conversation_id as "conversationId", p.episode_id as "episodeId", p.role, p.handle_id as "handleId",
  p.customer_id as "customerId", p.agent_id as "agentId", p.channel_id as "channelId", p.brand_id as "brandId", p.network, p.thread_key as "threadKey",
  p.external_id as "externalId", p.parent_external_id as "parentExternalId", p.sent_at as "sentAt", p.received_at as "receivedAt", p.visibility, p.medium,
  p.evidence, p.alternatives, p.linked_to as "linkedTo", p.wants, p.backfilled, p.actionable, p.rule, p.policy_version as "policyVersion", p.reasons, p.outside,
  p.deleted_at as "deletedAt", p.version, p.stands_id as "standsId", p.at as "placedAt"`;

export async function findPlacements(tx: Tx, messageIds: readonly string[]): Promise<Placement[]> {
  if (messageIds.length === 0) return [];
  const found =
    await sql<Placement>`select ${COLUMNS} from placement p where p.account_id = ${tx.accountId} and p.message_id = any(${[...messageIds]}::uuid[])`.execute(
      tx.tables(),
    );
  return found.rows;
}

/** Which of these handles have spoken in which of these conversations, and what was said there last. */
export async function partIn(
  tx: Tx,
  pairs: readonly { conversationId: string; handleId: string }[],
  words: number,
): Promise<{ conversationId: string; handles: string[]; messageIds: string[] }[]> {
  if (pairs.length === 0) return [];
  const found = await sql<{ conversationId: string; handles: string[]; messageIds: string[] }>`
    select w.id as "conversationId",
      array(select distinct h.id from unnest(${[...new Set(pairs.map((p) => p.handleId))]}::uuid[]) as h(id)
        where exists (select 1 from placement p where p.account_id = ${tx.accountId} and p.conversation_id = w.id and p.handle_id = h.id and p.deleted_at is null)) as handles,
      array(select p.message_id from placement p where p.account_id = ${tx.accountId} and p.conversation_id = w.id order by p.message_id desc limit ${words}) as "messageIds"
    from unnest(${[...new Set(pairs.map((p) => p.conversationId))]}::uuid[]) as w(id)`.execute(tx.tables());
  return found.rows;
}

/** The history of these conversations. */
export async function pastOfConversations(tx: Tx, conversationIds: readonly string[]): Promise<Placement[]> {
  if (conversationIds.length === 0) return [];
  const found = await sql<Placement>`select ${COLUMNS} from placement p
    where p.account_id = ${tx.accountId} and p.conversation_id = any(${[...conversationIds]}::uuid[]) and p.backfilled`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Which of these messages have their place. */
export async function placedAmong(tx: Tx, messageIds: readonly string[]): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set();
  const found = await sql<{ id: string }>`select message_id as id from placement
    where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[])`.execute(tx.tables());
  return new Set(found.rows.map((r) => r.id));
}

/** What stands in the journal of these episodes, to compute their clocks from. */
export async function placementsOfEpisodes(tx: Tx, episodeIds: readonly string[]): Promise<Placement[]> {
  if (episodeIds.length === 0) return [];
  const found =
    await sql<Placement>`select ${COLUMNS} from placement p where p.account_id = ${tx.accountId} and p.episode_id = any(${[...episodeIds]}::uuid[])`.execute(
      tx.tables(),
    );
  return found.rows;
}

/** The last messages of each conversation, so many of each, in whatever role and episode. */
export async function lastOfConversations(
  tx: Tx,
  conversationIds: readonly string[],
  each: number,
): Promise<Placement[]> {
  if (conversationIds.length === 0) return [];
  const found = await sql<Placement>`
    select ${COLUMNS} from unnest(${[...conversationIds]}::uuid[]) as c(id) cross join lateral (
      select * from placement where account_id = ${tx.accountId} and conversation_id = c.id order by message_id desc limit ${each}) p`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Messages of a conversation, newest first; `before` is the last one of the page before. */
export async function pageOfConversation(
  tx: Tx,
  conversationId: string,
  before: string | null,
  limit: number,
): Promise<Placement[]> {
  const earlier = before === null ? sql`` : sql`and p.message_id < ${before}`;
  const found = await sql<Placement>`select ${COLUMNS} from placement p
    where p.account_id = ${tx.accountId} and p.conversation_id = ${conversationId} ${earlier} order by p.message_id desc limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** The first messages of a conversation behind one, oldest first. */
export async function pageAfter(tx: Tx, conversationId: string, after: string, limit: number): Promise<Placement[]> {
  const found = await sql<Placement>`select ${COLUMNS} from placement p
    where p.account_id = ${tx.accountId} and p.conversation_id = ${conversationId} and p.message_id > ${after} order by p.message_id limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Messages of these conversations together, newest first; `before` is the last one of the page before. */
export async function pageOfConversations(
  tx: Tx,
  conversationIds: readonly string[],
  before: string | null,
  limit: number,
): Promise<Placement[]> {
  if (conversationIds.length === 0) return [];
  const earlier = before === null ? sql`` : sql`and message_id < ${before}`;
  const found =
    await sql<Placement>`select ${COLUMNS} from unnest(${[...conversationIds]}::uuid[]) as c(id) cross join lateral (
      select * from placement where account_id = ${tx.accountId} and conversation_id = c.id ${earlier} order by message_id desc limit ${limit}) p
    order by p.message_id desc limit ${limit}`.execute(tx.tables());
  return found.rows;
}

export async function lastOfBrand(tx: Tx, brandId: string, limit: number): Promise<Placement[]> {
  const found = await sql<Placement>`select ${COLUMNS} from placement p
    where p.account_id = ${tx.accountId} and p.brand_id = ${brandId} and p.role <> 'us' order by p.sent_at desc limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** What was placed of a brand and said in this time, the newest first. */
export async function placedBetween(
  tx: Tx,
  brandId: string,
  from: Instant,
  to: Instant,
  limit: number,
): Promise<Placement[]> {
  const found = await sql<Placement>`select ${COLUMNS} from placement p
    where p.account_id = ${tx.accountId} and p.brand_id = ${brandId} and p.sent_at >= ${ts(from)} and p.sent_at < ${ts(to)} order by p.sent_at desc limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows;
}

export interface ExternalRef {
  channelId: string;
  externalId: string;
}

export async function findByExternal(tx: Tx, refs: readonly ExternalRef[]): Promise<Placement[]> {
  if (refs.length === 0) return [];
  const found =
    await sql<Placement>`select ${COLUMNS} from unnest(${refs.map((r) => r.channelId)}::uuid[], ${refs.map((r) => r.externalId)}::text[]) as r(channel_id, external_id)
    cross join lateral (select * from placement where account_id = ${tx.accountId} and channel_id = r.channel_id and external_id = r.external_id offset 0) p`.execute(
      tx.tables(),
    );
  return found.rows;
}

export interface ReachQuery {
  customers: readonly { id: string; at: Instant }[];
  threads: readonly { channelId: string; threadKey: string; at: Instant }[];
  answersTo: readonly ExternalRef[];
  messages: readonly string[];
  except: readonly string[];
  limit: number;
}

/**
 * What was placed already and may have to be decided again. What a person has acted on since stays (DESIGN §5). `offset 0`: one look into
 * an index for each, whatever the planner thinks of a small table.
 */
export async function withinReach(tx: Tx, q: ReachQuery): Promise<Placement[]> {
  const found = await sql<Placement>`
    with near as (
      select p.message_id from unnest(${q.customers.map((c) => c.id)}::uuid[], ${q.customers.map((c) => ts(c.at))}::timestamptz[]) as r(id, at)
        cross join lateral (select message_id from placement where account_id = ${tx.accountId} and customer_id = r.id and sent_at >= r.at offset 0) p
      union
      select p.message_id from unnest(${q.threads.map((t) => t.channelId)}::uuid[], ${q.threads.map((t) => t.threadKey)}::text[], ${q.threads.map((t) => ts(t.at))}::timestamptz[]) as r(channel_id, thread_key, at)
        cross join lateral (select message_id from placement where account_id = ${tx.accountId} and channel_id = r.channel_id and thread_key = r.thread_key and sent_at >= r.at
          and (parent_external_id is null or medium in ('dm', 'chat', 'phone')) offset 0) p
      union
      select p.message_id from unnest(${q.answersTo.map((a) => a.channelId)}::uuid[], ${q.answersTo.map((a) => a.externalId)}::text[]) as r(channel_id, external_id)
        cross join lateral (select message_id from placement where account_id = ${tx.accountId} and channel_id = r.channel_id and parent_external_id = r.external_id offset 0) p
      union select unnest(${[...q.messages]}::uuid[])
    )
    select ${COLUMNS} from near join placement p on p.account_id = ${tx.accountId} and p.message_id = near.message_id
    left join conversation c on c.account_id = p.account_id and c.id = p.conversation_id
    where p.message_id <> all(${[...q.except]}::uuid[]) and (c.acted_at is null or p.at > c.acted_at)
    order by p.sent_at limit ${q.limit}`.execute(tx.tables());
  return found.rows;
}

/** The first and the last words of each conversation, by the customer whose it is and by us, without those that are being decided. */
export async function wordsOfConversations(
  tx: Tx,
  conversations: readonly { id: string; words: number }[],
  except: readonly string[],
): Promise<Placement[]> {
  if (conversations.length === 0) return [];
  const spoken = sql`select * from placement where account_id = ${tx.accountId} and conversation_id = c.id and role in ('customer', 'us')
        and message_id <> all(${[...except]}::uuid[]) order by message_id`;
  const found = await sql<Placement>`
    select ${COLUMNS} from unnest(${conversations.map((c) => c.id)}::uuid[], ${conversations.map((c) => c.words)}::int[]) as c(id, words) cross join lateral (
      (${spoken} desc limit c.words - 1) union (${spoken} limit 1)) p`.execute(tx.tables());
  return found.rows;
}

/**
 * The last placed words in each thread (five by customers, five by us), without those that are being decided. `is true` keeps the time out
 * of the choice of an index: before the table has statistics the planner would rather read the whole brand for each thread.
 */
export async function lastOfThreads(
  tx: Tx,
  threads: readonly { channelId: string; threadKey: string; upTo: Instant }[],
  except: readonly string[],
): Promise<Placement[]> {
  if (threads.length === 0) return [];
  const found = await sql<Placement>`
    select ${COLUMNS} from unnest(${threads.map((t) => t.channelId)}::uuid[], ${threads.map((t) => t.threadKey)}::text[], ${threads.map((t) => ts(t.upTo))}::timestamptz[]) as t(channel_id, thread_key, up_to)
    cross join (values ('customer'), ('us')) as r(role) cross join lateral (
      select * from placement where account_id = ${tx.accountId} and channel_id = t.channel_id and thread_key = t.thread_key and role = r.role
        and conversation_id is not null and (sent_at <= t.up_to) is true and message_id <> all(${[...except]}::uuid[]) order by sent_at desc limit 5) p`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** The last placed words of a handle in a thread, without those that are being decided. */
export async function lastOfHandles(
  tx: Tx,
  wanted: readonly { channelId: string; threadKey: string; handleId: string; customerId: string }[],
  except: readonly string[],
): Promise<Placement[]> {
  if (wanted.length === 0) return [];
  const found = await sql<Placement>`
    select ${COLUMNS} from unnest(${wanted.map((w) => w.channelId)}::uuid[], ${wanted.map((w) => w.threadKey)}::text[], ${wanted.map((w) => w.handleId)}::uuid[],
      ${wanted.map((w) => w.customerId)}::uuid[]) as w(channel_id, thread_key, handle_id, customer_id)
    cross join lateral (
      select * from placement where account_id = ${tx.accountId} and customer_id = w.customer_id and channel_id = w.channel_id and thread_key = w.thread_key
        and handle_id = w.handle_id and role in ('customer', 'bot') and conversation_id is not null and message_id <> all(${[...except]}::uuid[])
      order by sent_at desc limit 1) p`.execute(tx.tables());
  return found.rows;
}

const SAVED = {
  messageId: "uuid",
  conversationId: "uuid",
  episodeId: "uuid",
  role: "text",
  handleId: "uuid",
  customerId: "uuid",
  agentId: "uuid",
  channelId: "uuid",
  brandId: "uuid",
  network: "text",
  threadKey: "text",
  externalId: "text",
  parentExternalId: "text",
  sentAt: "timestamptz",
  receivedAt: "timestamptz",
  visibility: "text",
  medium: "text",
  evidence: "jsonb",
  alternatives: "jsonb",
  linkedTo: "uuid",
  wants: "boolean",
  backfilled: "boolean",
  actionable: "boolean",
  rule: "text",
  policyVersion: "integer",
  reasons: "jsonb",
  outside: "text",
  deletedAt: "timestamptz",
  version: "integer",
} as const;

/** Writes placements, new ones and changed ones, in one statement. */
export async function savePlacements(tx: Tx, placements: readonly Placement[]): Promise<void> {
  if (placements.length === 0) return;
  const rows = placements.map((p) => ({
    ...p,
    sentAt: new Date(p.sentAt).toISOString(),
    receivedAt: new Date(p.receivedAt).toISOString(),
    deletedAt: p.deletedAt === null ? null : new Date(p.deletedAt).toISOString(),
  }));
  await sql`
    insert into placement (account_id, message_id, conversation_id, episode_id, role, handle_id, customer_id, agent_id, channel_id, brand_id, network, thread_key,
      external_id, parent_external_id, sent_at, received_at, visibility, medium, evidence, alternatives, linked_to, wants, backfilled, actionable, rule, policy_version,
      reasons, outside, deleted_at, at, version)
    select ${tx.accountId}, r."messageId", r."conversationId", r."episodeId", r.role, r."handleId", r."customerId", r."agentId", r."channelId", r."brandId", r.network, r."threadKey",
      r."externalId", r."parentExternalId", r."sentAt", r."receivedAt", r.visibility, r.medium, r.evidence, r.alternatives, r."linkedTo", r.wants, r.backfilled, r.actionable, r.rule,
      r."policyVersion", r.reasons, r.outside, r."deletedAt", ${ts(tx.now)}, r.version
    from ${rowSet(SAVED, rows)} r
    on conflict (account_id, message_id) do update set conversation_id = excluded.conversation_id, episode_id = excluded.episode_id, role = excluded.role,
      sent_at = excluded.sent_at, evidence = excluded.evidence, alternatives = excluded.alternatives, linked_to = excluded.linked_to, wants = excluded.wants,
      actionable = excluded.actionable, rule = excluded.rule, policy_version = excluded.policy_version, reasons = excluded.reasons, outside = excluded.outside,
      deleted_at = excluded.deleted_at, at = excluded.at, version = excluded.version`.execute(tx.tables());
}

/** The newest message of each conversation, of the customer only where asked. */
export async function newestOf(
  tx: Tx,
  conversationIds: readonly string[],
  customerOnly: boolean,
): Promise<Placement[]> {
  if (conversationIds.length === 0) return [];
  const found = await sql<Placement>`
    select ${COLUMNS} from unnest(${[...new Set(conversationIds)]}::uuid[]) as c(id) cross join lateral (
      select * from placement where account_id = ${tx.accountId} and conversation_id = c.id ${customerOnly ? sql`and role = 'customer'` : sql``}
      order by message_id desc limit 1) p`.execute(tx.tables());
  return found.rows;
}

/** The media a conversation's customer has used, and on which channels. */
export async function mediaOf(tx: Tx, conversationId: string): Promise<{ medium: Medium; channelId: string }[]> {
  const found = await sql<{
    medium: Medium;
    channelId: string;
  }>`select distinct medium, channel_id as "channelId" from placement
    where account_id = ${tx.accountId} and conversation_id = ${conversationId} and role = 'customer'`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** How many messages conversations still hold without these. */
export async function countLeft(
  tx: Tx,
  conversationIds: readonly string[],
  except: readonly string[],
): Promise<Map<string, { count: number; lastAt: Instant }>> {
  const found = await sql<{
    id: string;
    count: number;
    lastAt: Instant;
  }>`select p.conversation_id as id, count(*)::int as count, max(p.sent_at) as "lastAt" from placement p
    where p.account_id = ${tx.accountId} and p.conversation_id = any(${[...conversationIds]}::uuid[]) and p.message_id <> all(${[...except]}::uuid[])
    group by 1`.execute(tx.tables());
  return new Map(found.rows.map((r) => [r.id, r]));
}

/** Messages by customers for each month and audience, newest month first; months are UTC. */
export async function countMonths(
  tx: Tx,
  customerId: string,
  months: number,
): Promise<{ month: string; public: number; private: number }[]> {
  const found = await sql<{ month: string; public: number; private: number }>`
    select to_char(date_trunc('month', p.sent_at at time zone 'UTC'), 'YYYY-MM') as month,
      count(*) filter (where p.visibility not in ('private', 'internal'))::int as public, count(*) filter (where p.visibility in ('private', 'internal'))::int as private
    from placement p where p.account_id = ${tx.accountId} and p.customer_id = ${customerId}
    group by 1 order by 1 desc limit ${months}`.execute(tx.tables());
  return found.rows;
}
