import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";

/** One matter with one principal customer. Instants are epoch milliseconds. */
export interface Conversation {
  id: string;
  number: number;
  brandId: string;
  customerId: string;
  subject: string;
  lastMessageAt: Instant;
  lastInboundAt: Instant | null;
  state: "quiet" | "open";
  mergedInto: string | null;
  actedAt: Instant | null;
  lastAgentId: string | null;
  version: number;
  createdAt: Instant;
}

const COLUMNS = sql`c.id, c.number, c.brand_id as "brandId", c.customer_id as "customerId", c.subject, c.last_message_at as "lastMessageAt", c.last_inbound_at as "lastInboundAt",
  c.state, c.merged_into as "mergedInto", c.acted_at as "actedAt", c.last_agent_id as "lastAgentId", c.version, c.created_at as "createdAt"`;
/** The first conversation of an account is C-20001: a number that says nothing about how young the account is. */
const FIRST_NUMBER = 20_001;

export async function findConversations(tx: Tx, ids: readonly string[], lock = false): Promise<Conversation[]> {
  if (ids.length === 0) return [];
  const found =
    await sql<Conversation>`select ${COLUMNS} from conversation c where c.account_id = ${tx.accountId} and c.id = any(${[...new Set(ids)]}::uuid[])
    order by c.id ${lock ? sql`for update` : sql``}`.execute(tx.tables());
  return found.rows;
}

/** Null where the account has given no conversation this number. */
export async function findNumber(tx: Tx, number: number): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select id from conversation where account_id = ${tx.accountId} and number = ${number}`.execute(tx.tables());
  return found.rows[0]?.id ?? null;
}

/** The conversations of these numbers; of what became part of another one, that one. */
export async function findNumbered(
  tx: Tx,
  numbers: readonly number[],
): Promise<{ number: number; id: string; brandId: string; customerId: string }[]> {
  if (numbers.length === 0) return [];
  const found = await sql<{ number: number; id: string; brandId: string; customerId: string }>`
    with recursive at as (
      select c.number, c.id, c.brand_id, c.customer_id, c.merged_into, 0 as steps from conversation c
        where c.account_id = ${tx.accountId} and c.number = any(${[...new Set(numbers)]}::bigint[])
      union all
      select a.number, c.id, c.brand_id, c.customer_id, c.merged_into, a.steps + 1 from at a
        join conversation c on c.account_id = ${tx.accountId} and c.id = a.merged_into where a.steps < 50)
    select number::float8 as number, id, brand_id as "brandId", customer_id as "customerId" from at where merged_into is null`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** The last conversations of each customer that were alive since an instant, newest first. */
export async function conversationsOf(
  tx: Tx,
  customerIds: readonly string[],
  since: Instant,
  each: number,
): Promise<Conversation[]> {
  if (customerIds.length === 0) return [];
  const found =
    await sql<Conversation>`select ${COLUMNS} from unnest(${[...new Set(customerIds)]}::uuid[]) as w(id) cross join lateral (
    select * from conversation where account_id = ${tx.accountId} and customer_id = w.id and last_message_at >= ${ts(since)} and merged_into is null
    order by last_message_at desc limit ${each}) c`.execute(tx.tables());
  return found.rows;
}

/** The next `count` numbers of the account; held until the transaction ends, so that none is given twice. Returns the first. */
export async function takeNumbers(tx: Tx, count: number): Promise<number> {
  const found = await sql<{
    last: number;
  }>`insert into conversation_number as n (account_id, last) values (${tx.accountId}, ${FIRST_NUMBER - 1 + count})
    on conflict (account_id) do update set last = n.last + ${count} returning last`.execute(tx.tables());
  return found.rows[0]!.last - count + 1;
}

/** Writes conversations, new ones and changed ones, in one statement. */
export async function saveConversations(tx: Tx, conversations: readonly Conversation[]): Promise<void> {
  if (conversations.length === 0) return;
  const at = (instant: Instant | null) => (instant === null ? null : new Date(instant).toISOString());
  const rows = conversations
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((c) => ({
      ...c,
      lastMessageAt: at(c.lastMessageAt),
      lastInboundAt: at(c.lastInboundAt),
      actedAt: at(c.actedAt),
      createdAt: at(c.createdAt),
    }));
  await sql`
    insert into conversation (account_id, id, number, brand_id, customer_id, subject, last_message_at, last_inbound_at, state, merged_into, acted_at, last_agent_id, version, created_at)
    select ${tx.accountId}, r.id, r.number, r."brandId", r."customerId", r.subject, r."lastMessageAt", r."lastInboundAt", r.state, r."mergedInto", r."actedAt", r."lastAgentId", r.version, r."createdAt"
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, number bigint, "brandId" uuid, "customerId" uuid, subject text, "lastMessageAt" timestamptz, "lastInboundAt" timestamptz,
      state text, "mergedInto" uuid, "actedAt" timestamptz, "lastAgentId" uuid, version integer, "createdAt" timestamptz)
    on conflict (account_id, id) do update set subject = excluded.subject, last_message_at = excluded.last_message_at, last_inbound_at = excluded.last_inbound_at,
      state = excluded.state, merged_into = excluded.merged_into, acted_at = excluded.acted_at, last_agent_id = excluded.last_agent_id, version = excluded.version`.execute(
    tx.tables(),
  );
}
