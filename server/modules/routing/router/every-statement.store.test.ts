import { Client } from "pg";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { setPresence } from "#modules/workforce";
import { MINUTE, SECOND } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { useEntropy } from "#platform/ids";
import { readStep } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { numberEvents } from "../../../../tests/support/journal.ts";
import { type RoutingTown, routingTown, say } from "../../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import { acceptOffer, declineOffer, reader, timers } from "../index.ts";
import { pictures } from "./router.ts";

const { db, clock } = openTestDatabase();
const { most } = pictures;
afterAll(() => db.close());

/** Which statement of this process is its last, and whether the server hears it; after it nothing is answered any more. */
const death = { at: Number.POSITIVE_INFINITY, heard: false, said: 0 };
const { prototype } = Client;
const real = prototype.query as (...asked: unknown[]) => Promise<unknown>;
const gone = () => Object.assign(new Error("the process was killed"), { code: "ECONNRESET" });
function mortal(this: Client, ...asked: unknown[]): Promise<unknown> {
  death.said++;
  if (death.said < death.at) return real.apply(this, asked);
  const last = death.said === death.at && death.heard ? real.apply(this, asked).catch(() => {}) : Promise.resolve();
  return last.then(() => {
    // The line breaks, as it does with its process: the server takes back what is open.
    (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    throw gone();
  });
}
afterEach(() => {
  prototype.query = real as typeof prototype.query;
  Object.assign(death, { at: Number.POSITIVE_INFINITY, said: 0 });
  pictures.most = most;
});

/** Does something, killed at its first statement, then at its second … until it comes to its end. Returns how many deaths that took. */
async function dyingAtEach(act: () => Promise<unknown>, heard: boolean): Promise<number> {
  for (let at = 1; ; at++) {
    // Every other time a new process begins, with nothing in memory.
    pictures.most = at % 2 ? most : 0;
    Object.assign(death, { at, heard, said: 0 });
    prototype.query = mortal as typeof prototype.query;
    let killed = false;
    await act().catch((error) => {
      if (death.said < at) throw error;
      killed = true;
    });
    prototype.query = real as typeof prototype.query;
    if (!killed && death.said < at) return at - 1;
    if (at > 300) throw new Error("It never came to its end.");
  }
}

/** One reader's step: what fails is not read one by one, because nobody is left to do it. */
async function step(house: Database, t: RoutingTown): Promise<void> {
  while ((await readStep(house, reader, t.accountId, clock, silentLog, new Map())) === "more") {}
}

/** What became of the work, by the order in which it came. */
async function story(t: RoutingTown): Promise<unknown> {
  const names = new Map(Object.entries(t.agents).map(([name, id]) => [id, name]));
  const rows = await t.run((tx) =>
    sql<{ state: string; owner_id: string | null; offered: string | null; acts: string[]; offers: string[] }>`
      select w.state, w.owner_id,
        (select o.agent_id from offer o where o.account_id = w.account_id and o.work_item_id = w.id and o.state = 'pending') as offered,
        array(select d.act from routing_decision d where d.account_id = w.account_id and d.work_item_id = w.id order by d.at, (d.reason->>'version')::int, (d.reason->>'n')::int) as acts,
        array(select o.state from offer o where o.account_id = w.account_id and o.work_item_id = w.id order by o.offered_at, o.state) as offers
      from work_item w where w.account_id = ${t.accountId} order by w.t0`.execute(tx.tables()),
  );
  return rows.rows.map(({ owner_id, offered, ...row }) => ({
    ...row,
    ...{ owner: names.get(owner_id ?? ""), offered: names.get(offered ?? "") },
  }));
}

/** Ids in the order in which they are made, whatever was made in vain in between: what has the same rank goes by its id. */
async function withIdsInOrder<T>(run: () => Promise<T>): Promise<T> {
  let drawn = 0;
  const former = useEntropy((bytes) => {
    // The account's own.
    if (drawn++ === 0) return former(bytes);
    const made = Buffer.alloc(bytes);
    made.writeUInt32BE(drawn, bytes - 4);
    return made;
  });
  return run().finally(() => useEntropy(former));
}

/** The same day of two agents, told with and without deaths. */
async function day(deaths: (act: () => Promise<unknown>, heard: boolean) => Promise<number>) {
  clock.set(TEST_START);
  const t = await routingTown({ db, clock }, ["Alice", "Bob"], { skills: { Bob: { Welsh: 80 } } });
  let killed = 0;
  const read = async () => {
    await numberEvents(db, t.accountId);
    killed += await deaths(() => step(db, t), false);
    await numberEvents(db, t.accountId);
  };
  const episodes = Array.from({ length: 12 }, (_, n) => {
    clock.advance(1);
    return t.episode({ language: n % 3 === 0 ? "cy" : "en", priority: n % 2 ? "normal" : "high" });
  });
  await t.run(async (tx) => {
    for (const e of episodes) say(tx, e);
  });
  await read();
  for (const name of ["Alice", "Bob"]) {
    const [first, second] = await t.offers(name);
    const agentId = t.agents[name]!;
    killed += await deaths(() => t.run((tx) => acceptOffer(tx, { offerId: first!.offerId, agentId })), true);
    killed += await deaths(
      () => t.run((tx) => declineOffer(tx, { offerId: second!.offerId, agentId, reason: "busy" })),
      false,
    );
  }
  await t.run((tx) => setPresence(tx, { agentId: t.agents.Alice!, state: "busy", by: t.agents.Alice! }));
  await read();
  await t.run((tx) => setPresence(tx, { agentId: t.agents.Alice!, state: "available", by: t.agents.Alice! }));
  clock.advance(4 * MINUTE + SECOND);
  killed += await deaths(() => fireTimers(db, t.accountId, timers), false);
  await read();
  return { told: await story(t), killed };
}

// Ten times what it takes.
describe("a process killed at every statement of every act", { timeout: 60_000 }, () => {
  it("leaves what the same day leaves without a death", async () => {
    const lives = async (act: () => Promise<unknown>) => act().then(() => 0);
    const calm = await withIdsInOrder(() => day(lives));
    const deadly = await withIdsInOrder(() => day(dyingAtEach));
    expect(deadly.told).toEqual(calm.told);
    expect(deadly.killed).toBeGreaterThan(100);
  });
});
