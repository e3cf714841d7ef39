import { afterAll, describe, expect, it } from "vitest";
import { finishEpisode, replayWindows } from "#modules/conversations";
import { DAY, HOUR, MINUTE } from "#platform/clock";
import { uuidv7 } from "#platform/ids";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { openTowns, type Town } from "../../../tests/support/conversation-town.ts";
import { TEST_START } from "../../../tests/support/database.ts";
import type { Line } from "../../../tests/support/messages.ts";
import { figuresOf } from "./insights.ts";
import { reader } from "./reactions/fold-facts.ts";

const { db, clock, found, hear, read, placesOf, lastEpisode } = openTowns();
afterAll(() => db.close());

const by = uuidv7(TEST_START);
const span = { from: TEST_START - DAY, to: TEST_START + 30 * DAY };
const all = (ms: number) => ({ public: ms, dm: ms, email: ms, chat: ms, phone: ms });
const BOOK = { public: 7 * DAY, dm: 30 * DAY, email: 14 * DAY, chat: 72 * HOUR, phone: 72 * HOUR };
const windows = (reopen = BOOK, burst = 30 * MINUTE) => ({ reopen, burst: all(burst), channels: {} });

/** Asked, answered after fifty minutes, done, and back after so many days. */
async function played(t: Town, who: string, back: number): Promise<void> {
  const first: Line = { ext: `${who}-1`, from: who, text: `@northwind my lamp B${back}0418 is dark`, at: 0 };
  await hear(t, [first]);
  await hear(t, [{ ext: `${who}-2`, from: "us", to: first.ext, thread: first.ext, text: "Sorry!", at: 50 * MINUTE }]);
  const { conversationId } = (await placesOf(t, [first])).get(first.ext)!;
  const episode = (await lastEpisode(t, conversationId!))!;
  const at = TEST_START + HOUR;
  await db.withAccount(t.accountId, (tx) => finishEpisode(tx, { episodeId: episode.id, outcome: "solved", by, at }));
  const again = { ext: `${who}-3`, from: who, thread: first.ext, to: `${who}-2`, at: back * DAY };
  await hear(t, [{ ...again, text: `@northwind B${back}0418 is dark again` }]);
}

describe("last month under other windows", () => {
  it("by those in force comes to the figures that stand, and changes nothing", async () => {
    const t = await found();
    await played(t, "ines", 5);
    await played(t, "otto", 9);
    await read(t);
    while (await readOnce(db, reader, t.accountId, clock, silentLog)) {}
    const run = await db.withAccount(t.accountId, (tx) =>
      replayWindows(tx, { brandId: t.brandId, ...span, windows: windows() }),
    );
    expect(run).toMatchObject({ looked: 2, cut: false, changes: [], bursts: [] });
    expect(run.after).toEqual(run.before);
    const stand = await db.withAccount(t.accountId, async (tx) => {
      const f = { ...span, brandId: null, queueId: null, network: null };
      return new Map((await figuresOf(tx, f)).figures.map((one) => [one.key, one]));
    });
    expect(run.before).toMatchObject({
      episodes: 4,
      returns: 1,
      done: 2,
      settled: 1,
      firstContacts: 2,
      firstSettled: 1,
    });
    expect(stand.get("episodes-opened")!.value).toBe(run.before.episodes);
    expect(stand.get("settled-share")).toMatchObject({
      n: run.before.done,
      value: run.before.settled / run.before.done,
    });
    expect(stand.get("first-contact-resolution")!.value).toBe(run.before.firstSettled / run.before.firstContacts);
  });

  it("says who would be one and who two, newest first, and how many bursts", async () => {
    const t = await found();
    await played(t, "ines", 5);
    await played(t, "otto", 9);
    const ask = (w: ReturnType<typeof windows>) =>
      db.withAccount(t.accountId, (tx) => replayWindows(tx, { brandId: t.brandId, ...span, windows: w }));
    const short = await ask(windows({ ...BOOK, public: 3 * DAY }));
    expect(short.changes.map((c) => [c.what, c.how, c.afterMs])).toEqual([["return", "parted", 5 * DAY - HOUR]]);
    expect(short.after).toMatchObject({ returns: 0, settled: 2 });
    const long = await ask(windows({ ...BOOK, public: 20 * DAY }));
    expect(long.changes.map((c) => [c.what, c.how, c.afterMs])).toEqual([["return", "joined", 9 * DAY - HOUR]]);
    expect(long.after).toMatchObject({ returns: 2, settled: 0 });
    const wide = await ask(windows(BOOK, HOUR));
    expect(wide.changes).toEqual([]);
    // What was asked and answered after fifty minutes is one burst instead of two.
    expect(wide.bursts.map((b) => [b.before, b.after])).toEqual([
      [3, 2],
      [3, 2],
    ]);
    const own = await ask({ ...windows(), channels: { [t.channelId]: { reopenMs: 20 * DAY } } } as never);
    expect(own.changes).toEqual(long.changes);
    const earlier = await db.withAccount(t.accountId, (tx) =>
      replayWindows(tx, {
        brandId: t.brandId,
        from: span.from,
        to: TEST_START + 6 * DAY,
        windows: windows({ ...BOOK, public: 20 * DAY }),
      }),
    );
    expect(earlier.changes).toEqual([]);
  });

  it("of another account sees nothing", async () => {
    const [t, other] = [await found(), await found()];
    await played(t, "ines", 5);
    const run = await db.withAccount(other.accountId, (tx) =>
      replayWindows(tx, { brandId: t.brandId, ...span, windows: windows() }),
    );
    expect(run.looked).toBe(0);
  });
});
