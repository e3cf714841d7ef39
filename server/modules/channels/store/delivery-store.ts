import type { Instant } from "#platform/clock";
import { type Database, json, sql, type Tx, ts, tsOrNull } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { SendIntent } from "../domain/adapter.ts";
import { type DeliveryError, type DeliveryState, NEVER, type Part } from "../domain/delivery.ts";
import type { ReceiptStatus } from "../domain/item.ts";
import type { Permit } from "../domain/permit.ts";
import { among, type Only } from "./channel-store.ts";
import { at, atOrNull, recordset } from "./recordset.ts";

export interface DeliveryRow {
  id: string;
  channelId: string;
  brandId: string;
  threadKey: string;
  seq: number;
  intent: SendIntent;
  text: string;
  agentId: string | null;
  conversationId: string | null;
  permit: Permit;
  state: DeliveryState;
  notBefore: Instant;
  notAfter: Instant | null;
  nextAt: Instant;
  attempt: number;
  reconciles: number;
  claimToken: string | null;
  claimedUntil: Instant | null;
  error: DeliveryError | null;
  /** Of the message it answers. */
  traceId: string | null;
  /** How many files go with it. */
  files: number;
  createdAt: Instant;
  version: number;
}

export type PartRow = Part & { deliveryId: string; receipt: ReceiptStatus | null };

const COLUMNS = sql`d.id, d.channel_id as "channelId", d.brand_id as "brandId", d.thread_key as "threadKey", d.seq, d.intent, d.text, d.agent_id as "agentId",
  d.conversation_id as "conversationId", d.permit, d.state, d.not_before as "notBefore", d.not_after as "notAfter", d.next_at as "nextAt", d.attempt, d.reconciles,
  d.claim_token as "claimToken", d.claimed_until as "claimedUntil", d.error, d.trace_id as "traceId", d.files, d.created_at as "createdAt", d.version`;

export type NewDelivery = Pick<
  DeliveryRow,
  | "id"
  | "channelId"
  | "brandId"
  | "threadKey"
  | "intent"
  | "text"
  | "agentId"
  | "conversationId"
  | "permit"
  | "notBefore"
  | "notAfter"
  | "traceId"
  | "files"
>;

/** The sequence keeps the order inside a thread: numbers are drawn while the writer holds the thread. */
export async function insertDelivery(
  tx: Tx,
  d: NewDelivery,
  parts: readonly Pick<Part, "index" | "clientId" | "text">[],
): Promise<void> {
  const q = tx.tables();
  await sql`select pg_advisory_xact_lock(hashtextextended(${`thread ${tx.accountId} ${d.channelId} ${d.threadKey}`}, 0))`.execute(
    q,
  );
  await sql`insert into delivery (account_id, id, channel_id, brand_id, thread_key, seq, intent, text, agent_id, conversation_id, permit, state, not_before, not_after, next_at, trace_id, files, created_at)
    values (${tx.accountId}, ${d.id}, ${d.channelId}, ${d.brandId}, ${d.threadKey}, nextval('delivery_seq'), ${json(d.intent)}::jsonb, ${d.text}, ${d.agentId}, ${d.conversationId},
      ${json(d.permit)}::jsonb, 'pending', ${ts(d.notBefore)}, ${tsOrNull(d.notAfter)}, ${ts(d.notBefore)}, ${d.traceId}, ${d.files}, ${ts(tx.now)})`.execute(
    q,
  );
  await sql`insert into delivery_part (account_id, delivery_id, idx, client_id, text, state)
    select ${tx.accountId}::uuid, ${d.id}::uuid, r.idx, r.client_id, r.text, 'pending'
    from jsonb_to_recordset(${recordset(parts.map((p) => ({ idx: p.index, client_id: p.clientId, text: p.text })))}::jsonb) as r(idx integer, client_id text, text text)`.execute(
    q,
  );
}

/**
 * Due deliveries, the first of each thread only, held for this worker until `until`. What is behind an unfinished one of its thread
 * waits; an unknown one that only a person can settle stands in nobody's way, and one that is held only before words of the same agent.
 */
