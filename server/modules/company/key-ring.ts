import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { Tx } from "#platform/db";
import { exitCodes, StartError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { findKey, insertKey } from "./store/key-store.ts";

const VERSION = 1;
const IV = 12;
const TAG = 16;

/** Master key → account key (D8). The master key lies outside of what a backup of the database holds. */
export interface KeyRing {
  readonly master: Buffer;
  readonly cache: Map<string, Buffer>;
}

let ring: KeyRing | undefined;

/** Handed in once at start: 32 bytes. */
export function useKeyRing(master: Uint8Array): void {
  if (master.length !== 32)
    throw new StartError("The master key has to be 32 bytes (64 hex digits).", exitCodes["data-folder"]);
  ring = { master: Buffer.from(master), cache: new Map() };
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

async function accountKey(tx: Tx): Promise<Buffer> {
  if (!ring) throw new Error("no master key was handed in");
  const cached = ring.cache.get(tx.accountId);
  if (cached) return cached;
  const stored = await findKey(tx, "account");
  if (stored) {
    const key = decrypt(ring.master, stored);
    ring.cache.set(tx.accountId, key);
    return key;
  }
  const made = randomBytes(32);
  await insertKey(tx, uuidv7(tx.now), "account", encrypt(ring.master, made));
  // Another transaction may have been first, and this one may be rolled back: what is stored counts, the cache fills at the next use.
  const kept = await findKey(tx, "account");
  return kept ? decrypt(ring.master, kept) : made;
}

/** Encrypts under the account's key. */
export async function seal(tx: Tx, plain: Uint8Array): Promise<Buffer> {
  return encrypt(await accountKey(tx), plain);
}
/** Opens what `seal` made. */
export async function unseal(tx: Tx, sealed: Uint8Array): Promise<Buffer> {
  return decrypt(await accountKey(tx), sealed);
}
