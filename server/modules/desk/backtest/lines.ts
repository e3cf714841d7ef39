import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

export interface Line {
  text: string;
  /** From 1. */
  number: number;
}

/** The lines of a JSONL file that hold something; gzip is recognised by its first bytes. */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  const handle = await open(path);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  const file = createReadStream(path);
  const input = buffer[0] === 0x1f && buffer[1] === 0x8b ? file.pipe(createGunzip()) : file;
  // A broken pipe must fail the run, not end it early.
  const failed = new Promise<never>((_, reject) => {
    file.on("error", reject);
    input.on("error", reject);
  });
  failed.catch(() => undefined);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  for (let number = 1; ; number++) {
    const next = await Promise.race([lines.next(), failed]);
    if (next.done) return;
    if (next.value.trim() !== "") yield { text: next.value, number };
  }
}

/** Writes rows as JSONL, waiting where the disk is slower. */
export async function writeLines(path: string, rows: AsyncIterable<object>): Promise<void> {
  await pipeline(async function* () {
    for await (const row of rows) yield `${JSON.stringify(row)}\n`;
  }, createWriteStream(path));
}
