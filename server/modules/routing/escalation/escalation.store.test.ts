import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rung } from "#contracts/escalation";
import { openTestDatabase } from "../../../../tests/support/database.ts";
import { escalationTown, rung } from "../../../../tests/support/escalation-town.ts";
import { DAY, HOUR, iso, MINUTE } from "../../../platform/clock.ts";
import { sql } from "../../../platform/db.ts";
import { uuidv7 } from "../../../platform/ids.ts";
import { addCalendar, useKeyRing } from "../../company/index.ts";
import { EpisodeOpened } from "../../conversations/events.ts";
import { addTeam } from "../../people/index.ts";
import { addQueue } from "../queues.ts";
import { acknowledgeIt, actOnIt, standItDown } from "./acts.ts";
import { escalationTimers } from "./index.ts";
import { saveLadder, saveRotas, swapDuty } from "./plans.ts";
import { alarmIsOver, raiseByAlarm, type VolumeAlarm } from "./raise-by-alarm.ts";
import { openEscalations, stepsOf } from "./store/escalation-store.ts";
import { latePerQueue } from "./store/late-store.ts";
import { alertsOf } from "./views.ts";

const { db, clock } = openTestDatabase();
beforeAll(() => useKeyRing(new Uint8Array(32).fill(7)));
afterAll(() => db.close());

const town = (ladder: (ids: Record<string, string>) => Rung[]) => escalationTown({ db, clock }, ladder);
const twoSteps = (ids: Record<string, string>) => [
  rung({ owner: { kind: "agent", id: ids.alice! }, deputies: [{ kind: "agent", id: ids.bob! }] }),
  rung({ id: "h2", severity: 2, owner: { kind: "agent", id: ids.marek! } }),
];

