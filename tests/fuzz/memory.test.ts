import { afterAll, beforeAll, expect, it } from "vitest";
import { soak } from "../../bench/soak.ts";
import { useKeyRing } from "../../server/modules/company/index.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import { type Database, openDatabase } from "../../server/platform/db.ts";
import { makeDatabase, type OwnDatabase } from "../support/own-database.ts";

// Of its own: the loops of a whole house read whatever they find in a database, of any account and by this clock.
let own: OwnDatabase;
let db: Database;
beforeAll(async () => {
  own = await makeDatabase();
  db = openDatabase(await addressFromUrl(own.url), systemClock);
});
afterAll(async () => {
  await db.close();
  await own.drop();
});

/** `npm run bench soak` looks over 100,000 with a finer measure; here what the collector leaves by chance weighs more. */
const MOST_PER_MESSAGE = 500;

it("memory stays flat while messages are received, parsed, labelled and stitched", async () => {
  useKeyRing(new Uint8Array(32).fill(7));
  const [warm, end] = await soak(db, 3_000, [1_000, 3_000]);
  expect(end! - warm!).toBeLessThan(2_000 * MOST_PER_MESSAGE);
}, 240_000);
