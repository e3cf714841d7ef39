import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Pool } from "pg";
import { setSetting, useKeyRing } from "../../server/modules/company/index.ts";
import { undoWindow } from "../../server/modules/desk/index.ts";
import type { Clock, Millis } from "../../server/platform/clock.ts";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import { type Database, openDatabase } from "../../server/platform/db.ts";
import { migrate } from "../../server/platform/migrate.ts";
import { type Company, makeCompany } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { Agent } from "./agent.ts";
import { type Child, childProcess } from "./child-process.ts";
import { lowPort } from "./low-port.ts";
import { type NetworkClient, networkClient, SIMULATOR_KEY } from "./network-client.ts";
import { openPostgres, type Postgres } from "./postgres.ts";
import type { Line, Topology } from "./schedule.ts";
import { openProxy, type TcpProxy } from "./tcp-proxy.ts";

const MASTER_KEY = "0c".repeat(32);
const DATABASE = "nemesis";

/** Everything real that one lane of seeds runs on: database, servers, network, the lines between them, and who looks from above. */
export interface World {
  readonly folder: string;
  readonly url: string;
  readonly company: Company;
  readonly postgres: Postgres;
  readonly server: Child;
  /** The process beside the server in `split` and `pair`. */
  readonly second: Child;
  readonly playground: Child;
  readonly network: NetworkClient;
  readonly lines: Readonly<Record<Line, TcpProxy>>;
  readonly clock: WorldClock;
  /** One statement as the administrator, past every line; tried again while PostgreSQL is away. */
  query<T extends Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  /** The program's own way to the database, past every line: for the checks that the program brings. */
  readonly db: Database;
  /** Whoever sits at a desk, signed in once for all seeds. */
  readonly desks: Readonly<Record<"priya" | "dana" | "marek" | "medic", Agent>>;
  /** Up to here the network's log of accepted calls belongs to earlier seeds. */
  seen: number;
  /** Starts and ends processes until the second one is what the topology asks for. */
  setTopology(topology: Topology): Promise<void>;
  /** Starts what died although nobody killed it, so that the run comes to its end and can say so. */
  reviveAll(): Promise<void>;
  close(): Promise<void>;
}

/** Clocks of the processes, as milliseconds off the machine's. */
export interface WorldClock extends Clock {
  jump(who: "desk" | "second" | "network" | "all", by: Millis): void;
  /** All clocks go to the one that is furthest ahead: time never runs back for good. */
  level(): void;
  /** All clocks forward. */
  travel(by: Millis): void;
}

export interface WorldOptions {
  folder: string;
  /** Name of a guard that is broken on purpose in the servers. */
  mutant?: string | undefined;
  sendTimeout: Millis;
}

