import { afterAll, describe, expect, it } from "vitest";
import { ChannelBack, ChannelOut } from "#events/channels";
import { addCalendar, allCalendars, calendarOf, changeCalendar } from "#modules/company";
import { addTeam } from "#modules/people";
import { DAY, HOUR, iso, MINUTE } from "#platform/clock";
import { json, sql, type Tx } from "#platform/db";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { numberEvents } from "../../../../tests/support/journal.ts";
import { makeChannel, messageId, storeMessages } from "../../../../tests/support/messages.ts";
import { type RoutingTown, routingTown, tell } from "../../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import { usualSla } from "../domain/clocks/sla-policy.ts";
import { addQueue, assignWork, timers } from "../index.ts";
import { clocksOfConversation } from "../store/clock-store.ts";
import { clocksReader } from "./clocks-reader.ts";
import { keepClocks } from "./keep-clocks.ts";
import { promiseReads, showPromise } from "./promise-shown.ts";
import { setSla } from "./sla.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

async function town() {
  const t = await routingTown({ db, clock }, ["Alice"]);
  const read = async () => {
    await t.read();
    while (await readOnce(db, clocksReader, t.accountId, clock, silentLog)) {}
    await numberEvents(db, t.accountId);
    // What the clocks said of the work is heard by both.
    await t.read();
    while (await readOnce(db, clocksReader, t.accountId, clock, silentLog)) {}
  };
  const clocks = (e: { conversationId: string }) => t.run((tx) => clocksOfConversation(tx, e.conversationId));
  const opens = async (more: Parameters<typeof t.episode>[0] = {}) => {
    const e = t.episode(more);
    await t.opened(e);
    await read();
    return e;
  };
  const fire = async () => {
    await fireTimers(db, t.accountId, timers);
    await read();
  };
  const told = () =>
    t.run(async (tx) => {
      const rows = await sql<{ type: string; kind: string; part: number | null }>`
        select type, payload->>'kind' as kind, (payload->>'part')::float as part from event
        where account_id = ${t.accountId} and type in ('ClockWarned', 'ClockBreached') order by position`.execute(
        tx.tables(),
      );
      return rows.rows.map((row) => [row.type, row.kind, row.part]);
    });
  const promise = (over: object, more: { openToo?: boolean; version?: number } = {}) =>
    t.run((tx) =>
      setSla(tx, {
        policy: {
          ...usualSla,
          rows: [
            {
              ...{ name: "All", brandIds: [], queueIds: [], priorities: [], mediums: [], hours: "queue" },
              ...{ firstResponseMs: null, nextResponseMs: null, resolutionMs: null, ...over },
            },
          ],
        },
        ...{ expectedVersion: more.version ?? 0, from: null, openToo: more.openToo ?? false, by: null },
      }),
    );
  return { ...t, read, clocks, opens, fire, told, promise };
}
const say = async (
  t: RoutingTown & { read(): Promise<void> },
  ...of: [Parameters<typeof tell>[1], Parameters<typeof tell>[2]]
) => {
  await tell(t, ...of);
  await t.read();
};

