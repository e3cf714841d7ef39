import { afterAll, describe, expect, it } from "vitest";
import { setSetting } from "#modules/company";
import { addAgent, addTeam, staffOf } from "#modules/people";
import { peaksSetting, reliefLog, timers as routingTimers } from "#modules/routing";
import { setPresence } from "#modules/workforce";
import { HOUR, iso, MINUTE } from "#platform/clock";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { openTestDatabase } from "../../../../tests/support/database.ts";
import { numberEvents } from "../../../../tests/support/journal.ts";
import { routingTown } from "../../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import { timers as deskTimers, readers } from "../index.ts";
import { callHelpersIn } from "./surge.ts";
import { surgeHelpers } from "./surge-settings.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());
const peaks = readers.find((reader) => reader.name === "peaks")!;

/** Nobody of Care is free; Hal can be called in. */
async function town() {
  const t = await routingTown({ db, clock }, ["Lea"]);
  const { hal, other } = await t.run(async (tx) => {
    await setPresence(tx, { agentId: t.agents.Lea!, state: "busy", by: t.agents.Lea! });
    const hal = await addAgent(tx, { name: "Hal", email: "hal@northwind.example", initials: "H", password: null });
    await setPresence(tx, { agentId: hal, state: "available", by: hal });
    await setSetting(tx, surgeHelpers, { agentIds: [hal] }, null);
    return { hal, other: await addTeam(tx, "Others") };
  });
  const read = async () => {
    await t.read();
    while (await readOnce(db, peaks, t.accountId, clock, silentLog)) await numberEvents(db, t.accountId);
    await t.read();
  };
  const pass = async (ms: number) => {
    clock.advance(ms);
    await fireTimers(db, t.accountId, { ...routingTimers, ...deskTimers });
    await read();
  };
  const teams = async () => (await t.run(staffOf)).byId.get(hal)!.routable.teamIds.length;
  const may = (...verbs: string[]) =>
    ({
      ...{ kind: "agent", id: uuidv7(clock.now()), name: "Marek", accountId: t.accountId, csrf: null },
      grants: verbs.map((verb) => ({ verb, scope: "account", scopeId: null })),
    }) as unknown as Actor;
  return { ...t, hal, other, read, pass, teams, may };
}

describe("helpers", () => {
  it("are called in by a supervisor, have the team's rights for the time, and lose them by themselves", async () => {
    const t = await town();
    const marek = t.may("people.manage", "work.read");
    const wish = { queueId: t.queueId, until: iso(clock.now() + HOUR), reason: "An outage" };
    const made = await t.run((tx) => callHelpersIn(tx, marek, wish));
    expect([made.called, await t.teams()]).toEqual([[t.hal], 1]);
    // Called twice they are called once.
    expect((await t.run((tx) => callHelpersIn(tx, marek, wish))).already).toEqual([t.hal]);
    await t.pass(HOUR);
    expect(await t.teams()).toBe(0);
  });
  it("are called in only by who may, only for a time, and only who said that they can be", async () => {
    const t = await town();
    const wish = { queueId: t.queueId, until: iso(clock.now() + HOUR), reason: "An outage" };
    const call = (actor: Actor, over: object) => t.run((tx) => callHelpersIn(tx, actor, { ...wish, ...over }));
    await expect(call(t.may("work.read"), {})).rejects.toMatchObject({ code: "not-permitted" });
    await expect(call(t.may("people.manage"), {})).rejects.toMatchObject({ code: "not-found" });
    const marek = t.may("people.manage", "work.read");
    await expect(call(marek, { until: iso(clock.now() + 30 * HOUR) })).rejects.toThrow("24 hours");
    await expect(call(marek, { agentIds: [t.agents.Lea!] })).rejects.toThrow("marked as a helper");
    expect(await t.teams()).toBe(0);
  });
  it("come with the rule when somebody waits too long, and go when it is calm; whom a person called stays", async () => {
    const t = await town();
    const overflow = { teamIds: [t.other], oldestMinutes: 10, clearMinutes: null, calmMinutes: 5, callHelpers: true };
    const rules = { queues: [{ queueId: t.queueId, overflow, closed: null }] };
    await t.run((tx) => setSetting(tx, peaksSetting, rules, null));
    await t.read();
    const post = t.episode();
    await t.opened(post);
    await t.pass(9 * MINUTE);
    expect(await t.teams()).toBe(0);
    await t.pass(MINUTE);
    expect(await t.teams()).toBe(1);
    await t.pass(MINUTE);
    // He has it now, so nobody waits any more.
    expect((await t.work(post)).offer?.agentId).toBe(t.hal);
    await t.run((tx) => setPresence(tx, { agentId: t.hal, state: "busy", by: t.hal }));
    await t.run((tx) => setSetting(tx, peaksSetting, { queues: [] }, null));
    await t.read();
    await t.pass(MINUTE);
    expect(await t.teams()).toBe(0);
    const log = await t.run((tx) => reliefLog(tx, [t.queueId], 5));
    expect(log.map((line) => [line.act, line.reasons[0]?.text])).toEqual([
      ["ended", "There is no rule for help any more."],
      ["began", "Somebody has waited 10 minutes; the limit is 10."],
    ]);
  });
});
