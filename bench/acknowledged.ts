import { networkAdapters, startChannels } from "../server/modules/channels/index.ts";
import { insertRaw } from "../server/modules/channels/store/raw-store.ts";
import { seal } from "../server/modules/company/index.ts";
import { systemClock } from "../server/platform/clock.ts";
import type { Database } from "../server/platform/db.ts";
import { uuidv7 } from "../server/platform/ids.ts";
import { silentLog } from "../server/platform/log.ts";
import { type BenchCompany, company, webhook, withFreshDatabase, withPostgres } from "./house.ts";
import { type Bench, type Figure, inTurns, median, parseRate, quantile, seconds, throughput } from "./measure.ts";

const ROUNDS = 5;
const MANY = 8_000;
const FEW = 1_000;
const IN_FLIGHT = 512;
/** As many as the program's own pool has. */
const CONNECTIONS = 12;

/** Runs `count` calls with `width` of them open at any time. */
async function inFlight(count: number, width: number, call: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) await call(next++);
    }),
  );
}

/** What it replaces: verified likewise, then each request stored by a transaction of its own. */
async function commitEach(db: Database, { accountId, channelId }: BenchCompany, from: number): Promise<void> {
  await inFlight(FEW, CONNECTIONS, async (i) => {
    const now = systemClock.now();
    const { body } = webhook(from + i, now);
    await db.withAccount(accountId, async (tx) =>
      insertRaw(tx, [
        {
          ...{ id: uuidv7(now), channelId, source: "webhook" as const, receivedAt: now, head: "{}", traceId: null },
          ...{ body: await seal(tx, body), replayKey: String(from + i) },
        },
      ]),
    );
  });
}

export const acknowledged: Bench = {
  about: `Signed webhook requests verified, committed to disk and answered, ${IN_FLIGHT} in flight, in one process without HTTP.`,
  run: ({ folder, say }) =>
    withPostgres(folder, (server) =>
      withFreshDatabase(server, async (db) => {
        const of = await company(db);
        const channels = startChannels({
          ...{ db, clock: systemClock, log: silentLog, adapters: networkAdapters(systemClock) },
          ...{ publicUrl: "http://bench.invalid", watch: false, dark: true },
        });
        const rates: number[] = [];
        const single: number[] = [];
        const parse: number[] = [];
        const p50: number[] = [];
        const p99: number[] = [];
        let sent = 0;
        try {
          const group = async () => {
            const from = sent;
            sent += MANY;
            // Made before: the networks sign, not we.
            const requests = Array.from({ length: MANY }, (_, i) => webhook(from + i, systemClock.now()));
            const waits: number[] = [];
            const took = await seconds(() =>
              inFlight(MANY, IN_FLIGHT, async (i) => {
                const began = performance.now();
                const answer = await channels.receiver.take(of.hookId, requests[i]!, "bench");
                if (answer.status !== 200) throw new Error(`a request was answered with ${answer.status}`);
                waits.push(performance.now() - began);
              }),
            );
            parse.push(parseRate());
            rates.push(MANY / took);
            p50.push(quantile(waits, 0.5));
            p99.push(quantile(waits, 0.99));
          };
          const each = async () => {
            const from = sent;
            sent += FEW;
            single.push(FEW / (await seconds(() => commitEach(db, of, from))));
          };
          await inTurns(ROUNDS, [group, each]);
        } finally {
          await channels.close();
        }
        say(`${ROUNDS} rounds of ${MANY}; nothing parses meanwhile`);
        const latency = (what: string, rounds: number[]): Figure => ({
          what,
          value: median(rounds),
          unit: "ms",
          rounds,
        });
        return [
          throughput("acknowledged, durable", "/s", rates, parse, { what: "one commit per message", rounds: single }),
          latency("time to acknowledgement, median", p50),
          latency("time to acknowledgement, 99th percentile", p99),
        ];
      }),
    ),
};
