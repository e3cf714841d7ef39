import { DAY, type Instant } from "#platform/clock";
import { rowSet, sql, type Tx, ts } from "#platform/db";
import type { Counts, MinuteCounts, Place } from "../domain/count-moves.ts";

/** Minutes are kept so long, places of ended work half of it. */
export const KEPT = 2 * DAY;

interface PlaceRow extends Omit<Place, "position"> {
  position: string | number;
}
const PLACE = sql`episode_id as "episodeId", work_item_id as "workItemId", queue_id as "queueId", standing, owed, t0, due_at as "dueAt", position`;

/** Places by episode or by work item; each looked up by itself. */
export async function placesOf(
  tx: Tx,
  find: { episodeIds: readonly string[]; workItemIds: readonly string[] },
): Promise<Place[]> {
  const rows = await sql<PlaceRow>`
    select p.* from unnest(${find.episodeIds}::uuid[]) as u(id) cross join lateral (
      select ${PLACE} from work_place where account_id = ${tx.accountId} and episode_id = u.id offset 0) p
    union all
    select p.* from unnest(${find.workItemIds}::uuid[]) as u(id) cross join lateral (
      select ${PLACE} from work_place where account_id = ${tx.accountId} and work_item_id = u.id offset 0) p`.execute(
    tx.tables(),
  );
  return rows.rows.map((row) => ({ ...row, position: Number(row.position) }));
}

export async function savePlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return;
  const rows = places.map((p) => ({
    ...{ episode_id: p.episodeId, work_item_id: p.workItemId, queue_id: p.queueId, standing: p.standing },
    ...{ owed: p.owed, t0: new Date(p.t0).toISOString(), position: p.position },
    due_at: p.dueAt === null ? null : new Date(p.dueAt).toISOString(),
  }));
  const columns = {
    ...({ episode_id: "uuid", work_item_id: "uuid", queue_id: "uuid", standing: "text", owed: "boolean" } as const),
    ...({ t0: "timestamptz", due_at: "timestamptz", position: "bigint" } as const),
  };
  await sql`
    insert into work_place as p (account_id, episode_id, work_item_id, queue_id, standing, owed, t0, due_at, position, moved_at)
    select ${tx.accountId}, r.episode_id, r.work_item_id, r.queue_id, r.standing, r.owed, r.t0, r.due_at, r.position, ${ts(tx.now)}
    from ${rowSet(columns, rows)} r order by r.episode_id
    on conflict (account_id, episode_id) do update set work_item_id = excluded.work_item_id, queue_id = excluded.queue_id,
      standing = excluded.standing, owed = excluded.owed, t0 = excluded.t0, due_at = excluded.due_at,
      position = excluded.position, moved_at = excluded.moved_at`.execute(tx.tables());
}

/** Adds to what was counted. In the order of the key, so that two who add meet in one order. */
export async function addMinutes(tx: Tx, minutes: readonly MinuteCounts[]): Promise<void> {
  if (minutes.length === 0) return;
  const rows = minutes.map((m) => ({
    ...{ queue_id: m.queueId, minute: new Date(m.minute).toISOString(), came: m.came, went: m.went, taken: m.taken },
    ...{ freed: m.freed, answered: m.answered, in_time: m.inTime },
  }));
  const columns = {
    ...({ queue_id: "uuid", minute: "timestamptz", came: "integer", went: "integer", taken: "integer" } as const),
    ...({ freed: "integer", answered: "integer", in_time: "integer" } as const),
  };
  await sql`
    insert into queue_minute as m (account_id, queue_id, minute, came, went, taken, freed, answered, in_time)
    select ${tx.accountId}, r.queue_id, r.minute, r.came, r.went, r.taken, r.freed, r.answered, r.in_time
    from ${rowSet(columns, rows)} r order by r.queue_id, r.minute
    on conflict (account_id, queue_id, minute) do update set came = m.came + excluded.came, went = m.went + excluded.went,
      taken = m.taken + excluded.taken, freed = m.freed + excluded.freed, answered = m.answered + excluded.answered,
      in_time = m.in_time + excluded.in_time`.execute(tx.tables());
}

/** The minutes of these queues since an instant, oldest first. Minutes in which nothing happened are not there. */
export async function minutesOf(tx: Tx, queueIds: readonly string[], since: Instant): Promise<MinuteCounts[]> {
  const rows = await sql<Counts & { queueId: string; minute: Instant }>`
    select queue_id as "queueId", minute, came, went, taken, freed, answered, in_time as "inTime" from queue_minute
    where account_id = ${tx.accountId} and queue_id = any(${[...queueIds]}::uuid[]) and minute >= ${ts(since)}
    order by minute, queue_id`.execute(tx.tables());
  return rows.rows;
}

/** Answers to what was owed in these queues since an instant, and the ones in time. */
export async function inTimeSince(
  tx: Tx,
  queueIds: readonly string[],
  since: Instant,
): Promise<{ answered: number; inTime: number }> {
  const rows = await sql<{ answered: number; inTime: number }>`
    select coalesce(sum(answered), 0)::int as answered, coalesce(sum(in_time), 0)::int as "inTime" from queue_minute
    where account_id = ${tx.accountId} and queue_id = any(${[...queueIds]}::uuid[]) and minute >= ${ts(since)}`.execute(
    tx.tables(),
  );
  return rows.rows[0] ?? { answered: 0, inTime: 0 };
}

/** Forgets old minutes and where work stood that ended long ago; a few thousand at a time. */
export async function forgetOldMinutes(tx: Tx): Promise<void> {
  await sql`delete from queue_minute where account_id = ${tx.accountId} and minute < ${ts(tx.now - KEPT)}`.execute(
    tx.tables(),
  );
  await sql`
    delete from work_place where account_id = ${tx.accountId} and episode_id in (
      select episode_id from work_place where account_id = ${tx.accountId} and standing = 'gone' and moved_at < ${ts(tx.now - KEPT / 2)} limit 5000)`.execute(
    tx.tables(),
  );
}
