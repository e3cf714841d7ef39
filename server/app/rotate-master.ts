import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { encrypt, rewrapAccountKeys } from "#modules/company";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { keyFiles, masterKey, nextMasterKey, readKeyFile, rootKey } from "./master-key.ts";

export interface Rotation {
  db: Database;
  accounts: readonly AccountId[];
  dataDir: string;
  /** Links, visitors' tokens and the bucket's mark are made anew: those of before are void. */
  newLinks: boolean;
  /** Called between the steps: whatever it throws is like a kill at that place. */
  onStep?: (step: string) => void;
}

/**
 * Goes over to a new master key in the data folder. Broken off at any place it is begun again and goes on: the next key is on
 * disk before anything is sealed under it, a start opens what stands under either, and the names change last.
 */
export async function rotateMaster(
  rotation: Rotation,
): Promise<{ accounts: number; rewrapped: number; oldKeyFile: string }> {
  const { db, accounts, dataDir, newLinks, onStep = () => {} } = rotation;
  const files = keyFiles(dataDir);
  const old = masterKey(dataDir, {});
  if (!existsSync(files.next)) writeKey(files.next, randomBytes(32));
  const next = readKeyFile(files.next);
  onStep("the next key is on disk");
  let rewrapped = 0;
  for (const accountId of accounts) {
    rewrapped += await db.withAccount(accountId, (tx) => rewrapAccountKeys(tx, old, next));
    onStep(`the keys of ${accountId} are sealed anew`);
  }
  const root = rootKey(dataDir, {}, old, next);
  if (newLinks) rmSync(files.root, { force: true });
  else writeWhole(files.root, encrypt(next, root));
  onStep("the root is sealed anew");
  const oldKeyFile = `${files.key}.old-${createHash("sha256").update(old).digest("hex").slice(0, 8)}`;
  if (!existsSync(oldKeyFile)) writeKey(oldKeyFile, old);
  onStep("the old key is kept");
  renameSync(files.next, files.key);
  syncFolder(dataDir);
  return { accounts: accounts.length, rewrapped, oldKeyFile };
}

/** The same where the environment gives the keys: the nodes know both meanwhile (HUBBUB_MASTER_KEY_NEXT). Returns the sealed root. */
export async function rotateByEnvironment(
  db: Database,
  accounts: readonly AccountId[],
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Promise<{ rewrapped: number; root: string }> {
  const old = masterKey(dataDir, env);
  const next = nextMasterKey(dataDir, env);
  if (!next) throw new Error("HUBBUB_MASTER_KEY_NEXT is not set.");
  let rewrapped = 0;
  for (const accountId of accounts)
    rewrapped += await db.withAccount(accountId, (tx) => rewrapAccountKeys(tx, old, next));
  return { rewrapped, root: encrypt(next, rootKey(dataDir, env, old, next)).toString("base64url") };
}

const writeKey = (file: string, key: Uint8Array) => writeWhole(file, Buffer.from(Buffer.from(key).toString("hex")));

/** All of it, or as it was before, whenever the power goes. */
function writeWhole(file: string, bytes: Uint8Array): void {
  const beside = `${file}.writing`;
  const handle = openSync(beside, "w", 0o600);
  try {
    writeSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
