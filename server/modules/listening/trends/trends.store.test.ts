import { afterAll, beforeAll, expect, test } from "vitest";
import { monitorBody } from "#contracts/monitors";
import { DAY, HOUR, type ManualClock, MINUTE, SECOND } from "#platform/clock";
import { type Database, sql, type Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { makeAccount, openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { type Line, makeChannel, messageId, storeMessages } from "../../../../tests/support/messages.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import { acknowledgeAlarm, closeAlarm } from "../alarms/acts.ts";
import { presentAlarms } from "../alarms/present-alarms.ts";
import { settleAlarms, TELL_TIMER, tellAlarm } from "../alarms/settle-alarms.ts";
import { INTERVAL, RiseDetector } from "../domain/alarms/rise-detector.ts";
import { understandMessages } from "../listening.ts";
import { createEars } from "../monitors/ears.ts";
import { changeMonitor, dropMonitor, makeMonitor, switchMonitor } from "../monitors/monitors.ts";
import { postsOfMonitor } from "../monitors/posts-of-monitor.ts";
import { type Alarm, pastAlarms, SHIPPED_RULE, saveAlarm, saveRule, standingAlarms } from "../store/alarm-store.ts";
import { addHeard, heardBetween } from "../store/heard-store.ts";
import { followMonitors, followSoon, TRENDS_TIMER } from "./follow-monitors.ts";
import { lookBackAnew } from "./look-back-anew.ts";
import { themesOfMonitor } from "./themes-of-monitor.ts";
import { trendsOf } from "./trends.ts";

let db: Database;
let clock: ManualClock;
beforeAll(() => {
  ({ db, clock } = openTestDatabase());
});
afterAll(() => db.close());

const all = () => true;
const wish = (query: string) => monitorBody.parse({ name: "Outages", query });

async function town() {
  const { accountId, brandId } = await makeAccount(db);
  const run = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => db.withAccount(accountId, act);
  const channelId = await run((tx) => makeChannel(tx, brandId));
  return {
    ...{ accountId, run },
    store: (lines: readonly Line[]) => run((tx) => storeMessages(tx, channelId, lines)),
    hear: (lines: readonly Line[]) =>
      run(async (tx) => {
        await storeMessages(tx, channelId, lines);
        await understandMessages(tx, new Map(lines.map((line) => [messageId(accountId, line), {}])));
      }),
    tick: (at: number) => {
      clock.set(TEST_START + at);
      return run((tx) =>
        followMonitors(tx, { kind: TRENDS_TIMER, ref: accountId, dueAt: TEST_START + at, payload: {} }),
      );
    },
    told: () =>
      run(async (tx) => {
        const found = await sql<{
          said: string;
        }>`select type || coalesce(' ' || (payload->>'severity'), '') as said from event
          where account_id = ${tx.accountId} and type like 'Alarm%' order by ord`.execute(tx.tables());
        return found.rows.map((row) => row.said);
      }),
  };
}

const DAYS = 4;
const storm = DAYS * 24 * HOUR;
/** A quiet town: a post every half hour; then a storm of forty people in twenty minutes. */
const quiet = (from: number, to: number): Line[] =>
  Array.from({ length: Math.floor((to - from) / (30 * MINUTE)) }, (_, i) => ({
    ...{ ext: `q${from + i}`, from: `citizen${i % 9}`, text: `lumo signal ${i % 5 ? "works" : "is a word"}` },
    at: from + i * 30 * MINUTE,
  }));
const stormy = (at: number, count: number, first = 0): Line[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ ext: `s${first + i}`, from: `angry${first + i}`, followers: 30_000 },
    ...{ text: "lumo has no signal again, this is terrible, worst network ever, I am furious", at: at + i * 30_000 },
  }));

