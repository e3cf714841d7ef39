import { afterAll, describe, expect, it } from "vitest";
import { activeAgents, setAgentSkills } from "#modules/people";
import { setCapacity, setPresence } from "#modules/workforce";
import { MINUTE, SECOND } from "#platform/clock";
import { type Database, sql, type Tx } from "#platform/db";
import { useEntropy } from "#platform/ids";
import { type Random, seeded } from "../../../../scenarios/random.ts";
import { openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { type RoutingTown, routingTown, tell } from "../../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import {
  acceptOffer,
  assignWork,
  declineOffer,
  endWork,
  releaseWork,
  snoozeWork,
  takeNext,
  takeWork,
  timers,
} from "../index.ts";
import type { Opened } from "../new-work.ts";
import { pictures } from "../router/router.ts";

const { db, clock } = openTestDatabase();
const other = openTestDatabase(clock).db;
afterAll(() => Promise.all([db.close(), other.close()]));

const NAMES = ["Alice", "Bob", "Carla", "Dilys"];
const [STEPS, SEEDS] = [40, ["two"]];

/** Processes that take turns by chance, as behind a balancer: each finds its picture out of date. */
function inTurns(random: Random): Database {
  return { ...db, withAccount: (id, run, o) => (random.chance(0.5) ? db : other).withAccount(id, run, o) };
}

type Town = RoutingTown & { house: Database; welsh: string };
type Step = (t: Town, random: Random, episodes: Opened[]) => Promise<unknown>;
const who = (t: RoutingTown, random: Random) => t.agents[random.pick(NAMES)]!;
const refusable = (run: Promise<unknown>) => run.catch(() => "refused");
async function held(t: RoutingTown, random: Random, episodes: readonly Opened[]) {
  const items = await Promise.all(episodes.slice(-12).map((e) => t.work(e)));
  return random.pick(items.filter((item) => item !== undefined));
}

/** What can happen to an account, through verbs and past them. */
const steps: [number, Step][] = [
  [
    6,
    async (t, random, episodes) => {
      const fresh = Array.from({ length: 1 + random.int(6) }, () =>
        t.episode({
          language: random.pick(["en", "en", "cy"]),
          priority: random.pick(["urgent", "high", "normal", "low"] as const),
          medium: random.pick(["public", "email", "chat"]),
        }),
      );
      episodes.push(...fresh);
      await t.opened(...fresh);
    },
  ],
  [
    6,
    async (t, random) => {
      const name = random.pick(NAMES);
      const offer = (await t.offers(name))[0];
      if (offer) await refusable(t.run((tx) => acceptOffer(tx, { offerId: offer.offerId, agentId: t.agents[name]! })));
    },
  ],
  [
    3,
    async (t, random) => {
      const name = random.pick(NAMES);
      const offer = (await t.offers(name))[0];
      const agentId = t.agents[name]!;
      if (offer) await refusable(t.run((tx) => declineOffer(tx, { offerId: offer.offerId, agentId, reason: "busy" })));
    },
  ],
  [3, (t, random) => refusable(t.run((tx) => takeNext(tx, who(t, random))))],
  [
    3,
    async (t, random, episodes) => {
      const item = await held(t, random, episodes);
      const agentId = who(t, random);
      if (item) await refusable(t.run((tx) => takeWork(tx, { workItemId: item.id, agentId, mayExceed: false })));
    },
  ],
  [
    2,
    async (t, random, episodes) => {
      const item = await held(t, random, episodes);
      const to = { kind: "agent" as const, agentId: who(t, random) };
      const by = who(t, random);
      if (item) await refusable(t.run((tx) => assignWork(tx, { workItemId: item.id, mayExceed: true, to, by })));
    },
  ],
  [
    2,
    async (t, random, episodes) => {
      const item = await held(t, random, episodes);
      if (item?.ownerId)
        await refusable(t.run((tx) => releaseWork(tx, { workItemId: item.id, agentId: item.ownerId! })));
    },
  ],
  [
    2,
    async (t, random, episodes) => {
      const item = await held(t, random, episodes);
      const until = t.now() + 5 * MINUTE;
      if (item?.ownerId)
        await refusable(t.run((tx) => snoozeWork(tx, { workItemId: item.id, agentId: item.ownerId!, until })));
    },
  ],
  [2, async (t, random, episodes) => void (episodes.length && (await tell(t, random.pick(episodes)!, "answered")))],
  [2, async (t, random, episodes) => void (episodes.length && (await tell(t, random.pick(episodes)!, "continued")))],
  [2, async (t, random, episodes) => void (episodes.length && (await tell(t, random.pick(episodes)!, "done")))],
  [
    4,
    async (t) => {
      clock.advance(100 * SECOND);
      await fireTimers(t.house, t.accountId, timers);
    },
  ],
  // Past routing: it hears of it by the rows alone, or by an event that is read later.
  [
    4,
    async (t, random) => {
      const agentId = who(t, random);
      const state = random.pick(["available", "available", "available", "busy", "offline"] as const);
      await refusable(t.run((tx) => setPresence(tx, { agentId, state, reason: "so", by: agentId })));
    },
  ],
  [1, (t) => t.read()],
  [2, (t, random) => t.run((tx) => setCapacity(tx, who(t, random), random.pick([40, 100, 200]), {}))],
  [
    1,
    (t, random) =>
      t.run((tx) => setAgentSkills(tx, t.agents.Dilys!, random.chance(0.5) ? [] : [{ skillId: t.welsh, level: 90 }])),
  ],
  // An operator's hand in the tables.
  [
    1,
    (t) =>
      t.run((tx) =>
        sql`update work_item set due_at = due_at - interval '1 hour' where account_id = ${t.accountId} and state = 'queued'`.execute(
          tx.tables(),
        ),
      ),
  ],
  // Taken back: a whole transaction with two acts in it; an act within a savepoint.
  [
    3,
    (t, random, episodes) =>
      refusable(
        t.run(async (tx) => {
          await takeNext(tx, who(t, random)).catch((error) => {
            if (error.code !== "not-now") throw error;
          });
          for (const e of episodes.slice(0, 3))
            await endWork(tx, { conversationId: e.conversationId, how: "done", reason: "x" });
          throw new Error("the line went dead");
        }),
      ),
  ],
  [
    2,
    (t, _random, episodes) =>
      t.run(async (tx) => {
        await sql`savepoint try`.execute(tx.tables());
        for (const e of episodes.slice(-2))
          await endWork(tx, { conversationId: e.conversationId, how: "done", reason: "x" });
        await sql`rollback to savepoint try`.execute(tx.tables());
        for (const e of episodes.slice(-1))
          await endWork(tx, { conversationId: e.conversationId, how: "withdrawn", reason: "y" });
      }),
  ],
];
const total = steps.reduce((sum, [weight]) => sum + weight, 0);

