import { Client } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { HOUR } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { makeAccount, openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { workPage } from "./list-store.ts";
import { placesInQueues } from "./place-store.ts";
import { findWork, headsOf, waitingLanes } from "./work-store.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());

/** A queue of `n` waiting items in three lanes and as many done ones, as the app role sees them. */
async function longQueue(n: number) {
  const { accountId } = await makeAccount(db);
  const queueId = uuidv7(TEST_START);
  const other = uuidv7(TEST_START);
  await db.withAccount(accountId, async (tx) => {
    await sql`
      insert into work_item (account_id, id, queue_id, conversation_id, episode_id, customer_id, brand_id, channel_id, medium, visibility,
        state, priority, weight, t0, due_at, clock, opened_at, lane)
      select ${accountId}, gen_random_uuid(), case when i % 10 = 0 then ${other}::uuid else ${queueId}::uuid end, gen_random_uuid(),
        gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'public', 'public',
        case when i > ${n} then 'done' else 'queued' end, 'normal', 20, ${new Date(TEST_START)}::timestamptz + i * interval '1 second',
        ${new Date(TEST_START)}::timestamptz + i * interval '1 second', 'running', ${new Date(TEST_START)}, 'lane ' || i % 3
      from generate_series(1, ${2 * n}) i`.execute(tx.tables());
  });
  return { accountId, queueId };
}

/** What the server does by itself within a minute. */
async function analyse() {
  const owner = new Client({ connectionString: db.address.owner });
  await owner.connect();
  await owner.query("analyze work_item");
  await owner.end();
}

/** Pages of the cache touched by what `run` does: grows with the queue when an index is not used. */
async function buffers(accountId: string, run: (tx: Tx) => Promise<unknown>): Promise<number> {
  return db.withAccount(accountId as never, async (tx) => {
    const read = async () =>
      Number(
        (
          await sql<{ n: string }>`select pg_stat_get_xact_blocks_fetched('work_item'::regclass)
            + (select sum(pg_stat_get_xact_blocks_fetched(indexrelid)) from pg_index where indrelid = 'work_item'::regclass) as n`.execute(
            tx.tables(),
          )
        ).rows[0]?.n,
      );
    await run(tx);
    const before = await read();
    await run(tx);
    return (await read()) - before;
  });
}

describe("as the app role, what is read does not grow with the queue", () => {
  const questions: [string, (queueId: string) => (tx: Tx) => Promise<unknown>][] = [
    [
      "the heads of lanes",
      (queueId) => (tx) =>
        headsOf(
          tx,
          [0, 1, 2].map((i) => ({ queueId, lane: `lane ${i}`, after: { due: 0, t0: 0, id: uuidv7(0) } })),
          16,
        ),
    ],
    [
      "items by id",
      (queueId) => (tx) =>
        findWork(tx, {
          ids: Array.from({ length: 40 }, (_, i) => uuidv7(i)),
          conversationIds: [queueId],
          episodeIds: [queueId],
          offeredTo: [queueId],
          activeOf: [queueId],
          offerIds: [queueId],
        }),
    ],
    [
      "a page of one's own",
      (queueId) => (tx) => workPage(tx, { ownerId: queueId, ownedIn: "all", queueIds: [], after: null, limit: 50 }),
    ],
    ["the lanes that wait", () => waitingLanes],
    [
      "the place of one that waits",
      (queueId) => async (tx) => {
        const [last] = await workPage(tx, {
          ...{
            ownerId: null,
            ownedIn: "all",
            queueIds: [queueId],
            after: { due: TEST_START + HOUR / 4, id: uuidv7(0) },
            limit: 1,
          },
        });
        const places = await placesInQueues(tx, [last!.conversationId]);
        expect(places.get(last!.conversationId)).toEqual({ position: 101, waitMs: null });
      },
    ],
    [
      "a page of one queue",
      (queueId) => (tx) => workPage(tx, { ownerId: null, ownedIn: "all", queueIds: [queueId], after: null, limit: 50 }),
    ],
    [
      "a later page of everything",
      () => (tx) =>
        workPage(tx, {
          ownerId: null,
          ownedIn: "all",
          queueIds: "all",
          after: { due: TEST_START + HOUR / 4, id: uuidv7(0) },
          limit: 50,
        }),
    ],
  ];
  it("has seven hot questions", async () => {
    const [small, large] = [await longQueue(2_000), await longQueue(12_000)];
    await analyse();
    for (const [name, ask] of questions) {
      const few = await buffers(small.accountId, ask(small.queueId));
      const many = await buffers(large.accountId, ask(large.queueId));
      expect(many, `${name}: ${few} pages at 2,000, ${many} at 12,000`).toBeLessThanOrEqual(1.5 * few + 30);
    }
  });
});