export async function claimDue(
  tx: Tx,
  token: string,
  until: Instant,
  limit: number,
  busyChannels: readonly string[],
): Promise<DeliveryRow[]> {
  const now = ts(tx.now);
  const found = await sql<DeliveryRow>`
    with due as (
      select d.id from delivery d
      where d.account_id = ${tx.accountId} and d.state in ('pending', 'unknown', 'in-flight') and d.next_at <= ${now} and (d.claimed_until is null or d.claimed_until <= ${now})
        and not d.channel_id = any(${[...busyChannels]}::uuid[])
        and not exists (select 1 from delivery e where e.account_id = d.account_id and e.channel_id = d.channel_id and e.thread_key = d.thread_key and e.seq < d.seq
          and (e.state in ('pending', 'in-flight') or (e.state = 'held' and e.agent_id is not distinct from d.agent_id) or (e.state = 'unknown' and e.next_at < ${ts(NEVER)})))
      order by (d.permit ->> 'urgency' = 'crisis') is true desc, d.seq limit ${limit} for update of d skip locked
    )
    update delivery d set claim_token = ${token}, claimed_until = ${ts(until)} from due where d.account_id = ${tx.accountId} and d.id = due.id returning ${COLUMNS}`.execute(
    tx.tables(),
  );
  return found.rows.sort((a, b) => a.seq - b.seq);
}

export async function findDeliveries(tx: Tx, ids: readonly string[], lock = false): Promise<DeliveryRow[]> {
  if (ids.length === 0) return [];
  const found =
    await sql<DeliveryRow>`select ${COLUMNS} from delivery d where d.account_id = ${tx.accountId} and d.id = any(${[...ids]}::uuid[]) order by d.id ${lock ? sql`for update` : sql``}`.execute(
      tx.tables(),
    );
  return found.rows;
}

