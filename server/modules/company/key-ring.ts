import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import type { Tx } from "#platform/db";
import { exitCodes, StartError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { findKey, insertKey, lockKeys, updateKey } from "./store/key-store.ts";

const VERSION = 1;
const IV = 12;
const TAG = 16;

/** Master key → account key (D8). The master key lies outside of what a backup of the database holds. */
export interface KeyRing {
  readonly master: Buffer;
  /** Opens what `master` does not: the key that a rotation, not ended yet, goes over to. */
  readonly next: Buffer | null;
  readonly cache: Map<string, Buffer>;
}

let ring: KeyRing | undefined;

/** Handed in once at start: 32 bytes each. */
export function useKeyRing(master: Uint8Array, next: Uint8Array | null = null): void {
  if (master.length !== 32 || (next !== null && next.length !== 32))
    throw new StartError("The master key has to be 32 bytes (64 hex digits).", exitCodes["data-folder"]);
  ring = { master: Buffer.from(master), next: next && Buffer.from(next), cache: new Map() };
}

/** An account's key, under whichever of the two it stands. */
function unwrap({ master, next }: KeyRing, wrapped: Uint8Array): Buffer {
  try {
    return decrypt(master, wrapped);
  } catch (error) {
    if (next === null) throw error;
    return decrypt(next, wrapped);
  }
}

/** A key as OpenSSL wants it, made once and not for every message. */
const prepared = new WeakMap<Uint8Array, KeyObject>();
function prepare(key: Uint8Array): KeyObject {
  const known = prepared.get(key);
  if (known) return known;
  const made = createSecretKey(key);
  prepared.set(key, made);
  return made;
}

/** AES-256-GCM: version byte, nonce, tag, ciphertext. The bytes of a key never change once it was used. */
export function encrypt(key: Uint8Array, plain: Uint8Array): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv("aes-256-gcm", prepare(key), iv);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body]);
}

/** Throws when the bytes were changed or another key made them. */
export function decrypt(key: Uint8Array, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== VERSION || bytes.length < 1 + IV + TAG) throw new Error("sealed bytes have an unknown form");
  const decipher = createDecipheriv("aes-256-gcm", prepare(key), bytes.subarray(1, 1 + IV));
  decipher.setAuthTag(bytes.subarray(1 + IV, 1 + IV + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(1 + IV + TAG)), decipher.final()]);
}

/** An account's key under another master key. Throws when `from` does not open it. */
export function rewrapKey(wrapped: Uint8Array, from: Uint8Array, to: Uint8Array): Buffer {
  return encrypt(to, decrypt(from, wrapped));
}

/** Seals the keys of the account under another master key; those that stand under it already are left. Returns how many were sealed anew. */
export async function rewrapAccountKeys(tx: Tx, from: Uint8Array, to: Uint8Array): Promise<number> {
  let changed = 0;
  for (const { id, wrapped } of await lockKeys(tx)) {
    if (opens(to, wrapped)) continue;
    await updateKey(tx, id, rewrapKey(wrapped, from, to));
    changed += 1;
  }
  return changed;
}

function opens(key: Uint8Array, wrapped: Uint8Array): boolean {
  try {
    decrypt(key, wrapped);
    return true;
  } catch {
    return false;
  }
}

async function accountKey(tx: Tx): Promise<Buffer> {
  if (!ring) throw new Error("no master key was handed in");
  const cached = ring.cache.get(tx.accountId);
  if (cached) return cached;
  const stored = await findKey(tx, "account");
  if (stored) {
    const key = unwrap(ring, stored);
    ring.cache.set(tx.accountId, key);
    return key;
  }
  const made = randomBytes(32);
  await insertKey(tx, uuidv7(tx.now), "account", encrypt(ring.master, made));
  // Another transaction may have been first, and this one may be rolled back: what is stored counts, the cache fills at the next use.
  const kept = await findKey(tx, "account");
  return kept ? unwrap(ring, kept) : made;
}

/** Encrypts under the account's key. */
export async function seal(tx: Tx, plain: Uint8Array): Promise<Buffer> {
  return encrypt(await accountKey(tx), plain);
}
/** Opens what `seal` made. */
export async function unseal(tx: Tx, sealed: Uint8Array): Promise<Buffer> {
  return decrypt(await accountKey(tx), sealed);
}

/** The same text gives the same mark within an account, and the mark tells nothing of the text: for comparing secrets that are not kept. */
export async function fingerprint(tx: Tx, text: string): Promise<string> {
  return createHmac("sha256", await accountKey(tx))
    .update("fingerprint\0")
    .update(text)
    .digest("base64url");
}
