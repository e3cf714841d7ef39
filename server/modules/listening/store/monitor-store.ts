import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import type { MonitorQuery } from "../domain/matching/books.ts";

export interface Monitor extends MonitorQuery {
  readonly name: string;
  readonly colour: string;
  readonly tag: string;
  readonly on: boolean;
  readonly createdAt: Instant;
  readonly createdBy: string | null;
  readonly changedAt: Instant;
}
export type MonitorVersion = Pick<Monitor, "version" | "name" | "query" | "accents" | "languages" | "on"> & {
  readonly at: Instant;
  readonly by: string | null;
  readonly change: MonitorAct;
};
export type MonitorAct = "made" | "changed" | "on" | "off" | "removed";

const COLUMNS = sql.raw(
  `id, brand_id as "brandId", name, query, accents, languages, colour, tag, is_on as "on", version, created_at as "createdAt", created_by as "createdBy", changed_at as "changedAt"`,
);

/** Changes with every change of the account's monitors; null: it never had any. */
export async function monitorStamp(tx: Tx): Promise<number | null> {
  const found = await sql<{ stamp: string }>`select stamp::text as stamp from monitor_stamp
    where account_id = ${tx.accountId}`.execute(tx.tables());
  return found.rows[0] ? Number(found.rows[0].stamp) : null;
}

/** Those that listen. */
export async function listeningMonitors(tx: Tx): Promise<MonitorQuery[]> {
  const found =
    await sql<MonitorQuery>`select id, brand_id as "brandId", query, accents, languages, version from monitor
    where account_id = ${tx.accountId} and is_on and removed_at is null`.execute(tx.tables());
  return found.rows;
}

/** By name. */
export async function findMonitors(tx: Tx): Promise<Monitor[]> {
  const found = await sql<Monitor>`select ${COLUMNS} from monitor
    where account_id = ${tx.accountId} and removed_at is null order by lower(name), id`.execute(tx.tables());
  return found.rows;
}

export async function findMonitor(tx: Tx, id: string): Promise<Monitor | null> {
  const found = await sql<Monitor>`select ${COLUMNS} from monitor
    where account_id = ${tx.accountId} and id = ${id} and removed_at is null for update`.execute(tx.tables());
  return found.rows[0] ?? null;
}

export async function saveMonitor(tx: Tx, m: Monitor): Promise<void> {
  await sql`insert into monitor (account_id, id, brand_id, name, query, accents, languages, colour, tag, is_on, version, created_at, created_by, changed_at)
    values (${tx.accountId}, ${m.id}, ${m.brandId}, ${m.name}, ${m.query}, ${m.accents}, ${[...m.languages]}::text[], ${m.colour}, ${m.tag}, ${m.on}, ${m.version}, ${ts(m.createdAt)}, ${m.createdBy}, ${ts(m.changedAt)})
    on conflict (account_id, id) do update set brand_id = excluded.brand_id, name = excluded.name, query = excluded.query, accents = excluded.accents, languages = excluded.languages,
      colour = excluded.colour, tag = excluded.tag, is_on = excluded.is_on, version = excluded.version, changed_at = excluded.changed_at`.execute(
    tx.tables(),
  );
}

export async function removeMonitor(tx: Tx, id: string, version: number): Promise<void> {
  await sql`update monitor set is_on = false, version = ${version}, removed_at = ${ts(tx.now)}, changed_at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}

export async function noteVersion(tx: Tx, m: Monitor, change: MonitorAct, by: string | null): Promise<void> {
  await sql`insert into monitor_version (account_id, monitor_id, version, at, by_agent, change, name, query, accents, languages, is_on)
    values (${tx.accountId}, ${m.id}, ${m.version}, ${ts(tx.now)}, ${by}, ${change}, ${m.name}, ${m.query}, ${m.accents}, ${[...m.languages]}::text[], ${m.on})`.execute(
    tx.tables(),
  );
}

/** Newest first. */
export async function findVersions(tx: Tx, id: string, limit: number): Promise<MonitorVersion[]> {
  const found =
    await sql<MonitorVersion>`select version, at, by_agent as "by", change, name, query, accents, languages, is_on as "on"
    from monitor_version where account_id = ${tx.accountId} and monitor_id = ${id} order by version desc limit ${limit}`.execute(
      tx.tables(),
    );
  return found.rows;
}

/** What each monitor caught since an instant, and its newest. A message's id carries its time. */
export async function hitCounts(tx: Tx, since: Instant): Promise<Map<string, { count: number; last: string | null }>> {
  const found = await sql<{ id: string; count: number; last: string | null }>`select m.id,
      (select count(*)::int from monitor_hit h where h.account_id = ${tx.accountId} and h.monitor_id = m.id and not h.looked_back and h.message_id >= uuid_floor(${ts(since)})) as count,
      (select h.message_id from monitor_hit h where h.account_id = ${tx.accountId} and h.monitor_id = m.id and not h.looked_back order by h.message_id desc limit 1) as last
    from monitor m where m.account_id = ${tx.accountId} and m.removed_at is null`.execute(tx.tables());
  return new Map(found.rows.map(({ id, count, last }) => [id, { count, last }]));
}

/** Ids of the messages a monitor caught, newest first, behind `before`. */
export async function hitsBefore(tx: Tx, monitorId: string, before: string | null, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select message_id as id from monitor_hit
    where account_id = ${tx.accountId} and monitor_id = ${monitorId} and not looked_back and message_id < coalesce(${before}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by message_id desc limit ${limit}`.execute(tx.tables());
  return found.rows.map((row) => row.id);
}

/** What these monitors are called, also those that were removed. */
export async function namesOfMonitors(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { name: string; on: boolean }>> {
  const found = await sql<{ id: string; name: string; on: boolean }>`select id, name, is_on as "on" from monitor
    where account_id = ${tx.accountId} and id = any(${[...ids]}::uuid[])`.execute(tx.tables());
  return new Map(found.rows.map(({ id, name, on }) => [id, { name, on }]));
}