/** What was written to these threads of these channels. */
export async function deliveriesOfThreads(
  tx: Tx,
  channelIds: readonly string[],
  threadKeys: readonly string[],
): Promise<Pick<DeliveryRow, "id" | "state">[]> {
  if (channelIds.length === 0 || threadKeys.length === 0) return [];
  const found = await sql<Pick<DeliveryRow, "id" | "state">>`select id, state from delivery
    where account_id = ${tx.accountId} and channel_id = any(${[...channelIds]}::uuid[]) and thread_key = any(${[...threadKeys]}::text[]) order by id`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Overwrites what deliveries said and to whom, for good; one that is on its way at this moment keeps what it needs until it has settled. */
export async function wipeDeliveries(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const wiped = await sql<{
    id: string;
  }>`update delivery set text = '', intent = (intent - 'cc' - 'subject') || '{"toHandle": "", "toAuthorId": ""}',
      state = case when state = 'failed' then 'cancelled' else state end, version = version + 1
    where account_id = ${tx.accountId} and id = any(${[...ids]}::uuid[]) and state not in ('in-flight', 'unknown', 'pending', 'held') returning id`.execute(
    tx.tables(),
  );
  await sql`update delivery_part set text = '' where account_id = ${tx.accountId}
    and delivery_id = any(${wiped.rows.map((row) => row.id)}::uuid[])`.execute(tx.tables());
}

export async function findParts(tx: Tx, deliveryIds: readonly string[]): Promise<Map<string, PartRow[]>> {
  const parts = new Map<string, PartRow[]>(deliveryIds.map((id) => [id, []]));
  if (deliveryIds.length === 0) return parts;
  const found =
    await sql<PartRow>`select delivery_id as "deliveryId", idx as index, client_id as "clientId", text, state, external_id as "externalId", permalink, receipt, sent_at as "sentAt"
    from delivery_part where account_id = ${tx.accountId} and delivery_id = any(${[...deliveryIds]}::uuid[]) order by delivery_id, idx`.execute(
      tx.tables(),
    );
  for (const row of found.rows) parts.get(row.deliveryId)!.push(row);
  return parts;
}

export interface DeliveryChange {
  id: string;
  state: DeliveryState;
  nextAt: Instant;
  attempt: number;
  reconciles: number;
  error: DeliveryError | null;
  /** Kept for a call that is under way; null gives the delivery back. */
  claim: { token: string; until: Instant } | null;
  parts: readonly Part[];
}

/** Moves the end of the time in which it may leave; never to an earlier one. */
export async function prolong(tx: Tx, id: string, notAfter: Instant): Promise<void> {
  await sql`update delivery set not_after = greatest(not_after, ${new Date(notAfter)}) where account_id = ${tx.accountId} and id = ${id}`.execute(
    tx.tables(),
  );
}

export async function saveDeliveries(tx: Tx, changes: readonly DeliveryChange[]): Promise<void> {
  if (changes.length === 0) return;
  const q = tx.tables();
  const rows = changes.map((c) => ({
    id: c.id,
    state: c.state,
    next_at: at(c.nextAt),
    attempt: c.attempt,
    reconciles: c.reconciles,
    error: c.error,
    claim_token: c.claim?.token ?? null,
    claimed_until: atOrNull(c.claim?.until ?? null),
  }));
  await sql`update delivery d set state = r.state, next_at = r.next_at, attempt = r.attempt, reconciles = r.reconciles, error = r.error, claim_token = r.claim_token, claimed_until = r.claimed_until, version = d.version + 1
    from jsonb_to_recordset(${recordset(rows)}::jsonb) as r(id uuid, state text, next_at timestamptz, attempt integer, reconciles integer, error jsonb, claim_token uuid, claimed_until timestamptz)
    where d.account_id = ${tx.accountId} and d.id = r.id`.execute(q);
  const parts = changes.flatMap((c) =>
    c.parts.map((p) => ({
      delivery_id: c.id,
      idx: p.index,
      state: p.state,
      external_id: p.externalId,
      permalink: p.permalink,
      sent_at: atOrNull(p.sentAt),
    })),
  );
  await sql`update delivery_part p set state = r.state, external_id = coalesce(r.external_id, p.external_id), permalink = coalesce(r.permalink, p.permalink), sent_at = coalesce(r.sent_at, p.sent_at)
    from jsonb_to_recordset(${recordset(parts)}::jsonb) as r(delivery_id uuid, idx integer, state text, external_id text, permalink text, sent_at timestamptz)
    where p.account_id = ${tx.accountId} and p.delivery_id = r.delivery_id and p.idx = r.idx`.execute(q);
}

/** Everything that has not come to its end, the oldest first, some at a time. */
export async function openDeliveries(tx: Tx, afterSeq: number, limit: number): Promise<DeliveryRow[]> {
  const found = await sql<DeliveryRow>`select ${COLUMNS} from delivery d
    where d.account_id = ${tx.accountId} and d.state in ('pending', 'in-flight', 'unknown', 'held') and d.seq > ${afterSeq}
    order by d.seq limit ${limit}`.execute(tx.tables());
  return found.rows;
}

/** How many are unknown, and how many of them only a person can settle. */
export async function unknownCounts(tx: Tx): Promise<{ unknown: number; forPeople: number }> {
  const found = await sql<{ unknown: number; forPeople: number }>`
    select count(*)::int as unknown, (count(*) filter (where next_at >= ${ts(NEVER)}))::int as "forPeople"
    from delivery where account_id = ${tx.accountId} and state = 'unknown'`.execute(tx.tables());
  return found.rows[0]!;
}

/** What the stop switch or a paused channel held back is pending again, for these brands and channels that are free now. */
export async function releaseHeld(tx: Tx, stoppedBrands: readonly string[]): Promise<number> {
  const done =
    await sql`update delivery d set state = 'pending', next_at = greatest(d.not_before, ${ts(tx.now)}), error = null, version = d.version + 1
    from channel c where d.account_id = ${tx.accountId} and d.state = 'held' and c.account_id = d.account_id and c.id = d.channel_id and c.state = 'on'
      and not d.brand_id = any(${[...stoppedBrands]}::uuid[])`.execute(tx.tables());
  return Number(done.numAffectedRows ?? 0);
}

export async function heldBrands(tx: Tx): Promise<string[]> {
  const found = await sql<{
    id: string;
  }>`select distinct brand_id as id from delivery where account_id = ${tx.accountId} and state = 'held'`.execute(
    tx.tables(),
  );
  return found.rows.map((r) => r.id);
}

export interface AccountWork {
  accountId: AccountId;
  held: boolean;
  /** Something is to be done about a message on its network. */
  acts: boolean;
}

/** Accounts in which something is due or held. */
export async function accountsWithWork(db: Database, now: Instant, only: Only): Promise<AccountWork[]> {
  const found = await db.asSystem((trx) =>
    sql<AccountWork>`
      select account_id as "accountId", bool_or(held) as held, bool_or(acts) as acts from (
        select account_id, false as held, false as acts from delivery where state in ('pending', 'unknown', 'in-flight') and next_at <= ${ts(now)}
        union select account_id, true, false from delivery where state = 'held'
        union select account_id, false, true from moderation_act where state in ('pending', 'in-flight') and next_at <= ${ts(now)}) w where true ${among(only)} group by account_id`.execute(
      trx,
    ),
  );
  return found.rows;
}

/** Posts that already had our private answer: some networks take one only. */
export async function privatelyAnswered(
  tx: Tx,
  channelId: string,
  externalIds: readonly string[],
  except: readonly string[],
): Promise<Set<string>> {
  if (externalIds.length === 0) return new Set();
  const found = await sql<{ id: string }>`select distinct intent ->> 'toExternalId' as id from delivery
    where account_id = ${tx.accountId} and channel_id = ${channelId} and intent ->> 'op' = 'private-reply' and intent ->> 'toExternalId' = any(${[...externalIds]})
      and state in ('sent', 'in-flight', 'unknown') and not id = any(${[...except]}::uuid[])`.execute(tx.tables());
  return new Set(found.rows.map((r) => r.id));
}

/** Those of these automatic answers to whose receiver another one has gone since an instant, or is just going before it. */
export async function machineAnswered(tx: Tx, rows: readonly DeliveryRow[], since: Instant): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const found = await sql<{ id: string }>`select q.id
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.channelId)}::uuid[], ${rows.map((r) => r.intent.toAuthorId)}::text[]) as q(id, channel_id, author)
    where exists (select from delivery d where d.account_id = ${tx.accountId} and d.channel_id = q.channel_id and d.created_at > ${ts(since)} and d.id < q.id
      and d.intent ->> 'toAuthorId' = q.author and d.intent ->> 'automatic' = 'true' and d.intent ->> 'subject' is null
      and d.state in ('pending', 'sent', 'in-flight', 'unknown'))`.execute(tx.tables());
  return new Set(found.rows.map((r) => r.id));
}

