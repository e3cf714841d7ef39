import { afterAll, beforeAll, expect, it } from "vitest";
import { makeAccount, openTestDatabase } from "../../../../tests/support/database.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { MINUTE } from "../../../platform/clock.ts";
import { sql } from "../../../platform/db.ts";
import { silentLog } from "../../../platform/log.ts";
import { useKeyRing } from "../../company/index.ts";
import { connectChannel } from "../channels.ts";
import type { Care } from "../connect/care.ts";
import { networkAdapters } from "../index.ts";
import { startWatch } from "./watch.ts";

const { db, clock } = openTestDatabase();
beforeAll(() => useKeyRing(new Uint8Array(32).fill(7)));
afterAll(() => db.close());

it("a hundred mute channels are looked at side by side, and hold no alarm up", async () => {
  const { accountId, brandId } = await makeAccount(db);
  const ids = await db.withAccount(accountId, async (tx) => {
    const made: string[] = [];
    for (let i = 0; i < 100; i++) {
      const place = { network: "feed", name: `Feed ${i}`, externalId: `https://f${i}.example/`, handle: `f${i}` };
      made.push((await connectChannel(tx, { brandId, ...place, config: { url: place.externalId } })).channelId);
    }
    return made;
  });
  const hanging = new Map<string, () => void>();
  const looked: string[] = [];
  let most = 0;
  const check = (_account: string, id: string) =>
    new Promise<void>((answer) => {
      hanging.set(id, answer);
      looked.push(id);
      most = Math.max(most, hanging.size);
    });
  const watch = startWatch(
    {
      ...{ db, clock, log: silentLog, adapters: networkAdapters(clock), holder: "a", only: [accountId] },
      care: { check } as unknown as Care,
    },
    false,
  );
  const first = watch.inspect();
  await eventually("the lanes are full", async () => hanging.size === 20);
  // Meanwhile the sign-in of one is refused: it is told although no lane is free.
  clock.advance(MINUTE);
  await db.withAccount(accountId, (tx) =>
    sql`update channel set state = 'needs-reauth' where account_id = ${accountId} and id = ${ids[99]}`.execute(
      tx.tables(),
    ),
  );
  const second = watch.inspect();
  await eventually("an alarm is told", async () => {
    const { rows } = await db.withAccount(accountId, (tx) =>
      sql<{ n: number }>`select count(*)::int as n from channel_alarm where account_id = ${accountId}`.execute(
        tx.tables(),
      ),
    );
    return rows[0]!.n > 0;
  });
  expect(hanging.size).toBe(20);
  let rounds = 0;
  while (looked.length < 100 || hanging.size > 0) {
    rounds += 1;
    const now = [...hanging];
    hanging.clear();
    for (const [, answer] of now) answer();
    await eventually("the next ones are looked at", async () => hanging.size === Math.min(20, 100 - rounds * 20));
  }
  await Promise.all([first, second]);
  expect(new Set(looked)).toEqual(new Set(ids));
  expect({ looked: looked.length, most, rounds }).toEqual({ looked: 100, most: 20, rounds: 5 });
  await watch.close();
});
