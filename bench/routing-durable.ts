import { acceptOffer, acceptOffers, reader, useRouter } from "../server/modules/routing/index.ts";
import { Batches, type Settled } from "../server/platform/batches.ts";
import { systemClock } from "../server/platform/clock.ts";
import { type Database, openDatabase, sql } from "../server/platform/db.ts";
import { AppError } from "../server/platform/errors.ts";
import type { AccountId } from "../server/platform/ids.ts";
import { readStep } from "../server/platform/journal/reader.ts";
import { silentLog } from "../server/platform/log.ts";
import { countStatements } from "../tests/support/count-statements.ts";
import { statementsOf } from "../tests/support/explained.ts";
import { type RoutingCrowd, routingCrowd } from "../tests/support/routing-crowd.ts";
import { withFreshDatabase, withPostgres } from "./house.ts";
import { type Bench, counted, type Figure, latency, parseRate, seconds, throughput } from "./measure.ts";

const SIZE = { agents: 10_000, waiting: 1_000_000, skills: 200, asks: 600 };
/** Done at a time, as a reader hands them on; and how often. */
const [RUN, ROUNDS] = [500, 6];
/** Accepting at a time: few, and as many as come in a busy moment of a thousand a second; and one after the other, for the time of a single act. */
const [FEW, MANY, ALONE] = [6, 32, 300];

type Offer = Awaited<ReturnType<RoutingCrowd["pending"]>>[number];

/** As the command of the API does it: who comes meanwhile is accepted in one act. */
const accepting = (db: Database) =>
  new Batches<Offer, unknown>((accountId, all) =>
    db.withAccount(
      accountId as AccountId,
      async (tx) =>
        (await acceptOffers(tx, all)).map(
          (value): Settled<unknown> => (value instanceof AppError ? { ok: false, error: value } : { ok: true, value }),
        ),
      { inTurn: "routing" },
    ),
  );

async function sideBySide<T>(at: number, all: readonly T[], run: (one: T) => Promise<unknown>): Promise<void> {
  const left = [...all];
  await Promise.all(
    Array.from({ length: at }, async () => {
      for (let one = left.pop(); one !== undefined; one = left.pop()) await run(one);
    }),
  );
}

const decisionsIn = async (crowd: RoutingCrowd): Promise<number> =>
  (
    await crowd.run((tx) =>
      sql<{ n: number }>`select count(*)::int as n from routing_decision where account_id = ${crowd.accountId}`.execute(
        tx.tables(),
      ),
    )
  ).rows[0]!.n;

/** Work is done in runs and what is held out for it is accepted, so many at a time. The first round reads the picture and learns the statements. */
async function rounds(db: Database, crowd: RoutingCrowd, at: number, say: (text: string) => void) {
  const made = (): number[] => [];
  const [perSecond, inRuns, byVerbs, parse, runs] = [made(), made(), made(), made(), made()];
  const batches = accepting(db);
  let counted = { statements: 0, rows: 0, decisions: 0, commits: 0, accepted: 0 };
  for (let round = 0; round <= ROUNDS; round++) {
    await crowd.done(crowd.active.splice(0, RUN));
    const before = await decisionsIn(crowd);
    let [rows, reading, taking, commits, accepted] = [0, 0, 0, 0, 0];
    const asked = await statementsOf(
      async () => {
        reading = await seconds(crowd.read);
        const offers = await crowd.pending();
        accepted = offers.length;
        const sent = await countStatements(async () => {
          taking = await seconds(() => sideBySide(at, offers, (offer) => batches.ask(crowd.accountId, offer)));
        });
        commits = sent.commits;
        crowd.active.push(...offers);
      },
      (n) => {
        rows += n;
      },
    );
    const decisions = (await decisionsIn(crowd)) - before;
    if (round === 0) continue;
    parse.push(parseRate());
    perSecond.push(decisions / (reading + taking));
    inRuns.push((2 * RUN) / reading);
    byVerbs.push(accepted / taking);
    runs.push(reading * 1_000);
    counted = {
      statements: counted.statements + asked.length,
      rows: counted.rows + rows,
      decisions: counted.decisions + decisions,
      commits: counted.commits + commits,
      accepted: counted.accepted + accepted,
    };
  }
  say(`a run of ${RUN}: done and held out anew in ${runs.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  return { perSecond, inRuns, byVerbs, parse, counted };
}

/** One act by itself, nobody else at it. */
async function alone(crowd: RoutingCrowd): Promise<number[]> {
  await crowd.done(crowd.active.splice(0, ALONE));
  await crowd.read();
  const times: number[] = [];
  for (const offer of await crowd.pending())
    times.push(1_000 * (await seconds(() => crowd.run((tx) => acceptOffer(tx, offer)))));
  return times;
}

/** A process that knows nothing takes over: from its first question to what its first act has held out. */
async function restart(db: Database, crowd: RoutingCrowd): Promise<number> {
  await crowd.done(crowd.active.splice(0, 1));
  const next = openDatabase(db.address, systemClock);
  const router = useRouter(next, systemClock, { is: "router", holder: "the bench" });
  try {
    return 1_000 * (await seconds(() => readStep(next, reader, crowd.accountId, systemClock, silentLog, new Map())));
  } finally {
    await router.close();
    await next.close();
  }
}

export const routingDurableBench: Bench = {
  about: `Routing over the tables: ${SIZE.agents.toLocaleString("en")} agents who are here, ${SIZE.waiting.toLocaleString("en")} waiting rows of ${SIZE.asks} kinds; work is done in runs of ${RUN} and each offer accepted by its command, ${FEW} or ${MANY} at a time`,
  run: ({ folder, say }) =>
    withPostgres(folder, (postgres) =>
      withFreshDatabase(postgres, async (db) => {
        const began = performance.now();
        useRouter(db, systemClock, { is: "router", holder: "the bench" });
        const crowd = await routingCrowd(db, systemClock, SIZE);
        say(`filled in ${Math.round((performance.now() - began) / 1_000)} s`);
        const cold = await restart(db, crowd);
        const few = await rounds(db, crowd, FEW, say);
        const many = await rounds(db, crowd, MANY, say);
        const singles = await alone(crowd);
        const again = await restart(db, crowd);
        const figures: Figure[] = [];
        for (const [at, { perSecond, inRuns, byVerbs, parse, counted: all }] of [
          [FEW, few],
          [MANY, many],
        ] as const)
          figures.push(
            throughput(`decisions made durable, ${at} accept at a time`, "/s", perSecond, parse),
            throughput(`of them in runs of ${RUN}`, "/s", inRuns, parse),
            throughput("offers accepted", "/s", byVerbs, parse),
            counted("commits, each flushed once", "an offer accepted", [all.commits / all.accepted]),
            counted("statements", "a decision", [all.statements / all.decisions]),
            counted("rows that came back", "a decision", [all.rows / all.decisions]),
          );
        figures.push(
          latency("an offer accepted alone, median", singles, 0.5),
          latency("an offer accepted alone, p99", singles, 0.99),
          counted("a new process, until its first act stands", "ms", [cold, again]),
        );
        return figures;
      }),
    ),
};
