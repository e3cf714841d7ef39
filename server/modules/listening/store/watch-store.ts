import type { Instant } from "#platform/clock";
import { rowSet, sql, type Tx, ts } from "#platform/db";
import type { DetectorState } from "../domain/alarms/rise-detector.ts";
import type { MonitorQuery } from "../domain/matching/books.ts";

/** How far a monitor's counts are followed. */
export interface Watch {
  monitorId: string;
  /** Which query and which sensitivity it was followed for. */
  asked: string;
  readTo: Instant;
  detector: DetectorState;
  /** Since when a rise lasts that is too small to speak of. */
  pendingSince: Instant | null;
}
export type Watched = MonitorQuery & { name: string };

/** The next monitors that listen, by id. */
export async function monitorsToWatch(tx: Tx, after: string | null, limit: number): Promise<Watched[]> {
  const found = await sql<Watched>`
    select id, brand_id as "brandId", name, query, accents, languages, version from monitor
    where account_id = ${tx.accountId} and is_on and removed_at is null and id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
    order by id limit ${limit}`.execute(tx.tables());
  return found.rows;
}

export async function watchesOf(tx: Tx, monitorIds: readonly string[]): Promise<Map<string, Watch>> {
  const found = await sql<Watch>`
    select monitor_id as "monitorId", asked, read_to as "readTo", detector, pending_since as "pendingSince" from monitor_watch
    where account_id = ${tx.accountId} and monitor_id = any(${[...monitorIds]}::uuid[])`.execute(tx.tables());
  return new Map(found.rows.map((row) => [row.monitorId, row]));
}

export async function saveWatches(tx: Tx, watches: readonly Watch[]): Promise<void> {
  if (watches.length === 0) return;
  const shape = {
    monitorId: "uuid",
    asked: "text",
    readTo: "timestamptz",
    detector: "jsonb",
    pendingSince: "timestamptz",
  } as const;
  const rows = watches.map((one) => ({
    ...one,
    readTo: ts(one.readTo).toISOString(),
    pendingSince: one.pendingSince === null ? null : ts(one.pendingSince).toISOString(),
  }));
  await sql`insert into monitor_watch (account_id, monitor_id, asked, read_to, detector, pending_since)
    select ${tx.accountId}, r."monitorId", r.asked, r."readTo", r.detector, r."pendingSince" from ${rowSet(shape, rows)} r
    on conflict (account_id, monitor_id) do update set asked = excluded.asked, read_to = excluded.read_to, detector = excluded.detector, pending_since = excluded.pending_since`.execute(
    tx.tables(),
  );
}

/** Every monitor is followed as if it were asked something new; how many there are. */
export async function followAnew(tx: Tx): Promise<number> {
  const done = await sql`update monitor_watch set asked = '' where account_id = ${tx.accountId}`.execute(tx.tables());
  return Number(done.numAffectedRows ?? 0);
}