test("a new monitor looks back, learns what is usual, raises one alarm in the storm and closes it when it is calm", async () => {
  const t = await town();
  await t.hear(quiet(0, storm));
  clock.set(TEST_START + storm);
  const monitor = await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  await t.tick(storm + MINUTE);
  const before = await t.run((tx) => trendsOf(tx, "7d", null, all));
  expect(before.monitors[0]).toMatchObject({
    posts: (DAYS * 24 * 60) / 30,
    name: "Outages",
    change: null,
    voice: null,
  });
  // What was found looking back is in the trends and not among what it caught.
  expect((await t.run((tx) => postsOfMonitor(tx, monitor.id, null, 10, all))).items).toEqual([]);
  expect(await t.run(standingAlarms)).toEqual([]);

  await t.hear(stormy(storm + 2 * MINUTE, 40));
  for (let at = storm + 6 * MINUTE; at < storm + 40 * MINUTE; at += INTERVAL) await t.tick(at);
  const [alarm] = (await t.run(standingAlarms)) as [Alarm];
  expect(alarm.parts).toMatchObject({ authors: 40, reach: { authors: 40, followers: 1_200_000, most: 30_000 } });
  expect(alarm.parts.seen).toBeGreaterThan(alarm.parts.expected * 3);
  expect(alarm.examples).toHaveLength(6);
  expect(alarm.severity).toBe(2);
  const told = await t.told();
  expect(told.filter((said) => said.startsWith("AlarmOpened"))[0]).toBe("AlarmOpened 0");
  expect(told.filter((said) => said.startsWith("AlarmOpened")).at(-1)).toBe("AlarmOpened 2");
  const [shown] = await t.run((tx) => presentAlarms(tx, [alarm], () => true));
  expect(shown).toMatchObject({
    monitor: { name: "Outages" },
    canAct: true,
    reasons: ["rise", "many-angry", "far-reaching"],
  });

  const seen = await t.run((tx) => acknowledgeAlarm(tx, alarm.id, alarm.version, null, () => {}));
  expect(seen.state).toBe("acknowledged");
  await expect(t.run((tx) => acknowledgeAlarm(tx, alarm.id, alarm.version, null, () => {}))).rejects.toThrow();
  const themes = await t.run((tx) => themesOfMonitor(tx, monitor.id, "24h", all));
  expect(themes).toMatchObject({ tooFew: false, of: { posts: expect.any(Number), all: true } });
  expect(themes.phrases.map((one) => one.phrase).join(" ")).toMatch(/worst network|furious|terrible/);
  expect(themes.posts.length).toBeGreaterThan(0);
  expect((await t.run((tx) => themesOfMonitor(tx, monitor.id, "24h", () => false))).of.posts).toBe(0);

  // Ticks that come late read all that was missed.
  await t.tick(storm + 6 * HOUR);
  expect(await t.run(standingAlarms)).toEqual([]);
  expect(await t.run((tx) => pastAlarms(tx, null, 10))).toMatchObject([{ id: alarm.id, closeHow: "calm" }]);
  expect((await t.told()).at(-1)).toBe("AlarmClosed");
}, 60_000);

test("what came late is counted, history tells what would have rung, and a changed query is looked back with anew", async () => {
  const t = await town();
  clock.set(TEST_START);
  const monitor = await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  await t.tick(MINUTE);
  // An import brings four days and a storm that was two days ago.
  await t.hear([...quiet(0, storm), ...stormy(storm - 24 * HOUR, 40)].map((line) => ({ ...line, backfilled: true })));
  await t.tick(storm + MINUTE);
  const past = await t.run((tx) => pastAlarms(tx, null, 10));
  expect(past).toMatchObject([{ closeHow: "history", parts: { authors: expect.any(Number) } }]);
  expect(await t.told()).toEqual([]);
  const sum = async () => (await t.run((tx) => trendsOf(tx, "7d", [monitor.id], all))).monitors[0];
  expect((await sum())?.posts).toBe((DAYS * 24 * 60) / 30 + 40);
  expect((await sum())?.negativeShare).toMatchObject({ share: expect.any(Number) });
  await t.tick(storm + 2 * MINUTE);
  expect(await t.run((tx) => pastAlarms(tx, null, 10))).toHaveLength(1);

  const body = { ...wish("furious"), expectedVersion: 1 };
  await t.run((tx) => changeMonitor(tx, monitor.id, body, null, () => {}));
  await t.tick(storm + 6 * MINUTE);
  const watched = await t.run(async (tx) => {
    const found = await sql<{
      n: number;
    }>`select count(*)::int as n from monitor_hit where account_id = ${tx.accountId} and looked_back`.execute(
      tx.tables(),
    );
    return found.rows[0]?.n;
  });
  // Those forty were caught already and keep standing as that.
  expect(watched).toBe(0);
}, 60_000);

test("history that no monitor read as it came in is looked back over once it is in", async () => {
  const t = await town();
  clock.set(TEST_START);
  const monitor = await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  await t.tick(MINUTE);
  await t.store(quiet(0, DAY));
  const sum = async () => (await t.run((tx) => trendsOf(tx, "7d", [monitor.id], all))).monitors[0]?.posts;
  await t.tick(DAY + MINUTE);
  expect(await sum()).toBe(0);
  await t.run(lookBackAnew);
  await t.tick(DAY + 2 * MINUTE);
  expect(await sum()).toBe(48);
  // Told again, it counts them once.
  await t.run(lookBackAnew);
  await t.tick(DAY + 3 * MINUTE);
  expect(await sum()).toBe(48);
  expect(await t.told()).toEqual([]);
}, 60_000);

