import { afterAll, expect, test } from "vitest";
import { DAY, MINUTE } from "#platform/clock";
import { sql } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { openTowns, type Town } from "../../../../tests/support/conversation-town.ts";
import { TEST_START } from "../../../../tests/support/database.ts";
import { type Line, messageId } from "../../../../tests/support/messages.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import { finishEpisode } from "../conversations.ts";
import { countDecided, findSamplePosts, setAsideBefore } from "../store/set-aside-store.ts";
import { drawSample, drawWeekly, markSample, measuredSamples, SAMPLE_TIMER } from "./samples.ts";

const { db, clock, found, say, read } = openTowns();
afterAll(() => db.close());

const agentId = uuidv7(TEST_START);
const noise = { noise: true, addressed: "none", intent: "other" };
const praise = { intent: "praise", sentiment: "positive", addressed: "mention" };
const complaint = { intent: "complaint", addressed: "mention" };
const line = (n: number, labels: Line["labels"]): Line => ({
  ...{ ext: `m${n}`, from: `guest${n}`, text: `@northwind this is post ${n} about thing ${n}`, at: n * MINUTE, labels },
});

/** Three are work; six are noise, three are praise. */
async function heard(): Promise<{ t: Town; lines: Line[] }> {
  const t = await found();
  const lines = Array.from({ length: 12 }, (_, n) => line(n, n < 3 ? complaint : n < 9 ? noise : praise));
  await say(t, lines);
  await read(t);
  clock.set(TEST_START + DAY);
  return { t, lines };
}

test("what was left is counted by reason, drawn by seeded chance, marked, and measured", async () => {
  const { t, lines } = await heard();
  const at = <T>(act: Parameters<typeof db.withAccount<T>>[1]) => db.withAccount(t.accountId, act);
  const { strata, kept } = await at((tx) => countDecided(tx, t.brandId, tx.now - 7 * DAY, tx.now));
  expect([strata, kept]).toEqual([
    [
      { key: "noise", frame: 6 },
      { key: "praise", frame: 3 },
    ],
    3,
  ]);
  const sample = await at((tx) => drawSample(tx, t.brandId, agentId));
  expect(sample).toMatchObject({ frame: 9, kept: 3, strata: [{ drawn: 6 }, { drawn: 3 }], drawnBy: agentId });
  const posts = await at((tx) => findSamplePosts(tx, [sample.id]));
  expect(posts.map((p) => p.place)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const left = lines.slice(3).map((l) => messageId(t.accountId, l));
  expect(posts.map((p) => p.messageId).toSorted()).toEqual(left.toSorted());
  expect((await at((tx) => measuredSamples(tx, t.brandId)))[0]).toMatchObject({ marked: 0, missed: null });

  // Of all nine one should have been work.
  for (const { place } of posts)
    await at((tx) =>
      markSample(tx, {
        brandId: t.brandId,
        sampleId: sample.id,
        place,
        verdict: place === 4 ? "work" : "leave",
        agentId,
      }),
    );
  const [measured] = await at((tx) => measuredSamples(tx, t.brandId));
  expect(measured).toMatchObject({ marked: 9, work: 1, taken: 3, gone: 0, missed: { estimate: 1, low: 1, high: 1 } });
  expect(measured!.recall.share).toBeCloseTo(3 / 4, 9);
  const marks = await at((tx) =>
    sql<{ value: string; source: string; n: number }>`select value, source, count(*)::int as n from mark
      where account_id = ${t.accountId} and task = 'actionable' group by 1, 2 order by 1`.execute(tx.tables()),
  );
  expect(marks.rows).toEqual([
    { value: "no", source: "sample", n: 8 },
    { value: "yes", source: "sample", n: 1 },
  ]);

  // An agent ends one of the three as spam: it was taken for work and was none.
  await at(async (tx) => {
    const episode = await sql<{
      id: string;
    }>`select id from episode where account_id = ${t.accountId} order by id limit 1`.execute(tx.tables());
    await finishEpisode(tx, { episodeId: episode.rows[0]!.id, outcome: "spam", by: agentId, at: tx.now });
  });
  expect((await at((tx) => measuredSamples(tx, t.brandId)))[0]!.taken).toBe(2);

  // The next one comes by itself, on Monday; whoever may not see the brand's sample cannot mark it.
  const timers = await at((tx) =>
    sql<{
      due: number;
    }>`select due_at as due from timer where account_id = ${t.accountId} and kind = 'set-aside-sample'`.execute(
      tx.tables(),
    ),
  );
  expect(timers.rows).toEqual([{ due: Date.parse("2026-11-23T03:00:00.000Z") }]);
  const other = { brandId: uuidv7(TEST_START), sampleId: sample.id, place: 1, verdict: "work" as const, agentId };
  await expect(at((tx) => markSample(tx, other))).rejects.toMatchObject({ code: "not-found" });
  await expect(at((tx) => markSample(tx, { ...other, brandId: t.brandId, place: 99 }))).rejects.toMatchObject({
    code: "not-found",
  });
  await at((tx) => drawWeekly(tx, { kind: "", ref: t.brandId, dueAt: 0, payload: {} }));
  expect(await at((tx) => measuredSamples(tx, t.brandId))).toHaveLength(2);
});

test("what was left can be browsed, page by page and by reason; of nothing no sample is drawn", async () => {
  const { t } = await heard();
  const page = (reason: string | null, before: { at: number; id: string } | null, limit = 4) =>
    db.withAccount(t.accountId, (tx) =>
      setAsideBefore(tx, { brandId: t.brandId, since: tx.now - 28 * DAY, reason, before, limit }),
    );
  const first = await page(null, null);
  expect(first.map((p) => p.reason)).toEqual(["praise", "praise", "praise", "noise"]);
  const last = first.at(-1)!;
  const second = await page(null, { at: last.sentAt, id: last.messageId });
  expect(second.map((p) => p.reason)).toEqual(["noise", "noise", "noise", "noise"]);
  expect(second.some((p) => first.some((f) => f.messageId === p.messageId))).toBe(false);
  // What was taken for work is not among it.
  expect(await page(null, null, 50)).toHaveLength(9);
  expect(await page("praise", null, 50)).toHaveLength(3);
  expect(await page("no such reason", null)).toEqual([]);
  const empty = await found();
  await expect(db.withAccount(empty.accountId, (tx) => drawSample(tx, empty.brandId, agentId))).rejects.toMatchObject({
    code: "not-now",
  });
});

test("a sample is drawn on each Monday, also of a brand whose work nobody ends meanwhile", async () => {
  const { t } = await heard();
  await db.withAccount(t.accountId, (tx) => drawSample(tx, t.brandId, null));
  for (const monday of ["2026-11-23T03:00:00.000Z", "2026-11-30T03:00:00.000Z"]) {
    const due = await db.withAccount(t.accountId, (tx) =>
      sql<{
        due: number;
      }>`select due_at as due from timer where account_id = ${t.accountId} and kind = ${SAMPLE_TIMER}`.execute(
        tx.tables(),
      ),
    );
    expect(due.rows).toEqual([{ due: Date.parse(monday) }]);
    clock.set(Date.parse(monday));
    await fireTimers(db, t.accountId, { [SAMPLE_TIMER]: drawWeekly });
  }
});
