import { afterAll, expect, test } from "vitest";
import { sql } from "#platform/db";
import { openTestDatabase } from "../../../../tests/support/database.ts";
import { identityTowns, who } from "../../../../tests/support/identity-town.ts";
import { handlesOfCustomers } from "../customers.ts";
import { joinCustomers, markHandleShared, partHandles, undoJoin } from "./acts.ts";
import { previewJoin, previewPart } from "./read.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());
const { found, hear, look, pair, join, state } = identityTowns(db);

test("join with preview and undo: everything is as it was", async () => {
  const t = await found();
  const [a, b] = await pair(t);
  const before = await state(t);
  const preview = (await db.withAccount(t.accountId, (tx) => previewJoin(tx, b, a)))!;
  expect(preview.moving).toHaveLength(1);
  const done = await join(t, b, a);
  expect(done.customerId).toBe(preview.customerId);
  expect((await look(t, done.customerId))!.handles).toHaveLength(2);
  expect(await state(t)).not.toBe(before);
  await db.withAccount(t.accountId, (tx) => undoJoin(tx, { id: done.actId, by: t.bea }));
  expect(await state(t)).toBe(before);
  await expect(db.withAccount(t.accountId, (tx) => undoJoin(tx, { id: done.actId, by: t.bea }))).rejects.toThrow(
    "Bea took this back already.",
  );
});

test("parting a handle in the middle leaves the others together", async () => {
  const t = await found();
  await hear(
    t,
    { from: who("x", "ann") },
    { from: who("email", "ann@post.example") },
    { from: who("bluesky", "ann.example") },
  );
  const said = await hear(
    t,
    { from: who("x", "ann"), text: "my mail is ann@post.example" },
    { from: who("bluesky", "ann.example"), text: "my mail is ann@post.example" },
  );
  const { customerId } = said.get("bluesky:ann.example")!;
  const seen = (await look(t, customerId))!;
  expect(seen.handles).toHaveLength(3);
  const mail = seen.handles.find((h) => h.network === "email")!;
  const preview = (await db.withAccount(t.accountId, (tx) => previewPart(tx, customerId, [mail.id])))!;
  const { moved } = await db.withAccount(t.accountId, (tx) =>
    partHandles(tx, {
      customerId,
      handleIds: [mail.id],
      by: t.bea,
      reason: "",
      expectedVersion: seen.customer.version,
    }),
  );
  expect(moved.map((m) => [m.handleId, m.to]).sort()).toEqual(preview.moving.map((m) => [m.handle.id, m.to]).sort());
  const sizes = await db.withAccount(t.accountId, async (tx) => {
    const rows = await sql<{
      n: number;
    }>`select count(*)::int as n from handle where account_id = ${t.accountId} group by customer_id order by 1`.execute(
      tx.tables(),
    );
    return rows.rows.map((r) => r.n);
  });
  expect(sizes).toEqual([1, 2]);
});

test("a handle marked as shared joins nobody by hearsay; unmarked it does again", async () => {
  const t = await found();
  const said = await hear(
    t,
    { from: who("email", "desk@firm.example") },
    { from: who("x", "ann"), text: "my mail is desk@firm.example" },
  );
  const { customerId } = said.get("x:ann")!;
  const seen = (await look(t, customerId))!;
  const before = await state(t);
  const handleId = seen.handles.find((h) => h.network === "email")!.id;
  const done = await db.withAccount(t.accountId, (tx) =>
    markHandleShared(tx, { customerId, handleId, by: t.bea, reason: "", expectedVersion: seen.customer.version }),
  );
  expect((await look(t, customerId))!.handles).toHaveLength(1);
  await db.withAccount(t.accountId, (tx) => undoJoin(tx, { id: done.actId, by: t.bea }));
  expect(await state(t)).toBe(before);
});

test("two agents at once: one join is made, the other hears who was first", async () => {
  const t = await found();
  const [a, b] = await pair(t);
  const results = await Promise.allSettled([join(t, a, b), join(t, b, a), join(t, a, b)]);
  const refusals = results.flatMap((r) => (r.status === "rejected" ? [String(r.reason.message)] : []));
  expect(results.filter((r) => r.status === "fulfilled").length).toBeGreaterThanOrEqual(1);
  const stands = await db.withAccount(t.accountId, (tx) => handlesOfCustomers(tx, [a, b]));
  expect([...stands.values()].map((h) => h.length)).toEqual([2]);
  const acts = await db.withAccount(
    t.accountId,
    async (tx) =>
      (
        await sql<{
          n: number;
        }>`select count(*)::int as n from identity_act where account_id = ${t.accountId}`.execute(tx.tables())
      ).rows[0]!.n,
  );
  expect(acts).toBe(1);
  for (const why of refusals) expect(why).toMatch(/Bea joined this customer with another meanwhile|undefined|null/);
});

test("an old version is refused with what stands now", async () => {
  const t = await found();
  const [a, b] = await pair(t);
  await join(t, a, b);
  const ask = { customerId: a, otherId: b, by: t.bea, reason: "", expectedVersion: 1, otherVersion: 1 };
  await expect(db.withAccount(t.accountId, (tx) => joinCustomers(tx, ask))).rejects.toMatchObject({
    code: "version-conflict",
    message: expect.stringContaining("Bea joined this customer with another meanwhile"),
  });
});

test("any mix of joins, partings and marks, undone in any order, is the start again", async () => {
  const t = await found();
  const networks = ["x", "bluesky", "email", "chat", "telegram"];
  await hear(
    t,
    ...networks.map((n, i) => ({
      from: who(n, `h${i}@post.example`),
      text: i === 1 ? "my mail is h2@post.example" : "",
    })),
  );
  let made = 0;
  for (let seed = 1; seed <= 5; seed++) {
    const before = await state(t);
    let n = seed * 7919;
    const pick = (most: number) => {
      n = (n * 48_271) % 2_147_483_647;
      return n % most;
    };
    const acts: string[] = [];
    const customersNow = () =>
      db.withAccount(t.accountId, async (tx) => {
        const rows = await sql<{ c: string; v: number; hs: string[] }>`
          select h.customer_id as c, c.version as v, array_agg(h.id order by h.id) as hs from handle h
          join customer c on c.account_id = h.account_id and c.id = h.customer_id where h.account_id = ${t.accountId} group by 1, 2 order by 1`.execute(
          tx.tables(),
        );
        return rows.rows;
      });
    for (let step = 0; step < 40; step++) {
      const now = await customersNow();
      const one = now[pick(now.length)]!;
      const other = now[pick(now.length)]!;
      const act = pick(5);
      if (act < 2 && one.c !== other.c) acts.push((await join(t, one.c, other.c)).actId);
      else if (act < 4 && one.hs.length > 1)
        acts.push(
          (
            await db.withAccount(t.accountId, (tx) =>
              partHandles(tx, {
                customerId: one.c,
                handleIds: [one.hs[pick(one.hs.length)]!],
                by: t.bea,
                reason: "",
                expectedVersion: one.v,
              }),
            )
          ).actId,
        );
      else if (acts.length > 0 && pick(3) === 0)
        await db.withAccount(t.accountId, (tx) =>
          undoJoin(tx, { id: acts.splice(pick(acts.length), 1)[0]!, by: t.bea }),
        );
    }
    made += acts.length;
    while (acts.length > 0)
      await db.withAccount(t.accountId, (tx) => undoJoin(tx, { id: acts.splice(pick(acts.length), 1)[0]!, by: t.bea }));
    expect(await state(t)).toBe(before);
  }
  expect(made).toBeGreaterThan(30);
});
