import { Client } from "pg";
import { afterAll, afterEach, describe, expect, inject, it } from "vitest";
import { MINUTE, SECOND } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { readStep } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { runTimers } from "#platform/timers";
import { countStatements } from "../../../../tests/support/count-statements.ts";
import { openTestDatabase } from "../../../../tests/support/database.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { numberEvents } from "../../../../tests/support/journal.ts";
import { type RoutingTown, routingTown, say } from "../../../../tests/support/routing-town.ts";
import { accept } from "../domain/transitions.ts";
import { inRouting } from "../in-routing.ts";
import {
  acceptOffer,
  declineOffer,
  LEASE,
  NotTheRouter,
  ROUTER_WANTED,
  reader,
  takeNext,
  timers,
  useRouter,
} from "../index.ts";
import type { Opened } from "../new-work.ts";
import { orRefuse } from "../refusals.ts";
import { isOurTurn } from "./router.ts";

const { db: a, clock } = openTestDatabase();
const b = openTestDatabase(clock).db;
const eye = new Client({ connectionString: inject("database").owner });
await eye.connect();
afterAll(() => Promise.all([a.close(), b.close(), eye.end()]));

let closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers) await close();
  closers = [];
});
/** Two processes of one installation that both read and keep time. A comes first. */
async function twoProcesses(names: string[]) {
  const open = [
    useRouter(a, clock, { is: "router", holder: "process a" }),
    useRouter(b, clock, { is: "router", holder: "process b" }),
  ];
  closers.push(...open.map((lead) => () => lead.close()));
  return routingTown({ db: a, clock }, names);
}
const announce = (t: RoutingTown, ...episodes: Opened[]) =>
  t.run(async (tx) => {
    for (const e of episodes) say(tx, e);
  });
const read = async (db: Database, t: RoutingTown) => {
  await numberEvents(db, t.accountId);
  return readStep(db, reader, t.accountId, clock, silentLog, new Map());
};
/** The program's own loop, in one account only: the others are other tests'. */
async function fire(db: Database, t: RoutingTown): Promise<void> {
  const asSystem = (async () => ({ rows: [{ account_id: t.accountId }] })) as unknown as Database["asSystem"];
  const running = runTimers({ ...db, asSystem }, timers, clock, silentLog);
  await running.fireDue();
  await running.close();
}
const rows = async <T extends object>(text: string, t: RoutingTown): Promise<T[]> =>
  (await eye.query<T>(text, [t.accountId])).rows;
const leader = async (t: RoutingTown) =>
  (
    await rows<{ holder: string; token: number }>("select holder, token from routing_step where account_id = $1", t)
  )[0]!;
const pending = (t: RoutingTown) =>
  rows<{ agent_id: string; expires_at: number }>(
    "select agent_id, expires_at from offer where account_id = $1 and state = 'pending'",
    t,
  );
const states = async (t: RoutingTown) =>
  (await rows<{ state: string }>("select state from work_item where account_id = $1 order by state", t)).map(
    (r) => r.state,
  );

/** No item has two offers or is both held and offered, and each act has its own step under a token that never falls. */
async function sound(t: RoutingTown, items: number): Promise<void> {
  expect(await states(t)).toHaveLength(items);
  const wrong = await rows(
    `select o.id from offer o join work_item w on w.account_id = o.account_id and w.id = o.work_item_id
     where o.account_id = $1 and o.state = 'pending' and (w.state <> 'offered' or w.owner_id is not null)`,
    t,
  );
  expect(wrong).toEqual([]);
  const doubled = await rows(
    `select work_item_id, reason->>'offerId' from routing_decision where account_id = $1 and act = 'offered' group by 1, 2 having count(*) > 1`,
    t,
  );
  expect(doubled).toEqual([]);
  const tokens = (
    await rows<{ token: number }>("select token from routing_log where account_id = $1 order by step", t)
  ).map((r) => r.token);
  expect(tokens).toEqual([...tokens].sort((x, y) => x - y));
}
function gate(): { open(): void; passed: Promise<void> } {
  let open = () => {};
  const passed = new Promise<void>((done) => {
    open = done;
  });
  return { open, passed };
}

