import type { Priority } from "#contracts/policy";
import type { Instant } from "#platform/clock";
import { json, sql, type Tx } from "#platform/db";
import type { Medium } from "../domain/medium.ts";

/** One stretch of work on a conversation. It never reopens. Instants are epoch milliseconds. */
export interface Episode {
  id: string;
  conversationId: string;
  ordinal: number;
  brandId: string;
  channelId: string;
  medium: Medium;
  visibility: string;
  state: "open" | "done";
  openedAt: Instant;
  openedByMessage: string;
  unansweredSince: Instant | null;
  unansweredMessage: string | null;
  firstReplyAt: Instant | null;
  lastReplyAt: Instant | null;
  /** The last episode, when the customer came back inside its window. */
  reopens: string | null;
  doneAt: Instant | null;
  doneBy: string | null;
  outcome: string | null;
  windowUntil: Instant | null;
  /** An agent opened it by hand then, without a message that waits. */
  askedAt: Instant | null;
  rule: string;
  priority: Priority;
  version: number;
  /** It was open, and another one in the same conversation goes on for both since a merge: it counts nowhere. */
  absorbedBy?: string | null;
  /** Its own priority, where that of one it goes on for is higher. */
  ownPriority?: Priority | null;
}

const COLUMNS = sql`e.id, e.conversation_id as "conversationId", e.ordinal, e.brand_id as "brandId", e.channel_id as "channelId", e.medium, e.visibility, e.state,
  e.opened_at as "openedAt", e.opened_by_message as "openedByMessage", e.unanswered_since as "unansweredSince", e.unanswered_message as "unansweredMessage",
  e.first_reply_at as "firstReplyAt", e.last_reply_at as "lastReplyAt", e.reopens, e.done_at as "doneAt", e.done_by as "doneBy", e.outcome,
  e.window_until as "windowUntil", e.asked_at as "askedAt", e.rule, e.priority, e.version, e.absorbed_by as "absorbedBy", e.own_priority as "ownPriority"`;

/** The newest episode of each conversation. */
export async function lastEpisodes(tx: Tx, conversationIds: readonly string[]): Promise<Episode[]> {
  if (conversationIds.length === 0) return [];
  const found =
    await sql<Episode>`select ${COLUMNS} from unnest(${[...conversationIds]}::uuid[]) as c(id) cross join lateral (
    select * from episode where account_id = ${tx.accountId} and conversation_id = c.id order by ordinal desc limit 1) e`.execute(
      tx.tables(),
    );
  return found.rows;
}

export async function findEpisodes(tx: Tx, by: "id" | "conversation_id", ids: readonly string[]): Promise<Episode[]> {
  if (ids.length === 0) return [];
  const found =
    await sql<Episode>`select ${COLUMNS} from episode e where e.account_id = ${tx.accountId} and ${sql.ref(`e.${by}`)} = any(${[...ids]}::uuid[])
    order by e.conversation_id, e.ordinal`.execute(tx.tables());
  return found.rows;
}

/** Writes episodes, new ones and changed ones, in one statement. */
export async function saveEpisodes(tx: Tx, episodes: readonly Episode[]): Promise<void> {
  if (episodes.length === 0) return;
  const at = (instant: Instant | null) => (instant === null ? null : new Date(instant).toISOString());
  const rows = episodes.map((e) => ({
    ...e,
    openedAt: at(e.openedAt),
    unansweredSince: at(e.unansweredSince),
    firstReplyAt: at(e.firstReplyAt),
    lastReplyAt: at(e.lastReplyAt),
    doneAt: at(e.doneAt),
    windowUntil: at(e.windowUntil),
    askedAt: at(e.askedAt),
  }));
  await sql`
    insert into episode (account_id, id, conversation_id, ordinal, brand_id, channel_id, medium, visibility, state, opened_at, opened_by_message, unanswered_since,
      unanswered_message, first_reply_at, last_reply_at, reopens, done_at, done_by, outcome, window_until, asked_at, rule, priority, own_priority, absorbed_by, version)
    select ${tx.accountId}, r.id, r."conversationId", r.ordinal, r."brandId", r."channelId", r.medium, r.visibility, r.state, r."openedAt", r."openedByMessage", r."unansweredSince",
      r."unansweredMessage", r."firstReplyAt", r."lastReplyAt", r.reopens, r."doneAt", r."doneBy", r.outcome, r."windowUntil", r."askedAt", r.rule, r.priority, r."ownPriority", r."absorbedBy", r.version
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, "conversationId" uuid, ordinal integer, "brandId" uuid, "channelId" uuid, medium text, visibility text, state text,
      "openedAt" timestamptz, "openedByMessage" uuid, "unansweredSince" timestamptz, "unansweredMessage" uuid, "firstReplyAt" timestamptz, "lastReplyAt" timestamptz, reopens uuid,
      "doneAt" timestamptz, "doneBy" uuid, outcome text, "windowUntil" timestamptz, "askedAt" timestamptz, rule text, priority text, "ownPriority" text, "absorbedBy" uuid, version integer)
    on conflict (account_id, id) do update set state = excluded.state, unanswered_since = excluded.unanswered_since, unanswered_message = excluded.unanswered_message,
      first_reply_at = excluded.first_reply_at, last_reply_at = excluded.last_reply_at, done_at = excluded.done_at, done_by = excluded.done_by, outcome = excluded.outcome,
      window_until = excluded.window_until, priority = excluded.priority, own_priority = excluded.own_priority, absorbed_by = excluded.absorbed_by, version = excluded.version`.execute(
    tx.tables(),
  );
}
