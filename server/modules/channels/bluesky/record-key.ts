import { createHash } from "node:crypto";

const LETTERS = "234567abcdefghijklmnopqrstuvwxyz";
const CLIENT_ID = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\.(\d{1,3})$/;

/**
 * The record key of a part: a TID (53 bits of microseconds, 10 bits of clock id, base32-sortable; atproto's record-key specification)
 * made of nothing but the part's own id, so that every try writes the same record. Parts of one delivery follow one another in order.
 */
export function recordKey(clientId: string): string {
  const parts = CLIENT_ID.exec(clientId);
  if (!parts) throw new Error(`"${clientId}" is no id of a part.`);
  const hash = createHash("sha256").update(clientId.slice(0, 36)).digest();
  const millis = BigInt(`0x${parts[1]}${parts[2]}`);
  // Two deliveries of one millisecond are told apart by 20 bits of their id.
  const micros = millis * 1_000n + BigInt(hash.readUInt16BE(0) % 900) + BigInt(Math.min(Number(parts[3]), 99));
  return base32((micros << 10n) | BigInt(hash.readUInt16BE(2) & 1_023));
}

function base32(value: bigint): string {
  let out = "";
  for (let rest = value, i = 0; i < 13; i++, rest >>= 5n) out = LETTERS[Number(rest & 31n)] + out;
  return out;
}
