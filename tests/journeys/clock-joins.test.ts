import { afterAll, expect, test } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { addCalendar } from "../../server/modules/company/index.ts";
import { type Ask, join, undoJoin } from "../../server/modules/conversations/joins/joins.ts";
import { addTeam } from "../../server/modules/people/index.ts";
import { clocksReader } from "../../server/modules/routing/clocks/clocks-reader.ts";
import { addQueue, pauseClocks, resumeClocks } from "../../server/modules/routing/index.ts";
import { clocksOfConversation } from "../../server/modules/routing/store/clock-store.ts";
import { openTowns, type Town } from "../support/conversation-town.ts";
import { TEST_START } from "../support/database.ts";
import { numberEvents } from "../support/journal.ts";
import { type Line, messageId } from "../support/messages.ts";

const { db, clock, found, hear, placesOf } = openTowns();
afterAll(() => db.close());
const by = uuidv7(TEST_START);
const story: Line[] = [
  { ext: "a1", from: "alice", text: "@northwind my parcel A55102 has not come", at: 0 },
  { ext: "b1", from: "bob", text: "@northwind no signal in Leith since noon", at: 10 * MINUTE },
  { ext: "b2", from: "bob", to: "b1", thread: "b1", text: "@northwind and my bill is wrong too", at: 50 * MINUTE },
];

/** Two conversations that both wait, with their clocks. */
async function scene() {
  const t = await found();
  await db.withAccount(t.accountId, async (tx) => {
    const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((d) => [d, [["00:00", "24:00"]]]));
    const calendarId = await addCalendar(tx, "Always", [{ from: "2026-01-01", zone: "UTC", week } as never]);
    const targets = { urgent: HOUR, high: 2 * HOUR, normal: 4 * HOUR, low: 24 * HOUR };
    await addQueue(tx, { name: "Care", position: 1, teamId: await addTeam(tx, "Care"), calendarId, targets });
  });
  for (const line of story) await hear(t, [line]);
  clock.advance(HOUR);
  await read(t);
  const places = await placesOf(t, story);
  const of = (ext: string) => places.get(ext)!.conversationId!;
  return { t, a: of("a1"), b: of("b1") };
}
async function read(t: Town): Promise<void> {
  await numberEvents(db, t.accountId);
  while (await readOnce(db, clocksReader, t.accountId, clock, silentLog)) {}
}
const act = async (t: Town, ask: Partial<Ask> & Pick<Ask, "kind" | "sourceId">) => {
  const ids = { targetId: null, messageIds: [], ...ask };
  const made = await db.withAccount(t.accountId, (tx) => join(tx, ids, { by, expected: {} }));
  if (!made.ok || !made.joined.act) throw new Error("not joined");
  await hear(t, [{ ext: `z${clock.now()}`, from: "zoe", text: "lovely day", at: clock.now() - TEST_START }]);
  await read(t);
  return made.joined.act.id;
};
const undo = async (t: Town, id: string) => {
  const back = await db.withAccount(t.accountId, (tx) => undoJoin(tx, id, by));
  if (!back.ok) throw new Error(back.why);
  await read(t);
};
const clocks = async (t: Town, id: string) =>
  (await db.withAccount(t.accountId, (tx) => clocksOfConversation(tx, id))).map(
    ({ kind, startedAt, dueAt, metAt, endedAt, conversationId, episodeId }) => ({
      ...{ kind, startedAt, dueAt, metAt, endedAt, conversationId, episodeId },
    }),
  );

test("after a merge one clock runs, from the older wait; after the undo both as if nothing had been", async () => {
  const { t, a, b } = await scene();
  const before = [await clocks(t, a), await clocks(t, b)];
  expect(before.flat()).toMatchObject([
    { startedAt: TEST_START, endedAt: null },
    { startedAt: TEST_START + 10 * MINUTE, endedAt: null },
  ]);
  const id = await act(t, { kind: "merge", sourceId: a, targetId: b });
  const merged = await clocks(t, b);
  expect(await clocks(t, a)).toEqual([]);
  const open = merged.filter((one) => one.endedAt === null && one.metAt === null);
  expect(open).toMatchObject([{ kind: "first-response", startedAt: TEST_START }]);
  expect(merged).toHaveLength(2);
  await undo(t, id);
  expect([await clocks(t, a), await clocks(t, b)]).toEqual(before);
});

test("after a split each has a clock from its own wait; after the undo one again", async () => {
  const { t, b } = await scene();
  const before = await clocks(t, b);
  const moved = messageId(t.accountId, story[2]!);
  const id = await act(t, { kind: "split", sourceId: b, messageIds: [moved] });
  const other = (await placesOf(t, story)).get("b2")!.conversationId!;
  expect(other).not.toBe(b);
  expect(await clocks(t, other)).toMatchObject([{ startedAt: TEST_START + 50 * MINUTE, endedAt: null }]);
  expect(await clocks(t, b)).toEqual(before);
  await undo(t, id);
  expect(await clocks(t, b)).toMatchObject(before);
  const gone = (await clocks(t, other)).concat(await clocks(t, b)).filter((one) => one.endedAt === null);
  expect(gone).toEqual(before);
});

test("another customer's answer stops the clock by hand, with no end that is known before", async () => {
  const { t, a } = await scene();
  const run = <T>(ask: (tx: Tx) => Promise<T>) => db.withAccount(t.accountId, ask);
  const peer = { conversationId: a, cause: "peer-answer" } as const;
  await run((tx) => pauseClocks(tx, peer));
  expect(await clocks(t, a)).toMatchObject([{ dueAt: null }]);
  clock.advance(HOUR);
  await run((tx) => resumeClocks(tx, peer));
  expect(await clocks(t, a)).toMatchObject([{ dueAt: expect.any(Number) }]);
  const until = clock.now() + HOUR;
  await expect(run((tx) => pauseClocks(tx, { ...peer, until }))).rejects.toMatchObject({ code: "invalid-request" });
  // A response owed waits for no third party, unless the policy says so.
  const third = { conversationId: a, cause: "third-party" } as const;
  await expect(run((tx) => pauseClocks(tx, third))).rejects.toMatchObject({ code: "not-now" });
});
