import { afterAll, describe, expect, it } from "vitest";
import { setSetting } from "#modules/company";
import { addAgent, addSkill, addTeam, grant, setAgentSkills } from "#modules/people";
import { setPresence } from "#modules/workforce";
import { DAY, HOUR, MINUTE, SECOND } from "#platform/clock";
import { sql } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { openTestDatabase } from "../../../tests/support/database.ts";
import { type RoutingTown, routingTown, tell, workEvents } from "../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../tests/support/timers.ts";
import {
  addQueue,
  askGuest,
  assignWork,
  barFromWork,
  bringForward,
  dismissGuest,
  handOverWork,
  listWork,
  loadOf,
  queuesOf,
  rearrangeWork,
  routingRules,
  takeWork,
  timers,
  wrapUpWork,
} from "./index.ts";
import { changeQueue, helpersOf } from "./queue-settings.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());
const town = (names: string[], over = {}) => routingTown({ db, clock }, names, over);

const rules = (t: RoutingTown, value: object) =>
  t.run((tx) => setSetting(tx, routingRules, routingRules.schema.parse(value), null));
const take = async (t: RoutingTown, e: Parameters<RoutingTown["work"]>[0], name: string, mayExceed = false) => {
  const { id: workItemId } = await t.work(e);
  return t.run((tx) => takeWork(tx, { workItemId, agentId: t.agents[name]!, mayExceed }));
};
const told = (t: RoutingTown, type: string) =>
  t.run(async (tx) => {
    const found = await sql<{
      payload: Record<string, unknown>;
    }>`select payload from event where account_id = ${t.accountId} and type = ${type} order by position`.execute(
      tx.tables(),
    );
    return found.rows.map((row) => row.payload);
  });
const passes = async (t: RoutingTown, ms: number) => {
  clock.advance(ms);
  await fireTimers(db, t.accountId, timers);
  await t.read();
};
const team = (t: RoutingTown, more = {}) =>
  t.run((tx) => listWork(tx, { view: "all", agentId: t.agents.Alice!, queues: "all", limit: 100, ...more }));

describe("a flood", () => {
  it("of one author stands in front with five; the others wait behind, come forward one by one or all together", async () => {
    const t = await town(["Alice"]);
    const customerId = uuidv7(clock.now());
    const many = Array.from({ length: 8 }, () => t.episode({ customerId, risks: [] }));
    await t.opened(...many);
    const other = t.episode();
    await t.opened(other);
    const all = await Promise.all(many.map((e) => t.work(e)));
    expect(all.map((w) => w.behind !== null)).toEqual([...Array(5).fill(false), ...Array(3).fill(true)]);
    const page = await team(t);
    expect(page.items).toHaveLength(6);
    expect(page.groups).toMatchObject([{ key: `author:${customerId}`, count: 3, customerId }]);
    expect((await team(t, { group: `author:${customerId}` })).items).toHaveLength(3);
    await take(t, many[0]!, "Alice", true);
    await tell(t, many[0]!, "done");
    await passes(t, 6 * SECOND);
    expect((await team(t)).groups[0]?.count).toBe(2);
    await passes(t, 6 * SECOND);
    expect((await team(t)).groups[0]?.count).toBe(2);
    const n = await t.run((tx) =>
      bringForward(tx, { key: `author:${customerId}`, queueIds: "all", all: true, name: "Alice" }),
    );
    expect([n, (await team(t)).groups]).toEqual([2, []]);
    expect((await team(t)).items).toHaveLength(8);
  });

  it("who is of two crowds comes forward when both have room, and lets others of its author go meanwhile", async () => {
    const t = await town([]);
    await rules(t, { authorCap: 1, alikeCap: 1 });
    const customerId = uuidv7(clock.now());
    const [front, spam] = [t.episode({ customerId }), t.episode({ alike: "sold" })];
    await t.opened(front, spam);
    const [both, own] = [t.episode({ customerId, alike: "sold" }), t.episode({ customerId })];
    await t.opened(both);
    await t.opened(own);
    const waits = async (one: typeof both) => (await t.work(one)).behind !== null;
    expect([await waits(both), await waits(own)]).toEqual([true, true]);
    await tell(t, front, "done");
    await passes(t, 6 * SECOND);
    expect([await waits(both), await waits(own)]).toEqual([true, false]);
    await tell(t, own, "done");
    await tell(t, spam, "done");
    await passes(t, 6 * SECOND);
    expect(await waits(both)).toBe(false);
  });

  it("of one text by many is held to its cap, also across runs; danger to people and other texts pass", async () => {
    const t = await town([]);
    await rules(t, { alikeCap: 2 });
    const bot = (more = {}) => t.episode({ alike: "thesame", ...more });
    const first = bot();
    await t.opened(first, bot());
    const [late, danger, apart] = [bot(), bot({ risks: ["safety"] }), t.episode({ alike: "another" })];
    await t.opened(late, danger, apart);
    expect((await t.work(late)).behind).toBe("alike:thesame");
    expect((await t.work(danger)).behind).toBeNull();
    expect((await t.work(apart)).behind).toBeNull();
    // The one in danger stands in front, too: there is room when two are done.
    await tell(t, first, "done");
    await passes(t, 6 * SECOND);
    expect((await t.work(late)).behind).toBe("alike:thesame");
    await tell(t, danger, "done");
    await passes(t, 6 * SECOND);
    expect((await t.work(late)).behind).toBeNull();
  });
});

