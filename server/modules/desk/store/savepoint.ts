import { sql, type Tx } from "#platform/db";

/** Runs a part of a transaction that may fail without ending the whole; what it announces counts only if it comes to its end. */
export async function inSavepoint<T>(tx: Tx, run: (part: Tx) => Promise<T>): Promise<T> {
  const q = tx.tables();
  const said: (() => void)[] = [];
  const part: Tx = {
    ...tx,
    announce: (type, event) => said.push(() => tx.announce(type, event)),
    afterCommit: (later) => said.push(() => tx.afterCommit(later)),
  };
  await sql`savepoint desk_part`.execute(q);
  try {
    const done = await run(part);
    await sql`release savepoint desk_part`.execute(q);
    for (const say of said) say();
    return done;
  } catch (error) {
    await sql`rollback to savepoint desk_part`.execute(q);
    throw error;
  }
}

/** Runs something only to see whether it would work at an instant, and leaves nothing of it. */
export async function onTrial(tx: Tx, at: number, run: (trial: Tx) => Promise<unknown>): Promise<void> {
  const over = new Error("the trial is over");
  await inSavepoint({ ...tx, now: at }, async (trial) => {
    await run(trial);
    throw over;
  }).catch((error: unknown) => {
    if (error !== over) throw error;
  });
}
