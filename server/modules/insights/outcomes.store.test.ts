import { afterAll, beforeAll, expect, it } from "vitest";
import { EpisodeDone, EpisodeOpened } from "#events/conversations";
import { ClosingNoted } from "#events/desk";
import { WorkQueued } from "#events/routing";
import { setSetting } from "#modules/company";
import { outcomesSetting } from "#modules/desk";
import { HOUR, iso, MINUTE } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { type AccountId, uuidOf } from "#platform/ids";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { numberEvents } from "../../../tests/support/journal.ts";
import type { OutcomeLine } from "./domain/outcome-tree.ts";
import { outcomesOf } from "./outcomes.ts";
import { reader } from "./reactions/fold-facts.ts";
import { type Picked, putClosings, resolutionRows } from "./store/closing-fact-store.ts";
import type { Filter } from "./store/fact-store.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());
const id = (name: string) => uuidOf("outcomes", name);
const BEGIN = TEST_START - 2 * HOUR;
const span: Filter = { ...{ from: BEGIN, to: TEST_START + 22 * HOUR, brandId: null, queueId: null, network: null } };
/** The span before, whole. */
const DAY_BEFORE = BEGIN - 3 * HOUR;

/** A stretch of work on a conversation, in minutes from `at`; `took` null: it is open. */
function work(
  tx: Tx,
  conversation: string,
  episode: string,
  of: { at: number; took: number | null; outcome?: string; brand?: string; queue?: string },
): void {
  const { at, took, outcome = "solved", brand = "red", queue = "care" } = of;
  const [episodeId, conversationId] = [id(episode), id(conversation)];
  const head = { key: conversationId, entity: "episode", entityId: episodeId };
  const said = { network: "playground", medium: "public", visibility: "public", language: "en" };
  tx.announce(EpisodeOpened, {
    ...{ ...head, entityVersion: 1 },
    payload: {
      ...{ ...said, episodeId, conversationId, customerId: id(`who-${conversation}`), brandId: id(brand) },
      ...{ channelId: id("ch"), messageId: id(`m-${episode}`), t0: iso(at), priority: "normal", risks: [] },
      ...{ reopens: null, lastOwnerId: null, rule: "r", says: "s" },
    },
  });
  tx.announce(WorkQueued, {
    ...{ ...head, entity: "work-item", entityVersion: 1 },
    payload: {
      ...{ workItemId: id(`w-${episode}`), episodeId, conversationId, queueId: id(queue), dueAt: iso(at) },
      ...{ priority: "normal", reasons: [] },
    },
  });
  if (took === null) return;
  const doneAt = at + took * MINUTE;
  tx.announce(EpisodeDone, {
    ...{ ...head, entityVersion: 2 },
    payload: {
      ...{ episodeId, conversationId, outcome, by: id("priya") },
      ...{ doneAt: iso(doneAt), windowUntil: iso(doneAt + HOUR) },
    },
  });
}
type Said = { outcome?: string; feedback?: boolean; lead?: boolean; version?: number };
function why(tx: Tx, conversation: string, episode: string, reason: string[], said: Said = {}): void {
  const { outcome = "solved", feedback = false, lead = false, version = 1 } = said;
  const episodeId = id(episode);
  const conversationId = id(conversation);
  tx.announce(ClosingNoted, {
    ...{ key: conversationId, entity: "closing", entityId: episodeId, entityVersion: version },
    payload: { episodeId, conversationId, outcome, reason, feedback, lead, by: id("priya") },
  });
}

let accountId: AccountId;
async function read(): Promise<void> {
  await numberEvents(db, accountId);
  while (await readOnce(db, reader, accountId, clock, silentLog)) {}
}
beforeAll(async () => {
  ({ accountId } = await makeAccount(db));
  await db.withAccount(accountId, async (tx) => {
    const reasons = (net: string, below: { key: string; name: string }[]) => [
      { key: "net", name: net, below },
      { key: "bill", name: "Bill" },
    ];
    const answered = { key: "answered", name: "Answered" };
    const [mast, cable] = [
      { key: "mast", name: "Mast down" },
      { key: "cable", name: "Cable" },
    ];
    await setSetting(
      tx,
      outcomesSetting,
      [{ key: "solved", name: "Solved", reasons: reasons("Network", [mast, cable]) }, answered],
      null,
    );
    await setSetting(
      tx,
      outcomesSetting,
      [{ key: "solved", name: "Put right", reasons: reasons("Coverage", [cable]) }, answered],
      null,
    );
    work(tx, "a", "a1", { at: BEGIN, took: 60 });
    why(tx, "a", "a1", ["bill"], { feedback: true });
    // Resolved twice in the span: the last counts. What was noted of the product with the first one stays.
    work(tx, "b", "b1", { at: BEGIN, took: 30 });
    why(tx, "b", "b1", ["bill"], { feedback: true });
    work(tx, "b", "b2", { at: BEGIN + 60 * MINUTE, took: 10, outcome: "answered" });
    work(tx, "c", "c1", { at: BEGIN, took: 20 });
    why(tx, "c", "c1", ["net", "mast"]);
    work(tx, "d", "d1", { at: BEGIN, took: 40 });
    work(tx, "e", "e1", { at: DAY_BEFORE, took: 50 });
    why(tx, "e", "e1", ["net", "mast"], { lead: true });
    // The reason was given with another outcome than the one it ended with.
    work(tx, "f", "f1", { at: BEGIN, took: 100, brand: "blue", queue: "nights" });
    why(tx, "f", "f1", ["net"], { outcome: "answered", lead: true });
    // Open still: it came to nothing yet.
    work(tx, "g", "g1", { at: BEGIN, took: null });
    why(tx, "g", "g1", ["net", "mast"], { feedback: true, lead: true });
  });
  await read();
  // Said again, another day: the last word counts.
  await db.withAccount(accountId, async (tx) =>
    why(tx, "a", "a1", ["net", "mast"], { feedback: true, lead: true, version: 2 }),
  );
  await read();
});

