import { createCipheriv, createDecipheriv } from "node:crypto";

/**
 * Encryption in pieces, so that what is read can be handed on at once and nothing unproven is: AES-256-GCM over segments of
 * 64 KiB. The nonce counts segments and marks the last one, so that segments cannot be cut off, swapped or repeated. A key
 * serves one blob only, which is why the nonces may begin at zero.
 */
const SEGMENT = 65_536;
const TAG = 16;
const VERSION = 1;

function nonce(index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 7);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

function encryptSegment(key: Uint8Array, plain: Uint8Array, index: number, last: boolean): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonce(index, last));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decryptSegment(key: Uint8Array, sealed: Buffer, index: number, last: boolean): Buffer {
  if (sealed.length < TAG) throw new Error("The stored bytes end too early.");
  const decipher = createDecipheriv("aes-256-gcm", key, nonce(index, last));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()]);
}

/** Pieces of exactly `size` bytes and a shorter last one (of none, when nothing is left); `last` is known because one piece is held back. */
async function* pieces(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let held = Buffer.alloc(0);
  for await (const chunk of bytes) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    while (held.length > size) {
      yield { piece: held.subarray(0, size), last: false };
      held = held.subarray(size);
    }
  }
  yield { piece: held, last: true };
}

export async function* encrypted(key: Uint8Array, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  yield Buffer.of(VERSION);
  let index = 0;
  for await (const { piece, last } of pieces(plain, SEGMENT)) yield encryptSegment(key, piece, index++, last);
}

/** Throws at the first segment that was changed, is missing, or was made with another key. */
export async function* decrypted(key: Uint8Array, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let index = 0;
  for await (const { piece, last } of pieces(withoutVersion(sealed), SEGMENT + TAG))
    yield decryptSegment(key, piece, index++, last);
}

async function* withoutVersion(sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of sealed) {
    if (first && chunk.length === 0) continue;
    if (first && chunk[0] !== VERSION) throw new Error("The stored bytes have an unknown form.");
    yield first ? chunk.subarray(1) : chunk;
    first = false;
  }
  if (first) throw new Error("The stored bytes end too early.");
}