export interface OutboxCount {
  channelId: string;
  pending: number;
  inFlight: number;
  unknown: number;
  failed: number;
  held: number;
}

/** What waits, and what failed since an instant. */
export async function outboxCounts(tx: Tx, failedSince: Instant): Promise<Map<string, OutboxCount>> {
  const n = (state: string) => sql`(count(*) filter (where state = ${sql.lit(state)}))::int`;
  const found = await sql<OutboxCount>`
    select channel_id as "channelId", ${n("pending")} as pending, ${n("in-flight")} as "inFlight", ${n("unknown")} as unknown, ${n("failed")} as failed, ${n("held")} as held
    from (select channel_id, state from delivery where account_id = ${tx.accountId} and state in ('pending', 'in-flight', 'unknown', 'held')
      union all select channel_id, state from delivery where account_id = ${tx.accountId} and state = 'failed' and created_at >= ${ts(failedSince)}) d group by 1`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((r) => [r.channelId, r]));
}

/** The conversation it was written for is part of another one, or was parted. */
export async function setConversations(
  tx: Tx,
  moved: readonly { deliveryId: string; conversationId: string }[],
): Promise<void> {
  if (moved.length === 0) return;
  await sql`update delivery d set conversation_id = r."conversationId" from jsonb_to_recordset(${json(moved)}::jsonb) as r("deliveryId" uuid, "conversationId" uuid)
    where d.account_id = ${tx.accountId} and d.id = r."deliveryId"`.execute(tx.tables());
}
