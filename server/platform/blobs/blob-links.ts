import { createHmac } from "node:crypto";
import { DAY, type Instant, type Millis } from "../clock.ts";
import { type AccountId, isUuid } from "../ids.ts";
import { sameSecret } from "../secrets.ts";

const LONGEST: Millis = DAY;
const TYPE = /^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,60}$/;

export interface LinkedBlob {
  accountId: AccountId;
  hash: string;
  mime: string;
  /** Milliseconds until the link ends. */
  leftMs: Millis;
}

/** A type as it may stand in a header; anything else is "some bytes". */
export function plainType(mime: string): string {
  const type = mime.split(";")[0]!.trim().toLowerCase();
  return TYPE.test(type) ? type : "application/octet-stream";
}

/** A path that opens one blob for a time to whoever has it, without sign-in: `/blobs/<hash>?a=&e=&m=&s=`. */
export function signedPath(
  key: Uint8Array,
  of: { accountId: AccountId; hash: string; mime: string },
  now: Instant,
  ttl: Millis,
): string {
  if (!(ttl > 0 && ttl <= LONGEST)) throw new Error("A link to a blob lasts up to a day.");
  const parts = { a: of.accountId, e: String(Math.ceil((now + ttl) / 1_000)), m: plainType(of.mime) };
  return `/blobs/${of.hash}?${new URLSearchParams({ ...parts, s: signature(key, of.hash, parts) })}`;
}

/** What a path opens; null when it was changed, has ended, or was never ours. */
export function verifyPath(
  key: Uint8Array,
  hash: string,
  query: Readonly<Record<string, unknown>>,
  now: Instant,
): LinkedBlob | null {
  const { a, e, m, s } = query;
  if (typeof a !== "string" || typeof e !== "string" || typeof m !== "string" || typeof s !== "string") return null;
  if (!sameSecret(s, signature(key, hash, { a, e, m }))) return null;
  const leftMs = Number(e) * 1_000 - now;
  if (!(leftMs > 0) || !isUuid(a) || !/^[0-9a-f]{64}$/.test(hash)) return null;
  return { accountId: a as AccountId, hash, mime: plainType(m), leftMs };
}

/** Every part has its place in the JSON, so that no two links have the same bytes. */
function signature(key: Uint8Array, hash: string, parts: { a: string; e: string; m: string }): string {
  return createHmac("sha256", key)
    .update(JSON.stringify(["blob", hash, parts.a, parts.e, parts.m]))
    .digest("base64url");
}
