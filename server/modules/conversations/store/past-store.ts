import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";

/** How work ended, as the history tells. */
export interface PastOutcome {
  channelId: string;
  externalId: string;
  at: Instant;
  outcome: string;
  agentId: string | null;
  /** The agent's address, where nobody here has it. */
  agent: string | null;
}

/** Returns how many were not known. */
export async function insertOutcomes(tx: Tx, outcomes: readonly PastOutcome[]): Promise<number> {
  if (outcomes.length === 0) return 0;
  const rows = outcomes.map((o) => ({ ...o, at: new Date(o.at).toISOString() }));
  const done = await sql`
    insert into past_outcome (account_id, channel_id, external_id, at, outcome, agent_id, agent)
    select ${tx.accountId}, r."channelId", r."externalId", r.at, r.outcome, r."agentId", r.agent
    from jsonb_to_recordset(${json(rows)}::jsonb) as r("channelId" uuid, "externalId" text, at timestamptz, outcome text, "agentId" uuid, agent text)
    on conflict do nothing`.execute(tx.tables());
  return Number(done.numAffectedRows ?? 0);
}

/** Conversations that have history, or episodes told of history that went elsewhere: the next ones behind `after`. */
export async function conversationsWithPast(
  tx: Tx,
  after: string | null,
  limit: number,
  upTo: string | null = null,
): Promise<string[]> {
  const from = after ?? "00000000-0000-0000-0000-000000000000";
  const last = upTo ?? "ffffffff-ffff-ffff-ffff-ffffffffffff";
  const found = await sql<{ id: string }>`
    select id from (
      (select distinct conversation_id as id from placement where account_id = ${tx.accountId} and backfilled and conversation_id > ${from}::uuid and conversation_id <= ${last}::uuid order by 1 limit ${limit})
      union
      (select distinct conversation_id as id from episode where account_id = ${tx.accountId} and past and conversation_id > ${from}::uuid and conversation_id <= ${last}::uuid order by 1 limit ${limit})
    ) c order by id limit ${limit}`.execute(tx.tables());
  return found.rows.map((r) => r.id);
}

export interface OutcomeOfConversation extends PastOutcome {
  conversationId: string;
}

/** Outcomes that name one of these messages. */
export async function outcomesOf(
  tx: Tx,
  messages: readonly { conversationId: string | null; channelId: string; externalId: string }[],
): Promise<OutcomeOfConversation[]> {
  if (messages.length === 0) return [];
  const found = await sql<OutcomeOfConversation>`
    select r.conversation_id as "conversationId", o.channel_id as "channelId", o.external_id as "externalId", o.at, o.outcome, o.agent_id as "agentId", o.agent
    from unnest(${messages.map((m) => m.conversationId)}::uuid[], ${messages.map((m) => m.channelId)}::uuid[], ${messages.map((m) => m.externalId)}::text[])
      as r(conversation_id, channel_id, external_id)
    join past_outcome o on o.account_id = ${tx.accountId} and o.channel_id = r.channel_id and o.external_id = r.external_id`.execute(
    tx.tables(),
  );
  return found.rows;
}

export interface EpisodeHead {
  id: string;
  conversationId: string;
  ordinal: number;
  past: boolean;
  toldAs: string | null;
  version: number;
}

/** Episodes of conversations in their order. */
export async function episodeHeads(tx: Tx, conversationIds: readonly string[]): Promise<EpisodeHead[]> {
  const found =
    await sql<EpisodeHead>`select id, conversation_id as "conversationId", ordinal, past, told_as as "toldAs", version from episode
    where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[]) order by conversation_id, ordinal`.execute(
      tx.tables(),
    );
  return found.rows;
}

