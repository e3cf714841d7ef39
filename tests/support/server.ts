import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, roles } from "../../server/app/config.ts";
import { readers } from "../../server/app/modules.ts";
import { type RunningServer, start } from "../../server/app/start.ts";
import type { Instant, Millis } from "../../server/platform/clock.ts";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import { type Database, openDatabase } from "../../server/platform/db.ts";
import { ApiClient, type Json } from "./api-client.ts";
import { type Company, emailOf, makeCompany, PASSWORD, type Person } from "./company.ts";
import { TEST_START } from "./database.ts";
import { eventually } from "./eventually.ts";
import { type Network, openNetwork } from "./network.ts";
import { makeDatabase, type OwnDatabase } from "./own-database.ts";
import { TravelClock } from "./travel-clock.ts";

export const MASTER_KEY = "07".repeat(32);

/** The whole server with a company in it, the network it speaks on, and a clock that can be moved. */
export interface Desk {
  readonly url: string;
  readonly clock: TravelClock;
  readonly company: Company;
  readonly network: Network;
  readonly database: OwnDatabase;
  /** The program's own way to the database, for set-up by verbs. */
  readonly db: Database;
  /** A browser of somebody of the company; the same one each time. Signing in makes the agent available. */
  as(who: Person): Promise<ApiClient>;
  /** A browser in which nobody is signed in. */
  nobody(): ApiClient;
  /** Says whether an agent takes work. */
  presence(who: Person, state: "available" | "offline" | "busy"): Promise<void>;
  /** Moves the clock of desk and network. */
  travel(by: Millis): void;
  /** Waits until nothing is on its way any more: pushes, parsing, journal, readers, outbox. */
  quiet(): Promise<void>;
  /** Stops the server and starts it again over the same data; `meanwhile` runs between. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export interface DeskOptions {
  env?: NodeJS.ProcessEnv;
  config?: Partial<Config>;
  /** When the clock starts; a browser beside the server lives in the present. */
  startsAt?: Instant;
  /** The server reaches the database over this port of 127.0.0.1; the test itself goes straight. */
  databasePort?: (straight: number) => Promise<number>;
}

/** The only server of its process: keys are handed in once for all of it. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const clock = new TravelClock(options.startsAt ?? TEST_START);
  const dataDir = mkdtempSync(join(tmpdir(), "hubbub-desk-"));
  const env = { HUBBUB_DATA_DIR: dataDir, HUBBUB_MASTER_KEY: MASTER_KEY, HUBBUB_LOG: "silent", ...options.env };
  const [database, network] = await Promise.all([makeDatabase(), openNetwork({ clock })]);
  let port = 0;
  const away = new URL(database.url);
  if (options.databasePort)
    [away.hostname, away.port] = ["127.0.0.1", String(await options.databasePort(Number(away.port)))];
  const run = async () =>
    start(
      {
        ...{ host: "127.0.0.1", port, publicUrl: `http://127.0.0.1:${port}`, roles: new Set(roles) },
        ...{ databaseUrl: away.href, demo: false, playgroundPort: 0, checkReplies: true },
        ...options.config,
      },
      env,
      () => {},
      clock,
    );
  let server: RunningServer = await run();
  port = server.port;
  const url = `http://127.0.0.1:${port}`;
  const db = openDatabase(await addressFromUrl(database.url), clock, { appConnections: 2, systemConnections: 1 });
  const { playground, ...facts } = network;
  const company = await makeCompany(db, clock.now(), {
    ...{ baseUrl: playground.url, network: playground.network },
    ...facts,
  });
  await network.subscribe(`${url}/hooks/${company.hookId}`);

  const browsers = new Map<Person, Promise<ApiClient>>();
  const as = (who: Person) => {
    const known = browsers.get(who) ?? new ApiClient(url).signIn(emailOf(who), PASSWORD);
    browsers.set(who, known);
    return known;
  };
  const desk: Desk = {
    ...{ url, clock, company, network, database, db, as },
    nobody: () => new ApiClient(url),
    async presence(who, state) {
      await (await as(who)).do("PUT", "/api/presence/me", { state });
    },
    travel: (by) => clock.jump(by),
    quiet: () => quiet(desk),
    async restart(meanwhile) {
      await server.stop();
      await meanwhile?.();
      server = await run();
    },
    async stop() {
      await server.stop();
      await db.close();
      await network.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return desk;
}

/** What each reader reacts to: cursors do not move for the rest. */
const heard = readers.flatMap((reader) => reader.reactions.map((r) => ({ reader: reader.name, type: r.on.name })));

/** Twice the same picture of a machine at rest. */
async function quiet({ network, database, clock }: Desk): Promise<void> {
  let before = "";
  await eventually("nothing is on its way", async () => {
    const behind = await network.behind();
    const [now] = await database.query<Json>(
      `select (select count(*) from raw_inbox where state = 'new')::int as raw,
        (select count(*) from event where position is null)::int as unnumbered,
        (select coalesce(sum(position), 0) from journal_head)::int as head,
        (select count(*) from reader_cursor c join event e on e.account_id = c.account_id and e.shard = c.shard
          and e.position > c.position join unnest($2::text[], $3::text[]) heard(reader, type)
          on heard.reader = c.reader and heard.type = e.type)::int as unread,
        (select count(distinct reader) from reader_cursor)::int as readers,
        (select count(*) from delivery where state = 'in-flight' or (state = 'pending' and next_at <= $1))::int as leaving,
        (select count(*) from timer where due_at <= $1)::int as due`,
      [new Date(clock.now()), heard.map((h) => h.reader), heard.map((h) => h.type)],
    );
    const { raw, unnumbered, unread, leaving, due } = now;
    const busy = behind + raw + unnumbered + unread + leaving + due > 0 || now.readers < readers.length;
    const picture = JSON.stringify(now);
    const still = !busy && picture === before;
    before = busy ? "" : picture;
    return still;
  });
}
