import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "#platform/clock";
import { dataDirPath, openDataDir } from "#platform/data-dir";
import { addressFromUrl } from "#platform/database-url";
import { type Database, type DatabaseAddress, openDatabase } from "#platform/db";
import { createLog } from "#platform/log";
import { migrate } from "#platform/migrate";
import { findRunningPostgres, startEmbeddedPostgres } from "#platform/postgres/index";
import { withClosers } from "./closing.ts";
import { CommandError, type Io } from "./command.ts";

export interface OpenDatabase {
  db: Database;
  address: DatabaseAddress;
  /** For a sentence to a person: which database this is. */
  where: string;
  /** A server of ours runs on it now (only known of the embedded one). */
  serverRuns: boolean;
}

/**
 * Finds the database as the server does: DATABASE_URL, else the embedded one that runs, else the embedded one started for this
 * command. `make`: a first database may be made; other commands refuse where there is none. `asItIs`: no migration runs.
 */
export async function withDatabase<T>(
  io: Io,
  { make = false, asItIs = false }: { make?: boolean; asItIs?: boolean },
  run: (open: OpenDatabase) => Promise<T>,
): Promise<T> {
  return withClosers(async (closers) => {
    const found = await find(io, make, asItIs, closers);
    const db = openDatabase(found.address, systemClock, { appConnections: 4, systemConnections: 2 });
    closers.push(() => db.close());
    return await run({ db, ...found });
  });
}

async function find(
  io: Io,
  make: boolean,
  asItIs: boolean,
  closers: (() => unknown)[],
): Promise<Omit<OpenDatabase, "db">> {
  if (io.env.DATABASE_URL) {
    const address = await addressFromUrl(io.env.DATABASE_URL);
    if (!asItIs) await migrate(address.owner, systemClock.now());
    return { address, where: "DATABASE_URL", serverRuns: false };
  }
  const folder = dataDirPath(io.env);
  const running = findRunningPostgres(folder);
  if (running) return { address: running, where: folder, serverRuns: true };
  if (!make && !existsSync(join(folder, "postgres-credentials.json")))
    throw new CommandError(
      `There is no database in ${folder} yet. Start Hubbub once (npm start), or set HUBBUB_DATA_DIR or DATABASE_URL.`,
    );
  const dataDir = await openDataDir({ env: io.env });
  closers.push(() => dataDir.release());
  const postgres = await startEmbeddedPostgres({ dataDir: dataDir.path, log: createLog(io.env.HUBBUB_LOG) });
  closers.push(() => postgres.stop());
  if (!asItIs) await migrate(postgres.address.owner, systemClock.now());
  return { address: postgres.address, where: dataDir.path, serverRuns: false };
}
