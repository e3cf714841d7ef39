import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";

/** Adds to what the streams heard in a slot. */
export async function addHeard(tx: Tx, at: Instant, heard: number, wanted: number): Promise<void> {
  await sql`insert into heard_count (account_id, at, heard, wanted) values (${tx.accountId}, ${ts(at)}, ${heard}, ${wanted})
    on conflict (account_id, at) do update set heard = heard_count.heard + excluded.heard, wanted = heard_count.wanted + excluded.wanted`.execute(
    tx.tables(),
  );
}

export async function heardBetween(tx: Tx, from: Instant, to: Instant): Promise<{ heard: number; wanted: number }> {
  const found = await sql<{ heard: number; wanted: number }>`
    select coalesce(sum(heard), 0)::float8 as heard, coalesce(sum(wanted), 0)::float8 as wanted from heard_count
    where account_id = ${tx.accountId} and at >= ${ts(from)} and at < ${ts(to)}`.execute(tx.tables());
  return found.rows[0] ?? { heard: 0, wanted: 0 };
}
