import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { exitCodes, StartError } from "../errors.ts";
import { type Binaries, MACHINE_FOLDER } from "./binaries.ts";
import { cleanEnvironment, type SupervisorLog } from "./environment.ts";
import { canEnter, letPass, type RunAs } from "./run-as.ts";
import { HOST_RULES } from "./settings.ts";

/**
 * The folder of the cluster: `postgres` in the data folder, or, when PostgreSQL's user cannot come there (the data folder
 * lies below /root, say), a folder of the machine named for the data folder.
 */
export function clusterFolder(dataDir: string, runAs: RunAs | undefined): { folder: string; elsewhere: boolean } {
  const usual = join(dataDir, "postgres");
  if (!runAs) return { folder: usual, elsewhere: false };
  letPass(dataDir, runAs);
  if (canEnter(dataDir, runAs)) return { folder: usual, elsewhere: false };
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  mkdirSync(MACHINE_FOLDER, { recursive: true, mode: 0o755 });
  return { folder: join(MACHINE_FOLDER, name), elsewhere: true };
}

/** As root, a cluster that exists goes on under the user who owns it. */
export function ownerOf(cluster: string, runAs: RunAs | undefined): RunAs | undefined {
  if (!runAs || !existsSync(cluster)) return runAs;
  const { uid, gid } = statSync(cluster);
  return uid === 0 || uid === runAs.uid ? runAs : { uid, gid, name: `number ${uid}` };
}

/**
 * The data folder was removed, and with it the passwords, but not its cluster elsewhere: whoever removed it wants to begin
 * anew. The old files are kept under another name, because nothing here may destroy data.
 */
export function setAside(cluster: string, log: SupervisorLog): void {
  if (!existsSync(cluster)) return;
  const aside = `${cluster}.old-${randomBytes(4).toString("hex")}`;
  renameSync(cluster, aside);
  log.warn(
    `the data folder is new, so the database of an earlier one was set aside as ${aside}; remove it if it is not needed`,
  );
}

/**
 * Makes the cluster unless it is there: beside, then moved in place, so that a kill in the middle leaves no half cluster.
 * `superuserPassword` is set when the cluster is new, or when the kept one was lost.
 */
export function ensureCluster(
  cluster: string,
  binaries: Binaries,
  runAs: RunAs | undefined,
  superuser: { password: string; fresh: boolean },
  log: SupervisorLog,
): void {
  if (!existsSync(join(cluster, "PG_VERSION"))) create(cluster, binaries, runAs, superuser.password, log);
  else {
    refuseOtherVersion(cluster, binaries.major);
    if (superuser.fresh) {
      log.warn("the file with the database's passwords was missing: new ones are set");
      setSuperuserPassword(cluster, binaries, runAs, superuser.password);
    }
  }
  writeFileSync(join(cluster, "pg_hba.conf"), HOST_RULES);
}

function create(
  cluster: string,
  binaries: Binaries,
  runAs: RunAs | undefined,
  password: string,
  log: SupervisorLog,
): void {
  log.info(`creating the database cluster in ${cluster}`);
  removeHalfMade(cluster);
  const draft = `${cluster}.new-${randomBytes(4).toString("hex")}`;
  mkdirSync(draft, { mode: 0o700 });
  if (runAs) chownSync(draft, runAs.uid, runAs.gid);
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  // "trust" lasts until the host rules are written, before the first start that opens a port.
  const result = runTool(
    binaries.initdb,
    ["-D", draft, "-U", "postgres", ...locale, "--text-search-config=simple", "--auth=trust", "--no-instructions"],
    runAs,
  );
  if (result.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw failed("The database cluster could not be made", result);
  }
  setSuperuserPassword(draft, binaries, runAs, password);
  renameSync(draft, cluster);
}

/** PostgreSQL in single-user mode needs no password and opens no port: the cluster never stands open. */
function setSuperuserPassword(cluster: string, binaries: Binaries, runAs: RunAs | undefined, password: string): void {
  const input = `alter role postgres password '${password}';\n`;
  const settings = ["-c", "log_min_error_statement=panic", "-c", "password_encryption=scram-sha-256"];
  const result = runTool(binaries.postgres, ["--single", "-D", cluster, ...settings, "postgres"], runAs, input);
  if (result.status !== 0) throw failed("The database's superuser password could not be set", result);
}

function removeHalfMade(cluster: string): void {
  for (const name of readdirSync(dirname(cluster))) {
    if (name.startsWith(`${basename(cluster)}.new-`))
      rmSync(join(dirname(cluster), name), { recursive: true, force: true });
  }
}

function refuseOtherVersion(cluster: string, major: number): void {
  const made = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (made === String(major)) return;
  throw new StartError(
    `The database in ${cluster} was made by PostgreSQL ${made}, and this Hubbub brings PostgreSQL ${major}. Start the version of Hubbub that made it, or restore a backup into an empty data folder.`,
    exitCodes["database-newer"],
  );
}

function runTool(program: string, args: string[], runAs: RunAs | undefined, input = ""): SpawnSyncReturns<string> {
  return spawnSync(program, args, {
    input,
    encoding: "utf8",
    cwd: "/",
    env: cleanEnvironment(),
    uid: runAs?.uid,
    gid: runAs?.gid,
  });
}

function failed(what: string, { stderr, error }: SpawnSyncReturns<string>): StartError {
  const full = /No space left|ENOSPC/.test(stderr ?? "");
  const why = error?.message ?? stderr.trim().split("\n").slice(-4).join("; ");
  const advice = full
    ? "Free some space on the disk and start again."
    : "Mend that and start again, or set DATABASE_URL.";
  return new StartError(`${what}: ${why}. ${advice}`, full ? exitCodes["disk-full"] : exitCodes["cannot-run-postgres"]);
}
