import { afterAll, describe, expect, it } from "vitest";
import { presencesOf, setPresence } from "#modules/workforce";
import { HOUR, MINUTE, SECOND } from "#platform/clock";
import { sql } from "#platform/db";
import { once } from "#platform/http/commands";
import { uuidv7 } from "#platform/ids";
import { openTestDatabase } from "../../../tests/support/database.ts";
import { routingTown, tell, workEvents } from "../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../tests/support/timers.ts";
import {
  acceptOffer,
  decisionsOf,
  declineOffer,
  loadOf,
  offerOfConversation,
  offersOf,
  takeNext,
  takeWork,
  timers,
} from "./index.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

const town = (...of: DropFirst<Parameters<typeof routingTown>>) => routingTown({ db, clock }, ...of);
type DropFirst<T extends unknown[]> = T extends [unknown, ...infer R] ? R : never;

describe("an episode on its way through routing", () => {
  it("is queued, offered with its reasons, accepted, parked when answered, back with its owner, and done", async () => {
    const t = await town(["Alice"], { skills: { Alice: { German: 80 } } });
    const e = t.episode({ language: "de-AT", priority: "high" });
    await t.opened(e);
    const offer = (await t.offers("Alice"))[0]!;
    expect(offer).toMatchObject({ weight: 20, skills: [{ name: "German", needed: 40, have: 80 }] });
    expect(offer.work).toMatchObject({
      state: "offered",
      due: clock.now() + HOUR,
      t0: clock.now(),
      queueId: t.queueId,
    });
    expect(offer.reasons.map((r) => r.code)).toEqual(["earliest-due", "skill", "load", "only-one"]);
    expect((await t.run((tx) => offerOfConversation(tx, e.conversationId)))?.offerId).toBe(offer.offerId);

    const accepted = await t.run((tx) => acceptOffer(tx, { offerId: offer.offerId, agentId: t.agents.Alice! }));
    expect(accepted).toMatchObject({ state: "active", ownerId: t.agents.Alice, version: 2 });
    expect((await t.run((tx) => loadOf(tx, [t.agents.Alice!]))).get(t.agents.Alice!)).toMatchObject({ used: 20 });

    await tell(t, e, "answered");
    expect(await t.work(e)).toMatchObject({ state: "parked", clock: "paused", ownerId: t.agents.Alice });
    expect((await t.run((tx) => loadOf(tx, [t.agents.Alice!]))).get(t.agents.Alice!)).toMatchObject({
      used: 0,
      parked: 1,
    });
    await tell(t, e, "answered");

    clock.advance(2 * HOUR);
    await tell(t, e, "continued");
    expect(await t.work(e)).toMatchObject({
      state: "active",
      clock: "running",
      ownerId: t.agents.Alice,
      due: clock.now() + HOUR,
    });

    await tell(t, e, "done");
    expect(await t.work(e)).toBeUndefined();
    expect(await workEvents(t, e.conversationId)).toEqual([
      "WorkQueued",
      "WorkOffered",
      "WorkAccepted",
      "WorkChanged",
      "WorkChanged",
      "WorkChanged",
      "WorkAccepted",
      "WorkEnded",
    ]);
    const story = await t.run(async (tx) => decisionsOf(tx, [offer.work.id]));
    expect(story.map((d) => d.act)).toEqual([
      "queued",
      "offered",
      "assigned",
      "parked",
      "changed",
      "woken",
      "assigned",
      "ended",
    ]);
    expect(story.every((d) => d.reasons.length > 0)).toBe(true);
  });

  it("makes one item of an episode however often it is told, and one open item of a conversation", async () => {
    const t = await town([]);
    const e = t.episode();
    await t.opened(e, e);
    await t.opened(e);
    const next = { ...t.episode(), conversationId: e.conversationId };
    await t.opened(next);
    const rows = await t.run((tx) =>
      sql<{
        state: string;
      }>`select state from work_item where account_id = ${t.accountId} order by opened_at, id`.execute(tx.tables()),
    );
    expect(rows.rows.map((r) => r.state).sort()).toEqual(["done", "queued"]);
    expect((await t.work(e)).episodeId).toBe(next.episodeId);
  });

  it("waits for the queue to open, unless there is danger", async () => {
    const week = { "2": [["10:00", "17:00"] as [string, string]] };
    clock.set(Date.parse("2026-11-24T08:00:00Z"));
    const t = await town(["Alice"], { week });
    const [calm, fire] = [t.episode(), t.episode({ risks: ["safety"] })];
    await t.opened(calm, fire);
    expect(await t.work(calm)).toMatchObject({ state: "queued", due: Date.parse("2026-11-24T14:00:00Z") });
    expect(await t.work(fire)).toMatchObject({ state: "offered", crisis: true, due: clock.now() + 4 * HOUR });
    await t.run(async (tx) =>
      acceptOffer(tx, { offerId: (await offersOf(tx, t.agents.Alice!))[0]!.offerId, agentId: t.agents.Alice! }),
    );
    clock.advance(2 * HOUR);
    await fireTimers(db, t.accountId, timers);
    expect(await t.work(calm)).toMatchObject({ state: "offered" });
  });
});

