import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#platform/db";
import type { Grant } from "#platform/http/actor";
import { createRoutes } from "#platform/http/routes";
import { createHttp } from "#platform/http/server";
import type { AccountId } from "#platform/ids";
import { silentLog } from "#platform/log";
import { makeAccount, openTestDatabase } from "../../../../tests/support/database.ts";
import { routes } from "../index.ts";

const { db } = openTestDatabase();
const { fastify: app } = await createHttp(silentLog, createServer());
const account = (verb: string): Grant => ({ verb, scope: "account", scopeId: null });
const people: Record<string, { id: string; grants: Grant[] }> = {
  Maya: { id: randomUUID(), grants: [account("work.read"), account("policy.manage")] },
  Bob: { id: randomUUID(), grants: [account("work.read")] },
};
let accountId: AccountId;
let brandId: string;
routes(
  createRoutes(
    app,
    db,
    async (request) => {
      const who = people[String(request.headers["x-test-actor"])];
      return who ? { accountId, kind: "agent", name: "", csrf: null, ...who } : null;
    },
    true,
  ),
);
beforeAll(async () => {
  ({ accountId, brandId } = await makeAccount(db));
});
afterAll(async () => {
  await app.close();
  await db.close();
});

async function ask(who: string, method: "GET" | "PUT" | "POST", path = "", payload?: unknown, brand = brandId) {
  const headers = { "x-test-actor": who, ...(method !== "GET" && { "idempotency-key": randomUUID() }) };
  const reply = await app.inject({
    method,
    url: `/api/policies/${brand}${path}`,
    headers,
    ...(payload !== undefined && { payload: payload as object }),
  });
  return { status: reply.statusCode, ...(reply.json() as Record<string, unknown>) } as Record<string, unknown>;
}
const rule = { id: "all", says: "Everything is work.", when: [], verdict: "work" };

test("a brand begins with the default policy; a new version is written once and audited", async () => {
  expect(await ask("Bob", "GET")).toMatchObject({
    status: 200,
    version: 0,
    rules: expect.arrayContaining([expect.objectContaining({ id: "thanks", verdict: "leave" })]),
  });
  expect(await ask("Maya", "PUT", "", { text: "All.", rules: [rule], expectedVersion: 0 })).toMatchObject({
    status: 200,
    version: 1,
    rules: [{ ...rule, priority: "normal" }],
  });
  expect(await ask("Maya", "PUT", "", { text: "All.", rules: [rule], expectedVersion: 0 })).toMatchObject({
    status: 409,
    code: "version-conflict",
    present: { version: 1 },
  });
  const audited = await db.withAccount(accountId, (tx) =>
    sql`select from audit where account_id = ${accountId} and act = 'policy.set'`.execute(tx.tables()),
  );
  expect(audited.rows).toHaveLength(1);
});

test("who may, and what is refused", async () => {
  const body = { text: "", rules: [rule], expectedVersion: 1 };
  expect(await ask("Nobody", "GET")).toMatchObject({ status: 401 });
  expect(await ask("Bob", "PUT", "", body)).toMatchObject({ status: 403, code: "not-permitted" });
  expect(await ask("Bob", "POST", "/dry-run", { rules: [rule] })).toMatchObject({ status: 403 });
  expect(await ask("Maya", "GET", "", undefined, randomUUID())).toMatchObject({ status: 404 });
  expect(await ask("Maya", "GET", "", undefined, "not-a-uuid")).toMatchObject({ status: 400 });
  for (const rules of [
    [],
    [{ ...rule, when: [{ on: "mood", is: ["bad"] }] }],
    [{ ...rule, says: "" }],
    [{ ...rule, verdict: "maybe" }],
    Array(101).fill(rule),
  ])
    expect(await ask("Maya", "PUT", "", { ...body, rules })).toMatchObject({ status: 400, code: "invalid-request" });
});

test("a dry run answers with counts", async () => {
  expect(await ask("Maya", "POST", "/dry-run", { rules: [rule] })).toEqual({
    status: 200,
    looked: 0,
    work: 0,
    leave: 0,
    changed: [],
  });
});
