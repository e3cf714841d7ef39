import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addCalendar } from "#modules/company";
import { addAgent, addTeam, grant } from "#modules/people";
import { HOUR, iso, MINUTE } from "#platform/clock";
import { sql } from "#platform/db";
import type { Grant } from "#platform/http/actor";
import { createRoutes } from "#platform/http/routes";
import { createHttp } from "#platform/http/server";
import { type AccountId, uuidv7 } from "#platform/ids";
import { silentLog } from "#platform/log";
import { makeAccount, openTestDatabase } from "../../../../tests/support/database.ts";
import { addQueue, routes } from "../index.ts";
import { onEpisodeOpened } from "../reactions/on-episode-opened.ts";

const { db, clock } = openTestDatabase();
const { fastify: app } = await createHttp(silentLog, createServer());
/** Who asks, by the header x-test-actor. */
const grants = new Map<string, Grant[]>();
let accountId: AccountId;
let brandId: string;
let queueId: string;
const ids: Record<string, string> = {};
const account = (verb: string): Grant => ({ verb, scope: "account", scopeId: null });

routes(
  createRoutes(
    app,
    db,
    async (request) => {
      const id = request.headers["x-test-actor"];
      if (typeof id !== "string") return null;
      const kind = id === ids.Robot ? ("api-key" as const) : ("agent" as const);
      return { accountId, kind, id, name: "", csrf: null, grants: grants.get(id) ?? [] };
    },
    true,
  ),
);

beforeAll(async () => {
  ({ accountId, brandId } = await makeAccount(db));
  await db.withAccount(accountId, async (tx) => {
    const teamId = await addTeam(tx, "Care");
    await grant(tx, { subjectKind: "team", subjectId: teamId, verb: "work.take", scope: "account", scopeId: null });
    for (const name of ["Alice", "Zoe"])
      ids[name] = await addAgent(tx, {
        name,
        email: `${name}@n.example`,
        initials: name[0]!,
        password: null,
        teamIds: [teamId],
      });
    const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((d) => [d, [["00:00", "24:00"]]]));
    const calendarId = await addCalendar(tx, "Always", [{ from: "2026-01-01", zone: "UTC", week } as never]);
    const targets = { urgent: 15 * MINUTE, high: HOUR, normal: 4 * HOUR, low: 24 * HOUR };
    queueId = await addQueue(tx, { name: "Care", position: 1, teamId, calendarId, targets });
  });
  ids.Robot = randomUUID();
  ids.Nobody = randomUUID();
  grants.set(ids.Alice!, [account("work.read"), account("work.take")]);
  grants.set(ids.Robot, [account("work.read"), account("work.take")]);
  grants.set(ids.Zoe!, [{ verb: "work.read", scope: "queue", scopeId: randomUUID() }, account("presence.force")]);
});
afterAll(async () => {
  await app.close();
  await db.close();
});

async function ask(who: string | null, method: "GET" | "PUT" | "POST", url: string, payload?: object) {
  const headers = {
    ...(who && { "x-test-actor": ids[who]! }),
    ...(method !== "GET" && { "idempotency-key": randomUUID() }),
  };
  const reply = await app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: reply.statusCode, ...(reply.json() as Record<string, never>) } as {
    status: number;
    [key: string]: unknown;
  };
}
const available = { state: "available", until: null, reason: "" };

