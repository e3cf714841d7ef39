import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes, StartError } from "#platform/errors";

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
