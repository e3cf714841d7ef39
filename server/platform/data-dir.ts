import { mkdirSync, realpathSync, statfsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCodes, StartError } from "./errors.ts";
import { takeLock } from "./file-lock.ts";

export interface DataDir {
  /** Absolute real path. */
  readonly path: string;
  /** Lets another server use the folder. */
  release(): void;
}

const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));

/** Where data lies: HUBBUB_DATA_DIR, or `.data` in the checkout. */
export function dataDirPath(env: NodeJS.ProcessEnv = process.env, checkout: string = CHECKOUT): string {
  return resolve(env.HUBBUB_DATA_DIR || join(checkout, ".data"));
}

/**
 * Opens the data folder for one server: creates it, and refuses with a StartError when it cannot be written to, its disk
 * has too little room, or another server uses it. A server that is just leaving is waited for.
 */
export async function openDataDir({
  env = process.env,
  minFreeBytes = 500_000_000,
  waitMs = 5000,
}: {
  env?: NodeJS.ProcessEnv;
  minFreeBytes?: number;
  waitMs?: number;
} = {}): Promise<DataDir> {
  const wanted = dataDirPath(env);
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    if (!statSync(wanted).isDirectory()) throw unusable(wanted, "ENOTDIR");
    const path = realpathSync(wanted);
    refuseFullDisk(path, minFreeBytes);
    const lock = await takeLock(join(path, "server.lock"), { waitMs });
    if (!lock.ok) throw alreadyRunning(path, lock.heldBy);
    return { path, release: lock.release };
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw unusable(wanted, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

function refuseFullDisk(path: string, minFreeBytes: number): void {
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  if (free < minFreeBytes)
    throw fullDisk(path, `has ${megabytes(free)} MB free, and ${megabytes(minFreeBytes)} MB are needed`);
}

function unusable(path: string, code: string): StartError {
  if (code === "ENOSPC" || code === "EDQUOT") return fullDisk(path, "is full");
  const why = REASONS[code] ?? `cannot be used (${code})`;
  return new StartError(
    `The data folder ${path} ${why}. Give the present user the right to write there, or set HUBBUB_DATA_DIR to a folder that can be written to.`,
    exitCodes["data-folder"],
  );
}

const REASONS: Record<string, string> = {
  EACCES: "cannot be written to by this user",
  EPERM: "cannot be written to by this user",
  EROFS: "lies on a read-only disk",
  ENOTDIR: "is not a folder, or a part of its path is not",
  EEXIST: "is not a folder",
};

function fullDisk(path: string, what: string): StartError {
  return new StartError(
    `The disk of the data folder ${path} ${what}. Free some space, or set HUBBUB_DATA_DIR to a folder on another disk.`,
    exitCodes["disk-full"],
  );
}

function alreadyRunning(path: string, pid: number): StartError {
  return new StartError(
    `Hubbub already runs with the data folder ${path} (process ${pid}). Stop it first, or set HUBBUB_DATA_DIR to another folder.`,
    exitCodes["already-running"],
  );
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
