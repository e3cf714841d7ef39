import { sweepFiles } from "#modules/channels";
import { forgetOldCalls, forgetOldMinutes } from "#modules/desk";
import { asOwner } from "#platform/as-owner";
import type { Blobs } from "#platform/blobs/blobs";
import { type Clock, DAY, HOUR, type Instant } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { forgetOldCommands } from "#platform/http/commands";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import { ensurePartitions, PARTITIONED } from "#platform/migrate";
import { checkAccount } from "./check.ts";

/** What has to be done now and then: partitions ahead of time, results of old commands forgotten; once a day the check for contradictions and the sweep of left-over files. Every hour; safe to do twice. */
export function keepHouse(
  db: Database,
  ownerUrl: string,
  blobs: Pick<Blobs, "sweep">,
  clock: Clock,
  log: Log,
): { close(): Promise<void> } {
  let running: Promise<void> | null = null;
  let checkedAt: Instant = 0;
  async function keep(): Promise<void> {
    await asOwner(ownerUrl, "housekeeping", async (owner) => {
      await ensurePartitions(owner, clock.now() - 30 * DAY, clock.now() + 70 * DAY);
      for (const table of PARTITIONED) {
        const stray = await owner.query(`select 1 from ${table}_default limit 1`);
        if (stray.rowCount)
          log.error({ table }, "rows lie in the default partition: their ids carry a time far from now");
      }
    });
    const accounts = await db.asSystem((trx) =>
      sql<{ account_id: AccountId }>`select account_id from account`.execute(trx),
    );
    for (const { account_id } of accounts.rows) {
      await db.withAccount(account_id, forgetOldCommands);
      await db.withAccount(account_id, (tx) => sweepFiles(tx, tx.now));
      await db.withAccount(account_id, forgetOldMinutes);
      await db.withAccount(account_id, forgetOldCalls);
    }
    if (clock.now() - checkedAt < DAY) return;
    for (const { account_id } of accounts.rows)
      for (const { check, count, examples, says } of await checkAccount(db, account_id))
        log.error({ account: account_id, check, count, examples }, says);
    const removed = await blobs.sweep(clock.now());
    if (removed > 0) log.warn({ removed }, "files of blobs that a crash had left were removed");
    checkedAt = clock.now();
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
