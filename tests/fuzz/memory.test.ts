import { afterAll, expect, it } from "vitest";
import { soak } from "../../bench/soak.ts";
import { useKeyRing } from "../../server/modules/company/index.ts";
import { openTestDatabase } from "../support/database.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());

/** `npm run bench soak` looks over 100,000 with a finer measure; here what the collector leaves by chance weighs more. */
const MOST_PER_MESSAGE = 500;

it("memory stays flat while messages are received, parsed, labelled and stitched", async () => {
  useKeyRing(new Uint8Array(32).fill(7));
  const [warm, end] = await soak(db, 4_000, [1_500, 4_000]);
  expect(end! - warm!).toBeLessThan(2_500 * MOST_PER_MESSAGE);
}, 120_000);
