import { createHash, createHmac, randomBytes } from "node:crypto";
import { isUuid } from "#platform/ids";

/** Opaque secrets carry the account they belong to, so that they are looked up inside that account only. */
export interface ReadToken {
  accountId: string;
  /** Set for API keys. */
  keyId: string | null;
  hash: Buffer;
}

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll("-", ""), "hex");
function uuidFrom(bytes: Buffer): string {
  const h = bytes.toString("hex");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}
export function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** 16 bytes of account and 32 random bytes, base64url. */
export function makeSessionToken(accountId: string, random: Buffer = randomBytes(32)): string {
  return Buffer.concat([bytesOf(accountId), random]).toString("base64url");
}
/** `hub_` and 16 bytes of account, 16 of the key's id, 32 random bytes, base64url. */
export function makeApiSecret(accountId: string, keyId: string, random: Buffer = randomBytes(32)): string {
  return `hub_${Buffer.concat([bytesOf(accountId), bytesOf(keyId), random]).toString("base64url")}`;
}

export function readSessionToken(token: string): ReadToken | null {
  return read(token, 48, false);
}
export function readApiSecret(token: string): ReadToken | null {
  return token.startsWith("hub_") ? read(token.slice(4), 64, true, token) : null;
}

function read(text: string, length: number, hasKey: boolean, whole = text): ReadToken | null {
  if (!/^[A-Za-z0-9_-]{40,120}$/.test(text)) return null;
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== length) return null;
  const accountId = uuidFrom(bytes.subarray(0, 16));
  const keyId = hasKey ? uuidFrom(bytes.subarray(16, 32)) : null;
  if (!isUuid(accountId)) return null;
  return { accountId, keyId, hash: hashOf(whole) };
}

/** The value that a page of ours can read and repeat, and another site cannot: bound to the session. */
export function csrfOf(token: string): string {
  return createHmac("sha256", hashOf(token)).update("csrf").digest("base64url");
}
