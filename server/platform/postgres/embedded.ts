import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseAddress } from "../db.ts";
import { exitCodes, StartError } from "../errors.ts";
import { takeLock } from "../file-lock.ts";
import { prepareBinaries } from "./binaries.ts";
import { clusterFolder, ensureCluster, ownerOf, setAside } from "./cluster.ts";
import { type Credentials, loadCredentials, readKept } from "./credentials.ts";
import type { SupervisorLog } from "./environment.ts";
import { clearLeftover, runningPort } from "./leftover.ts";
import { addressOf, asSuperuser, type ClusterAddress, createDatabase, ensureExtensions, ensureRoles } from "./roles.ts";
import { unprivilegedUser } from "./run-as.ts";
import { freePort, PortTaken, type ServerOptions, startServer, stopServer } from "./server-process.ts";
import { type Supervised, supervise } from "./supervise.ts";

/** `pid` is another one after a restart; `onExit` tells of unexpected ends and returns a function that ends the telling. */
export interface EmbeddedPostgres extends Supervised {
  /** The database `hubbub`. */
  readonly address: DatabaseAddress;
  /** The same with the superuser, for `createDatabase` and tests. */
  readonly cluster: ClusterAddress;
  /** Where the files of the cluster lie. */
  readonly folder: string;
  /** Shuts down in order and lets another process use the data folder. Safe to call twice. */
  stop(): Promise<void>;
  /** Stops and removes cluster, passwords and log: for tests. */
  destroy(): Promise<void>;
}

const DATABASE = "hubbub";

/**
 * Starts the real PostgreSQL in the data folder and keeps it running: makes the cluster on the first start, never runs it
 * as root, deals with what a killed server left behind, waits for recovery, and starts it again when it dies.
 * `settings` are server settings that override ours. Refusals are StartErrors.
 */
export async function startEmbeddedPostgres({
  dataDir,
  log,
  settings,
}: {
  dataDir: string;
  log: SupervisorLog;
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = realpathSync(dataDir);
  const lock = await takeLock(join(path, "postgres.lock"), { waitMs: 2000 });
  if (!lock.ok) throw inUse(path, lock.heldBy);
  try {
    return await start(path, log, settings, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The addresses of the database that another process of ours runs in this data folder, if it does: for the command line. */
export function findRunningPostgres(dataDir: string): DatabaseAddress | undefined {
  if (!existsSync(dataDir)) return undefined;
  const path = realpathSync(dataDir);
  const kept = readKept(credentialsFile(path));
  const { folder } = clusterFolder(path, unprivilegedUser());
  const port = existsSync(folder) ? runningPort(folder) : undefined;
  return kept && port ? addressOf(clusterAddress(kept, port), DATABASE) : undefined;
}

async function start(
  dataDir: string,
  log: SupervisorLog,
  settings: Record<string, string> | undefined,
  release: () => void,
): Promise<EmbeddedPostgres> {
  const user = unprivilegedUser();
  const { folder, elsewhere } = clusterFolder(dataDir, user);
  if (elsewhere) log.warn(`the database lies in ${folder}, because the user ${user?.name} cannot reach ${dataDir}`);
  const runAs = ownerOf(folder, user);
  const binaries = prepareBinaries({ dataDir, runAs, log });
  const { credentials, fresh } = loadCredentials(credentialsFile(dataDir));
  await clearLeftover(folder, log);
  if (fresh && elsewhere) setAside(folder, log);
  ensureCluster(folder, binaries, runAs, { password: credentials.superuser, fresh }, log);

  const options = { program: binaries.postgres, cluster: folder, logFile: logFile(dataDir), runAs, settings, log };
  const { child, port } = await startOnFreePort(options);
  const again = (signal: AbortSignal) => startServer(port, options, signal);
  const supervised = supervise(child, { start: again, end: (running) => stopServer(running, log) }, log);
  const stop = () => supervised.stop().finally(release);
  const cluster = clusterAddress(credentials, port);
  try {
    await prepareDatabase(cluster, credentials, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address: addressOf(cluster, DATABASE),
    cluster,
    folder,
    get pid() {
      return supervised.pid;
    },
    onExit: supervised.onExit,
    stop,
    async destroy() {
      await stop();
      for (const path of [folder, logFile(dataDir), credentialsFile(dataDir)])
        rmSync(path, { recursive: true, force: true });
    },
  };
}

async function startOnFreePort(options: ServerOptions): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { child: await startServer(port, options), port };
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === 5) throw error;
    }
  }
}

/** Roles at every start (the passwords may be new); extensions and the database once. */
async function prepareDatabase(cluster: ClusterAddress, credentials: Credentials, log: SupervisorLog): Promise<void> {
  const exists = await asSuperuser(cluster, async (client) => {
    await ensureRoles(client, credentials);
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    return rowCount === 1;
  });
  if (exists) return;
  // In template1, so that every later database has them without a superuser.
  const missing = await asSuperuser(cluster, ensureExtensions, "template1");
  if (missing.length > 0)
    log.warn(`PostgreSQL came without ${missing.join(", ")}: search by parts of words will be slower`);
  await createDatabase(cluster, DATABASE);
}

function clusterAddress(credentials: Credentials, port: number): ClusterAddress {
  const at = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${DATABASE}`;
  return {
    superuser: at("postgres", credentials.superuser),
    owner: at("hubbub_owner", credentials.owner),
    app: at("hubbub_app", credentials.app),
    system: at("hubbub_system", credentials.system),
  };
}

function credentialsFile(dataDir: string): string {
  return join(dataDir, "postgres-credentials.json");
}

function logFile(dataDir: string): string {
  return join(dataDir, "postgres.log");
}

function inUse(dataDir: string, pid: number): StartError {
  return new StartError(
    `The database in ${dataDir} is in use by another Hubbub (process ${pid}). Stop it first, or set HUBBUB_DATA_DIR to another folder.`,
    exitCodes["already-running"],
  );
}
