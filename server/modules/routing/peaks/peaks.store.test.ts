import { afterAll, describe, expect, it } from "vitest";
import { addCalendar, setSetting } from "#modules/company";
import { addAgent, addTeam, grant } from "#modules/people";
import { setPresence } from "#modules/workforce";
import { HOUR, MINUTE } from "#platform/clock";
import { openTestDatabase } from "../../../../tests/support/database.ts";
import { routingTown } from "../../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import { addQueue } from "../queues.ts";
import { offersOf } from "../read-work.ts";
import { decisionsOf } from "../store/decision-store.ts";
import { reliefLog } from "../store/relief-store.ts";
import { timers } from "../timers.ts";
import { queuesToWatch, stepReliefs } from "./relief.ts";
import { type PeakRules, peaksSetting } from "./settings.ts";

const world = openTestDatabase();
const { db, clock } = world;
afterAll(() => db.close());

const CLEAR = { state: "clear" } as const;

/** Care has nobody here; Nadia is another company's, with a right to some queues. */
async function town({ week, narrow = true }: { week?: Record<string, [string, string][]>; narrow?: boolean } = {}) {
  const t = await routingTown(world, [], week ? { week } : {});
  const made = await t.run(async (tx) => {
    const teamId = await addTeam(tx, "Nightline");
    const nadia = await addAgent(tx, {
      ...{ name: "Nadia", email: "nadia@nightline.example", initials: "N", password: null, teamIds: [teamId] },
    });
    const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((d) => [d, [["00:00", "24:00"]]]));
    const calendarId = await addCalendar(tx, "Always", [{ from: "2026-01-01", zone: "UTC", week } as never]);
    const targets = { urgent: HOUR, high: HOUR, normal: HOUR, low: HOUR };
    const nights = await addQueue(tx, { name: "Nights", position: 9, teamId, calendarId, targets });
    for (const scopeId of narrow ? [t.queueId] : [nights])
      await grant(
        tx,
        { subjectKind: "team", subjectId: teamId, verb: "work.take", scope: "queue", scopeId },
        async () => true,
      );
    await setPresence(tx, { agentId: nadia, state: "available", by: nadia });
    return { teamId, nadia, nights };
  });
  await t.read();
  const rules = (rule: Partial<PeakRules>) =>
    t.run((tx) =>
      setSetting(tx, peaksSetting, { queues: [{ queueId: t.queueId, overflow: null, closed: null, ...rule }] }, null),
    );
  const held = async () => (await t.run((tx) => offersOf(tx, made.nadia))).map((o) => o.work.episodeId);
  const step = async (oldest: number | null) => {
    await t.run((tx) => stepReliefs(tx, new Map([[t.queueId, { oldest, clear: CLEAR }]])));
    // The process that leads hands out what waits.
    await fireTimers(db, t.accountId, timers);
    await t.read();
  };
  return { ...t, ...made, rules, held, step };
}

describe("a queue that overflows", () => {
  const overflow = (teamId: string) => ({
    teamIds: [teamId],
    oldestMinutes: 40,
    clearMinutes: 60,
    calmMinutes: 10,
    callHelpers: false,
  });
  it("is helped by the team of its rule when it is too old, and goes back when it is calm; why is kept", async () => {
    const t = await town();
    expect(await t.run(queuesToWatch)).toEqual([]);
    await t.rules({ overflow: overflow(t.teamId) });
    expect(await t.run(queuesToWatch)).toEqual([t.queueId]);
    const post = t.episode();
    await t.opened(post);
    await t.step(39 * MINUTE);
    expect(await t.held()).toEqual([]);
    await t.step(40 * MINUTE);
    expect(await t.held()).toEqual([post.episodeId]);
    clock.advance(MINUTE);
    await t.step(10 * MINUTE);
    clock.advance(10 * MINUTE);
    await t.step(null);
    const later = t.episode();
    await t.opened(later);
    expect(await t.held()).not.toContain(later.episodeId);
    const log = await t.run((tx) => reliefLog(tx, [t.queueId], 10));
    expect(log.map(({ act, reasons }) => [act, reasons[0]?.code])).toEqual([
      ["ended", "calm"],
      ["began", "age"],
    ]);
  });
  it("gives no work to helpers who have no right to it", async () => {
    const t = await town({ narrow: false });
    await t.rules({ overflow: overflow(t.teamId) });
    await t.opened(t.episode());
    await t.step(HOUR);
    expect(await t.held()).toEqual([]);
  });
  it("is helped no more when its rule goes", async () => {
    const t = await town();
    await t.rules({ overflow: overflow(t.teamId) });
    await t.step(HOUR);
    await t.rules({});
    expect(await t.run(queuesToWatch)).toEqual([t.queueId]);
    await t.step(HOUR);
    expect(await t.run(queuesToWatch)).toEqual([]);
    await t.opened(t.episode());
    expect(await t.held()).toEqual([]);
  });
});

describe("a queue that is closed", () => {
  it("holds what comes where nothing else is said", async () => {
    const t = await town({ week: { "1": [["09:00", "09:01"]] } });
    const post = t.episode();
    await t.opened(post);
    expect(await t.work(post)).toMatchObject({ queueId: t.queueId, state: "queued" });
    expect(await t.held()).toEqual([]);
  });
  it("sends what comes to another queue, but never danger to people", async () => {
    const t = await town({ week: { "1": [["09:00", "09:01"]] }, narrow: false });
    await t.rules({ closed: { do: "queue", queueId: t.nights } });
    const [post, danger] = [t.episode(), t.episode({ risks: ["safety"] })];
    await t.opened(post, danger);
    const work = await t.work(post);
    expect(work.queueId).toBe(t.nights);
    expect(JSON.stringify(await t.run((tx) => decisionsOf(tx, [work.id])))).toContain(
      "Care is closed: Nights takes what comes.",
    );
    expect((await t.work(danger)).queueId).toBe(t.queueId);
    expect(await t.held()).toEqual([post.episodeId]);
  });
  it("lets the team that is there at night take it", async () => {
    const t = await town({ week: { "1": [["09:00", "09:01"]] } });
    await t.rules({ closed: { do: "team", teamId: t.teamId } });
    const post = t.episode();
    await t.opened(post);
    expect(await t.held()).toEqual([post.episodeId]);
  });
});
