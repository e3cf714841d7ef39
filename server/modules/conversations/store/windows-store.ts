import { sql, type Tx } from "#platform/db";

/** Whoever writes the account's windows waits for whoever is writing them: the version seen is then the version in force. */
export async function lockWindows(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`windows ${tx.accountId}`}, 0))`.execute(tx.tables());
}