describe("clocks of an episode", () => {
  it("run from the first unanswered message by the queue's target, are met by answers, and end with the work", async () => {
    const t = await town();
    const t0 = clock.now();
    const e = await t.opens();
    expect(await t.clocks(e)).toMatchObject([{ kind: "first-response", startedAt: t0, dueAt: t0 + 4 * HOUR }]);
    expect((await t.work(e)).due).toBe(t0 + 4 * HOUR);
    clock.advance(HOUR);
    await say(t, e, "answered");
    expect(await t.clocks(e)).toMatchObject([{ metAt: t0 + HOUR, breachedAt: null }]);
    clock.advance(HOUR);
    await say(t, e, "continued");
    expect(await t.clocks(e)).toMatchObject([{}, { kind: "next-response", dueAt: t0 + 6 * HOUR, metAt: null }]);
    await say(t, e, "done");
    expect((await t.clocks(e)).at(-1)).toMatchObject({ endedAt: t0 + 2 * HOUR });
    clock.advance(DAY);
    await t.fire();
    expect(await t.told()).toEqual([]);
  });

  it("warn and break once each, late, twice and by a process that was started anew", async () => {
    const t = await town();
    await t.opens();
    clock.advance(3 * HOUR);
    await t.fire();
    await t.fire();
    clock.advance(2 * HOUR);
    await Promise.all([fireTimers(db, t.accountId, timers), fireTimers(db, t.accountId, timers)]);
    clock.advance(DAY);
    await t.fire();
    expect(await t.told()).toEqual([
      ["ClockWarned", "first-response", 0.75],
      ["ClockBreached", "first-response", null],
    ]);
  });

  it("make the work due by the earliest, and the resolution stands still while we wait for the customer", async () => {
    const t = await town();
    await t.promise({ resolutionMs: 2 * HOUR, nextResponseMs: 3 * HOUR });
    const t0 = clock.now();
    const e = await t.opens();
    expect((await t.work(e)).due).toBe(t0 + 2 * HOUR);
    clock.advance(HOUR);
    await say(t, e, "answered");
    clock.advance(10 * HOUR);
    await say(t, e, "continued");
    // An hour of it is left, and the next answer has three.
    expect((await t.work(e)).due).toBe(clock.now() + HOUR);
    const resolution = (await t.clocks(e)).find((one) => one.kind === "resolution");
    expect(resolution).toMatchObject({ dueAt: clock.now() + HOUR, pauses: [{ cause: "waiting-for-customer" }] });
  });

  it("keep to what was promised when the policy changes, and follow it when that is asked for", async () => {
    const t = await town();
    const t0 = clock.now();
    const e = await t.opens();
    const version = await t.promise({ firstResponseMs: 10 * HOUR });
    await t.fire();
    expect((await t.work(e)).due).toBe(t0 + 4 * HOUR);
    const later = await t.opens();
    expect((await t.work(later)).due).toBe(t0 + 10 * HOUR);
    await expect(t.promise({ firstResponseMs: HOUR })).rejects.toMatchObject({ code: "version-conflict" });
    await t.promise({ firstResponseMs: 20 * HOUR }, { openToo: true, version });
    await t.fire();
    expect([(await t.work(e)).due, (await t.work(later)).due]).toEqual([t0 + 20 * HOUR, t0 + 20 * HOUR]);
    expect(await t.clocks(e)).toMatchObject([{ dueAt: t0 + 20 * HOUR, startedAt: t0, policyVersion: version + 1 }]);
  });

  it("follow a calendar that changed when that is asked for", async () => {
    const t = await town();
    const calendarId = await t.run((tx) =>
      addCalendar(tx, "Days", [
        {
          from: "2026-01-01",
          zone: "UTC",
          week: { 1: [["00:00", "24:00"]], 2: [["00:00", "24:00"]], 3: [["00:00", "24:00"]] },
        },
      ]),
    );
    await t.promise({ hours: calendarId, firstResponseMs: 2 * HOUR });
    const t0 = Date.parse("2026-12-01T23:00:00Z");
    clock.set(t0);
    const e = await t.opens();
    expect((await t.work(e)).due).toBe(t0 + 2 * HOUR);
    await t.run(async (tx) => {
      const { name, rules, version } = await calendarOf(tx, calendarId);
      const days = [{ date: "2026-12-02", name: "Repentance", hours: [], closed: [] }];
      await changeCalendar(tx, { calendarId, name, rules, days, expectedVersion: version, openToo: true });
    });
    await t.read();
    await t.fire();
    // Tuesday's last hour, then Wednesday is closed: Monday's first hour.
    expect((await t.work(e)).due).toBe(Date.parse("2026-12-07T01:00:00Z"));
  });

  it("let work be served as soon as a changed calendar says that its queue is open", async () => {
    const closed = { 7: [["00:00", "00:01"] as [string, string]] };
    const t = await routingTown({ db, clock }, ["Alice"], { week: closed });
    const read = async () => {
      await t.read();
      while (await readOnce(db, clocksReader, t.accountId, clock, silentLog)) {}
      await t.read();
    };
    // A Tuesday.
    clock.set(Date.parse("2026-12-08T10:00:00Z"));
    const e = t.episode();
    await t.opened(e);
    expect((await t.work(e)).state).toBe("queued");
    await t.run(async (tx) => {
      const [calendar] = await allCalendars(tx);
      const { id: calendarId, name, rules, version } = calendar!;
      const days = [{ date: "2026-12-08", name: "Extra", hours: [["08:00", "20:00"] as [string, string]], closed: [] }];
      await changeCalendar(tx, { calendarId, name, rules, days, expectedVersion: version, openToo: false });
    });
    await read();
    expect((await t.work(e)).state).toBe("offered");
  });

  it("follow work to another queue, and are due no later there", async () => {
    const t = await town();
    const t0 = clock.now();
    const e = await t.opens();
    const calendarId = await t.run((tx) =>
      addCalendar(tx, "Always", [
        {
          from: "2026-01-01",
          zone: "UTC",
          week: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((d) => [d, [["00:00", "24:00"]]])),
        },
      ]),
    );
    const queueId = await t.run(async (tx) =>
      addQueue(tx, {
        ...{ name: "Press", position: 2, teamId: await addTeam(tx, "Press"), calendarId },
        targets: { urgent: MINUTE, high: MINUTE, normal: HOUR, low: DAY },
      }),
    );
    const { id } = await t.work(e);
    await t.run((tx) =>
      assignWork(tx, { workItemId: id, to: { kind: "queue", queueId }, by: t.agents.Alice!, mayExceed: false }),
    );
    await t.read();
    expect(await t.clocks(e)).toMatchObject([{ queueId, startedAt: t0, dueAt: t0 + HOUR }]);
    expect((await t.work(e)).due).toBe(t0 + HOUR);
  });

  it("make the work due a quarter of an hour before the network's reply window closes", async () => {
    const t = await town();
    await t.promise({ firstResponseMs: 3 * DAY });
    const brandId = t.episode().brandId;
    const channelId = await t.run(async (tx) => {
      const id = await makeChannel(tx, brandId);
      const overrides = { canReplyPrivate: { kind: "since-last-inbound", durationMs: DAY } };
      await sql`update channel set capabilities = ${json(overrides)}::jsonb where account_id = ${t.accountId} and id = ${id}`.execute(
        tx.tables(),
      );
      return id;
    });
    // Written at noon, and the network told us an hour later.
    const at = clock.now() - HOUR - TEST_START;
    const line = { ext: "dm-1", from: "carla", at, late: HOUR, private: true, text: "Where is my parcel?" };
    await t.run((tx) => storeMessages(tx, channelId, [line]));
    const said = TEST_START + at;
    const e = await t.opens({
      ...{ channelId, medium: "dm", visibility: "private", messageId: messageId(t.accountId, line), t0: iso(said) },
    });
    const window = (await t.clocks(e)).find((one) => one.kind === "reply-window");
    expect(window).toMatchObject({ startedAt: said, dueAt: said + DAY - 15 * MINUTE, alarmAt: said + DAY });
    expect((await t.work(e)).due).toBe(said + DAY - 15 * MINUTE);
    // The promise itself: figures count from when it was said, the alarm from when we heard of it.
    expect((await t.clocks(e)).find((one) => one.kind === "first-response")).toMatchObject({
      ...{ startedAt: said, knownAt: clock.now(), dueAt: said + 3 * DAY, alarmAt: clock.now() + 3 * DAY },
    });
    clock.set(said + DAY - 1_000);
    await t.fire();
    clock.set(said + DAY + 1_000);
    await t.fire();
    expect(await t.told()).toEqual([
      ["ClockWarned", "reply-window", 1],
      ["ClockBreached", "reply-window", null],
    ]);
  });

  it("stand still for a cause that the policy names", async () => {
    const t = await town();
    const t0 = clock.now();
    const e = await t.opens();
    const { episodeId } = e;
    const fact = (what: "paused" | "resumed") =>
      t.run((tx) => keepClocks(tx, [{ episodeId, about: null, fact: { what, cause: "peer-answer", at: tx.now } }]));
    await fact("paused");
    clock.advance(DAY);
    await t.fire();
    expect(await t.told()).toEqual([]);
    await fact("resumed");
    expect((await t.work(e)).due).toBe(t0 + DAY + 4 * HOUR);
    expect(iso((await t.work(e)).t0)).toBe(iso(t0));
  });

  it("stand still while nothing can be sent on their channel, also what comes meanwhile, and no other", async () => {
    const t = await town();
    const t0 = clock.now();
    const brandId = t.episode().brandId;
    const [channelId, other] = await t.run(async (tx) => [
      await makeChannel(tx, brandId),
      await makeChannel(tx, brandId),
    ]);
    const e = await t.opens({ channelId: channelId! });
    const elsewhere = await t.opens({ channelId: other! });
    const health = async (announce: (tx: Tx) => void, alarm: (tx: Tx) => unknown) => {
      await t.run(async (tx) => {
        await alarm(tx);
        announce(tx);
      });
      await numberEvents(db, t.accountId);
      await t.read();
      await t.fire();
    };
    const head = { key: channelId!, entity: "channel", entityId: channelId!, entityVersion: 1 };
    clock.advance(HOUR);
    await health(
      (tx) => tx.announce(ChannelOut, { ...head, payload: { channelId: channelId!, since: iso(tx.now) } }),
      (tx) =>
        sql`insert into channel_alarm (account_id, id, channel_id, cause, says, opened_at)
        values (${t.accountId}, ${channelId}, ${channelId}, 'unreachable', '', ${iso(tx.now)})`.execute(tx.tables()),
    );
    expect(await t.clocks(e)).toMatchObject([
      { dueAt: null, pauses: [{ cause: "outage-hold", from: t0 + HOUR, to: null }] },
    ]);
    const during = await t.opens({ channelId: channelId! });
    expect(await t.clocks(during)).toMatchObject([{ dueAt: null, pauses: [{ cause: "outage-hold" }] }]);
    const shown = await t.run(async (tx) => showPromise(await promiseReads(tx, e.conversationId), e.episodeId));
    expect(shown).toEqual({
      ...{ kind: "first-response", targetMs: 4 * HOUR, calendar: "Hours", row: null },
      paused: { cause: "outage-hold", from: iso(t0 + HOUR) },
    });
    clock.advance(2 * HOUR);
    await health(
      (tx) => tx.announce(ChannelBack, { ...head, payload: { channelId: channelId! } }),
      (tx) =>
        sql`update channel_alarm set closed_at = ${iso(tx.now)} where account_id = ${t.accountId}`.execute(tx.tables()),
    );
    expect(await t.clocks(e)).toMatchObject([{ dueAt: t0 + 6 * HOUR }]);
    expect(await t.clocks(during)).toMatchObject([{ dueAt: t0 + 7 * HOUR }]);
    expect(await t.clocks(elsewhere)).toMatchObject([{ dueAt: t0 + 4 * HOUR, pauses: [] }]);
    expect((await t.work(e)).due).toBe(t0 + 6 * HOUR);
  });
});