describe("who gets it", () => {
  it("whoever worked for the customer lately, but not who did long ago", async () => {
    const t = await town(["Alice", "Bob"]);
    const customerId = uuidv7(clock.now());
    const first = t.episode({ customerId });
    await t.opened(first);
    const had = (await t.work(first)).offer!.agentId;
    const name = Object.keys(t.agents).find((n) => t.agents[n] === had)!;
    await take(t, first, name);
    await tell(t, first, "done");
    // The other one has waited longer now and would be the next.
    const again = t.episode({ customerId });
    await t.opened(again);
    expect((await t.work(again)).offer?.agentId).toBe(had);
    const [offer] = await t.offers(name);
    expect(offer?.reasons.map((r) => r.text)).toContain(`${name} has worked for this customer before.`);
    expect((await t.work(again)).knownIds).toEqual([had]);
    clock.advance(91 * DAY);
    const years = t.episode({ customerId });
    await t.opened(years);
    expect((await t.work(years)).knownIds).toEqual([]);
  });

  it("only who has the clearance that the brand asks for, until the day it ends; nobody has to tell", async () => {
    const t = await town(["Alice"]);
    const { brandId } = t.episode();
    const until = clock.now() + 2 * HOUR;
    await t.run(async (tx) => {
      const skillId = await addSkill(tx, "Data protection", "hard", { clearance: "training", brandIds: [brandId] });
      const given = { skillId, level: 100, validFrom: clock.now() + HOUR, validUntil: until };
      await setAgentSkills(tx, t.agents.Alice!, [given]);
    });
    await t.read();
    const e = t.episode();
    await t.opened(e);
    expect(await t.work(e)).toMatchObject({ state: "queued", needs: [{ clearance: "training", kind: "hard" }] });
    await passes(t, HOUR);
    expect((await t.work(e)).state).toBe("offered");
    await take(t, e, "Alice");
    clock.set(until);
    await fireTimers(db, t.accountId, timers);
    const late = t.episode();
    await t.opened(late);
    expect((await t.work(late)).state).toBe("queued");
    expect((await t.work(e)).state).toBe("active");
  });

  it("a team that helps out, from its ring on, when it has the right to it", async () => {
    const t = await town([]);
    const [queue] = await t.run((tx) => queuesOf(tx));
    const surge = await t.run((tx) => addTeam(tx, "Surge"));
    const pat = await t.run(async (tx) => {
      const of = { email: "pat@northwind.example", initials: "P", password: null, teamIds: [surge] };
      const id = await addAgent(tx, { name: "Pat", ...of });
      await setPresence(tx, { agentId: id, state: "available", by: id });
      return id;
    });
    const helpers = () => t.run((tx) => helpersOf(tx, queue!.id));
    expect(await helpers()).toMatchObject([{ name: "Surge", members: 1, may: 0 }]);
    await t.run((tx) =>
      grant(tx, { subjectKind: "team", subjectId: surge, verb: "work.take", scope: "team", scopeId: queue!.teamId }),
    );
    expect(await helpers()).toMatchObject([{ name: "Surge", members: 1, may: 1 }]);
    const change = { overflow: [[surge], [], []], ringParts: [0.25, 0.5, 0.75], choice: "longest-idle" as const };
    await t.run((tx) => changeQueue(tx, queue!.id, queue!.version, change));
    await expect(t.run((tx) => changeQueue(tx, queue!.id, queue!.version, {}))).rejects.toThrow(/changed/i);
    await t.read();
    const e = t.episode({ priority: "high" });
    await t.opened(e);
    expect((await t.work(e)).state).toBe("queued");
    await passes(t, 14 * MINUTE);
    expect((await t.work(e)).state).toBe("queued");
    await passes(t, MINUTE);
    expect(await t.work(e)).toMatchObject({ state: "offered", offer: { agentId: pat } });
  });
});

