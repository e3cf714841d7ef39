import { readers } from "../server/app/modules.ts";
import { networkAdapters, startChannels } from "../server/modules/channels/index.ts";
import { systemClock } from "../server/platform/clock.ts";
import { type Database, sql } from "../server/platform/db.ts";
import type { AccountId } from "../server/platform/ids.ts";
import { runReaders } from "../server/platform/journal/run-readers.ts";
import { startSequencer } from "../server/platform/journal/sequencer.ts";
import { silentLog } from "../server/platform/log.ts";
import { company, webhook, withFreshDatabase, withPostgres } from "./house.ts";
import { type Bench, type Figure, inTurns, median, parseRate, seconds, throughput } from "./measure.ts";

const ROUNDS = 3;
const MANY = 1_200;
const FEW = 20;
const LOOK_MS = 10;
const GIVE_UP_MS = 50_000;

/** Everything that a message meets on its way, in this process, as the program runs it. */
async function withHouse<T>(
  db: Database,
  run: (take: (n: number) => Promise<void>, until: (work: number) => Promise<void>) => Promise<T>,
): Promise<T> {
  const of = await company(db);
  const clock = systemClock;
  const adapters = networkAdapters(clock);
  // Dark: nothing is polled or sent; what arrives is parsed at once.
  const channels = startChannels({
    db,
    clock,
    log: silentLog,
    adapters,
    publicUrl: "http://bench.invalid",
    dark: true,
  });
  const reading = runReaders(db, readers, clock, silentLog);
  const sequencer = startSequencer(db, clock, silentLog, "bench", () => reading.wake());
  try {
    await reading.settled();
    return await run(
      async (n) => void (await channels.receiver.take(of.hookId, webhook(n, clock.now()), "bench")),
      (work) => until(db, of.accountId, work),
    );
  } finally {
    await channels.close();
    await reading.close();
    await sequencer.close();
  }
}

/** Waits until so many work items stand in the queue. */
async function until(db: Database, accountId: AccountId, work: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const found = await db.withAccount(accountId, (tx) =>
      sql<{ n: number }>`select count(*)::int as n from work_item where account_id = ${accountId}`.execute(tx.tables()),
    );
    if (found.rows[0]!.n >= work) return;
    if (performance.now() - began > GIVE_UP_MS)
      throw new Error(`${found.rows[0]!.n} of ${work} messages became work in ${GIVE_UP_MS / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

export const fullPath: Bench = {
  about: `${MANY} webhook requests of ${MANY} strangers at once, to as many work items in a queue: parsed, labelled, stitched, routed.`,
  run: ({ folder }) =>
    withPostgres(folder, async (server) => {
      const together: number[] = [];
      const alone: number[] = [];
      const waits: number[] = [];
      const parse: number[] = [];
      await inTurns(ROUNDS, [
        () =>
          withFreshDatabase(server, (db) =>
            withHouse(db, async (take, until) => {
              const took = await seconds(async () => {
                await Promise.all(Array.from({ length: MANY }, (_, n) => take(n)));
                await until(MANY);
              });
              together.push(MANY / took);
              parse.push(parseRate());
            }),
          ),
        () =>
          withFreshDatabase(server, (db) =>
            withHouse(db, async (take, until) => {
              const took: number[] = [];
              for (let n = 0; n < FEW; n++)
                took.push(
                  await seconds(async () => {
                    await take(n);
                    await until(n + 1);
                  }),
                );
              alone.push(FEW / took.reduce((sum, t) => sum + t, 0));
              waits.push(median(took) * 1_000);
            }),
          ),
      ]);
      const single: Figure = {
        what: "one message alone, to its work item",
        value: median(waits),
        unit: "ms",
        rounds: waits,
      };
      return [
        throughput("from raw input to work item", "messages/s", together, parse, {
          what: "one message at a time",
          rounds: alone,
        }),
        single,
      ];
    }),
};