function draw(random: Random): Step {
  let at = random.next() * total;
  for (const [weight, step] of steps) {
    at -= weight;
    if (at < 0) return step;
  }
  return steps[0]![1];
}

/** All that routing remembers, without the account's own name. */
async function rowsOf(t: RoutingTown): Promise<unknown> {
  const read = async (tx: Tx) => {
    const ask = async (table: string, order: string) =>
      (
        await sql<Record<string, unknown>>`
          select * from ${sql.table(table)} where account_id = ${t.accountId} order by ${sql.raw(order)}`.execute(
          tx.tables(),
        )
      ).rows.map(({ account_id: _, ...row }) => row);
    return {
      work: await ask("work_item", "id"),
      offers: await ask("offer", "id"),
      decisions: await ask("routing_decision", "at, work_item_id, (reason->>'version')::int, (reason->>'n')::int"),
      turns: await ask("agent_turn", "agent_id"),
      timers: await ask("timer", "kind, ref, due_at"),
    };
  };
  return db.withAccount(t.accountId, read);
}

/** Tells one history by its seed; ids come out of the seed as well, so that two tellings differ in nothing but the account's own. */
async function live(seed: string, houseOf: (random: Random) => Database): Promise<unknown> {
  const [random, ids] = [seeded(seed), seeded(`${seed} ids`)];
  clock.set(TEST_START);
  let drawn = 0;
  const former = useEntropy((bytes) =>
    drawn++ === 0 ? former(bytes) : Uint8Array.from({ length: bytes }, () => ids.int(256)),
  );
  try {
    const house = houseOf(seeded(`${seed} which process`));
    const made = await routingTown({ db: house, clock }, NAMES, {
      skills: { Carla: { Welsh: 90 }, Dilys: { Welsh: 60 } },
    });
    const agents = await made.run((tx) => activeAgents(tx));
    const welsh = agents.flatMap((agent) => agent.skills)[0]!.skillId;
    const town: Town = { ...made, house, welsh };
    const episodes: Opened[] = [];
    for (let step = 0; step < STEPS; step++) {
      clock.advance(SECOND);
      await draw(random)(town, random, episodes);
    }
    await town.read();
    return await rowsOf(town);
  } finally {
    useEntropy(former);
  }
}

// Ten times what it takes.
describe("what is kept in memory", { timeout: 60_000 }, () => {
  it.each(SEEDS)(
    "changes nothing: with it, without it and with two processes every row is the same (%s)",
    async (seed) => {
      const warm = await live(seed, () => db);
      const two = await live(seed, inTurns);
      const { most } = pictures;
      pictures.most = 0;
      const cold = await live(seed, () => db).finally(() => {
        pictures.most = most;
      });
      expect(warm).toEqual(cold);
      expect(two).toEqual(cold);
    },
  );
});
