import { afterAll, expect, it } from "vitest";
import { addAgent, addTeam } from "#modules/people";
import { company } from "../../../scenarios/northwind/company.ts";
import { writePast } from "../../../scenarios/past/write-past.ts";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { readersOf } from "../../../tests/support/import-house.ts";
import { sql } from "../../platform/db.ts";
import type { AccountId } from "../../platform/ids.ts";
import { contentHash } from "../content-hash.ts";
import { importRows } from "../import/import-rows.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());
const week = () => writePast({ seed: "a week", until: TEST_START, weeks: 1 });

async function town(): Promise<AccountId> {
  const { accountId } = await makeAccount(db);
  await db.withAccount(accountId, async (tx) => {
    const teamIds = [await addTeam(tx, "Care of the town")];
    for (const { name, initials, email } of company.agents)
      await addAgent(tx, {
        name,
        initials,
        email: `${accountId.slice(-6)}.${email}`,
        zone: "Europe/London",
        password: null,
        teamIds,
      });
  });
  return accountId;
}

it("a week of the town, replayed, gives an equal state, also when it was broken off in between; and it opens no work", async () => {
  const [once, again] = [await town(), await town()];
  const wait = readersOf(db, clock, once);
  const whole = await importRows(db, { accountId: once, name: "town", rows: week(), clock, wait });
  await wait();
  expect(whole.refused).toBe(0);
  expect(whole.stored).toBeGreaterThan(400);
  expect(whole.episodes).toBeGreaterThan(100);

  // The second time the first days come in by themselves, then a stop in the middle, then all of it.
  const waitAgain = readersOf(db, clock, again);
  const options = { accountId: again, clock, wait: waitAgain };
  await importRows(db, { ...options, name: "first days", rows: week().take(130) });
  const stop = new AbortController();
  const broken = importRows(db, {
    ...{ ...options, name: "town", rows: week(), ahead: 50, signal: stop.signal },
    onProgress: ({ phase, placed }) => {
      if (phase === "labelling" && placed > 120) stop.abort();
    },
  });
  await expect(broken).rejects.toThrow(/abort/i);
  const rest = await importRows(db, { ...options, name: "town", rows: week() });
  await waitAgain();
  expect(rest.stored).toBeGreaterThan(300);

  expect((await contentHash(db, again)).parts).toEqual((await contentHash(db, once)).parts);
  for (const table of ["work_item", "offer", "delivery"]) expect(await countOf(once, table), table).toBe(0);
}, 240_000);

async function countOf(accountId: AccountId, table: string): Promise<number> {
  const rows = await db.withAccount(accountId, (tx) =>
    sql<{ n: number }>`select count(*)::int as n from ${sql.raw(table)} where account_id = ${accountId}`.execute(
      tx.tables(),
    ),
  );
  return rows.rows[0]!.n;
}
