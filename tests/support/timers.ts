import { type Database, sql } from "../../server/platform/db.ts";
import type { AccountId } from "../../server/platform/ids.ts";
import type { TimerHandler } from "../../server/platform/timers.ts";

interface Row {
  kind: string;
  ref: string;
  due_at: number;
  payload: Record<string, unknown>;
}

/** Fires what is due in one account by the database's clock. The program's own loop takes all accounts: those of other tests as well. */
export async function fireTimers(
  db: Database,
  accountId: AccountId,
  handlers: Readonly<Record<string, TimerHandler>>,
): Promise<void> {
  for (;;) {
    const fired = await db.withAccount(accountId, async (tx) => {
      const due = await sql<Row>`
        delete from timer where (account_id, kind, ref) in (
          select account_id, kind, ref from timer where account_id = ${accountId} and due_at <= ${new Date(tx.now)}
            and kind = any(${Object.keys(handlers)}) order by due_at, kind, ref limit 1 for update skip locked)
        returning kind, ref, due_at, payload`.execute(tx.tables());
      const row = due.rows[0];
      if (row) await handlers[row.kind]?.(tx, { ...row, dueAt: row.due_at });
      return row !== undefined;
    });
    if (!fired) return;
  }
}
