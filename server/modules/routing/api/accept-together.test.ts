import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "#platform/db";
import { createRoutes } from "#platform/http/routes";
import { createHttp } from "#platform/http/server";
import { silentLog } from "#platform/log";
import { countStatements } from "../../../../tests/support/count-statements.ts";
import { openTestDatabase } from "../../../../tests/support/database.ts";
import { type RoutingTown, routingTown } from "../../../../tests/support/routing-town.ts";
import { routes } from "../index.ts";
import { declineOffer } from "../routing.ts";

const { db, clock } = openTestDatabase();
const { fastify: app } = await createHttp(silentLog, createServer());
let t: RoutingTown;

routes(
  createRoutes(
    app,
    db,
    async (request) => {
      const name = String(request.headers["x-test-actor"]);
      const grants = name === "Nobody" ? [] : [{ verb: "work.take", scope: "account" as const, scopeId: null }];
      const id = t.agents[name] ?? randomUUID();
      return { accountId: t.accountId, kind: "agent" as const, id, name, csrf: null, grants };
    },
    true,
  ),
);
beforeAll(async () => {
  t = await routingTown({ db, clock }, ["Alice", "Bob", "Carla"]);
  await t.opened(...Array.from({ length: 15 }, () => t.episode()));
});
afterAll(async () => {
  await app.close();
  await db.close();
});

async function accept(name: string, offerId: string, key: string = randomUUID()) {
  const headers = { "x-test-actor": name, "idempotency-key": key };
  const reply = await app.inject({ method: "POST", url: `/api/offers/${offerId}/accept`, headers });
  const { code, why, ownerId, workItemId, version } = reply.json();
  const replayed = reply.headers["idempotent-replayed"] === "true";
  return { status: reply.statusCode, code: code ?? why, ownerId, workItemId, version, replayed };
}
const idsOf = async (name: string) => (await t.offers(name)).map((offer) => offer.offerId);
const told = (workItemId: string) =>
  t.run(async (tx) => {
    const events = await sql<{ n: number }>`select count(*)::int as n from event
      where account_id = ${t.accountId} and type = 'WorkAccepted' and entity_id = ${workItemId}`.execute(tx.tables());
    const kept = await sql<{ n: number }>`select count(*)::int as n from command_log
      where account_id = ${t.accountId} and result->>'workItemId' = ${workItemId}`.execute(tx.tables());
    return [events.rows[0]!.n, kept.rows[0]!.n];
  });

describe("many who accept at the same moment", () => {
  it("each get an answer of their own, from a few transactions", async () => {
    const [alice, bob, carla] = [await idsOf("Alice"), await idsOf("Bob"), await idsOf("Carla")];
    await t.run((tx) => declineOffer(tx, { offerId: bob[4]!, agentId: t.agents.Bob!, reason: "busy" }));
    const [twice, refused] = [randomUUID(), randomUUID()];
    let answers: Awaited<ReturnType<typeof accept>>[] = [];
    const { commits } = await countStatements(async () => {
      answers = await Promise.all([
        accept("Alice", alice[0]!),
        accept("Alice", bob[0]!),
        accept("Bob", bob[1]!),
        accept("Bob", bob[4]!, refused),
        accept("Nobody", bob[2]!),
        accept("Carla", carla[0]!, twice),
        accept("Carla", carla[0]!, twice),
        accept("Carla", carla[1]!, twice),
        accept("Alice", alice[1]!),
        accept("Bob", randomUUID()),
      ]);
    });
    const [first, foreign, second, declined, nobody, once, again, reused, third, unknown] = answers;
    expect(first).toMatchObject({ status: 200, ownerId: t.agents.Alice });
    expect(second).toMatchObject({ status: 200, ownerId: t.agents.Bob });
    expect(third).toMatchObject({ status: 200, ownerId: t.agents.Alice });
    expect([foreign, unknown]).toMatchObject([{ status: 404 }, { status: 404 }]);
    expect(declined).toMatchObject({ status: 409, code: "not-now" });
    expect(nobody).toMatchObject({ status: 403 });
    expect([once?.replayed, again?.replayed]).toEqual([false, true]);
    expect({ ...again, replayed: false }).toEqual(once);
    expect(reused).toMatchObject({ status: 409, code: "command-reused" });
    expect(commits).toBeLessThanOrEqual(3);
    for (const one of [first, second, third, once]) expect(await told(one!.workItemId)).toEqual([1, 1]);
    expect(await idsOf("Bob")).toEqual(expect.arrayContaining([bob[0], bob[2], bob[3]]));
    // A refusal is kept nowhere: asked again it is decided anew.
    expect(await accept("Bob", bob[4]!, refused)).toMatchObject({ status: 409, code: "not-now" });
    expect(await accept("Carla", carla[1]!)).toMatchObject({ status: 200, replayed: false });
    expect(await accept("Carla", carla[0]!, twice)).toEqual(again);
  });

  it("one that breaks does not fail the others", async () => {
    const [alice, bob, carla] = [await idsOf("Alice"), await idsOf("Bob"), await idsOf("Carla")];
    const owner = new Client({ connectionString: db.address.owner });
    await owner.connect();
    await owner.query(
      `create function break_it() returns trigger language plpgsql as $$ begin raise 'It broke.'; end $$`,
    );
    await owner.query(
      `create trigger breaks before update on offer for each row when (old.id = '${bob[0]}') execute function break_it()`,
    );
    const key = randomUUID();
    const answers = await Promise.all([
      accept("Alice", alice[0]!),
      accept("Bob", bob[0]!, key),
      accept("Carla", carla[0]!),
      accept("Bob", bob[1]!),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 500, 200, 200]);
    for (const n of [0, 2, 3]) expect(await told(answers[n]!.workItemId)).toEqual([1, 1]);
    expect(await idsOf("Bob")).toContain(bob[0]);
    await owner.query("drop function break_it() cascade");
    await owner.end();
    expect(await accept("Bob", bob[0]!, key)).toMatchObject({ status: 200, replayed: false });
  });
});