test("a rule keeps a monitor silent, tells after the quiet hours, and a closed alarm stays quiet", async () => {
  const t = await town();
  clock.set(TEST_START);
  const monitor = await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  const rule = { ...SHIPPED_RULE, manyAuthors: 1_000, version: 1 };
  const hush = { from: "00:00", to: "23:59", zone: "UTC" };
  await t.run((tx) => saveRule(tx, monitor.id, { ...rule, hush }, null));
  await t.hear(quiet(0, storm));
  await t.tick(storm + MINUTE);
  await t.hear(stormy(storm + 2 * MINUTE, 20));
  await t.tick(storm + 16 * MINUTE);
  const [alarm] = (await t.run(standingAlarms)) as [Alarm];
  expect(alarm).toMatchObject({ state: "open", severity: 0 });
  expect(alarm.tellAt).toBeGreaterThan(TEST_START + storm + HOUR);
  expect(await t.told()).toEqual(["AlarmChanged"]);
  const closing = { expectedVersion: alarm.version, how: "nothing" as const, says: "a joke" };
  await t.run((tx) => closeAlarm(tx, alarm.id, closing, null, () => {}));
  await expect(
    t.run((tx) => closeAlarm(tx, alarm.id, { ...closing, expectedVersion: 2 }, null, () => {})),
  ).rejects.toThrow(/closed/);
  await t.hear(stormy(storm + 20 * MINUTE, 60, 100));
  for (let at = storm + 21 * MINUTE; at < storm + 60 * MINUTE; at += INTERVAL) await t.tick(at);
  expect(await t.run(standingAlarms)).toEqual([]);
}, 60_000);

test("what gets worse in quiet hours is told when they are over, and what was told before that is not told again", async () => {
  const t = await town();
  clock.set(TEST_START);
  const monitor = await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  const hush = { from: "00:00", to: "23:59", zone: "UTC" };
  const rule = { ...SHIPPED_RULE, manyAuthors: 1_000, version: 1 };
  const wished = (more: object) => t.run((tx) => saveRule(tx, monitor.id, { ...rule, ...more }, null));
  const opened = async () => (await t.told()).filter((said) => said.startsWith("AlarmOpened"));
  await wished({});
  await t.hear(quiet(0, storm));
  await t.tick(storm + MINUTE);
  await t.hear(stormy(storm + 2 * MINUTE, 25));
  await t.tick(storm + 16 * MINUTE);
  expect(await opened()).toEqual(["AlarmOpened 0"]);

  await wished({ manyAuthors: 20, hush });
  await t.tick(storm + 21 * MINUTE);
  expect(await t.run(standingAlarms)).toMatchObject([{ severity: 1, state: "open" }]);
  expect(await opened()).toEqual(["AlarmOpened 0"]);

  await wished({ manyAuthors: 20 });
  await t.hear(stormy(storm + 22 * MINUTE, 20, 100));
  await t.tick(storm + 36 * MINUTE);
  expect(await opened()).toEqual(["AlarmOpened 0", "AlarmOpened 2"]);
  clock.set(TEST_START + storm + DAY);
  await fireTimers(db, t.accountId, { [TELL_TIMER]: tellAlarm });
  expect(await opened()).toEqual(["AlarmOpened 0", "AlarmOpened 2"]);
}, 60_000);

const closed = (monitorId: string, at: number): Alarm => ({
  ...{ id: uuidv7(TEST_START), monitorId, brandId: null, state: "closed", severity: 0, beganAt: at, raisedAt: at },
  ...{ tellAt: at, overAt: null, closedAt: at + HOUR, closedBy: null, closeHow: "calm", closeSays: "" },
  ...{ acknowledgedAt: null, acknowledgedBy: null, parts: {} as Alarm["parts"], examples: [], version: 1 },
});

test("alarms that began at the same moment are all on some page", async () => {
  const t = await town();
  clock.set(TEST_START);
  const monitor = await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  const past = Array.from({ length: 5 }, () => closed(monitor.id, TEST_START));
  await t.run(async (tx) => {
    for (const one of past) await saveAlarm(tx, one);
  });
  const seen: Alarm[] = [];
  for (;;) {
    const last = seen.at(-1);
    const page = await t.run((tx) => pastAlarms(tx, last ? { at: last.beganAt, id: last.id } : null, 2));
    if (page.length === 0) break;
    seen.push(...page);
  }
  expect(seen.map((one) => one.id).toSorted()).toEqual(past.map((one) => one.id).toSorted());
});

