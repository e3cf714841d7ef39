import { afterAll, expect, test } from "vitest";
import { DAY, HOUR } from "#platform/clock";
import { openTowns } from "../../../tests/support/conversation-town.ts";
import { TEST_START } from "../../../tests/support/database.ts";
import type { Line } from "../../../tests/support/messages.ts";
import { STITCH_SETTINGS } from "./domain/evidence.ts";
import { replayStitching } from "./replay-stitching.ts";

const { db, found, hear, placesOf } = openTowns();
afterAll(() => db.close());

const span = { from: TEST_START - DAY, to: TEST_START + 30 * DAY };
const said: Line[] = [
  { ext: "a1", from: "alice", text: "@northwind my parcel has not come", at: 0 },
  { ext: "u1", from: "us", to: "a1", thread: "a1", text: "Sorry! We look into it.", at: HOUR },
  { ext: "a2", from: "alice", text: "@northwind still no parcel, the courier lost it", at: 30 * HOUR },
  { ext: "b1", from: "bob", text: "@northwind do you sell green lamps?", at: 2 * HOUR },
];

test("the past stitched anew stands as it stands; other limits show both sides, and change nothing", async () => {
  const t = await found();
  for (const line of said.toSorted((a, b) => a.at - b.at)) await hear(t, [line]);
  const places = await placesOf(t, said);
  const ask = (limits: Partial<typeof STITCH_SETTINGS>) =>
    db.withAccount(t.accountId, (tx) =>
      replayStitching(tx, { brandId: t.brandId, ...span, limits: { ...STITCH_SETTINGS, ...limits } }),
    );
  const same = await ask({});
  expect(same).toMatchObject({ looked: 4, cut: false, changes: [] });
  expect(same.before).toBe(new Set([...places.values()].map((p) => p.conversationId)).size);
  const wide = await ask({ freshPostMs: 3 * DAY });
  const narrow = await ask({ freshPostMs: HOUR, memoryMs: HOUR });
  const changes = [...wide.changes, ...narrow.changes];
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({
    ...{ messageId: places.get("a2")!.messageId, otherId: places.get("u1")!.messageId, afterMs: 29 * HOUR },
    ...{ conversationId: places.get("a2")!.conversationId, otherConversationId: places.get("a1")!.conversationId },
  });
  expect(await placesOf(t, said)).toEqual(places);
  const other = await found();
  const foreign = await db.withAccount(other.accountId, (tx) =>
    replayStitching(tx, { brandId: t.brandId, ...span, limits: STITCH_SETTINGS }),
  );
  expect(foreign.looked).toBe(0);
});