describe("by more than one", () => {
  const asked = async (mine = true) => {
    const t = await town(["Alice", "Bob"]);
    const e = t.episode();
    await t.opened(e);
    await take(t, e, "Alice", true).catch(() => take(t, e, "Bob", true));
    const { id: workItemId, ownerId } = await t.work(e);
    const [owner, guest] = ownerId === t.agents.Alice ? ["Alice", "Bob"] : ["Bob", "Alice"];
    const agentId = t.agents[guest!]!;
    if (mine) await t.run((tx) => askGuest(tx, { workItemId, agentId, kind: "consult", mayExceed: false }));
    return { t, e, workItemId, owner: t.agents[owner!]!, guest: agentId };
  };
  const used = (t: RoutingTown, id: string) => t.run(async (tx) => (await loadOf(tx, [id])).get(id)!.used);

  it("a guest's room is taken and given back; the list of the guest shows it", async () => {
    const { t, e, workItemId, owner, guest } = await asked();
    expect([await used(t, owner), await used(t, guest)]).toEqual([20, 20]);
    const mine = await t.run((tx) => listWork(tx, { view: "mine", agentId: guest, queues: "all", limit: 10 }));
    expect(mine.items.map((w) => [w.id, w.ownerId])).toEqual([[workItemId, owner]]);
    await t.run((tx) => dismissGuest(tx, { workItemId, agentId: guest, how: "cancelled" }));
    expect([await used(t, owner), await used(t, guest)]).toEqual([20, 0]);
    await t.read();
    expect(await workEvents(t, e.conversationId)).toContain("GuestLeft");
  });

  it("handed over warm, it is the guest's with the same due time", async () => {
    const { t, e, workItemId, owner, guest } = await asked();
    const before = await t.work(e);
    await t.run((tx) => handOverWork(tx, { workItemId, agentId: guest }));
    expect(await t.work(e)).toMatchObject({ ownerId: guest, t0: before.t0, due: before.due, transfers: 1, guests: [] });
    expect([await used(t, owner), await used(t, guest)]).toEqual([0, 20]);
  });

  it("a guest who goes home leaves", async () => {
    const { t, e, owner, guest } = await asked();
    await t.run((tx) => setPresence(tx, { agentId: guest, state: "offline", by: guest }));
    await t.read();
    expect(await t.work(e)).toMatchObject({ ownerId: owner, guests: [] });
  });

  it("refused: who is not a guest gets nothing handed over", async () => {
    const { t, workItemId, guest } = await asked(false);
    await expect(t.run((tx) => handOverWork(tx, { workItemId, agentId: guest }))).rejects.toThrow(/Ask this agent in/);
  });
});

