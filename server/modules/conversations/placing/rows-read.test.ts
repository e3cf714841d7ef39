import { afterAll, expect, test } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import { addressFromUrl } from "#platform/database-url";
import { openDatabase } from "#platform/db";
import { openTowns, type Town } from "../../../../tests/support/conversation-town.ts";
import { type Line, messageId } from "../../../../tests/support/messages.ts";
import { makeDatabase } from "../../../../tests/support/own-database.ts";
import { placingCosts } from "../../../../tests/support/placing-town.ts";
import type { Understood } from "./gather-drafts.ts";
import { placeMessages } from "./place-messages.ts";

const { db, clock, found, say, hear, placesOf } = openTowns();
afterAll(() => db.close());

/** Somebody who has written for months: `matters` conversations of `words` messages each. */
function longPast(matters: number, words: number): Line[] {
  return Array.from({ length: matters * words }, (_, i): Line => {
    const matter = Math.floor(i / words);
    const at = matter * 5 * HOUR + (i % words) * MINUTE;
    if (i % words === 0) return { ext: `m${i}`, from: "alice", text: `@northwind another question: what is ${i}?`, at };
    return {
      ext: `m${i}`,
      from: i % 2 ? "us" : "alice",
      to: `m${i - 1}`,
      thread: `m${matter * words}`,
      text: `@northwind this is ${i} on lamps`,
      at,
    };
  });
}

async function rowsFor(t: Town, last: Line): Promise<number> {
  await say(t, [last]);
  let rows = 0;
  await db.withAccount(t.accountId, async (tx) => {
    const counted = tx.tables().withPlugin({
      transformQuery: (asked) => asked.node,
      transformResult: async (got) => {
        rows += got.result.rows.length;
        return got.result;
      },
    });
    const understood: Understood[] = [
      {
        messageId: messageId(t.accountId, last),
        brandId: t.brandId,
        language: "en",
        noise: false,
        addressed: "mention",
        intent: "complaint",
        sentiment: "negative",
        risks: [],
        gratitude: false,
        thanksOnly: false,
        backfilled: false,
      },
    ];
    await placeMessages({ ...tx, tables: () => counted as never }, understood);
  });
  expect((await placesOf(t, [last])).size).toBe(1);
  return rows;
}

test("for one message at most 200 rows are read, however long its customer's past is", async () => {
  const at = 400 * HOUR;
  const count = async (matters: number, words: number) => {
    const t = await found();
    await hear(t, longPast(matters, words));
    return rowsFor(t, { ext: "x", from: "alice", text: "@northwind lamp number 7 again", at });
  };
  const short = await count(12, 6);
  const long = await count(40, 24);
  expect(short).toBeGreaterThan(20);
  expect(long).toBeLessThanOrEqual(200);
  expect(long).toBeLessThanOrEqual(short + 20);
}, 60_000);

// The same at a million messages: npm run bench -- stitch.
test("among 10,000 messages at most 50 conversations are weighed and 200 rows come back for one", async () => {
  // By itself: with hundreds of small accounts beside it, plans that know no values are made for a small one.
  const own = await makeDatabase();
  const alone = openDatabase(await addressFromUrl(own.url), clock, { appConnections: 2, systemConnections: 1 });
  const costs = await placingCosts(alone, clock, 10_000).finally(async () => {
    await alone.close();
    await own.drop();
  });
  expect(costs).toHaveLength(5);
  for (const c of costs) {
    expect(c.candidates, c.what).toBeLessThanOrEqual(50);
    expect(c.rows, c.what).toBeLessThanOrEqual(200);
    expect(c.looked, c.what).toBeLessThanOrEqual(200);
  }
}, 120_000);