describe("presence", () => {
  it("is set by oneself and seen with the load", async () => {
    expect(await ask("Alice", "PUT", "/api/presence/me", available)).toMatchObject({
      status: 200,
      state: "available",
      load: 0,
      budget: 100,
      version: 1,
    });
    const list = await ask("Alice", "GET", "/api/presence");
    expect(list.agents).toMatchObject([
      { name: "Alice", state: "available" },
      { name: "Zoe", state: "offline" },
    ]);
  });

  it("of somebody else needs the right and a reason, and is on record", async () => {
    const url = `/api/presence/${ids.Alice}`;
    expect(await ask("Alice", "PUT", url, { ...available, reason: "x" })).toMatchObject({
      status: 403,
      code: "not-permitted",
    });
    expect(await ask("Zoe", "PUT", url, { ...available, state: "break" })).toMatchObject({ status: 400 });
    expect(await ask("Zoe", "PUT", url, { ...available, state: "break", reason: "left the house" })).toMatchObject({
      status: 200,
      state: "break",
    });
    const rows = await db.withAccount(accountId, (tx) =>
      sql<{ act: string }>`select act from audit where account_id = ${accountId} and entity_id = ${ids.Alice}`.execute(
        tx.tables(),
      ),
    );
    expect(rows.rows).toEqual([{ act: "presence.force" }]);
  });

  it.each([
    ["nobody signed in", null, "/api/presence/me", available, 401],
    ["a program", "Robot", "/api/presence/me", available, 403],
    ["a state nobody sets", "Alice", "/api/presence/me", { ...available, state: "not-responding" }, 400],
    [
      "a return in the past",
      "Alice",
      "/api/presence/me",
      { ...available, state: "break", until: "2001-01-01T00:00:00.000Z" },
      400,
    ],
    ["an agent who is not here", "Zoe", `/api/presence/${randomUUID()}`, { ...available, reason: "x" }, 404],
    ["no id", "Zoe", "/api/presence/__proto__", available, 400],
  ])("refuses %s", async (_, who, url, payload, status) => {
    expect((await ask(who, "PUT", url, payload)).status).toBe(status);
  });
});

describe("work", () => {
  it("is taken as the next, an offer is accepted and declined, and each loser hears why", async () => {
    expect(await ask("Alice", "POST", "/api/work/next")).toMatchObject({
      status: 409,
      code: "not-now",
      why: "nothing-waits",
    });
    await ask("Alice", "PUT", "/api/presence/me", available);
    const ofEpisode = () => ({
      ...{
        episodeId: uuidv7(clock.now()),
        conversationId: uuidv7(clock.now()),
        customerId: uuidv7(clock.now()),
        brandId,
      },
      ...{ channelId: uuidv7(clock.now()), messageId: uuidv7(clock.now()), network: "playground", medium: "public" },
      ...{ visibility: "public", t0: iso(clock.now()), priority: "normal", language: "en", risks: [], reopens: null },
      ...{ lastOwnerId: null, rule: "r", says: "It needs an answer." },
    });
    await db.withAccount(accountId, (tx) =>
      onEpisodeOpened.handle(tx, [{ payload: ofEpisode() }, { payload: ofEpisode() }] as never),
    );
    const offers = await db.withAccount(accountId, (tx) =>
      sql<{ id: string }>`select id from offer where account_id = ${accountId} order by id`.execute(tx.tables()),
    );
    const [first, second] = offers.rows.map((row) => row.id);
    expect(await ask("Robot", "POST", `/api/offers/${first}/accept`)).toMatchObject({ status: 403 });
    expect(await ask("Zoe", "POST", `/api/offers/${first}/accept`)).toMatchObject({ status: 403 });
    expect(await ask("Alice", "POST", `/api/offers/${randomUUID()}/accept`)).toMatchObject({ status: 404 });
    expect(await ask("Alice", "POST", `/api/offers/${first}/accept`)).toMatchObject({
      status: 200,
      ok: true,
      state: "active",
      ownerId: ids.Alice,
    });
    expect(await ask("Alice", "POST", `/api/offers/${second}/decline`, { reason: "mood" })).toMatchObject({
      status: 400,
    });
    expect(await ask("Alice", "POST", `/api/offers/${second}/decline`, { reason: "skill" })).toMatchObject({
      status: 200,
      ok: true,
    });
    expect(await ask("Alice", "POST", "/api/work/next")).toMatchObject({ status: 200, ok: true, state: "active" });
    expect(await ask("Alice", "GET", "/api/queues")).toMatchObject({
      queues: [{ id: queueId, open: true, waiting: 0, openWork: 2, firstDueAt: null }],
    });
    // A right for another queue shows nothing of this one.
    expect(await ask("Zoe", "GET", "/api/queues")).toMatchObject({ status: 200, queues: [] });
    expect(await ask("Nobody", "GET", "/api/queues")).toMatchObject({ status: 403 });
  });
});