test("a rise of which people were told weeks ago is no history when all is read anew", async () => {
  const t = await town();
  clock.set(TEST_START);
  const monitor = await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  const at = TEST_START - 10 * DAY;
  await t.run((tx) => saveAlarm(tx, closed(monitor.id, at)));
  const read = { rises: [{ at, overAt: at + HOUR, expected: 1, posts: 9, strength: 9 }], overAt: null, last: null };
  const detector = new RiseDetector().state();
  const watch = { monitorId: monitor.id, asked: "", readTo: TEST_START, detector, pendingSince: null };
  const rule = { ...SHIPPED_RULE, leastPosts: 0, leastAuthors: 0 };
  await t.run((tx) => settleAlarms(tx, [{ monitor, rule, watch, read, anew: true }]));
  expect((await t.run((tx) => pastAlarms(tx, null, 10))).map((one) => one.closeHow)).toEqual(["calm"]);
});

test("what stands of a monitor ends with it", async () => {
  const t = await town();
  clock.set(TEST_START);
  const monitor = await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  const open: Alarm = { ...closed(monitor.id, TEST_START), state: "open", closedAt: null, closeHow: null };
  await t.run((tx) => saveAlarm(tx, open));
  await t.run((tx) => dropMonitor(tx, monitor.id, 1, null, () => {}));
  expect(await t.run(standingAlarms)).toEqual([]);
  expect(await t.told()).toEqual(["AlarmClosed"]);
});

test.each([
  [
    "switched off",
    "switched off",
    (tx: Tx, id: string) => switchMonitor(tx, id, { on: false, expectedVersion: 1 }, null, () => {}),
  ],
  [
    "given to another brand",
    "another brand",
    async (tx: Tx, id: string) => {
      const brand = await sql<{ id: string }>`select id from brand where account_id = ${tx.accountId}`.execute(
        tx.tables(),
      );
      return changeMonitor(tx, id, { ...wish("lumo"), brandId: brand.rows[0]!.id, expectedVersion: 1 }, null, () => {});
    },
  ],
])("what stands of a monitor ends when it is %s, and says why", async (_, says, act) => {
  const t = await town();
  clock.set(TEST_START);
  const monitor = await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  const open: Alarm = { ...closed(monitor.id, TEST_START), state: "open", closedAt: null, closeHow: null };
  await t.run((tx) => saveAlarm(tx, open));
  await t.run((tx) => act(tx, monitor.id));
  expect(await t.run(standingAlarms)).toEqual([]);
  const [past] = await t.run((tx) => pastAlarms(tx, null, 10));
  expect(past).toMatchObject({ closeHow: "nothing", closeSays: expect.stringContaining(says) });
  expect(await t.told()).toEqual(["AlarmClosed"]);
});

test("whoever changes monitors all the time puts the look at them off no further", async () => {
  const t = await town();
  clock.set(TEST_START);
  await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  clock.advance(900);
  await t.run(followSoon);
  const due = await t.run((tx) =>
    sql<{
      due: number;
    }>`select due_at as due from timer where account_id = ${tx.accountId} and kind = ${TRENDS_TIMER}`.execute(
      tx.tables(),
    ),
  );
  expect(due.rows).toEqual([{ due: TEST_START + SECOND }]);
});

test("what whole networks say is counted, kept or not, by a statement a minute", async () => {
  const t = await town();
  clock.set(TEST_START);
  await t.run((tx) => makeMonitor(tx, wish("lumo"), null, 0));
  const ears = createEars(db, clock);
  const place = {
    accountId: t.accountId,
    brandId: (
      await t.run((tx) =>
        sql<{ id: string }>`select id from brand where account_id = ${tx.accountId}`.execute(tx.tables()),
      )
    ).rows[0]!.id,
    network: "bluesky",
  };
  const say = (text: string) => ({ text, at: TEST_START });
  for (let i = 0; i < 5; i++) await ears.wanted(place, [say("the bus is late"), say("lumo!")]);
  const heard = () => t.run((tx) => heardBetween(tx, TEST_START - HOUR, TEST_START + HOUR));
  expect(await heard()).toEqual({ heard: 0, wanted: 0 });
  clock.advance(MINUTE);
  await ears.wanted(place, [say("tram")]);
  expect(await heard()).toEqual({ heard: 10, wanted: 5 });
  await t.run((tx) => addHeard(tx, TEST_START, 1, 1));
  expect(await heard()).toEqual({ heard: 11, wanted: 6 });
});
