import { sql, type Tx } from "#platform/db";

/** Runs a part of a transaction that may fail without ending the whole. */
export async function savepoint<T>(tx: Tx, run: () => Promise<T>): Promise<T> {
  const q = tx.tables();
  await sql`savepoint part`.execute(q);
  try {
    const done = await run();
    await sql`release savepoint part`.execute(q);
    return done;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(q);
    throw error;
  }
}
