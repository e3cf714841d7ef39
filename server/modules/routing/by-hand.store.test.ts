import { afterAll, describe, expect, it } from "vitest";
import { changeAgent } from "#modules/people";
import { setPresence } from "#modules/workforce";
import { HOUR, iso, MINUTE } from "#platform/clock";
import { uuidv7 } from "#platform/ids";
import { openTestDatabase } from "../../../tests/support/database.ts";
import { routingTown } from "../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../tests/support/timers.ts";
import {
  assignWork,
  endWork,
  listWork,
  parkForApproval,
  releaseWork,
  snoozeWork,
  takeNext,
  takeWork,
  timers,
  unparkFromApproval,
  workById,
  workCounts,
} from "./index.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

const town = (...of: DropFirst<Parameters<typeof routingTown>>) => routingTown({ db, clock }, ...of);
type DropFirst<T extends unknown[]> = T extends [unknown, ...infer R] ? R : never;

describe("by hand", () => {
  it("work given to somebody who is not here comes back after a while, as if they had just left", async () => {
    const t = await town(["Alice", "Bob"]);
    const [alice, bob] = [t.agents.Alice!, t.agents.Bob!];
    await t.run((tx) => setPresence(tx, { agentId: alice, state: "offline", by: alice }));
    await t.run((tx) => setPresence(tx, { agentId: bob, state: "busy", by: bob }));
    await t.read();
    clock.advance(HOUR);
    await fireTimers(db, t.accountId, timers);
    const e = t.episode();
    await t.opened(e);
    const { id } = await t.work(e);
    await t.run((tx) =>
      assignWork(tx, { workItemId: id, to: { kind: "agent", agentId: alice }, by: bob, mayExceed: false }),
    );
    await t.run((tx) => setPresence(tx, { agentId: bob, state: "available", by: bob }));
    await t.read();
    expect(await t.work(e)).toMatchObject({ state: "active", ownerId: alice });
    clock.advance(HOUR);
    await fireTimers(db, t.accountId, timers);
    expect(await t.work(e)).toMatchObject({ state: "offered", offer: { agentId: bob } });
  });

  it.each(["suspended", "away"] as const)(
    "a reply comes back to whoever is %s: the customer gets somebody else",
    async (how) => {
      const t = await town(["Alice", "Bob"]);
      const [alice, bob] = [t.agents.Alice!, t.agents.Bob!];
      await t.run((tx) => setPresence(tx, { agentId: bob, state: "busy", by: bob }));
      const e = t.episode();
      await t.opened(e);
      const { id } = await t.work(e);
      await t.run((tx) => takeWork(tx, { workItemId: id, agentId: alice, mayExceed: false }));
      await t.run((tx) => parkForApproval(tx, { workItemId: id, agentId: alice }));
      await t.run(async (tx) => {
        if (how === "suspended") await changeAgent(tx, alice, 1, { state: "suspended" });
        else await setPresence(tx, { agentId: alice, state: "away", by: alice });
        await setPresence(tx, { agentId: bob, state: "available", by: bob });
      });
      await t.read();
      clock.advance(HOUR);
      await fireTimers(db, t.accountId, timers);
      expect(await t.work(e)).toMatchObject({ state: "parked", ownerId: alice, parkReason: "approval" });
      await t.run((tx) => unparkFromApproval(tx, { workItemId: id, agentId: alice }));
      if (how === "away") {
        expect(await t.work(e)).toMatchObject({ state: "active", ownerId: alice });
        clock.advance(HOUR);
        await fireTimers(db, t.accountId, timers);
      }
      expect(await t.work(e)).toMatchObject({ state: "offered", offer: { agentId: bob } });
    },
  );

  it("work is taken, put aside, given on, given back and refused in clear words", async () => {
    const t = await town(["Alice", "Bob"]);
    const [alice, bob] = [t.agents.Alice!, t.agents.Bob!];
    for (const agentId of [alice, bob])
      await t.run((tx) => setPresence(tx, { agentId, state: "training", by: agentId }));
    const e = t.episode();
    await t.opened(e);
    const { id } = await t.work(e);
    const taken = await t.run((tx) =>
      takeWork(tx, { workItemId: id, agentId: alice, mayExceed: false, expectedVersion: 1 }),
    );
    await expect(t.run((tx) => takeWork(tx, { workItemId: id, agentId: bob, mayExceed: true }))).rejects.toMatchObject({
      message: "Alice has this now.",
    });
    await expect(
      t.run((tx) => snoozeWork(tx, { workItemId: id, agentId: alice, until: clock.now() + HOUR, expectedVersion: 1 })),
    ).rejects.toMatchObject({ code: "version-conflict", extra: { present: { version: taken.version } } });
    await expect(
      t.run((tx) => snoozeWork(tx, { workItemId: id, agentId: bob, until: clock.now() + HOUR })),
    ).rejects.toMatchObject({ message: "Only Alice can do this: the work is theirs." });
    const asleep = await t.run((tx) => snoozeWork(tx, { workItemId: id, agentId: alice, until: clock.now() + HOUR }));
    expect(asleep).toMatchObject({ state: "parked", clock: "running", wakesAt: clock.now() + HOUR });
    clock.advance(HOUR);
    await fireTimers(db, t.accountId, timers);
    // Alice is at a training: she is here, so the work waits for her a while.
    expect(await t.work(e)).toMatchObject({
      state: "queued",
      preferredId: alice,
      stickyUntil: clock.now() + 15 * MINUTE,
    });
    const given = await t.run((tx) =>
      assignWork(tx, { workItemId: id, to: { kind: "agent", agentId: bob }, by: alice, mayExceed: false }),
    );
    expect(given).toMatchObject({ state: "active", ownerId: bob });
    const back = await t.run((tx) => releaseWork(tx, { workItemId: id, agentId: bob }));
    expect(back).toMatchObject({ state: "queued", ownerId: null, due: taken.due, t0: taken.t0 });
    expect(await t.run((tx) => takeNext(tx, alice))).toMatchObject({ id, ownerId: alice });
    await expect(t.run((tx) => takeNext(tx, bob))).rejects.toMatchObject({
      code: "not-now",
      extra: { why: "nothing-waits" },
    });
    await t.run((tx) => endWork(tx, { conversationId: e.conversationId, how: "done", reason: "solved" }));
    expect((await t.run((tx) => endWork(tx, { workItemId: id, how: "done", reason: "solved" })))?.state).toBe("done");
    expect((await t.run((tx) => workById(tx, [id]))).get(id)).toMatchObject({
      state: "done",
      ownerId: alice,
      doneAt: clock.now(),
    });
  });

  it("an owner who stays away gives back what waits for an answer", async () => {
    const t = await town(["Alice"]);
    const e = t.episode();
    await t.opened(e);
    await t.run((tx) => takeNext(tx, t.agents.Alice!));
    await t.run((tx) => setPresence(tx, { agentId: t.agents.Alice!, state: "offline", by: null }));
    await t.read();
    expect((await t.work(e)).state).toBe("active");
    clock.advance(15 * MINUTE);
    await fireTimers(db, t.accountId, timers);
    expect(await t.work(e)).toMatchObject({ state: "queued", ownerId: null, preferredId: t.agents.Alice });
  });

  it("lists are paged by due time, filtered by queue, and counted", async () => {
    const t = await town(["Alice"]);
    const episodes = Array.from({ length: 7 }, (_, i) => t.episode({ t0: iso(clock.now() - (7 - i) * MINUTE) }));
    await t.opened(...episodes);
    const ask = (over: object) =>
      t.run((tx) => listWork(tx, { view: "team", agentId: t.agents.Alice!, queues: "all", limit: 3, ...over }));
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await ask({ cursor: cursor ?? undefined });
      seen.push(...page.items.map((w) => w.conversationId));
      cursor = page.next;
    }
    expect(seen).toEqual(episodes.map((e) => e.conversationId));
    expect((await ask({ view: "all", queues: [], limit: 50 })).items).toEqual([]);
    expect((await ask({ view: "all", queues: [t.queueId], limit: 50 })).items).toHaveLength(7);
    expect((await ask({ queues: [uuidv7(0)], limit: 50 })).items).toEqual([]);
    await expect(ask({ cursor: "x" })).rejects.toMatchObject({ code: "invalid-request" });
    await t.run((tx) => takeNext(tx, t.agents.Alice!));
    clock.advance(4 * HOUR);
    expect(await t.run((tx) => workCounts(tx, { agentId: t.agents.Alice!, queues: "all" }))).toEqual({
      mine: 1,
      offers: 4,
      team: 7,
      waiting: 2,
      lateMine: 1,
    });
    expect((await ask({ view: "mine" })).items).toHaveLength(1);
  });
});
