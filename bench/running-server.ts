import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { startPlaygroundProcess } from "../server/app/playground-process.ts";
import { systemClock } from "../server/platform/clock.ts";
import { addressFromUrl } from "../server/platform/database-url.ts";
import { type Database, openDatabase } from "../server/platform/db.ts";
import { uuidv7 } from "../server/platform/ids.ts";
import { silentLog } from "../server/platform/log.ts";
import { createDatabase, dropDatabase, type EmbeddedPostgres } from "../server/platform/postgres/index.ts";
import { type NetworkClient, networkClient, SIMULATOR_KEY } from "../tests/nemesis/network-client.ts";
import { ApiClient } from "../tests/support/api-client.ts";
import { type Company, emailOf, makeCompany, PASSWORD, type Person } from "../tests/support/company.ts";
import { freePort, runServer } from "../tests/support/server-process.ts";

/** The master key of `withPostgres`, as the server's environment takes it. */
const MASTER_KEY = "01".repeat(32);

/** The program in a process of its own, as an operator runs it, over a fresh database. */
export interface RunningServer {
  readonly url: string;
  readonly pid: number;
  /** The bench's own way to the same database. */
  readonly db: Database;
  /** One statement as the administrator. */
  query<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
}

/** The network beside it, and a company that is subscribed to it. */
export interface RunningHouse extends RunningServer {
  readonly network: NetworkClient;
  readonly networkUrl: string;
  readonly company: Company;
  signIn(who: Person): Promise<ApiClient>;
}

export async function withRunningServer<T>(
  postgres: EmbeddedPostgres,
  folder: string,
  run: (server: RunningServer) => Promise<T>,
): Promise<T> {
  const name = `bench_${uuidv7(systemClock.now()).replaceAll("-", "")}`;
  await createDatabase(postgres.cluster, name);
  const address = new URL(postgres.cluster.superuser);
  address.pathname = `/${name}`;
  const closers: (() => Promise<unknown>)[] = [() => dropDatabase(postgres.cluster, name)];
  try {
    const port = await freePort();
    const server = runServer({
      ...{ HUBBUB_DATA_DIR: join(folder, name), HUBBUB_MASTER_KEY: MASTER_KEY, DATABASE_URL: address.href },
      ...{ PORT: String(port), HUBBUB_LOG: "silent", NODE_ENV: "production" },
    });
    closers.push(async () => {
      server.kill("SIGTERM");
      await server.ended;
    });
    await server.ready();
    const db = openDatabase(await addressFromUrl(address.href), systemClock, { appConnections: 4 });
    closers.push(() => db.close());
    const admin = new Client({ connectionString: address.href, application_name: "bench" });
    await admin.connect();
    closers.push(() => admin.end());
    return await run({
      ...{ url: `http://127.0.0.1:${port}`, pid: server.pid, db },
      query: async (text, values = []) => (await admin.query(text, [...values])).rows,
    });
  } finally {
    for (const close of closers.reverse()) await close().catch(() => {});
  }
}

/** Server and playground; both are stopped at the end. */
export async function withRunningHouse<T>(
  postgres: EmbeddedPostgres,
  folder: string,
  run: (house: RunningHouse) => Promise<T>,
): Promise<T> {
  return withRunningServer(postgres, folder, async (server) => {
    const playgroundFolder = join(folder, "network", uuidv7(systemClock.now()));
    await mkdir(join(playgroundFolder, "playground"), { recursive: true });
    await writeFile(join(playgroundFolder, "playground", "simulator.key"), SIMULATOR_KEY);
    const wanted = { dataDir: playgroundFolder, host: "127.0.0.1", port: 0, log: silentLog };
    const playground = await startPlaygroundProcess(wanted);
    try {
      const network = await networkClient(Number(new URL(playground.url).port));
      const company = await makeCompany(server.db, systemClock.now(), {
        ...{ baseUrl: playground.url, network: network.network, profileId: network.profileId },
        ...{ handle: network.handle, token: network.token, appSecret: network.appSecret },
      });
      await network.subscribe(`${server.url}/hooks/${company.hookId}`);
      return await run({
        ...{ ...server, network, networkUrl: playground.url, company },
        signIn: (who) => new ApiClient(server.url).signIn(emailOf(who), PASSWORD),
      });
    } finally {
      await playground.stop();
    }
  });
}
