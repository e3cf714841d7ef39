import { inject } from "vitest";
import { ManualClock } from "../../server/platform/clock.ts";
import { type Database, openDatabase, sql } from "../../server/platform/db.ts";
import { type AccountId, type BrandId, uuidv7 } from "../../server/platform/ids.ts";

/** Tests live on a Tuesday morning in London, far from any month's end. */
export const TEST_START = Date.parse("2026-11-17T09:00:00.000Z");

/** The run's database with a clock of the test's own. Close it in `afterAll`. */
export function openTestDatabase(clock = new ManualClock(TEST_START)): { db: Database; clock: ManualClock } {
  return { db: openDatabase(inject("database"), clock, { appConnections: 4, systemConnections: 2 }), clock };
}

/** A fresh account with one brand and nothing else. */
export async function makeAccount(
  db: Database,
  name = "Northwind",
): Promise<{ accountId: AccountId; brandId: BrandId }> {
  const accountId = uuidv7<AccountId>(TEST_START);
  const brandId = uuidv7<BrandId>(TEST_START);
  await db.withAccount(accountId, async (tx) => {
    await sql`insert into account (account_id, name, created_at) values (${accountId}, ${name}, ${new Date(TEST_START)})`.execute(
      tx.tables(),
    );
    await sql`insert into brand (account_id, id, name, names, disclosure, locale, created_at) values (${accountId}, ${brandId}, ${name}, ${[name.toLowerCase()]}, 'full-name', 'en', ${new Date(TEST_START)})`.execute(
      tx.tables(),
    );
  });
  return { accountId, brandId };
}
