import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#platform/db";
import { sql } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { customersById, handlesOfCustomers, meetHandles } from "./customers.ts";
import { handleKey, type Identity } from "./domain/meet.ts";

let db: Database;
beforeAll(() => {
  ({ db } = openTestDatabase());
});
afterAll(() => db.close());

const alice: Identity = {
  network: "playground",
  scope: "*",
  externalId: "u1",
  handle: "alice",
  name: "Alice",
  followers: 10,
  at: TEST_START,
};
const meet = (accountId: AccountId, ...who: Identity[]) => db.withAccount(accountId, (tx) => meetHandles(tx, who));
const events = (accountId: AccountId) =>
  db.withAccount(accountId, async (tx) =>
    (
      await sql<{ type: string }>`select type from event where account_id = ${accountId} order by ord`.execute(
        tx.tables(),
      )
    ).rows.map((r) => r.type),
  );

test("a new handle is its own customer, with a join that says why", async () => {
  const { accountId } = await makeAccount(db);
  const met = await meet(accountId, alice, { ...alice, externalId: "u2", handle: "bob", name: "" });
  const { customerId } = met.get(handleKey(alice))!;
  const customers = await db.withAccount(accountId, (tx) =>
    customersById(
      tx,
      [...met.values()].map((m) => m.customerId),
    ),
  );
  expect([...customers.values()].map((c) => c.name).sort()).toEqual(["Alice", "bob"]);
  const handles = await db.withAccount(accountId, (tx) => handlesOfCustomers(tx, [customerId]));
  expect(handles.get(customerId)).toMatchObject([
    { handle: "alice", followers: 10, followersAt: TEST_START, evidence: expect.stringContaining("own customer") },
  ]);
  expect(await events(accountId)).toEqual(["HandleMet", "HandleMet"]);
});

test("a later message changes the name and is said; an older one changes nothing", async () => {
  const { accountId } = await makeAccount(db);
  const first = (await meet(accountId, alice)).get(handleKey(alice))!;
  await meet(accountId, { ...alice, name: "Alice W.", followers: 12, at: TEST_START + 1_000 });
  await meet(accountId, { ...alice, name: "Old Alice", followers: 3, at: TEST_START - 1_000 });
  await meet(accountId, { ...alice, name: "Alice W.", followers: 12, at: TEST_START + 2_000 });
  const customer = (await db.withAccount(accountId, (tx) => customersById(tx, [first.customerId]))).get(
    first.customerId,
  );
  expect(customer).toMatchObject({ name: "Alice W.", firstSeenAt: TEST_START - 1_000, lastSeenAt: TEST_START + 2_000 });
  const [handle] = (await db.withAccount(accountId, (tx) => handlesOfCustomers(tx, [first.customerId]))).get(
    first.customerId,
  )!;
  expect(handle).toMatchObject({ name: "Alice W.", followers: 12, version: 2 });
  expect(await events(accountId)).toEqual(["HandleMet", "HandleChanged"]);
});

test("workers who meet the same strangers at the same moment agree on who they are", async () => {
  const { accountId } = await makeAccount(db);
  const many = Array.from({ length: 20 }, (_, i) => ({ ...alice, externalId: `u${i}`, handle: `h${i}` }));
  const results = await Promise.all([
    meet(accountId, ...many),
    meet(accountId, ...many.toReversed()),
    meet(accountId, ...many),
  ]);
  const ids = (found: (typeof results)[number]) =>
    [...found].map(([key, { handleId, customerId }]) => [key, handleId, customerId]).sort();
  for (const found of results) expect(ids(found)).toEqual(ids(results[0]!));
  expect((await events(accountId)).filter((type) => type === "HandleMet")).toHaveLength(20);
  const left = await db.withAccount(accountId, (tx) =>
    sql<{ n: number }>`select count(*)::int as n from customer where account_id = ${accountId}`.execute(tx.tables()),
  );
  expect(left.rows[0]!.n).toBe(20);
});

test("names from outside may hold anything", async () => {
  const { accountId } = await makeAccount(db);
  const strange = { ...alice, name: "a\u0000b\ud800", handle: "__proto__", avatarUrl: "javascript:alert(1)" };
  expect((await meet(accountId, strange)).size).toBe(1);
});
