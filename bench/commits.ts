import { setTimeout as after } from "node:timers/promises";
import { eventually } from "../tests/support/eventually.ts";
import { type BenchCompany, company, webhook, withPostgres } from "./house.ts";
import { type Bench, counted, type Figure } from "./measure.ts";
import { type RunningServer, withRunningServer } from "./running-server.ts";

const LOADS = [
  { name: "50/s", perSecond: 50, count: 400 },
  { name: "500/s", perSecond: 500, count: 2_000 },
  { name: "as fast as it takes", perSecond: Number.POSITIVE_INFINITY, count: 2_000 },
];
const IN_FLIGHT = 256;
const IDLE_MS = 15_000;
/** Connections at rest hand in what they have counted after ten seconds (PostgreSQL's PGSTAT_IDLE_INTERVAL). */
const HAND_IN_MS = 11_000;
const DEADLINE_MS = 180_000;

interface Spent {
  commits: number;
  syncs: number;
}

async function spent(server: RunningServer): Promise<Spent> {
  await after(HAND_IN_MS);
  await server.query("select pg_stat_clear_snapshot()");
  const [row] = await server.query<Spent>(
    `select (select xact_commit::float8 from pg_stat_database where datname = current_database()) as commits,
      (select coalesce(sum(fsyncs), 0)::float8 from pg_stat_io where object = 'wal') as syncs`,
  );
  return row!;
}

/** Sends requests by a timetable, or with so many open at any time when there is none. */
async function send(server: RunningServer, of: BenchCompany, from: number, load: (typeof LOADS)[number]) {
  const one = async (n: number) => {
    const { headers, body } = webhook(n, Date.now());
    const answer = await fetch(`${server.url}/hooks/${of.hookId}`, { method: "POST", headers, body: body as never });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`a webhook request was answered with ${answer.status}`);
  };
  const began = performance.now();
  let next = 0;
  if (load.perSecond === Number.POSITIVE_INFINITY)
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        while (next < load.count) await one(from + next++);
      }),
    );
  else {
    const under: Promise<void>[] = [];
    for (; next < load.count; next++) {
      const wait = began + (next * 1_000) / load.perSecond - performance.now();
      if (wait > 0) await after(wait);
      under.push(one(from + next));
    }
    await Promise.all(under);
  }
  await eventually("every message is work", () => arrived(server, of, from + load.count), DEADLINE_MS);
  return (performance.now() - began) / 1_000;
}

async function arrived(server: RunningServer, of: BenchCompany, count: number): Promise<boolean> {
  const [row] = await server.query<{ n: number }>("select count(*)::int as n from work_item where account_id = $1", [
    of.accountId,
  ]);
  return row!.n >= count;
}

export const commits: Bench = {
  about:
    "Commits of all stages for each message, raw input to work item, at 50/s, 500/s and as fast as it takes: what PostgreSQL counted, less what the same time costs at rest.",
  run: ({ folder, say }) =>
    withPostgres(folder, (postgres) =>
      withRunningServer(postgres, folder, async (server) => {
        const of = await company(server.db);
        await after(HAND_IN_MS);
        const before = await spent(server);
        await after(IDLE_MS);
        const rest = await spent(server);
        // Its own questions are counted, too; they are few.
        const perSecond = (rest.commits - before.commits) / ((IDLE_MS + HAND_IN_MS) / 1_000);
        const figures: Figure[] = [counted("at rest", "commits a second", [perSecond])];
        let from = 0;
        let last = await spent(server);
        for (const load of LOADS) {
          const began = performance.now();
          const took = await send(server, of, from, load);
          const now = await spent(server);
          const idle = perSecond * ((performance.now() - began) / 1_000);
          const each = Math.max(0, now.commits - last.commits - idle) / load.count;
          from += load.count;
          say(`${load.name}: ${load.count} messages in ${took.toFixed(1)} s`);
          figures.push(
            counted(`${load.name}, transactions`, "a message", [each]),
            counted(`${load.name}, syncs of the log`, "a message", [(now.syncs - last.syncs) / load.count]),
          );
          last = now;
        }
        return figures;
      }),
    ),
};
