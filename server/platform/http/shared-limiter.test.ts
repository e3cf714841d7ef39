import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { ManualClock } from "../clock.ts";
import { type Database, sql } from "../db.ts";
import { createSharedLimiter } from "./shared-limiter.ts";

let db: Database;
beforeAll(() => {
  ({ db } = openTestDatabase());
});
afterAll(() => db.close());

it("counts over processes, begins anew with the window, and keeps no address and nothing of before", async () => {
  const clock = new ManualClock(TEST_START);
  const name = `test ${crypto.randomUUID()}`;
  const [one, other] = [1, 2].map(() => createSharedLimiter(db, clock, name, 3, 60_000)) as [
    ReturnType<typeof createSharedLimiter>,
    ReturnType<typeof createSharedLimiter>,
  ];
  const tries = [];
  for (const process of [one, other, one, other, one]) tries.push(await process.allows("203.0.113.9"));
  expect(tries).toEqual([true, true, true, false, false]);
  expect(await other.allows("203.0.113.10")).toBe(true);
  const apart = createSharedLimiter(db, clock, `${name} else`, 3, 60_000);
  expect(await apart.allows("203.0.113.9")).toBe(true);
  const rows = await db.asSystem((trx) => sql<{ bucket: string }>`select bucket from rate_window`.execute(trx));
  expect(JSON.stringify(rows.rows)).not.toContain("203.0.113");

  clock.advance(61_000);
  expect(await one.allows("203.0.113.9")).toBe(true);
  const left = await db.asSystem((trx) =>
    sql`select 1 from rate_window where bucket = any(${rows.rows.map((r) => r.bucket)}::text[]) and ends_at <= ${new Date(clock.now())}`.execute(
      trx,
    ),
  );
  expect(left.rows).toEqual([]);
});

it("goes by its own count where the database cannot be asked", async () => {
  const clock = new ManualClock(TEST_START);
  const broken = { asSystem: () => Promise.reject(new Error("away")) } as unknown as Database;
  const limiter = createSharedLimiter(broken, clock, "x", 2, 60_000);
  expect([await limiter.allows("a"), await limiter.allows("a"), await limiter.allows("a")]).toEqual([
    true,
    true,
    false,
  ]);
});
