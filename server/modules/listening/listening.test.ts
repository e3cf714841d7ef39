import { afterAll, beforeAll, expect, test } from "vitest";
import { MINUTE } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { type Line, makeChannel, messageId, storeMessages } from "../../../tests/support/messages.ts";
import { isHeldOut } from "./domain/learning/held-out.ts";
import { learnMarks } from "./learn-marks.ts";
import { labelsOfMessages, markLabel, understandingOf, understandMessages } from "./listening.ts";
import { modelVersions } from "./store/model-store.ts";
import { forgetWords } from "./store/understanding-store.ts";

let db: Database;
beforeAll(() => {
  ({ db } = openTestDatabase());
});
afterAll(() => db.close());

async function hear(lines: Line[]): Promise<{ accountId: AccountId; id: (ext: string) => string }> {
  const { accountId, brandId } = await makeAccount(db);
  await db.withAccount(accountId, async (tx) => {
    await storeMessages(tx, await makeChannel(tx, brandId), lines);
    await understandMessages(
      tx,
      new Map(lines.map((l) => [messageId(accountId, l), { backfilled: l.backfilled ?? false }])),
    );
  });
  return { accountId, id: (ext) => messageId(accountId, lines.find((l) => l.ext === ext)!) };
}
const labelsOf = async (accountId: AccountId, id: string) =>
  (await db.withAccount(accountId, (tx) => understandingOf(tx, [id]))).get(id)!;
const said = (accountId: AccountId, type: string) =>
  db.withAccount(accountId, async (tx) =>
    (
      await sql<{
        payload: Record<string, unknown>;
      }>`select payload from event where account_id = ${accountId} and type = ${type} order by ord`.execute(tx.tables())
    ).rows.map((r) => r.payload),
  );

const lines: Line[] = [
  { ext: "a1", from: "alice", text: "@northwind where is my parcel? I have been waiting for two weeks", at: 0 },
  { ext: "u1", from: "us", to: "a1", thread: "a1", text: "We are sorry, which order is it?", at: MINUTE },
  { ext: "a2", from: "alice", to: "u1", thread: "a1", text: "order 55102 and nothing has happened", at: 2 * MINUTE },
  { ext: "b1", from: "bob", to: "a1", thread: "a1", text: "try the depot, they helped me", at: 3 * MINUTE },
  { ext: "d1", from: "dora", private: true, text: "I need a new password please", at: 4 * MINUTE, backfilled: true },
];

test("how each message stands to us is read from handles, replies and threads", async () => {
  const { accountId, id } = await hear(lines);
  expect(
    await Promise.all(["a1", "a2", "b1", "d1"].map(async (ext) => (await labelsOf(accountId, id(ext))).addressed)),
  ).toEqual(["mention", "reply", "bystander", "direct"]);
  expect((await labelsOf(accountId, id("a1"))).detail.addressed?.words.map((w) => w.text)).toContain("@northwind");
  const understood = await said(accountId, "MessageUnderstood");
  expect(understood).toHaveLength(5);
  expect(understood.filter((p) => p.backfilled)).toMatchObject([{ messageId: id("d1") }]);
});

test("what kind of post it is goes with the label to whoever decides, and why stays beside it", async () => {
  const { accountId, id } = await hear([
    { ext: "w1", from: "wanda", text: "it would be great if you delivered on Sundays, Northwind", at: 0 },
    { ext: "s1", from: "sam", text: "update: my chair arrived at last, all sorted now", at: MINUTE },
    { ext: "u1", from: "us", text: "good to hear", at: 2 * MINUTE },
  ]);
  const ids = ["w1", "s1", "u1"].map(id);
  const labels = await db.withAccount(accountId, (tx) => labelsOfMessages(tx, ids));
  expect(labels.get(ids[0]!)!.signals).toContain("wish");
  expect(labels.get(ids[1]!)!.signals).toContain("solved");
  expect(labels.get(ids[2]!)).toMatchObject({ signals: [], monitors: [] });
  const told = new Map((await said(accountId, "MessageUnderstood")).map((p) => [p.messageId, p.signals]));
  expect(told.get(ids[0]!)).toEqual(labels.get(ids[0]!)!.signals);
  expect(told.get(ids[2]!)).toBeUndefined();
  expect((await labelsOf(accountId, ids[0]!)).detail.told?.[0]?.words.map((w) => w.text)).toContain("would be great");
});

test("of our own messages only the language is read", async () => {
  const { accountId, id } = await hear(lines);
  expect(await labelsOf(accountId, id("u1"))).toMatchObject({
    language: "en",
    noise: false,
    addressed: "none",
    intent: "other",
  });
});

test("an agent's mark counts at once, outlives another reading, and teaches the account's own model", async () => {
  let heard = await hear(lines);
  // What is held out teaches nothing, and which messages those are follows from their ids: another town has others.
  for (let tries = 0; isHeldOut({ id: heard.id("a1"), text: "" }) && tries < 60; tries++) heard = await hear(lines);
  const { accountId, id } = heard;
  const agentId = uuidv7(TEST_START);
  const was = await labelsOf(accountId, id("a1"));
  await db.withAccount(accountId, (tx) =>
    markLabel(tx, { messageId: id("a1"), task: "intent", value: "lost parcel", agentId }),
  );
  expect((await labelsOf(accountId, id("a1"))).intent).toBe("lost parcel");
  expect(await said(accountId, "LabelMarked")).toMatchObject([
    { messageId: id("a1"), task: "intent", value: "lost parcel", agentId },
  ]);
  await db.withAccount(accountId, (tx) => understandMessages(tx, new Map([[id("a1"), {}]])));
  expect((await labelsOf(accountId, id("a1"))).intent).toBe("lost parcel");

  const timers = await db.withAccount(accountId, (tx) =>
    sql<{
      ref: string;
      due_at: number;
    }>`select payload, due_at from timer where account_id = ${accountId} and kind = 'listening-learn'`.execute(
      tx.tables(),
    ),
  );
  expect(timers.rows).toEqual([{ payload: { task: "intent" }, due_at: TEST_START + MINUTE }]);
  await db.withAccount(accountId, (tx) =>
    learnMarks(tx, { kind: "listening-learn", ref: "", dueAt: TEST_START, payload: { task: "intent" } }),
  );
  expect(await db.withAccount(accountId, modelVersions)).toEqual(new Map([["intent", 1]]));
  await db.withAccount(accountId, (tx) => understandMessages(tx, new Map([[id("a2"), {}]])));
  expect((await labelsOf(accountId, id("a2"))).modelVersion).toBe(`${was.modelVersion}+intent.1`);
});

test.each([
  ["mood", "bad", /A label is one of/],
  ["__proto__", "x", /A label is one of/],
  ["noise", "perhaps", /noise is one of/],
  ["intent", "<b>", /letters, digits/],
])("a mark %s = %s is refused", async (task, value, why) => {
  const { accountId, id } = await hear(lines);
  await expect(
    db.withAccount(accountId, (tx) => markLabel(tx, { messageId: id("a1"), task, value, agentId: uuidv7(TEST_START) })),
  ).rejects.toThrow(why);
});

test("when a message is gone its words go, its labels stay", async () => {
  const { accountId, id } = await hear(lines);
  await db.withAccount(accountId, (tx) => forgetWords(tx, [id("d1")]));
  expect(await labelsOf(accountId, id("d1"))).toMatchObject({ addressed: "direct", detail: { backfilled: true } });
  expect(Object.keys((await labelsOf(accountId, id("d1"))).detail)).toEqual(["backfilled"]);
});
