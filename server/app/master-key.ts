import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decrypt } from "#modules/company";
import { exitCodes, StartError } from "#platform/errors";

const HEX_KEY = /^[0-9a-fA-F]{64}$/;
const fileIn = (dataDir: string) => join(dataDir, "master.key");

/** The master key: HUBBUB_MASTER_KEY (64 hex digits), else a file of mode 0600 in the data folder, which no backup of the database holds. */
export function masterKey(dataDir: string, env: NodeJS.ProcessEnv): Buffer {
  const known = findMasterKey(dataDir, env);
  if (known) return known;
  const made = randomBytes(32);
  keepMasterKey(dataDir, made);
  return made;
}

/** The same without making one. */
export function findMasterKey(dataDir: string, env: NodeJS.ProcessEnv): Buffer | null {
  const given = env.HUBBUB_MASTER_KEY;
  if (given) {
    if (!/^[0-9a-fA-F]{64}$/.test(given))
      throw new StartError(
        "HUBBUB_MASTER_KEY is not 64 hex digits. Make one with: openssl rand -hex 32.",
        exitCodes["data-folder"],
      );
    return Buffer.from(given, "hex");
  }
  const file = fileIn(dataDir);
  if (!existsSync(file)) return null;
  const key = Buffer.from(readFileSync(file, "utf8").trim(), "hex");
  if (key.length !== 32)
    throw new StartError(
      `The master key in ${file} is damaged. Put the right file back; without it stored secrets cannot be read.`,
      exitCodes["data-folder"],
    );
  return key;
}

/** Puts a key into the data folder; one that is there stays, and the call fails. */
export function keepMasterKey(dataDir: string, key: Uint8Array): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(fileIn(dataDir), Buffer.from(key).toString("hex"), { mode: 0o600, flag: "wx" });
}

/** The key that a rotation goes over to and has not reached yet: HUBBUB_MASTER_KEY_NEXT, else a file beside the master key. */
export function nextMasterKey(dataDir: string, env: NodeJS.ProcessEnv): Buffer | null {
  const given = env.HUBBUB_MASTER_KEY_NEXT;
  if (given !== undefined && given !== "") {
    if (!HEX_KEY.test(given))
      throw new StartError("HUBBUB_MASTER_KEY_NEXT is not 64 hex digits.", exitCodes["data-folder"]);
    return Buffer.from(given, "hex");
  }
  const file = keyFiles(dataDir).next;
  return existsSync(file) ? readKeyFile(file) : null;
}

/**
 * What links, visitors' tokens and the mark of the bucket are derived from: the first master key of this installation. It outlives
 * rotations, sealed under the present one (master.root, or HUBBUB_MASTER_ROOT in base64url).
 */
export function rootKey(dataDir: string, env: NodeJS.ProcessEnv, master: Buffer, next: Buffer | null): Buffer {
  const file = keyFiles(dataDir).root;
  const sealed = env.HUBBUB_MASTER_ROOT
    ? Buffer.from(env.HUBBUB_MASTER_ROOT, "base64url")
    : existsSync(file)
      ? readFileSync(file)
      : null;
  if (sealed === null) return master;
  for (const key of [master, ...(next ? [next] : [])])
    try {
      return decrypt(key, sealed);
    } catch {
      // The other one may open it.
    }
  throw new StartError(
    `${env.HUBBUB_MASTER_ROOT ? "HUBBUB_MASTER_ROOT" : file} is not sealed under this master key. Put back the two that belong together; without ${file} links and visitors of before are not known any more.`,
    exitCodes["data-folder"],
  );
}

/** Where the keys of an installation lie, unless the environment gives them. */
export const keyFiles = (dataDir: string) => ({
  key: fileIn(dataDir),
  next: `${fileIn(dataDir)}.next`,
  root: join(dataDir, "master.root"),
});

/** For a sentence to a person: where the key in use lies. */
export function masterKeyPlace(dataDir: string, env: NodeJS.ProcessEnv): string {
  return env.HUBBUB_MASTER_KEY ? "the variable HUBBUB_MASTER_KEY" : fileIn(dataDir);
}

/** A key in a file of its own: 64 hex digits, as in master.key. */
export function readKeyFile(file: string): Buffer {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new StartError(
      `The key file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      exitCodes["wrong-key"],
    );
  }
  if (!/^[0-9a-fA-F]{64}$/.test(text))
    throw new StartError(
      `The key file ${file} does not hold 64 hex digits. Make one with: openssl rand -hex 32 > ${file}`,
      exitCodes["wrong-key"],
    );
  return Buffer.from(text, "hex");
}
