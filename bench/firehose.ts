import { Worker } from "node:worker_threads";
import { connectChannel, networkAdapters, startChannels } from "../server/modules/channels/index.ts";
import { brandsOf } from "../server/modules/company/index.ts";
import { createEars } from "../server/modules/listening/index.ts";
import { createLane } from "../server/modules/listening/monitors/matching-lane.ts";
import { systemClock } from "../server/platform/clock.ts";
import { sql } from "../server/platform/db.ts";
import { uuidv7 } from "../server/platform/ids.ts";
import { silentLog } from "../server/platform/log.ts";
import { eventually } from "../tests/support/eventually.ts";
import { company, withFreshDatabase, withPostgres } from "./house.ts";
import { type Crowd, crowdOf } from "./matching/crowd.ts";
import { type Bench, counted, parseRate, throughput } from "./measure.ts";

const POSTS = 200_000;
const KEPT = 0.01;
const MONITORS = 10_000;
const ROUNDS = 3;
const DEADLINE_MS = 120_000;

/** Every hundredth post is one that a monitor wants. */
function textsOf(crowd: Crowd, dull: Crowd): string[] {
  const every = 1 / KEPT;
  return dull.texts.map((text, n) => (n % every === 0 ? (crowd.texts[n / every] as string) : text));
}

export const firehose: Bench = {
  about:
    "Posts a second from a Jetstream in a thread of its own through one channel: read, asked of 10,000 monitors in the matching thread, 1 % kept and stored as messages. From the first frame to the last kept message in its table, PostgreSQL on the same cores.",
  run: ({ folder, say }) =>
    withPostgres(folder, async (postgres) => {
      const crowd = crowdOf({ monitors: MONITORS, posts: 100, hits: 1 });
      const texts = textsOf(crowd, crowdOf({ monitors: 1, posts: 10_000, hits: 0, seed: 9 }));
      const [rounds, parse, kept]: number[][] = [[], [], []];
      for (let round = 0; round < ROUNDS; round++)
        await withFreshDatabase(postgres, async (db) => {
          const of = await company(db);
          const act = <T>(run: Parameters<typeof db.withAccount<T>>[1]) => db.withAccount(of.accountId, run);
          await act(async (tx) => {
            const rows = crowd.queries.map((query) => ({ id: uuidv7(tx.now), query }));
            await sql`insert into monitor (account_id, id, name, query, accents, colour, created_at, changed_at)
              select ${tx.accountId}, r.id::uuid, 'm', r.query, 'fold', 'blue', to_timestamp(0), to_timestamp(0)
              from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, query text)`.execute(tx.tables());
          });
          const source = new Worker(new URL("./matching/source-thread.ts", import.meta.url), {
            workerData: { texts, posts: POSTS },
          });
          const port = await new Promise<number>((resolve) => source.once("message", resolve));
          const url = `ws://127.0.0.1:${port}/subscribe`;
          await act(async (tx) => {
            const brandId = (await brandsOf(tx))[0]!.id;
            const config = { url, privateNetwork: true };
            await connectChannel(tx, {
              brandId,
              network: "bluesky-network",
              name: "All",
              externalId: url,
              handle: "all",
              config,
            });
          });
          const lane = createLane({ thread: true });
          const channels = startChannels({
            ...{
              accounts: [of.accountId],
              db,
              clock: systemClock,
              log: silentLog,
              adapters: networkAdapters(systemClock),
            },
            ...{ publicUrl: "http://127.0.0.1", ears: createEars(db, systemClock, lane) },
          });
          try {
            const wanted = (POSTS / texts.length) * (texts.length * KEPT);
            const count = () =>
              act(async (tx) => {
                const found = await sql<{
                  n: number;
                }>`select count(*)::int as n from message where account_id = ${tx.accountId}`.execute(tx.tables());
                return found.rows[0]!.n;
              });
            await new Promise((opened) => source.once("message", opened));
            parse!.push(parseRate());
            const began = performance.now();
            source.postMessage("go");
            await eventually(`${wanted} are kept`, async () => (await count()) >= wanted, DEADLINE_MS);
            rounds!.push(POSTS / ((performance.now() - began) / 1_000));
            kept!.push((await count()) / POSTS);
            say(`round ${round + 1}: ${Math.round(rounds!.at(-1)!)} posts/s`);
          } finally {
            await channels.close();
            await lane.close();
            await source.terminate();
          }
        });
      return [throughput("posts heard, 1 % kept", "/s", rounds!, parse!), counted("kept", "of all", kept!)];
    }),
};