const ask = (f: Partial<Filter> = {}) => db.withAccount(accountId, (tx) => outcomesOf(tx, { ...span, ...f }));
const all: Picked = { outcome: null, reason: null, finer: null, mark: null };
const behind = (picked: Partial<Picked>, f: Partial<Filter> = {}) =>
  db.withAccount(accountId, (tx) => resolutionRows(tx, { ...span, ...f }, { ...all, ...picked }, null, 100));
const line = (key: string, name: string, listed: string, count: number, before: number, share: number, min: number) =>
  expect.objectContaining({ key, name, listed, count, before, share, medianMs: min * MINUTE });

const WORKED = {
  ...{ count: 5, before: 1, medianMs: 40 * MINUTE },
  feedback: { count: 2, before: 0 },
  leads: { count: 2, before: 1 },
};

it("counts each conversation once, by its last resolution, with names that are gone from the list", async () => {
  clock.set(span.to);
  const found = await ask();
  expect(found).toMatchObject(WORKED);
  expect(found.outcomes).toEqual([
    // 20, 40, 60 and 100 minutes.
    line("solved", "Put right", "now", 4, 1, 0.8, 50),
    line("answered", "Answered", "now", 1, 0, 0.2, 10),
  ]);
  const [solved, answered] = found.outcomes;
  expect(solved!.below).toEqual([line("net", "Coverage", "now", 2, 1, 0.5, 40), line("", "", "now", 2, 0, 0.5, 70)]);
  expect(solved!.below[0]!.below).toEqual([line("mast", "Mast down", "before", 2, 1, 1, 40)]);
  expect(answered!.below).toEqual([]);
});

it("has exactly the conversations behind each line, and pages them from the last to the first", async () => {
  const found = await ask();
  const check = async (lines: readonly OutcomeLine[], path: string[]): Promise<void> => {
    for (const one of lines) {
      const [outcome = null, reason = null, finer = null] = [...path, one.key];
      const rows = await behind({ outcome, reason, finer });
      expect([...path, one.key, rows.length]).toEqual([...path, one.key, one.count]);
      await check(one.below, [...path, one.key]);
    }
  };
  await check(found.outcomes, []);
  expect((await behind({})).map((r) => r.episodeId)).toEqual(["f1", "b2", "a1", "d1", "c1"].map(id));
  expect((await behind({ mark: "feedback" })).map((r) => r.episodeId)).toEqual(["a1", "b1"].map(id));
  expect((await behind({ mark: "lead" })).map((r) => r.episodeId)).toEqual(["f1", "a1"].map(id));
  const second = (await behind({}))[1]!;
  const rest = await db.withAccount(accountId, (tx) =>
    resolutionRows(tx, span, all, { at: second.at, episodeId: second.episodeId }, 2),
  );
  expect(rest.map((r) => r.episodeId)).toEqual(["a1", "d1"].map(id));
});

it("keeps to the brands and queues asked for and to those that may be seen", async () => {
  const counts = async (f: Partial<Filter>) => {
    const { count, leads, outcomes } = await ask(f);
    expect((await behind({}, f)).length).toBe(count);
    return [count, leads.count, outcomes.length];
  };
  const [red, blue, care, nights] = ["red", "blue", "care", "nights"].map(id) as [string, string, string, string];
  expect(await counts({ brandId: red })).toEqual([4, 1, 2]);
  expect(await counts({ queueId: nights })).toEqual([1, 1, 1]);
  expect(await counts({ network: "email" })).toEqual([0, 0, 0]);
  expect(await counts({ within: { queues: [], brands: [] } })).toEqual([0, 0, 0]);
  expect(await counts({ within: { queues: [nights], brands: [] } })).toEqual([1, 1, 1]);
  expect(await counts({ within: { queues: [care], brands: [] }, brandId: blue })).toEqual([0, 0, 0]);
});

it("holds a span that still runs against an equally long part of the one before", async () => {
  // Two hours of 24 have passed: of the span before only its first two count, and what was resolved later in it does not.
  clock.set(TEST_START);
  expect((await ask()).before).toBe(0);
  clock.set(span.to);
  expect((await ask()).before).toBe(1);
});

it("a reason that only the span before knows stands there with none in this one", async () => {
  const { outcomes } = await ask({ from: BEGIN + 80 * MINUTE, to: BEGIN + 160 * MINUTE });
  expect(outcomes.map((one) => [one.key, one.count, one.before])).toEqual([
    ["solved", 1, 3],
    ["answered", 0, 1],
  ]);
});

it("a word that comes late does not outrank the one after it", async () => {
  const late = { episodeId: id("a1"), outcome: "solved", reason: ["bill"], feedback: false, lead: false, version: 1 };
  await db.withAccount(accountId, (tx) => putClosings(tx, [late]));
  expect(await ask()).toMatchObject(WORKED);
});

it("is the same when every event is read again", async () => {
  await db.withAccount(accountId, (tx) =>
    sql`update reader_cursor set position = 0 where account_id = ${accountId} and reader = 'insights'`.execute(
      tx.tables(),
    ),
  );
  const once = await ask();
  await db.withAccount(accountId, (tx) => sql`delete from closing_fact`.execute(tx.tables()));
  expect((await ask()).leads.count).toBe(0);
  await read();
  expect(await ask()).toEqual(once);
  expect(once).toMatchObject(WORKED);
});
