import { afterAll, expect, it } from "vitest";
import { addAgent, addTeam } from "#modules/people";
import { company } from "../../../scenarios/northwind/company.ts";
import { formerOutcomes } from "../../../scenarios/northwind/outcomes.ts";
import { writePast } from "../../../scenarios/past/write-past.ts";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { ask, readersOf } from "../../../tests/support/import-house.ts";
import { sql } from "../../platform/db.ts";
import { importRows } from "../import/import-rows.ts";
import { notePastReasons } from "./past-reasons.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());
const past = () => writePast({ seed: "a week", until: TEST_START, weeks: 1 });

it("the town's past ends with reasons of its own list, counted by the figures, and noted once", async () => {
  const { accountId } = await makeAccount(db);
  await db.withAccount(accountId, async (tx) => {
    const teamIds = [await addTeam(tx, "Care of the town")];
    for (const { name, initials, email } of company.agents)
      await addAgent(tx, {
        ...{ name, initials, email: `${accountId.slice(-6)}.${email}`, zone: "Europe/London", password: null, teamIds },
      });
  });
  const wait = readersOf(db, clock, accountId);
  await importRows(db, { accountId, name: "town", rows: past(), clock, wait });
  await wait();
  const of = { accountId, until: TEST_START, past, signal: new AbortController().signal };
  const noted = await notePastReasons(db, of);
  await wait();

  const all = await ask<{ outcome: string; noted: string; reason: string; finer: string }>(
    db,
    accountId,
    () => sql`select e.outcome, c.outcome as noted, c.reason, c.finer from closing_fact c join episode_fact e using (account_id, episode_id)
      where c.account_id = ${accountId}`,
  );
  expect(noted).toBeGreaterThan(80);
  expect(all).toHaveLength(noted);
  // Two matters of the past that the desk takes for one ended in two ways; the figures hold to one of these.
  const found = all.filter((one) => one.outcome === one.noted);
  expect(found.length).toBeGreaterThanOrEqual(noted - 2);
  for (const { outcome, reason, finer } of found) {
    const reasons = formerOutcomes.find((one) => one.key === outcome)?.reasons ?? [];
    const top = reasons.find((one) => one.key === reason);
    if (reason !== "") expect([outcome, reason, top !== undefined]).toEqual([outcome, reason, true]);
    expect([reason, finer, (top?.below ?? []).some((one) => one.key === finer)]).toEqual([
      ...[reason, finer, (top?.below ?? []).length > 0],
    ]);
  }
  expect(new Set(found.map((one) => one.finer)).size).toBeGreaterThan(5);
  expect(await notePastReasons(db, of)).toBe(0);
}, 120_000);
