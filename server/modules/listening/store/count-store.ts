import type { Instant } from "#platform/clock";
import { rowSet, sql, type Tx, ts } from "#platform/db";
import type { Slot } from "../domain/alarms/follow-series.ts";
import type { HitFacts } from "./hit-facts.ts";

/**
 * Counts what these monitors caught between two instants anew, in slots of five minutes, of their hits and the labels of those. Counting
 * twice gives the same. `from` and `to` are bounds of slots.
 */
export async function countAnew(tx: Tx, monitorIds: readonly string[], from: Instant, to: Instant): Promise<void> {
  await sql`with counted as (
      select h.monitor_id, slot_of(h.message_id) as at, count(*)::int as posts,
        (count(distinct h.author) + count(*) filter (where h.author is null))::int as authors,
        (count(*) filter (where u.sentiment = 'negative' and not u.noise))::int as negative,
        (count(*) filter (where u.sentiment = 'positive' and not u.noise))::int as positive,
        (count(*) filter (where u.noise))::int as noise, (count(*) filter (where h.passed_on))::int as passed_on
      from monitor_hit h left join understanding u on u.account_id = ${tx.accountId} and u.message_id = h.message_id
      where h.account_id = ${tx.accountId} and h.monitor_id = any(${[...monitorIds]}::uuid[])
        and h.message_id >= uuid_floor(${ts(from)}) and h.message_id < uuid_floor(${ts(to)})
      group by h.monitor_id, slot_of(h.message_id)),
    gone as (delete from monitor_count c where c.account_id = ${tx.accountId} and c.monitor_id = any(${[...monitorIds]}::uuid[])
      and c.at >= ${ts(from)} and c.at < ${ts(to)} and not exists (select from counted n where n.monitor_id = c.monitor_id and n.at = c.at))
    insert into monitor_count (account_id, monitor_id, at, posts, authors, negative, positive, noise, passed_on)
    select ${tx.accountId}, monitor_id, at, posts, authors, negative, positive, noise, passed_on from counted
    on conflict (account_id, monitor_id, at) do update set posts = excluded.posts, authors = excluded.authors, negative = excluded.negative,
      positive = excluded.positive, noise = excluded.noise, passed_on = excluded.passed_on`.execute(tx.tables());
}

/** Those of these monitors whose counts since `from` are not those of their hits: what came late, or was taken away. */
export async function miscounted(tx: Tx, monitorIds: readonly string[], from: Instant, to: Instant): Promise<string[]> {
  const found = await sql<{ id: string }>`select w.id from unnest(${[...monitorIds]}::uuid[]) as w(id)
    where (select count(*) from monitor_hit h where h.account_id = ${tx.accountId} and h.monitor_id = w.id
        and h.message_id >= uuid_floor(${ts(from)}) and h.message_id < uuid_floor(${ts(to)}))
      <> (select coalesce(sum(c.posts), 0) from monitor_count c where c.account_id = ${tx.accountId} and c.monitor_id = w.id
        and c.at >= ${ts(from)} and c.at < ${ts(to)})`.execute(tx.tables());
  return found.rows.map((row) => row.id);
}

/** Slots with posts between two instants, in time order, by monitor. */
export async function slotsOf(
  tx: Tx,
  monitorIds: readonly string[],
  from: Instant,
  to: Instant,
): Promise<Map<string, Slot[]>> {
  const found = await sql<Slot & { id: string }>`select monitor_id as id, at, posts from monitor_count
    where account_id = ${tx.accountId} and monitor_id = any(${[...monitorIds]}::uuid[]) and at >= ${ts(from)} and at < ${ts(to)}
    order by monitor_id, at`.execute(tx.tables());
  return Map.groupBy(found.rows, (row) => row.id);
}

export interface CountedStep {
  monitorId: string;
  /** Of the steps after `from`, counted from 0. */
  step: number;
  posts: number;
  negative: number;
  positive: number;
  noise: number;
}

/** What monitors caught, in steps of `long` milliseconds after `from`. */
export async function countedSteps(
  tx: Tx,
  monitorIds: readonly string[],
  from: Instant,
  to: Instant,
  long: number,
): Promise<CountedStep[]> {
  const found = await sql<CountedStep>`select monitor_id as "monitorId",
      floor(extract(epoch from at - ${ts(from)}::timestamptz) * 1000 / ${long}::float8)::int as step,
      sum(posts)::int as posts, sum(negative)::int as negative, sum(positive)::int as positive, sum(noise)::int as noise
    from monitor_count where account_id = ${tx.accountId} and monitor_id = any(${[...monitorIds]}::uuid[]) and at >= ${ts(from)} and at < ${ts(to)}
    group by 1, 2 order by 1, 2`.execute(tx.tables());
  return found.rows;
}

/** Before this nothing was caught; null: nothing was at all. */
export async function firstSlots(tx: Tx, monitorIds: readonly string[], from: Instant): Promise<Map<string, Instant>> {
  const found = await sql<{ id: string; at: Instant }>`select monitor_id as id, min(at) as at from monitor_count
    where account_id = ${tx.accountId} and monitor_id = any(${[...monitorIds]}::uuid[]) and at >= ${ts(from)} group by 1`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((row) => [row.id, row.at]));
}

export async function dropCountsBefore(tx: Tx, before: Instant): Promise<void> {
  await sql`with heard as (delete from heard_count where account_id = ${tx.accountId} and at < ${ts(before)})
    delete from monitor_count where account_id = ${tx.accountId} and at < ${ts(before)}`.execute(tx.tables());
}

/** What was found among older messages for the trends of a monitor; a hit that is there already stays as it is. */
export async function saveLookedBack(
  tx: Tx,
  hits: readonly (HitFacts & { monitorId: string; messageId: string })[],
): Promise<void> {
  if (hits.length === 0) return;
  const shape = {
    monitorId: "uuid",
    messageId: "uuid",
    author: "bigint",
    followers: "integer",
    verified: "boolean",
    passedOn: "boolean",
  } as const;
  await sql`insert into monitor_hit (account_id, monitor_id, message_id, author, followers, verified, passed_on, looked_back)
    select ${tx.accountId}, r."monitorId", r."messageId", r.author, r.followers, r.verified, r."passedOn", true from ${rowSet(shape, hits)} r
    on conflict do nothing`.execute(tx.tables());
}

/** What was found by a query that is not asked any more. */
export async function dropLookedBack(tx: Tx, monitorIds: readonly string[]): Promise<void> {
  await sql`delete from monitor_hit where account_id = ${tx.accountId} and monitor_id = any(${[...monitorIds]}::uuid[]) and looked_back`.execute(
    tx.tables(),
  );
}

/** The newest hits between two instants, newest first. */
export async function hitsBetween(
  tx: Tx,
  monitorId: string,
  from: Instant,
  to: Instant,
  limit: number,
): Promise<{ messageId: string; author: string }[]> {
  const found = await sql<{ messageId: string; author: string }>`
    select message_id as "messageId", coalesce(author::text, message_id::text) as author from monitor_hit
    where account_id = ${tx.accountId} and monitor_id = ${monitorId} and message_id >= uuid_floor(${ts(from)}) and message_id < uuid_floor(${ts(to)})
    order by message_id desc limit ${limit}`.execute(tx.tables());
  return found.rows;
}