export async function deletePast(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from episode where account_id = ${tx.accountId} and past and id = any(${[...ids]}::uuid[])`.execute(
    tx.tables(),
  );
}

/** Numbers have one owner each: they go out of the way first, then to where they belong. */
export async function renumber(tx: Tx, moved: readonly { id: string; ordinal: number }[]): Promise<void> {
  if (moved.length === 0) return;
  const ids = moved.map((m) => m.id);
  await sql`update episode set ordinal = -ordinal where account_id = ${tx.accountId} and id = any(${ids}::uuid[])`.execute(
    tx.tables(),
  );
  await sql`update episode e set ordinal = r.ordinal from unnest(${ids}::uuid[], ${moved.map((m) => m.ordinal)}::integer[]) as r(id, ordinal)
    where e.account_id = ${tx.accountId} and e.id = r.id`.execute(tx.tables());
}

/** An episode of the past as it is stored; every one is done. */
export interface PastRow {
  id: string;
  conversationId: string;
  ordinal: number;
  brandId: string;
  channelId: string;
  medium: string;
  visibility: string;
  openedAt: Instant;
  openedByMessage: string;
  firstReplyAt: Instant | null;
  lastReplyAt: Instant | null;
  reopens: string | null;
  doneAt: Instant;
  doneBy: string | null;
  outcome: string;
  windowUntil: Instant;
  rule: string;
  priority: string;
  toldAs: string;
  version: number;
}

export async function savePast(tx: Tx, rows: readonly PastRow[]): Promise<void> {
  if (rows.length === 0) return;
  const at = (instant: Instant | null) => (instant === null ? null : new Date(instant).toISOString());
  const data = rows.map((r) => ({
    ...r,
    openedAt: at(r.openedAt),
    firstReplyAt: at(r.firstReplyAt),
    lastReplyAt: at(r.lastReplyAt),
    doneAt: at(r.doneAt),
    windowUntil: at(r.windowUntil),
  }));
  await sql`
    insert into episode (account_id, id, conversation_id, ordinal, brand_id, channel_id, medium, visibility, state, opened_at, opened_by_message, first_reply_at,
      last_reply_at, reopens, done_at, done_by, outcome, window_until, rule, priority, told_as, version, past)
    select ${tx.accountId}, r.id, r."conversationId", r.ordinal, r."brandId", r."channelId", r.medium, r.visibility, 'done', r."openedAt", r."openedByMessage", r."firstReplyAt",
      r."lastReplyAt", r.reopens, r."doneAt", r."doneBy", r.outcome, r."windowUntil", r.rule, r.priority, r."toldAs", r.version, true
    from jsonb_to_recordset(${json(data)}::jsonb) as r(id uuid, "conversationId" uuid, ordinal integer, "brandId" uuid, "channelId" uuid, medium text, visibility text,
      "openedAt" timestamptz, "openedByMessage" uuid, "firstReplyAt" timestamptz, "lastReplyAt" timestamptz, reopens uuid, "doneAt" timestamptz, "doneBy" uuid, outcome text,
      "windowUntil" timestamptz, rule text, priority text, "toldAs" text, version integer)
    on conflict (account_id, id) do update set conversation_id = excluded.conversation_id, ordinal = excluded.ordinal, brand_id = excluded.brand_id, channel_id = excluded.channel_id,
      medium = excluded.medium, visibility = excluded.visibility, opened_at = excluded.opened_at, first_reply_at = excluded.first_reply_at, last_reply_at = excluded.last_reply_at,
      reopens = excluded.reopens, done_at = excluded.done_at, done_by = excluded.done_by, outcome = excluded.outcome, window_until = excluded.window_until, rule = excluded.rule,
      priority = excluded.priority, told_as = excluded.told_as, version = excluded.version`.execute(tx.tables());
}

export interface PlaceInPast {
  messageId: string;
  episodeId: string | null;
  actionable: boolean | null;
  rule: string | null;
  reasons: unknown;
}

/** Says of words of the past to which episode they belong, and what the policy says of them there. */
export async function savePlacesInPast(tx: Tx, places: readonly PlaceInPast[]): Promise<void> {
  if (places.length === 0) return;
  await sql`update placement p set episode_id = r."episodeId", actionable = r.actionable, rule = r.rule, reasons = coalesce(r.reasons, p.reasons), version = p.version + 1
    from jsonb_to_recordset(${json(places)}::jsonb) as r("messageId" uuid, "episodeId" uuid, actionable boolean, rule text, reasons jsonb)
    where p.account_id = ${tx.accountId} and p.message_id = r."messageId"`.execute(tx.tables());
}

/** The next outcomes that imports told, behind the last one of the page before. */
export async function findOutcomesAfter(tx: Tx, after: PastOutcome | null, limit: number): Promise<PastOutcome[]> {
  const behind = after
    ? sql`and (channel_id, external_id, at, outcome) > (${after.channelId}::uuid, ${after.externalId}, ${ts(after.at)}::timestamptz, ${after.outcome})`
    : sql``;
  const found =
    await sql<PastOutcome>`select channel_id as "channelId", external_id as "externalId", at, outcome, agent_id as "agentId", agent from past_outcome
    where account_id = ${tx.accountId} ${behind} order by channel_id, external_id, at, outcome limit ${limit}`.execute(
      tx.tables(),
    );
  return found.rows;
}

/** The next episodes of our own that are done, behind an id, as outcomes of the message that opened them. */
export async function findEndingsAfter(
  tx: Tx,
  after: string | null,
  limit: number,
): Promise<(PastOutcome & { id: string })[]> {
  const found = await sql<PastOutcome & { id: string }>`
    select e.id, p.channel_id as "channelId", p.external_id as "externalId", e.done_at as at, e.outcome, e.done_by as "agentId", null as agent
    from episode e join placement p on p.account_id = ${tx.accountId} and p.message_id = e.opened_by_message
    where e.account_id = ${tx.accountId} and not e.past and e.state = 'done' and e.outcome <> 'merged' and e.id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
    order by e.id limit ${limit}`.execute(tx.tables());
  return found.rows;
}