describe("rules of the account", () => {
  it("a chat is written up: by the clock, by the agent, or once longer; mails are done at once", async () => {
    const t = await town(["Alice"]);
    const [byClock, byHand, mail] = [
      t.episode({ medium: "chat", visibility: "private" }),
      t.episode({ medium: "chat", visibility: "private" }),
      t.episode({ medium: "email", visibility: "private" }),
    ];
    await t.opened(byClock, byHand, mail);
    for (const e of [byClock, byHand, mail]) await take(t, e, "Alice", true);
    const { id } = await t.work(byHand);
    for (const e of [byClock, byHand, mail]) await tell(t, e, "done");
    expect(await t.work(mail)).toBeUndefined();
    expect((await t.work(byClock)).state).toBe("wrapup");
    const alice = t.agents.Alice!;
    const act = (what: "finish" | "extend") =>
      t.run((tx) => wrapUpWork(tx, { workItemId: id, agentId: alice, act: what }));
    expect((await act("extend")).wrapUntil).toBe(clock.now() + 60 * SECOND);
    await expect(act("extend")).rejects.toThrow(/once already/);
    await passes(t, 30 * SECOND);
    expect(await t.work(byClock)).toBeUndefined();
    expect((await act("finish")).state).toBe("done");
    await t.read();
    expect((await told(t, "WorkEnded")).map((p) => p.reason)).toEqual(["solved", "solved", "solved"]);
  });

  it("what is handed on and on comes to the supervisors, who are told", async () => {
    const t = await town(["Alice"]);
    const [queue] = await t.run((tx) => queuesOf(tx));
    const more = { position: 5, teamId: queue!.teamId, calendarId: queue!.calendarId, targets: queue!.targets };
    const [second, boss] = await t.run(async (tx) => [
      await addQueue(tx, { name: "Second", ...more }),
      await addQueue(tx, { name: "Supervisors", ...more }),
    ]);
    await rules(t, { supervisorQueueId: boss, maxTransfers: 2 });
    const e = t.episode();
    await t.opened(e);
    const { id: workItemId } = await t.work(e);
    for (const queueId of [second!, queue!.id, second!])
      await t.run((tx) =>
        assignWork(tx, { workItemId, to: { kind: "queue", queueId }, by: t.agents.Alice!, mayExceed: false }),
      );
    expect((await t.work(e)).queueId).toBe(boss);
    await t.read();
    expect(await told(t, "WorkStuck")).toMatchObject([{ why: "ping-pong", workItemId, transfers: 3 }]);
  });

  it("who is kept away stays away, also from the next episode of the conversation", async () => {
    const t = await town(["Alice"]);
    const e = t.episode();
    await t.opened(e);
    const { id: workItemId } = await t.work(e);
    const bar = (reason: string | null) =>
      t.run((tx) => barFromWork(tx, { workItemId, agentId: t.agents.Alice!, reason }));
    expect(await bar("She was rude.")).toMatchObject({ state: "queued", offer: null });
    await expect(take(t, e, "Alice", true)).rejects.toThrow(/subject of a complaint/);
    await tell(t, e, "done");
    const next = t.episode({ conversationId: e.conversationId, customerId: e.customerId });
    await t.opened(next);
    expect(await t.work(next)).toMatchObject({ state: "queued", barred: [t.agents.Alice] });
  });

  it("who is kept away from work that becomes part of other work is kept away from that too, and loses it", async () => {
    const t = await town(["Alice", "Bob"]);
    const [kept, part] = [t.episode(), t.episode()];
    const alice = (state: "busy" | "available") =>
      t.run((tx) => setPresence(tx, { agentId: t.agents.Alice!, state, by: t.agents.Alice! }));
    // Nobody else is there to whom it could be held out first.
    await alice("busy");
    await t.read();
    await t.opened(kept, part);
    await take(t, kept, "Bob");
    await alice("available");
    await t.read();
    const { id: workItemId } = await t.work(part);
    await t.run((tx) => barFromWork(tx, { workItemId, agentId: t.agents.Bob!, reason: "He was rude." }));
    const both = { priority: "normal" as const, waitsSince: clock.now(), answeredBy: t.agents.Bob! };
    const { conversationId } = kept;
    await t.run((tx) =>
      rearrangeWork(tx, {
        ...{ by: t.agents.Bob!, restore: [] },
        episodes: [
          { id: kept.episodeId, conversationId, state: "open", was: "open", absorbedBy: null, ...both },
          { id: part.episodeId, conversationId, state: "absorbed", was: "open", absorbedBy: kept.episodeId, ...both },
        ],
      }),
    );
    const after = await t.work(kept);
    expect(after.barred).toEqual([t.agents.Bob]);
    expect([after.ownerId, after.offer?.agentId ?? null]).not.toContain(t.agents.Bob);
  });

  it("a call holds the mails in hand, and they come back", async () => {
    const t = await town(["Alice"]);
    const mail = t.episode({ medium: "email", visibility: "private" });
    await t.opened(mail);
    await take(t, mail, "Alice");
    const call = t.episode({ medium: "phone", visibility: "private" });
    await t.opened(call);
    const { id } = await take(t, call, "Alice");
    expect(await t.work(mail)).toMatchObject({ state: "active", heldFor: id });
    await tell(t, call, "done");
    expect(await t.work(mail)).toMatchObject({ state: "active", ownerId: t.agents.Alice, heldFor: null });
  });

  it("over capacity by hand is in the journal from its beginning to its end", async () => {
    const t = await town(["Alice"]);
    await t.run((tx) => setPresence(tx, { agentId: t.agents.Alice!, state: "busy", by: t.agents.Alice! }));
    await t.read();
    const six = Array.from({ length: 6 }, () => t.episode());
    await t.opened(...six);
    for (const e of six) await take(t, e, "Alice", true);
    await tell(t, six[0]!, "done");
    const about = { agentId: t.agents.Alice, budget: 100 };
    expect(await told(t, "CapacityExceeded")).toMatchObject([{ ...about, used: 120 }]);
    expect(await told(t, "CapacityRestored")).toMatchObject([{ ...about, used: 100 }]);
  });
});
