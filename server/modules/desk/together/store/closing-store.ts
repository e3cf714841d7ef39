import { type Instant, iso } from "#platform/clock";
import { json, sql, storable, type Tx } from "#platform/db";

export interface Closing {
  episodeId: string;
  reason: string[];
  feedback: string;
  lead: boolean;
  byAgent: string | null;
  at: Instant;
  version: number;
}

/** What was said last about an episode's end counts; each named once. Returns the version of each by its episode. */
export async function saveClosings(
  tx: Tx,
  closings: readonly Omit<Closing, "version">[],
): Promise<ReadonlyMap<string, number>> {
  const rows = closings.map((c) => ({
    ...{ ...c, at: iso(c.at), feedback: storable(c.feedback) },
    reason: c.reason.map(storable),
  }));
  const saved = await sql<{ id: string; version: number }>`
    insert into closing as c (account_id, episode_id, reason, feedback, lead, by_agent, at)
    select ${tx.accountId}, r."episodeId", r.reason, r.feedback, r.lead, r."byAgent", r.at
    from jsonb_to_recordset(${json(rows)}::jsonb) as r("episodeId" uuid, reason text[], feedback text, lead boolean, "byAgent" uuid, at timestamptz)
    on conflict (account_id, episode_id) do update set reason = excluded.reason, feedback = excluded.feedback, lead = excluded.lead,
      by_agent = excluded.by_agent, at = excluded.at, version = c.version + 1
    returning episode_id as id, version`.execute(tx.tables());
  return new Map(saved.rows.map((row) => [row.id, row.version]));
}
export async function closingsOf(tx: Tx, episodeIds: readonly string[]): Promise<Closing[]> {
  if (episodeIds.length === 0) return [];
  const rows = await sql<Closing>`
    select episode_id as "episodeId", reason, feedback, lead, by_agent as "byAgent", at, version
    from closing where account_id = ${tx.accountId} and episode_id = any(${[...episodeIds]}::uuid[])`.execute(
    tx.tables(),
  );
  return rows.rows;
}