describe("who leads an account", () => {
  it("is one process at a time: another reads nothing, keeps no time, and asks nobody while it knows", async () => {
    const t = await twoProcesses(["Alice"]);
    await t.opened(t.episode());
    expect(await leader(t)).toEqual({ holder: "process a", token: 1 });
    await announce(t, t.episode(), t.episode());
    expect(await read(b, t)).toBe("waits");
    const asked = await countStatements(() => read(b, t));
    expect(asked.statements.filter((text) => /read_journal|routing_step|begin_routing/.test(text))).toEqual([]);
    expect(await states(t)).toHaveLength(1);
    clock.advance(4 * SECOND);
    await t.run((tx) =>
      sql`update timer set due_at = ${new Date(clock.now())} where account_id = ${t.accountId} and kind = 'offer-expiry'`.execute(
        tx.tables(),
      ),
    );
    await fire(b, t);
    expect(
      await rows("select 1 from timer where account_id = $1 and kind = 'offer-expiry' and tries = 0", t),
    ).toHaveLength(1);
    expect(await read(a, t)).not.toBe("waits");
    expect(await states(t)).toHaveLength(3);
  });

  it("refuses an act of the router that comes late, with nothing done and the journal's place kept", async () => {
    const t = await twoProcesses(["Alice"]);
    await t.opened(t.episode());
    await announce(t, t.episode());
    // A stands still longer than its lease lasts; B takes over; A goes on and believes it leads.
    clock.advance(LEASE + 1);
    expect(await read(b, t)).not.toBe("waits");
    expect(await leader(t)).toEqual({ holder: "process b", token: 2 });
    expect(await isOurTurn(a, t.accountId, clock.now())).toBe(true);
    const act = (tx: Parameters<typeof inRouting>[0]) =>
      timers["queue-opens"]!(tx, { kind: "queue-opens", ref: t.queueId, dueAt: 0, payload: {} });
    await expect(a.withAccount(t.accountId, act)).rejects.toBeInstanceOf(NotTheRouter);
    expect(await read(a, t)).toBe("waits");
    expect(await isOurTurn(a, t.accountId, clock.now())).toBe(false);
    await sound(t, 2);
  });

  it("serves what a verb elsewhere leaves to it; the verb itself is done at once", async () => {
    const t = await twoProcesses(["Alice", "Bob"]);
    await t.opened(t.episode(), t.episode());
    await fire(a, t);
    const called: string[] = [];
    const listening = await a.listen(ROUTER_WANTED, (accountId) => called.push(accountId));
    const there = <T>(run: Parameters<typeof b.withAccount<T>>[1]) => b.withAccount(t.accountId, run);
    const [first] = await pending(t);
    const [who, other] = first!.agent_id === t.agents.Alice ? ["Alice", "Bob"] : ["Bob", "Alice"];
    const [offer] = await t.offers(who!);
    const declined = await there((tx) =>
      declineOffer(tx, { offerId: offer!.offerId, agentId: t.agents[who!]!, reason: "busy" }),
    );
    expect(declined.state).toBe("queued");
    const kept = (await t.offers(other!))[0]!;
    expect((await there((tx) => acceptOffer(tx, { offerId: kept.offerId, agentId: t.agents[other!]! }))).state).toBe(
      "active",
    );
    expect(await t.offers(other!)).toHaveLength(0);
    await fire(a, t);
    expect(await t.offers(other!)).toHaveLength(1);
    await eventually("a call of the router", () => called.includes(t.accountId));
    await listening.close();
    expect((await leader(t)).holder).toBe("process a");
    await t.run((tx) => declineOffer(tx, { offerId: offer!.offerId, agentId: t.agents[who!]!, reason: "again" }));
    expect((await there((tx) => takeNext(tx, t.agents[other!]!))).ownerId).toBe(t.agents[other!]);
    await sound(t, 2);
  });

  it("costs an account without work nothing, and is given back when a process leaves", async () => {
    const t = await twoProcesses(["Alice"]);
    expect(await rows("select 1 from routing_step where account_id = $1", t)).toEqual([]);
    await t.opened(t.episode());
    for (const close of closers.splice(0)) await close();
    await twoProcesses([]);
    await read(b, t);
    await t.run(async () => {});
    await b.withAccount(t.accountId, (tx) =>
      timers["queue-opens"]!(tx, { kind: "queue-opens", ref: t.queueId, dueAt: 0, payload: {} }),
    );
    expect(await leader(t)).toEqual({ holder: "process b", token: 2 });
  });
});