describe("an escalation in the database", () => {
  test("goes from one to the next by the clock, once per step however often the timer fires, and is an alarm at the end", async () => {
    const t = await town(twoSteps);
    const { id } = (await t.open())!;
    expect((await t.now(id)).paged).toEqual([t.ids.alice]);
    await t.later(10 * MINUTE);
    const second = await t.now(id);
    expect(second.paged).toEqual([t.ids.bob]);
    // A timer that fires again (restored, doubled) finds nothing to do.
    await t.run((tx) => escalationTimers["escalation-due"]!(tx, { kind: "", ref: id, dueAt: 0, payload: {} }));
    expect((await t.now(id)).version).toBe(second.version);
    await t.later(10 * MINUTE);
    const round = await t.now(id);
    expect(round).toMatchObject({ round: 1, paged: [t.ids.alice], alarmedAt: clock.now() });
    expect((await t.run((tx) => alertsOf(tx, t.actor("marek", ["escalation.manage"])))).alarms).toHaveLength(1);
    expect((await t.run((tx) => alertsOf(tx, t.actor("bob")))).alarms).toEqual([]);
    expect((await t.run((tx) => stepsOf(tx, id))).map((s) => s.act)).toEqual([
      "opened",
      "paged",
      "paged",
      "alarmed",
      "paged",
    ]);
    await t.read();
    const told = await t.rows(
      sql<{ type: string }>`select type from event where account_id = ${t.accountId} and key = ${id} order by position`,
    );
    expect(told.map((e) => e.type)).toEqual([
      ...["EscalationOpened", "EscalationPaged", "EscalationPaged", "EscalationAlarmed", "EscalationPaged"],
    ]);
  });

  test("is one per topic; once ended it stays quiet for its time; not acted on goes to the next level", async () => {
    const t = await town(twoSteps);
    const first = (await t.open())!;
    expect((await t.open())!.id).toBe(first.id);
    const had = await t.run((tx) => acknowledgeIt(tx, t.actor("alice"), first.id, 2));
    expect(had).toMatchObject({ state: "acknowledged", owner: t.ids.alice });
    await t.later(30 * MINUTE);
    const raised = await t.now(first.id);
    expect(raised).toMatchObject({ severity: 2, paged: [t.ids.marek], state: "paging" });
    await expect(t.run((tx) => acknowledgeIt(tx, t.actor("marek"), first.id, 1))).rejects.toMatchObject({
      code: "version-conflict",
    });
    const acted = await t.run((tx) => actOnIt(tx, t.actor("marek"), first.id, raised.version, "Called them."));
    // Whoever merely reads may not end what another has.
    await expect(t.run((tx) => standItDown(tx, t.actor("bob"), first.id, acted.version, "x"))).rejects.toMatchObject({
      code: "not-permitted",
    });
    await t.run((tx) => standItDown(tx, t.actor("marek"), first.id, acted.version, "Solved."));
    expect(await t.open()).toBeNull();
    clock.advance(HOUR);
    expect((await t.open())!.id).not.toBe(first.id);
  });

  test("two at the same moment make one", async () => {
    const t = await town(twoSteps);
    await Promise.all([t.open(), t.open(), t.open()]);
    expect(await t.run((tx) => openEscalations(tx))).toHaveLength(1);
  });

  test("a ladder that comes back to somebody, or was changed meanwhile, is refused; without one whoever manages is asked", async () => {
    const t = await town(() => []);
    const loop = rung({ owner: { kind: "agent", id: t.ids.alice! }, deputies: [{ kind: "agent", id: t.ids.alice! }] });
    const save = (rungs: Rung[], expectedVersion: number) =>
      t.run((tx) =>
        saveLadder(tx, null, { brandId: null, from: null, expectedVersion, ladder: { calendarId: null, rungs } }),
      );
    await expect(save([loop], 1)).rejects.toMatchObject({ code: "invalid-request" });
    await expect(save([], 0)).rejects.toMatchObject({ code: "version-conflict" });
    expect((await t.open())!.paged).toEqual([t.ids.marek]);
  });

  test("a risk in the customer's words asks at once whoever the ladder names, and nobody where it names none", async () => {
    const safety = (ids: Record<string, string>) => [
      rung({
        id: "s4",
        severity: 4,
        trigger: { kind: "risk", risks: ["safety"] },
        owner: { kind: "agent", id: ids.bob! },
      }),
    ];
    const t = await town(safety);
    const say = (risks: string[]) =>
      t.run(async (tx) => {
        const conversationId = uuidv7(clock.now());
        const payload = {
          ...{ episodeId: uuidv7(clock.now()), conversationId, customerId: uuidv7(clock.now()), brandId: t.brandId },
          ...{ channelId: uuidv7(clock.now()), network: "playground", medium: "public", visibility: "public" },
          ...{
            messageId: uuidv7(clock.now()),
            t0: iso(clock.now()),
            priority: "urgent" as const,
            language: "en",
            risks,
          },
          ...{ reopens: null, lastOwnerId: null, rule: "r", says: "s" },
        };
        tx.announce(EpisodeOpened, {
          key: conversationId,
          entity: "episode",
          entityId: payload.episodeId,
          entityVersion: 1,
          payload,
        });
      });
    await say(["legal"]);
    await say(["safety"]);
    await t.read();
    const open = await t.run((tx) => openEscalations(tx));
    expect(open.map((e) => [e.trigger, e.severity, e.paged])).toEqual([["risk", 4, [t.ids.bob]]]);
  });

  test("much of one queue within minutes is one escalation however often it is looked at, graver when there is more, and over when it is less", async () => {
    const volume = (items: number, over: object = {}) => ({
      ...{ kind: "volume" as const, of: "queue" as const, ids: [], items, minutes: 30, atLeast: "normal" as const },
      ...over,
    });
    const t = await town((ids) => [
      rung({ id: "v1", severity: 1, trigger: volume(2), owner: { kind: "agent", id: ids.alice! } }),
      rung({ id: "v2", severity: 2, trigger: volume(4), owner: { kind: "agent", id: ids.bob! } }),
    ]);
    const queueId = await t.run(async (tx) => {
      const teamId = await addTeam(tx, "Care");
      const day: [string, string][] = [["00:00", "24:00"]];
      const week = Object.fromEntries(["1", "2", "3", "4", "5", "6", "7"].map((d) => [d, day]));
      const calendarId = await addCalendar(tx, "Always", [{ from: "2020-01-01", zone: "UTC", week }]);
      const targets = { urgent: HOUR, high: HOUR, normal: HOUR, low: HOUR };
      return addQueue(tx, { name: "Care", position: 1, teamId, calendarId, targets });
    });
    const comes = (n: number, priority: string) =>
      t.run(async (tx) => {
        for (let i = 0; i < n; i++) {
          const id = uuidv7(clock.now());
          await sql`insert into work_item (account_id, id, queue_id, conversation_id, episode_id, customer_id, brand_id, channel_id, medium,
              visibility, state, crisis, priority, skills, weight, t0, due_at, rings_at, lane, clock, excluded, reason, opened_at)
            values (${t.accountId}, ${id}, ${queueId}, ${id}, ${id}, ${id}, ${t.brandId}, ${id}, 'public', 'public', 'queued', false, ${priority},
              '[]', 10, ${iso(clock.now())}, ${iso(clock.now() + DAY)}, '[]', 'x', 'running', '[]', '{}', ${iso(clock.now())})`.execute(
            tx.tables(),
          );
        }
      });
    const open = async () =>
      (await t.run((tx) => openEscalations(tx))).map((e) => [e.topic, e.trigger, e.severity, e.paged]);
    const topic = `volume:queue:${queueId}`;
    await comes(1, "normal");
    await comes(5, "low");
    await t.later(MINUTE);
    expect(await open()).toEqual([]);
    await comes(1, "high");
    for (let twice = 0; twice < 3; twice++) await t.later(MINUTE);
    expect(await open()).toEqual([[topic, "volume", 1, [t.ids.alice]]]);
    await comes(2, "urgent");
    await t.later(MINUTE);
    expect(await open()).toEqual([[topic, "volume", 2, [t.ids.bob]]]);
    const [e] = await t.run((tx) => openEscalations(tx));
    await t.run((tx) => acknowledgeIt(tx, t.actor("bob"), e!.id, e!.version));
    // What it asks of people makes no work: half an hour later the cause is gone, and nothing new began.
    await t.later(31 * MINUTE);
    await t.later(MINUTE);
    expect((await t.now(e!.id)).goneAt).not.toBeNull();
    await t.later(HOUR);
    expect(await open()).toEqual([]);
  });

  test("an alarm of listening asks whom the ladder names for its volume, once, and stands down when it is over", async () => {
    const of = { kind: "volume" as const, of: "monitor" as const, ids: [], atLeast: "low" as const };
    const t = await town((ids) => [
      rung({ severity: 1, trigger: { ...of, items: 50, minutes: 60 }, owner: { kind: "agent", id: ids.alice! } }),
    ]);
    const alarm = (over: Partial<VolumeAlarm> = {}): VolumeAlarm => ({
      ...{
        monitorId: t.brandId,
        monitor: "Outages",
        brandId: null,
        severity: 1,
        posts: 60,
        minutes: 60,
        says: "Many.",
      },
      ...over,
    });
    const raise = (over?: Partial<VolumeAlarm>) => t.run((tx) => raiseByAlarm(tx, alarm(over)));
    expect([await raise({ posts: 40 }), await raise({ minutes: 90 }), await raise({ severity: 0 })]).toEqual([
      ...[false, false, false],
    ]);
    expect([await raise(), await raise()]).toEqual([true, true]);
    const [e] = await t.run((tx) => openEscalations(tx));
    expect(e).toMatchObject({ topic: `volume:monitor:${t.brandId}`, seen: 2, paged: [t.ids.alice] });
    expect(e!.says).toBe("Outages: Many.");
    await t.later(MINUTE);
    expect((await t.now(e!.id)).goneAt).toBeNull();
    await t.run((tx) => alarmIsOver(tx, t.brandId));
    expect((await t.now(e!.id)).goneAt).toBe(clock.now());
  });

  test("the hour in which nobody of a chain can be reached is an alarm of its own, and ends with it", async () => {
    const rotaId = randomUUID();
    const t = await town(() => []);
    const { run } = t;
    const nights = { id: "n", days: [1, 2, 3, 4, 5, 6, 7], from: "18:00", to: "08:00", agentIds: [t.ids.alice!] };
    const rota = { id: rotaId, name: "Nights", zone: "UTC", firstWeek: "2026-11-02", shifts: [nights], overrides: [] };
    await run((tx) => saveRotas(tx, null, [rota], 0));
    const { findings } = await run((tx) =>
      saveLadder(tx, null, {
        ...{ brandId: null, from: null, expectedVersion: 1 },
        ladder: { calendarId: null, rungs: [rung({ owner: { kind: "rota", id: rotaId } })] },
      }),
    );
    expect(findings.filter((f) => f.level === "hole").length).toBeGreaterThan(0);
    clock.set(Date.parse(`${iso(clock.now() + 24 * HOUR).slice(0, 10)}T12:00:00Z`));
    await t.later(0);
    const [open] = await run((tx) => openEscalations(tx));
    expect(open).toMatchObject({ topic: "unreachable:all:h1", paged: [t.ids.marek] });
    await run((tx) => acknowledgeIt(tx, t.actor("marek"), open!.id, open!.version));
    const to = clock.now() + 3 * HOUR;
    await run((tx) =>
      swapDuty(tx, t.actor("marek"), rotaId, { from: clock.now(), to, agentId: t.ids.bob!, reason: "lunch" }),
    );
    await t.later(MINUTE);
    expect((await t.now(open!.id)).goneAt).toBe(clock.now());
    expect(await run((tx) => latePerQueue(tx, clock.now()))).toEqual([]);
  });
});
