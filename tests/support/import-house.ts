import { type Database, sql, type Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { concerns, readOnce, typesBetween } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { readers } from "../../server/app/modules.ts";
import type { ManualClock } from "../../server/platform/clock.ts";
import { numberEvents } from "./journal.ts";

/** All readers of the house read one account's journal to its end, again and again until nobody writes any more. */
export function readersOf(db: Database, clock: ManualClock, accountId: AccountId): () => Promise<void> {
  let upTo = 0;
  return async () => {
    for (;;) {
      await numberEvents(db, accountId);
      const head = await headOf(db, accountId);
      if (head === upTo) return;
      const types = await typesBetween(db, accountId, upTo, head);
      upTo = head;
      for (const reader of readers.filter((r) => concerns(r, types)))
        while (await readOnce(db, reader, accountId, clock, silentLog)) {}
    }
  };
}

async function headOf(db: Database, accountId: AccountId): Promise<number> {
  const found = await db.withAccount(accountId, (tx) =>
    sql<{ position: number }>`select position from journal_head where account_id = ${accountId}`.execute(tx.tables()),
  );
  return found.rows[0]?.position ?? 0;
}

/** Rows of a query in one account. */
export function ask<T>(db: Database, accountId: AccountId, query: (tx: Tx) => ReturnType<typeof sql<T>>): Promise<T[]> {
  return db.withAccount(accountId, async (tx) => (await query(tx).execute(tx.tables())).rows);
}
