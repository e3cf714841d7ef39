import { sql, type Tx } from "#platform/db";

/** Changes with every change of agents, teams, skills and rights (a trigger sees to it); null before the first. */
export async function staffStamp(tx: Tx): Promise<number | null> {
  const found = await sql<{ stamp: number }>`select stamp from staff_stamp where account_id = ${tx.accountId}`.execute(
    tx.tables(),
  );
  return found.rows[0]?.stamp ?? null;
}