export async function openWorld({ folder, mutant, sendTimeout }: WorldOptions): Promise<World> {
  for (const name of ["database", "network", "one", "second"]) mkdirSync(join(folder, name), { recursive: true });
  const [serverPort, secondPort, playgroundPort] = [await lowPort(), await lowPort(), await lowPort()];
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end().catch(() => {});
  };
  try {
    const postgres = await openPostgres(join(folder, "database"));
    closers.push(() => postgres.destroy());
    const admin = new Pool({ connectionString: postgres.url("postgres"), max: 1 });
    await admin.query(`create database ${DATABASE}`);
    await admin.end();
    const address = await addressFromUrl(postgres.url(DATABASE));
    await migrate(address.owner, Date.now());

    const lines = {
      database: await openProxy(() => postgres.port),
      calls: await openProxy(() => playgroundPort),
      hooks: await openProxy(() => serverPort),
    };
    for (const line of Object.values(lines)) closers.push(() => line.close());
    const through = new URL(postgres.url(DATABASE));
    through.port = String(lines.database.port);
    const servers = { mutant, databaseUrl: through.href, sendTimeout };
    let topology: Topology = "one";
    const mainRoles = () => (topology === "split" ? "web,worker,ingest" : "web,worker,ingest,scheduler");
    const server = serverChild(servers, {
      name: "server",
      port: serverPort,
      dir: join(folder, "one"),
      roles: mainRoles,
    });
    const second = serverChild(servers, {
      ...{ name: "second", port: secondPort, dir: join(folder, "second") },
      roles: () => (topology === "split" ? "scheduler" : "web,worker,ingest,scheduler"),
    });
    const playground = childProcess({
      ...{ name: "playground", file: "playground-child.ts" },
      env: () => ({
        PLAYGROUND_PORT: String(playgroundPort),
        PLAYGROUND_DATA_DIR: join(folder, "network"),
        PLAYGROUND_SIMULATOR_KEY: SIMULATOR_KEY,
      }),
    });
    for (const child of [playground, second, server]) closers.push(() => child.kill());

    const clock = worldClock({ desk: server, second, network: playground });
    const db = openDatabase(address, clock, { appConnections: 2, systemConnections: 1 });
    closers.push(() => db.close());
    await playground.start();
    const network = await networkClient(playgroundPort);
    useKeyRing(Buffer.from(MASTER_KEY, "hex"));
    const company = await makeCompany(db, clock.now(), {
      ...network,
      baseUrl: `http://127.0.0.1:${lines.calls.port}`,
    });
    // A reply can be taken back for a moment, so that taking back and leaving meet.
    await db.withAccount(company.accountId, (tx) => setSetting(tx, undoWindow, 120, null));
    await network.subscribe(`http://127.0.0.1:${lines.hooks.port}/hooks/${company.hookId}`);
    await server.start();

    const url = `http://127.0.0.1:${serverPort}`;
    const desks = {
      ...{ priya: new Agent(url, "priya"), dana: new Agent(url, "dana") },
      ...{ marek: new Agent(url, "marek"), medic: new Agent(url, "marek") },
    };
    for (const desk of Object.values(desks)) await desk.signIn();
    const eye = new Pool({ connectionString: postgres.url(DATABASE), max: 2, connectionTimeoutMillis: 5_000 });
    eye.on("error", () => {});
    closers.push(() => eye.end());
    return {
      ...{ folder, company, postgres, server, second, playground, network, lines, clock, db, close },
      ...{ url, desks },
      seen: 0,
      query: (sql, values = []) =>
        eventually("an answer of PostgreSQL", async () => (await eye.query(sql, [...values])).rows, 60_000),
      async reviveAll() {
        const wanted = [playground, server, ...(topology === "one" ? [] : [second])];
        for (const child of wanted) if (!child.runs) await child.start();
      },
      async setTopology(to) {
        if (to === topology && server.runs && second.runs === (to !== "one")) return;
        await Promise.all([server.kill(), second.kill()]);
        topology = to;
        await Promise.all([server.start(), to === "one" ? undefined : second.start()]);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function serverChild(
  { mutant, databaseUrl, sendTimeout }: { mutant?: string | undefined; databaseUrl: string; sendTimeout: Millis },
  of: { name: string; port: number; dir: string; roles: () => string },
): Child {
  return childProcess({
    ...{ name: of.name, file: "server-child.ts" },
    preload: mutant ? pathToFileURL(join(import.meta.dirname, "mutants.ts")).href : undefined,
    env: () => ({
      ...{ DATABASE_URL: databaseUrl, PORT: String(of.port), HUBBUB_DATA_DIR: of.dir, HUBBUB_ROLES: of.roles() },
      ...{ HUBBUB_MASTER_KEY: MASTER_KEY, HUBBUB_DEMO: "off", HUBBUB_LOG: process.env.NEMESIS_LOG ?? "warn" },
      ...{ NEMESIS_SEND_TIMEOUT: String(sendTimeout), ...(mutant && { NEMESIS_MUTANT: mutant }) },
    }),
  });
}

function worldClock(children: { desk: Child; second: Child; network: Child }): WorldClock {
  const offsets = { desk: 0, second: 0, network: 0 };
  let own = 0;
  const tell = () => {
    for (const who of ["desk", "second", "network"] as const) children[who].setClock(offsets[who]);
  };
  const setAll = (to: number) => {
    own = offsets.desk = offsets.second = offsets.network = to;
    tell();
  };
  return {
    now: () => Date.now() + own,
    jump(who, by) {
      for (const one of who === "all" ? (["desk", "second", "network"] as const) : [who]) offsets[one] += by;
      tell();
    },
    level: () => setAll(Math.max(own, offsets.desk, offsets.second, offsets.network)),
    travel: (by) => setAll(Math.max(own, offsets.desk, offsets.second, offsets.network) + by),
  };
}