describe("a queue that closed with work in it", () => {
  it("is served when it opens, though nothing else happens then", async () => {
    clock.set(Date.parse("2026-12-01T16:50:00Z"));
    const t = await town(["Alice"], { week: { "2": [["10:00", "17:00"]], "3": [["10:00", "17:00"]] } });
    const alice = t.agents.Alice!;
    await t.run((tx) => setPresence(tx, { agentId: alice, state: "break", by: alice }));
    const e = t.episode();
    await t.opened(e);
    clock.advance(20 * MINUTE);
    await t.run((tx) => setPresence(tx, { agentId: alice, state: "available", by: alice }));
    await t.read();
    expect((await t.work(e)).state).toBe("queued");
    clock.set(Date.parse("2026-12-02T10:00:00Z"));
    await fireTimers(db, t.accountId, timers);
    expect((await t.work(e)).offer?.agentId).toBe(alice);
  });
});

describe("offers", () => {
  it("have one winner of eight clicks at once, and the late one hears who has it", async () => {
    const t = await town(["Alice", "Bob"]);
    const e = t.episode();
    await t.opened(e);
    const item = await t.work(e);
    const [winner, other] = item.offer!.agentId === t.agents.Alice ? ["Alice", "Bob"] : ["Bob", "Alice"];
    const clicks = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) =>
        t.run((tx) =>
          i % 2 === 0
            ? acceptOffer(tx, { offerId: item.offer!.id, agentId: t.agents[winner!]! })
            : takeWork(tx, { workItemId: item.id, agentId: t.agents[other!]!, mayExceed: false }),
        ),
      ),
    );
    expect(clicks.filter((c) => c.status === "fulfilled")).toHaveLength(4);
    const refused = clicks.find((c) => c.status === "rejected")!.reason;
    expect(refused).toMatchObject({ code: "not-now", message: `${winner} has this now.` });
    await t.read();
    expect((await workEvents(t, e.conversationId)).filter((type) => type === "WorkAccepted")).toHaveLength(1);
  });

  it("run out: the agent is found not to respond, the item keeps its place, acting again brings the agent back", async () => {
    const t = await town(["Alice"]);
    const [first, second] = [t.episode(), t.episode()];
    await t.opened(first, second);
    const offer = (await t.offers("Alice"))[0]!;
    clock.advance(180 * SECOND);
    await expect(
      t.run((tx) => acceptOffer(tx, { offerId: offer.offerId, agentId: t.agents.Alice! })),
    ).rejects.toMatchObject({ code: "not-now" });
    await fireTimers(db, t.accountId, timers);
    expect(await t.work(first)).toMatchObject({ state: "queued", offer: null, t0: first.t0 && Date.parse(first.t0) });
    expect((await t.run((tx) => presencesOf(tx))).get(t.agents.Alice!)?.state).toBe("not-responding");
    await t.read();
    expect([(await t.work(first)).state, (await t.work(second)).state]).toEqual(["queued", "queued"]);
    const next = await t.run((tx) => takeNext(tx, t.agents.Alice!));
    expect(next).toMatchObject({ state: "active", ownerId: t.agents.Alice });
    expect((await t.run((tx) => presencesOf(tx))).get(t.agents.Alice!)?.state).toBe("available");
  });

  it("run out on who gave a command meanwhile: they pass on, and the agent stays available", async () => {
    const t = await town(["Alice", "Bob"]);
    const e = t.episode();
    await t.opened(e);
    const { offer } = await t.work(e);
    clock.advance(100 * SECOND);
    // As a draft is saved.
    await t.run((tx) => once(tx, offer!.agentId, uuidv7(clock.now()), {}, async () => ({ status: 200, result: null })));
    clock.advance(80 * SECOND);
    await fireTimers(db, t.accountId, timers);
    await t.read();
    expect((await t.run((tx) => presencesOf(tx))).get(offer!.agentId)?.state).toBe("available");
    const now = await t.work(e);
    expect(now).toMatchObject({ misses: 1, excluded: [{ agentId: offer!.agentId, passed: true }] });
    expect(new Set([now.offer?.agentId, offer!.agentId])).toEqual(new Set(Object.values(t.agents)));
  });

  it("that are declined go to somebody else, with the reason kept", async () => {
    const t = await town(["Alice", "Bob"]);
    const e = t.episode();
    await t.opened(e);
    const { offer, id } = await t.work(e);
    await t.run((tx) =>
      declineOffer(tx, { offerId: offer!.id, agentId: offer!.agentId, reason: "language", note: "Welsh" }),
    );
    expect((await t.work(e)).offer!.agentId).not.toBe(offer!.agentId);
    const story = await t.run((tx) => decisionsOf(tx, [id]));
    expect(story.find((d) => d.act === "offer-ended")?.reasons[0]?.text).toBe("language: Welsh");
    const stranger = uuidv7(clock.now());
    await expect(t.run((tx) => acceptOffer(tx, { offerId: offer!.id, agentId: stranger }))).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("are taken back from an agent who turns away, and held out to who comes", async () => {
    const t = await town(["Alice", "Bob"]);
    await t.run((tx) => setPresence(tx, { agentId: t.agents.Bob!, state: "offline", by: null }));
    await t.read();
    const e = t.episode();
    await t.opened(e);
    await t.run((tx) => setPresence(tx, { agentId: t.agents.Alice!, state: "busy", by: t.agents.Alice! }));
    await t.read();
    expect(await t.work(e)).toMatchObject({ state: "queued", misses: 0 });
    await t.run((tx) => setPresence(tx, { agentId: t.agents.Bob!, state: "available", by: t.agents.Bob! }));
    await t.read();
    expect((await t.work(e)).offer?.agentId).toBe(t.agents.Bob);
  });
});