describe("a process that dies", () => {
  it("in the middle of an act is followed by another: nothing lost, nothing doubled, offers that ran out are ended at once", async () => {
    const t = await twoProcesses(["Alice", "Bob"]);
    await t.opened(...Array.from({ length: 14 }, () => t.episode()));
    expect(await pending(t)).toHaveLength(10);
    const inAct = gate();
    const [offer] = await t.offers("Alice");
    const dying = a.withAccount(t.accountId, (tx) =>
      inRouting(tx, { offerIds: [offer!.offerId] }, async (session) => {
        const pid = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.tables())).rows[0]!.pid;
        for (const agent of session.agents.values()) agent.presence = "busy";
        inAct.open();
        await eye.query("select pg_terminate_backend($1)", [pid]);
      }),
    );
    await expect(dying).rejects.toThrow();
    await inAct.passed;
    clock.advance(4 * MINUTE);
    await fire(b, t);
    expect((await leader(t)).holder).toBe("process b");
    expect((await pending(t)).filter((o) => o.expires_at <= clock.now())).toEqual([]);
    expect(await states(t)).toEqual(Array.from({ length: 14 }, () => "queued"));
    // The dead one comes back and has forgotten what it did not bring to its end.
    clock.advance(LEASE + 1);
    await a.withAccount(t.accountId, (tx) => takeNext(tx, t.agents.Alice!));
    await sound(t, 14);
  });

  it("or stands still in the middle of one is cut off by the database, and what it says later is not taken", async () => {
    const t = await twoProcesses(["Alice", "Bob"]);
    await t.opened(t.episode());
    const [inAct, goOn] = [gate(), gate()];
    closers.push(useRouter(a, clock, { is: "router", holder: "process a", stallMs: 1_000 }).close);
    const still = a
      .withAccount(t.accountId, (tx) =>
        inRouting(tx, { ids: [] }, async (session) => {
          inAct.open();
          await goOn.passed;
          for (const agent of session.agents.values()) agent.presence = "busy";
        }),
      )
      .catch((error: Error) => error);
    await Promise.race([inAct.passed, still]);
    closers.push(useRouter(a, clock, { is: "router", holder: "process a" }).close);
    clock.advance(4 * MINUTE);
    // Waits for the lock until the server has ended the one that holds it.
    await fire(b, t);
    expect((await leader(t)).holder).toBe("process b");
    // Its own process has gone on beside it meanwhile, with a picture that the late one cannot touch.
    clock.advance(LEASE + 1);
    await a.withAccount(t.accountId, (tx) => inRouting(tx, {}, () => {}));
    goOn.open();
    expect(await still).toBeInstanceOf(Error);
    // The first offer ran out; it is held out to the other one now.
    const [offer] = await pending(t);
    await a.withAccount(t.accountId, (tx) => takeNext(tx, offer!.agent_id));
    await announce(t, t.episode());
    await read(a, t);
    expect((await states(t)).sort()).toEqual(["active", "offered"]);
    await sound(t, 2);
  });
});

describe("the rows themselves", () => {
  it("have one winner, even past the lock: the other decides anew and hears who has it", async () => {
    const t = await twoProcesses(["Alice", "Bob"]);
    const e = t.episode();
    await t.opened(e);
    const work = await t.work(e);
    const winner = work.offer!.agentId === t.agents.Alice ? t.agents.Bob! : t.agents.Alice!;
    let tries = 0;
    const loser = t.run((tx) =>
      inRouting(
        tx,
        { ids: [work.id] },
        async (session) => {
          tries++;
          const item = session.items.get(work.id)!;
          if (tries === 1)
            // Another router that does not know the lock.
            await eye.query(
              `with w as (update work_item set state = 'active', owner_id = $2, version = version + 1 where account_id = $1 and id = $3 and state = 'offered' returning id)
               update offer set state = 'accepted', version = version + 1 where account_id = $1 and work_item_id in (select id from w)`,
              [t.accountId, winner, work.id],
            );
          orRefuse(session, item, accept(session, item, work.offer!.id, work.offer!.agentId, session.now));
        },
        { serve: false },
      ),
    );
    await expect(loser).rejects.toMatchObject({ code: "not-now", extra: { why: "held-by-another" } });
    expect(tries).toBe(2);
    expect((await t.work(e)).ownerId).toBe(winner);
    await sound(t, 1);
  });
});
