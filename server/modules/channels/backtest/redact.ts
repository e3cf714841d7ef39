import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { redactAll } from "#shared/redact";

/** Counts of one run, for the line the command prints. */
export interface RedactReport {
  rows: number;
  /** How many pieces of each kind were taken out. */
  found: Record<string, number>;
}

interface Row {
  id: unknown;
  lang?: unknown;
  texts: string[];
}

/**
 * `backtest redact --in rows.jsonl --out clean.jsonl`: the messages of one sender in a row `{id, lang?, texts}`, cleaned
 * to `{id, texts, found}`. Input may be gzipped (seen by its first bytes). Nothing in the installation is touched.
 */
export async function run(args: readonly string[]): Promise<RedactReport> {
  const { values } = parseArgs({
    args: [...args],
    options: { in: { type: "string" }, out: { type: "string" }, seed: { type: "string" } },
  });
  if (!values.in || !values.out)
    throw new Error("Say which rows to read and where to write: --in rows.jsonl --out clean.jsonl");
  const report: RedactReport = { rows: 0, found: {} };
  // A run that fails half-way leaves no file that looks whole.
  const partial = `${values.out}.partial`;
  const out = await open(partial, "w");
  try {
    let number = 0;
    for await (const line of linesOf(values.in)) {
      number++;
      if (line.trim() === "") continue;
      const { id, lang, texts } = parseRow(line, number);
      const clean = redactAll(texts, typeof lang === "string" ? lang : undefined);
      for (const { kind } of clean.found) report.found[kind] = (report.found[kind] ?? 0) + 1;
      report.rows++;
      await out.write(`${JSON.stringify({ id, ...clean })}\n`);
    }
    await out.close();
    await rename(partial, values.out);
  } catch (error) {
    await out.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
  return report;
}

function parseRow(line: string, number: number): Row {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new Error(`Line ${number} of the input is not JSON. Each line holds one row: {"id", "lang"?, "texts"}.`);
  }
  const { texts } = (row ?? {}) as Row;
  if (!Array.isArray(texts) || texts.some((text) => typeof text !== "string"))
    throw new Error(`Line ${number} of the input has no "texts": a list of the sender's messages in order.`);
  return row as Row;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const handle = await open(path);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  const file = createReadStream(path);
  const gzipped = buffer[0] === 0x1f && buffer[1] === 0x8b;
  const input = gzipped ? file.pipe(createGunzip()) : file;
  // A broken pipe must fail the run, not end it early.
  const failed = new Promise<never>((_, reject) => {
    file.on("error", reject);
    input.on("error", reject);
  });
  failed.catch(() => undefined);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([lines.next(), failed]);
    if (next.done) return;
    yield next.value;
  }
}
