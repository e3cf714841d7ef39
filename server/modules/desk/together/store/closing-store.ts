import type { Instant } from "#platform/clock";
import { sql, storable, type Tx, ts } from "#platform/db";

export interface Closing {
  episodeId: string;
  reason: string[];
  feedback: string;
  lead: boolean;
  byAgent: string | null;
  at: Instant;
  version: number;
}

/** What was said last about an episode's end counts. Returns its version. */
export async function saveClosing(tx: Tx, c: Omit<Closing, "at" | "version">): Promise<number> {
  const rows = await sql<{ version: number }>`
    insert into closing as c (account_id, episode_id, reason, feedback, lead, by_agent, at)
    values (${tx.accountId}, ${c.episodeId}, ${c.reason.map(storable)}::text[], ${storable(c.feedback)}, ${c.lead}, ${c.byAgent}::uuid, ${ts(tx.now)})
    on conflict (account_id, episode_id) do update set reason = excluded.reason, feedback = excluded.feedback, lead = excluded.lead,
      by_agent = excluded.by_agent, at = excluded.at, version = c.version + 1
    returning version`.execute(tx.tables());
  return rows.rows[0]!.version;
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
