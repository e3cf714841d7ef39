import type { Priority } from "#contracts/policy";
import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts, tsOrNull } from "#platform/db";
import type { EpisodeClock } from "../domain/episode.ts";
import type { JoinedEpisode } from "../domain/join-model.ts";
import type { Role } from "../domain/stitch.ts";

/** A placement without its words: what the joins have to know of all messages of a conversation. */
export interface PlaceRow {
  messageId: string;
  conversationId: string;
  episodeId: string | null;
  role: Role;
  homeId: string | null;
  homeEpisodeId: string | null;
  homeRole: Role | null;
  standsId: string | null;
  customerId: string | null;
  handleId: string | null;
  agentId: string | null;
  channelId: string;
  threadKey: string;
  externalId: string;
  parentExternalId: string | null;
  brandId: string;
  network: string;
  medium: string;
  visibility: string;
  sentAt: Instant;
  receivedAt: Instant;
  actionable: boolean | null;
  backfilled: boolean;
  deletedAt: Instant | null;
}

const PLACE = sql`p.message_id as "messageId", p.conversation_id as "conversationId", p.episode_id as "episodeId", p.role, p.home_id as "homeId",
  p.home_episode_id as "homeEpisodeId", p.home_role as "homeRole", p.stands_id as "standsId", p.customer_id as "customerId", p.handle_id as "handleId",
  p.agent_id as "agentId", p.channel_id as "channelId", p.thread_key as "threadKey", p.external_id as "externalId", p.parent_external_id as "parentExternalId",
  p.brand_id as "brandId", p.network, p.medium, p.visibility, p.sent_at as "sentAt", p.received_at as "receivedAt", p.actionable, p.backfilled, p.deleted_at as "deletedAt"`;

export async function placesIn(tx: Tx, conversationIds: readonly string[]): Promise<PlaceRow[]> {
  const found = await sql<PlaceRow>`select ${PLACE} from placement p
    where p.account_id = ${tx.accountId} and p.conversation_id = any(${[...conversationIds]}::uuid[]) order by p.message_id`.execute(
    tx.tables(),
  );
  return found.rows;
}

export async function placesOfEpisodes(tx: Tx, episodeIds: readonly string[]): Promise<PlaceRow[]> {
  const found = await sql<PlaceRow>`select ${PLACE} from placement p
    where p.account_id = ${tx.accountId} and p.episode_id = any(${[...episodeIds]}::uuid[]) order by p.message_id`.execute(
    tx.tables(),
  );
  return found.rows;
}

export async function conversationsOfMessages(
  tx: Tx,
  messageIds: readonly string[],
): Promise<Map<string, string | null>> {
  const found = await sql<{
    id: string;
    conversationId: string | null;
  }>`select message_id as id, conversation_id as "conversationId" from placement
    where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[])`.execute(tx.tables());
  return new Map(found.rows.map((r) => [r.id, r.conversationId]));
}

/** Where messages are at home: before the first act that touched them. */
export async function homesOfMessages(tx: Tx, messageIds: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`select distinct coalesce(home_id, conversation_id) as id from placement
    where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[]) and conversation_id is not null`.execute(
    tx.tables(),
  );
  return found.rows.map((r) => r.id);
}

/** How many messages each conversation has; those without are not in the map. */
export async function countPlaces(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, number>> {
  const found = await sql<{ id: string; n: number }>`select conversation_id as id, count(*)::int as n from placement
    where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[]) group by 1`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((r) => [r.id, r.n]));
}

export interface PlaceChange {
  messageId: string;
  conversationId: string;
  episodeId: string | null;
  role: Role;
  /** Null where it is at home again, untouched by any act. */
  homeId: string | null;
  homeEpisodeId: string | null;
  homeRole: Role | null;
  standsId: string | null;
}

