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
      // Materialised: in some plans a subquery with a limit is run once for each row, and then more are taken than one.
      const due = await sql<Row>`
        with due as materialized (
          select account_id, kind, ref from timer where account_id = ${accountId} and due_at <= ${new Date(tx.now)}
            and kind = any(${Object.keys(handlers)}) order by due_at, kind, ref limit 1 for update skip locked)
        delete from timer t using due where t.account_id = due.account_id and t.kind = due.kind and t.ref = due.ref
        returning t.kind, t.ref, t.due_at, t.payload`.execute(tx.tables());
      const row = due.rows[0];
      if (row) await handlers[row.kind]?.(tx, { ...row, dueAt: row.due_at });
      return row !== undefined;
    });
    if (!fired) return;
  }
}
