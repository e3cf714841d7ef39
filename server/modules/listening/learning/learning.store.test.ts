import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY, type ManualClock, MINUTE } from "#platform/clock";
import { type Database, sql, type Tx } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import type { DueTimer } from "#platform/timers";
import { makeAccount, openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { type Line, makeChannel, messageId, storeMessages } from "../../../../tests/support/messages.ts";
import { isHeldOut as isMessageHeldOut } from "../domain/learning/held-out.ts";
import { learnByNight, learnMarks } from "../learn-marks.ts";
import { markLabel, understandingOf, understandMessages } from "../listening.ts";
import { modelOf } from "../own-models.ts";
import { findVersions, insertMarks, marksOf, modelVersions } from "../store/model-store.ts";
import { answerDaily, dayOf, fiveOf } from "./five.ts";
import { learnFromWork } from "./learn-from-work.ts";
import { chooseVersion, flipsBetween, tasksNow } from "./versions.ts";

let db: Database;
let clock: ManualClock;
beforeAll(() => {
  ({ db, clock } = openTestDatabase());
});
afterAll(() => db.close());

const agentId = uuidv7(TEST_START);
/** Messages of these days are held out by their ids. */
const isHeldOut = (id: string) => isMessageHeldOut({ id, text: "" });
const timer = (task: string): DueTimer => ({ kind: "listening-learn", ref: "", dueAt: TEST_START, payload: { task } });

/** Two posts of ten are held out, one of each kind: the same composition whatever the ids of a run are. */
const HELD_AT = new Set([3, 8]);

/**
 * A town that says two kinds of things; half of it calls for an answer. Ids are made anew in every run, and what is held out follows from them: each
 * post keeps its place, text and time, and takes the first network id that puts it on its side.
 */
async function town(size: number): Promise<{ accountId: AccountId; ids: string[]; texts: string[] }> {
  const { accountId, brandId } = await makeAccount(db);
  const things = ["lamp", "sofa", "shelf", "table", "chair", "carpet", "mirror"];
  const lines = Array.from({ length: size }, (_, i): Line => {
    const thing = things[i % things.length]!;
    const text =
      i % 2 === 0
        ? `@northwind my ${thing} number ${i} came broken, zibble it please`
        : `@northwind the ${thing} of house ${i} looks quorn on our wall`;
    const line = (again: number) => ({ ext: `p${i}-${again}`, from: `guest${i}`, text, at: i * MINUTE });
    let again = 0;
    while (isHeldOut(messageId(accountId, line(again))) !== HELD_AT.has(i % 10)) again++;
    return line(again);
  });
  const ids = lines.map((l) => messageId(accountId, l));
  await db.withAccount(accountId, async (tx) => {
    await storeMessages(tx, await makeChannel(tx, brandId), lines);
    await understandMessages(tx, new Map(ids.map((id) => [id, {}])));
  });
  return { accountId, ids, texts: lines.map((l) => l.text) };
}

async function markAll(tx: Tx, ids: readonly string[], task: string, value: (at: number) => string): Promise<void> {
  const marks = ids.map((messageId, at) => ({ id: uuidv7(tx.now), messageId, task, value: value(at), agentId }));
  await insertMarks(tx, marks, "said");
}

test("marks make versions that are measured on posts never learnt from, and one that is worse is not used", async () => {
  const { accountId, ids } = await town(40);
  const held = ids.filter(isHeldOut);
  expect(held).toHaveLength(8);
  await db.withAccount(accountId, async (tx) => {
    await markAll(tx, ids, "intent", (at) => (at % 2 === 0 ? "repair" : "admiration"));
    await learnMarks(tx, timer("intent"));
  });
  const [first] = await db.withAccount(accountId, (tx) => findVersions(tx, "intent"));
  expect(first).toMatchObject({ version: 1, verdict: "promoted", learnedFrom: 40 - held.length, heldOut: held.length });
  expect(first!.figures).toMatchObject({ of: held.length, before: { version: 0, right: 0 } });
  // The two ways of speaking are told apart; whatever is held out was not seen.
  expect(first!.figures!.right).toBeGreaterThan(held.length / 2);
  const labels = first!.figures!.labels.filter((l) => l.true > 0);
  expect(labels.reduce((sum, l) => sum + l.hits, 0)).toBe(first!.figures!.right);

  // Somebody marks all that is learnt from the wrong way round; what is held out keeps the truth.
  await db.withAccount(accountId, async (tx) => {
    const learnt = ids.filter((id) => !isHeldOut(id));
    await markAll(tx, learnt, "intent", (at) => (ids.indexOf(learnt[at]!) % 2 ? "repair" : "admiration"));
    await learnMarks(tx, timer("intent"));
  });
  const versions = await db.withAccount(accountId, (tx) => findVersions(tx, "intent"));
  expect(versions.map((v) => [v.version, v.verdict])).toEqual([
    [2, "worse"],
    [1, "promoted"],
  ]);
  expect(versions[0]!.figures!.before).toEqual({ version: 1, right: first!.figures!.right });
  expect(await db.withAccount(accountId, modelVersions)).toEqual(new Map([["intent", 1]]));

  // What flips between the two is shown with both answers.
  const all = await db.withAccount(accountId, (tx) => flipsBetween(tx, "intent", 1, 2, () => true));
  expect(all.looked).toBe(40);
  expect(all.changed).toBeGreaterThan(0);
  expect(all.flips[0]!.was.said).not.toBe(all.flips[0]!.is.said);
  const none = await db.withAccount(accountId, (tx) => flipsBetween(tx, "intent", 1, 2, () => false));
  expect(none).toEqual({ looked: 0, changed: 0, flips: [] });
});

test("going back holds against new marks until it is released, and is told from a stale screen", async () => {
  const { accountId, ids } = await town(40);
  const inUse = () => db.withAccount(accountId, async (tx) => (await modelVersions(tx)).get("noise") ?? 0);
  await db.withAccount(accountId, async (tx) => {
    await markAll(tx, ids.slice(0, 30), "noise", (at) => (at % 2 === 0 ? "signal" : "noise"));
    await learnMarks(tx, timer("noise"));
  });
  expect(await inUse()).toBe(1);
  const label = async () => (await db.withAccount(accountId, tasksNow)).find((t) => t.task === "noise")!;
  const wish = { task: "noise", by: agentId };
  const before = await label();
  const was = await db.withAccount(accountId, (tx) =>
    chooseVersion(tx, { ...wish, version: 0, pinned: true, expectedVersion: before.choice!.rowVersion + 1 }),
  );
  expect(was).toEqual({ version: 1, pinned: false });
  expect(await inUse()).toBe(0);
  // A second screen still shows what was.
  await expect(
    db.withAccount(accountId, (tx) =>
      chooseVersion(tx, { ...wish, version: 1, pinned: true, expectedVersion: before.choice!.rowVersion + 1 }),
    ),
  ).rejects.toMatchObject({ code: "version-conflict" });
  await db.withAccount(accountId, async (tx) => {
    await markAll(tx, ids.slice(30), "noise", (at) => (at % 2 === 0 ? "signal" : "noise"));
    await learnMarks(tx, timer("noise"));
  });
  expect(await inUse()).toBe(0);
  const pinned = await label();
  expect(pinned.versions.map((v) => v.verdict)).toEqual(["pinned", "promoted"]);
  // Labels are said with what ships as long as it is pinned.
  const [row] = await db.withAccount(accountId, async (tx) => {
    await understandMessages(tx, new Map([[ids[0]!, {}]]));
    return [...(await understandingOf(tx, [ids[0]!])).values()];
  });
  expect(row!.modelVersion).not.toContain("noise.");
  await db.withAccount(accountId, (tx) =>
    chooseVersion(tx, { ...wish, version: 0, pinned: false, expectedVersion: pinned.choice!.rowVersion + 1 }),
  );
  await db.withAccount(accountId, async (tx) => {
    await markLabel(tx, { messageId: ids.find((id) => !isHeldOut(id))!, task: "noise", value: "signal", agentId });
    await learnMarks(tx, timer("noise"));
  });
  expect(await inUse()).toBe(3);
  expect(await db.withAccount(accountId, (tx) => modelOf(tx, "noise", 2))).not.toBeNull();
  await expect(
    db.withAccount(accountId, (tx) => chooseVersion(tx, { ...wish, version: 9, pinned: true, expectedVersion: 4 })),
  ).rejects.toMatchObject({ code: expect.stringMatching(/not-found|version-conflict/) });
});

test("ordinary work teaches in the night, and gives way to what somebody says of a label", async () => {
  const { accountId, ids } = await town(40);
  await db.withAccount(accountId, async (tx) => {
    for (const [at, id] of ids.entries()) await learnFromWork(tx, { messageId: id, agentId, actionable: at % 2 === 0 });
    await markLabel(tx, { messageId: ids[0]!, task: "actionable", value: "no", agentId });
    await learnFromWork(tx, { messageId: ids[0]!, agentId, actionable: true, noise: false });
  });
  const marks = await db.withAccount(accountId, (tx) => marksOf(tx, "actionable", 100));
  expect(marks).toHaveLength(40);
  expect(marks.find((m) => m.messageId === ids[0])!.value).toBe("no");
  const nights = await db.withAccount(accountId, (tx) =>
    sql<{
      due: number;
    }>`select due_at as due from timer where account_id = ${accountId} and kind = 'listening-night'`.execute(
      tx.tables(),
    ),
  );
  expect(nights.rows).toEqual([{ due: Date.parse("2026-11-18T03:00:00.000Z") }]);
  await db.withAccount(accountId, learnByNight);
  const [version] = await db.withAccount(accountId, (tx) => findVersions(tx, "actionable"));
  expect(version).toMatchObject({ version: 1, verdict: "promoted", figures: { before: null } });
  expect(version!.figures!.right / version!.figures!.of).toBeGreaterThan(0.5);
  // What was marked in the same instant may be new: it is learnt once more, and never a third time once the clock has moved.
  clock.advance(MINUTE);
  await db.withAccount(accountId, learnByNight);
  await db.withAccount(accountId, learnByNight);
  expect(await db.withAccount(accountId, (tx) => findVersions(tx, "actionable"))).toHaveLength(2);
});

test("a mark made while the night's learning runs waits for nothing", async () => {
  const { accountId, ids } = await town(10);
  const mark = (of: string) =>
    db.withAccount(accountId, (tx) => learnFromWork(tx, { messageId: of, agentId, actionable: true }));
  await mark(ids[0]!);
  clock.set(Date.parse("2026-11-18T03:00:00.000Z"));
  // What learns has taken its timer out and is not done.
  await db.withAccount(accountId, async (tx) => {
    await sql`delete from timer where account_id = ${accountId} and kind = 'listening-night'`.execute(tx.tables());
    await mark(ids[1]!);
  });
  const left = await db.withAccount(accountId, (tx) =>
    sql<{
      due: number;
    }>`select due_at as due from timer where account_id = ${accountId} and kind = 'listening-night'`.execute(
      tx.tables(),
    ),
  );
  expect(left.rows).toEqual([{ due: Date.parse("2026-11-19T03:00:00.000Z") }]);
  clock.set(TEST_START);
});

test("five posts a day are the same for everybody, are answered by keys, and teach", async () => {
  const { accountId, ids } = await town(30);
  const day = dayOf(TEST_START);
  const five = await db.withAccount(accountId, (tx) => fiveOf(tx, day));
  expect(five).toHaveLength(5);
  expect(five.map((p) => p.place)).toEqual([1, 2, 3, 4, 5]);
  for (const post of five) expect(ids).toContain(post.messageId);
  const answer = (place: number, say: "yes" | "no" | "skip", mayMark = () => true) =>
    db.withAccount(accountId, (tx) => answerDaily(tx, { day, place, answer: say, agentId, mayMark }));
  await answer(1, "yes");
  await answer(2, "skip");
  await answer(1, "no");
  const again = await db.withAccount(accountId, (tx) => fiveOf(tx, day));
  expect(again.map((p) => p.messageId)).toEqual(five.map((p) => p.messageId));
  expect(again.map((p) => p.answer)).toEqual(["no", "skip", null, null, null]);
  const marks = await db.withAccount(accountId, (tx) => marksOf(tx, five[0]!.task, 10));
  expect(marks.map((m) => m.messageId)).toEqual([five[0]!.messageId]);
  await expect(answer(3, "yes", () => false)).rejects.toMatchObject({ code: "not-found" });
  await expect(answer(9, "yes")).rejects.toMatchObject({ code: "not-found" });
  // Two who look first at the same moment get the same.
  const tomorrow = dayOf(TEST_START + DAY);
  const [one, two] = await Promise.all([0, 1].map(() => db.withAccount(accountId, (tx) => fiveOf(tx, tomorrow))));
  expect(one).toEqual(two);
});