/** `at` stays: when it came to its place by what was said is what later arrivals ask about. */
export async function savePlaceChanges(tx: Tx, changes: readonly PlaceChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    update placement p set conversation_id = r."conversationId", episode_id = r."episodeId", role = r.role, home_id = r."homeId", home_episode_id = r."homeEpisodeId",
      home_role = r."homeRole", stands_id = r."standsId", version = p.version + 1
    from jsonb_to_recordset(${json(changes)}::jsonb) as r("messageId" uuid, "conversationId" uuid, "episodeId" uuid, role text, "homeId" uuid, "homeEpisodeId" uuid,
      "homeRole" text, "standsId" uuid)
    where p.account_id = ${tx.accountId} and p.message_id = r."messageId"`.execute(tx.tables());
}

/** An episode with everything that acts can change of it. */
export interface EpisodeRow extends JoinedEpisode {
  version: number;
  brandId: string;
  channelId: string;
  medium: string;
  visibility: string;
  unansweredSince: Instant | null;
  unansweredMessage: string | null;
  firstReplyAt: Instant | null;
  lastReplyAt: Instant | null;
  reopens: string | null;
  doneAt: Instant | null;
  doneBy: string | null;
  outcome: string | null;
  windowUntil: Instant | null;
}

const EPISODE = sql`e.id, e.conversation_id as "conversationId", e.home_id as "homeId", e.ordinal, e.past, e.state, e.opened_at as "openedAt", e.opened_by_message as "openedBy",
  e.asked_at as "askedAt", e.absorbed_by as "absorbedBy", e.done_with as "doneWith", e.priority, e.own_priority as "ownPriority", e.made_by_act as "madeByAct", e.version, e.brand_id as "brandId",
  e.channel_id as "channelId", e.medium, e.visibility, e.unanswered_since as "unansweredSince", e.unanswered_message as "unansweredMessage", e.first_reply_at as "firstReplyAt",
  e.last_reply_at as "lastReplyAt", e.reopens, e.done_at as "doneAt", e.done_by as "doneBy", e.outcome, e.window_until as "windowUntil"`;

export async function episodesIn(tx: Tx, conversationIds: readonly string[]): Promise<EpisodeRow[]> {
  const found = await sql<EpisodeRow>`select ${EPISODE} from episode e
    where e.account_id = ${tx.accountId} and e.conversation_id = any(${[...conversationIds]}::uuid[]) order by e.id`.execute(
    tx.tables(),
  );
  return found.rows;
}

export async function episodeRows(tx: Tx, ids: readonly string[]): Promise<EpisodeRow[]> {
  if (ids.length === 0) return [];
  const found =
    await sql<EpisodeRow>`select ${EPISODE} from episode e where e.account_id = ${tx.accountId} and e.id = any(${[...ids]}::uuid[]) order by e.id`.execute(
      tx.tables(),
    );
  return found.rows;
}

export async function deleteEpisodes(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from episode where account_id = ${tx.accountId} and made_by_act is not null and id = any(${[...ids]}::uuid[])`.execute(
    tx.tables(),
  );
}

export interface EpisodeChange {
  id: string;
  conversationId: string;
  homeId: string | null;
  ordinal: number;
  state: "open" | "done";
  absorbedBy: string | null;
  doneWith: string | null;
  priority: Priority;
  ownPriority: Priority | null;
  /** Its clock anew; null: as it is. */
  clock: EpisodeClock | null;
  /** `absorbed`: it has no end and no clock of its own; `freed`: open again; `same`: neither. */
  turn: "absorbed" | "freed" | "same";
}

/** Numbers and open states have one owner each in a conversation: all that change go out of the way first. */
export async function saveEpisodeChanges(tx: Tx, changes: readonly EpisodeChange[]): Promise<void> {
  if (changes.length === 0) return;
  const db = tx.tables();
  const ids = changes.map((c) => c.id);
  await sql`update episode e set ordinal = -1000000 - r.n, state = 'done' from unnest(${ids}::uuid[]) with ordinality as r(id, n)
    where e.account_id = ${tx.accountId} and e.id = r.id`.execute(db);
  const iso = (at: Instant | null | undefined) => (at == null ? null : new Date(at).toISOString());
  const rows = changes.map(({ clock, ...c }) => ({
    ...c,
    anew: clock !== null,
    unansweredSince: iso(clock?.unansweredSince),
    unansweredMessage: clock?.unansweredId ?? null,
    firstReplyAt: iso(clock?.firstReplyAt),
    lastReplyAt: iso(clock?.lastReplyAt),
  }));
  await sql`
    update episode e set conversation_id = r."conversationId", home_id = r."homeId", ordinal = r.ordinal, state = r.state, absorbed_by = r."absorbedBy", done_with = r."doneWith", priority = r.priority,
      own_priority = r."ownPriority", version = e.version + 1,
      unanswered_since = case when r.anew then r."unansweredSince" else e.unanswered_since end, unanswered_message = case when r.anew then r."unansweredMessage" else e.unanswered_message end,
      first_reply_at = case when r.anew then r."firstReplyAt" else e.first_reply_at end, last_reply_at = case when r.anew then r."lastReplyAt" else e.last_reply_at end,
      done_at = case when r.turn = 'same' then e.done_at end,
      window_until = case when r.turn = 'same' then e.window_until end,
      outcome = case r.turn when 'absorbed' then 'merged' when 'freed' then null else e.outcome end
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, "conversationId" uuid, "homeId" uuid, ordinal integer, state text, "absorbedBy" uuid, "doneWith" uuid, priority text, "ownPriority" text,
      turn text, anew boolean, "unansweredSince" timestamptz, "unansweredMessage" uuid, "firstReplyAt" timestamptz, "lastReplyAt" timestamptz)
    where e.account_id = ${tx.accountId} and e.id = r.id`.execute(db);
}

