import { Client } from "pg";
import { type Clock, DAY, HOUR } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { forgetOldCommands } from "#platform/http/commands";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import { ensurePartitions } from "#platform/migrate";

/** What has to be done now and then: partitions ahead of time, results of old commands forgotten. Every hour; safe to do twice. */
export function keepHouse(db: Database, ownerUrl: string, clock: Clock, log: Log): { close(): Promise<void> } {
  let running: Promise<void> | null = null;
  async function keep(): Promise<void> {
    const owner = new Client({ connectionString: ownerUrl, application_name: "hubbub housekeeping" });
    await owner.connect();
    try {
      await owner.query("set lock_timeout = '2s'");
      await ensurePartitions(owner, clock.now() - 30 * DAY, clock.now() + 70 * DAY);
      for (const table of ["event", "message", "raw_inbox"]) {
        const stray = await owner.query(`select 1 from ${table}_default limit 1`);
        if (stray.rowCount)
          log.error({ table }, "rows lie in the default partition: their ids carry a time far from now");
      }
    } finally {
      await owner.end();
    }
    const accounts = await db.asSystem((trx) =>
      sql<{ account_id: AccountId }>`select account_id from account`.execute(trx),
    );
    for (const { account_id } of accounts.rows) await db.withAccount(account_id, forgetOldCommands);
  }
  const timer = setInterval(() => {
    running ??= keep()
      .catch((error) => log.warn({ err: error }, "housekeeping: will try again"))
      .finally(() => {
        running = null;
      });
  }, HOUR);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
