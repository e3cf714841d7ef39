import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { routing } from "./tables.ts";

/** When the open work of these episodes is due; what waits for the customer is not due. */
export async function openWorkOf(
  tx: Tx,
  episodeIds: readonly string[],
): Promise<{ episodeId: string; due: Instant }[]> {
  if (episodeIds.length === 0) return [];
  const rows = await sql<{ episode_id: string; due_at: Instant }>`
    select w.episode_id, w.due_at from unnest(${[...new Set(episodeIds)]}::uuid[]) as u(id)
    cross join lateral (select episode_id, due_at, state, clock from work_item w where w.account_id = ${tx.accountId} and w.episode_id = u.id offset 0) w
    where w.state not in ('done', 'withdrawn') and w.clock = 'running'`.execute(routing(tx));
  return rows.rows.map((row) => ({ episodeId: row.episode_id, due: row.due_at }));
}
