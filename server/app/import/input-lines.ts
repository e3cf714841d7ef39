import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import type { ImportLine } from "./import-options.ts";

/** A line longer than this is set aside unread; no more of it is ever held. */
export const MOST_LINE = 1_048_576;

/** SHA-256 of a file's bytes, as hex: the identity of an import. */
export async function fileHash(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** The lines of a JSONL file, gzip recognised by content. Memory is bounded whatever is in it. */
export async function* fileLines(file: string): AsyncGenerator<ImportLine> {
  const bytes = createReadStream(file, { highWaterMark: 262_144 });
  if (!(await isGzip(file))) return yield* linesOf(bytes);
  const unzipped = bytes.pipe(createGunzip({ chunkSize: 262_144 }));
  bytes.on("error", (error) => unzipped.destroy(error));
  yield* linesOf(unzipped);
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

const BREAK = 0x0a;

export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ImportLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let first = true;
  const take = (last: Buffer): ImportLine => {
    const whole = length + last.length;
    const line = whole > MOST_LINE ? null : parts.length === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    length = 0;
    const read = line === null ? TOO_LONG : readLine(line, first);
    first = false;
    return read;
  };
  for await (const chunk of bytes) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let at = buffer.indexOf(BREAK); at >= 0; at = buffer.indexOf(BREAK, from)) {
      yield take(buffer.subarray(from, at));
      from = at + 1;
    }
    const rest = buffer.subarray(from);
    // Of a line that is too long already nothing more is kept.
    if (rest.length > 0 && length <= MOST_LINE) parts.push(rest);
    length += rest.length;
    if (length > MOST_LINE) parts = [];
  }
  if (length > 0) yield take(Buffer.alloc(0));
}

const TOO_LONG: ImportLine = { fault: `is longer than ${MOST_LINE} bytes.` };
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function readLine(line: Buffer, first: boolean): ImportLine {
  let text: string;
  try {
    text = utf8.decode(line);
  } catch {
    return { fault: "is no UTF-8 text." };
  }
  if (first && text.startsWith("\ufeff")) text = text.slice(1);
  if (text.trim() === "") return { blank: true };
  if (text.includes("\u0000")) return { fault: "has a NUL character." };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: "is no JSON. Every line has to be one JSON object." };
  }
}