export interface BegunRow {
  id: string;
  conversationId: string;
  ordinal: number;
  brandId: string;
  channelId: string;
  medium: string;
  visibility: string;
  openedAt: Instant;
  openedBy: string;
  clock: EpisodeClock;
  priority: Priority;
  madeByAct: string;
}

export async function insertBegun(tx: Tx, rows: readonly BegunRow[]): Promise<void> {
  for (const r of rows)
    await sql`
      insert into episode (account_id, id, conversation_id, ordinal, brand_id, channel_id, medium, visibility, state, opened_at, opened_by_message, unanswered_since,
        unanswered_message, first_reply_at, last_reply_at, rule, priority, made_by_act)
      values (${tx.accountId}, ${r.id}, ${r.conversationId}, ${r.ordinal}, ${r.brandId}, ${r.channelId}, ${r.medium}, ${r.visibility}, 'open', ${ts(r.openedAt)}, ${r.openedBy},
        ${tsOrNull(r.clock.unansweredSince)}, ${r.clock.unansweredId}, ${tsOrNull(r.clock.firstReplyAt)}, ${tsOrNull(r.clock.lastReplyAt)}, 'parted', ${r.priority}, ${r.madeByAct})`.execute(
      tx.tables(),
    );
}

/** What conversations are by the messages that are in them now; one without any keeps what it was. Their versions grow; a person acted. */
export async function settleConversations(
  tx: Tx,
  conversations: readonly { id: string; mergedInto: string | null }[],
): Promise<void> {
  await sql`
    update conversation c set version = c.version + 1, acted_at = ${ts(tx.now)}, merged_into = r."mergedInto",
      state = case when exists (select 1 from episode e where e.account_id = ${tx.accountId} and e.conversation_id = c.id and e.state = 'open') then 'open' else 'quiet' end,
      last_message_at = coalesce(s.last_at, c.last_message_at), last_inbound_at = case when s.last_at is null then c.last_inbound_at else s.inbound_at end,
      last_agent_id = case when s.last_at is null then c.last_agent_id else s.agent_id end
    from jsonb_to_recordset(${json(conversations)}::jsonb) as r(id uuid, "mergedInto" uuid) cross join lateral (
      select max(p.sent_at) as last_at, max(p.sent_at) filter (where p.role = 'customer') as inbound_at,
        (array_agg(p.agent_id order by p.sent_at desc, p.message_id desc) filter (where p.agent_id is not null and not p.backfilled))[1] as agent_id
      from placement p where p.account_id = ${tx.accountId} and p.conversation_id = r.id) s
    where c.account_id = ${tx.accountId} and c.id = r.id`.execute(tx.tables());
}

/**
 * Where handles' parts of these threads belong: where the newest message of each is now. A bystander has no part; who got a conversation of
 * his own has one.
 */
export async function relink(
  tx: Tx,
  parts: readonly { channelId: string; threadKey: string; handleId: string }[],
): Promise<void> {
  if (parts.length === 0) return;
  const wanted = sql`(select distinct * from unnest(${parts.map((p) => p.channelId)}::uuid[], ${parts.map((p) => p.threadKey)}::text[], ${parts.map((p) => p.handleId)}::uuid[])
    as x(channel_id, thread_key, handle_id)) w`;
  const newest = sql`select conversation_id, sent_at from placement p where p.account_id = ${tx.accountId} and p.channel_id = w.channel_id and p.thread_key = w.thread_key
    and p.handle_id = w.handle_id and p.role in ('customer', 'bot') and p.conversation_id is not null order by p.sent_at desc, p.message_id desc limit 1`;
  await sql`
    insert into conversation_thread as t (account_id, channel_id, thread_key, handle_id, conversation_id, last_at)
    select ${tx.accountId}, w.channel_id, w.thread_key, w.handle_id, n.conversation_id, n.sent_at from ${wanted} cross join lateral (${newest}) n order by 2, 3, 4
    on conflict (account_id, channel_id, thread_key, handle_id) do update set conversation_id = excluded.conversation_id, last_at = excluded.last_at`.execute(
    tx.tables(),
  );
  await sql`
    delete from conversation_thread t using ${wanted} where t.account_id = ${tx.accountId} and t.channel_id = w.channel_id and t.thread_key = w.thread_key
      and t.handle_id = w.handle_id and not exists (${newest})`.execute(tx.tables());
}
