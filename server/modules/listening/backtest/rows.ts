import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip, type Gunzip } from "node:zlib";

/** A line that is no JSON object with an `id` and a `text`; the message names the file and the line. */
export class BadRow extends Error {}

/** A row of any subject's input. Unknown fields are let through and ignored. */
export type InRow = {
  id: string;
  text: string;
  lang?: string;
  source?: string;
  fold?: number | string;
  label?: string | null;
};

/** A row whose label is known; null = none of the known labels. */
export type LabelledRow = InRow & { label: string | null };

/** A line may have this many characters; more is a file of another kind. */
const LINE_LIMIT = 16_000_000;

/** Rows of a JSONL file one by one; gzip is recognised by content. */
export async function* readRows(file: string): AsyncGenerator<InRow> {
  for await (const { line, where } of namedLines(file)) yield rowOf(line, where);
}

/** A query of a file of queries, not read yet; `where`: file and line, for whoever has to say that it is wrong. */
export type QueryRow = { id: string; query: string; where: string };

export async function* readQueries(file: string): AsyncGenerator<QueryRow> {
  for await (const { line, where } of namedLines(file)) {
    const { id, query } = objectOf(line, where);
    if (typeof query !== "string" || (typeof id !== "string" && typeof id !== "number"))
      throw new BadRow(`${where} needs an "id" and a "query".`);
    yield { id: String(id), query, where };
  }
}

/** How many posts of a series fell into the interval that begins at `at`. `said`: the time as the row wrote it. */
export type CountRow = { series: string; at: number; said: string; count: number };

export async function* readCounts(file: string): AsyncGenerator<CountRow> {
  for await (const { line, where } of namedLines(file)) {
    const { series, at: said, count } = objectOf(line, where);
    const at =
      typeof said === "string" ? Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(said) ? said : `${said}Z`) : Number.NaN;
    if (typeof series !== "string" || typeof said !== "string" || Number.isNaN(at))
      throw new BadRow(`${where} needs a "series" and an "at" (ISO 8601).`);
    if (typeof count !== "number" || !Number.isFinite(count) || count < 0)
      throw new BadRow(`${where} needs a "count" that is no less than 0.`);
    yield { series, at, said, count };
  }
}

async function* namedLines(file: string): AsyncGenerator<{ line: string; where: string }> {
  let number = 0;
  for await (const line of readLines(file)) {
    number++;
    if (line.trim()) yield { line, where: `${file}:${number}` };
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  const source = (await isGzip(file)) ? unzipped(file) : createReadStream(file);
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LINE_LIMIT)
      throw new BadRow(`${file} has a line of more than ${LINE_LIMIT} characters: is it JSONL?`);
    yield* lines;
  }
  yield rest;
}

export async function allRows(file: string): Promise<InRow[]> {
  const rows: InRow[] = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows;
}

function objectOf(line: string, where: string): Record<string, unknown> {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new BadRow(`${where} is not JSON. Every line has to be one JSON object.`);
  }
  return typeof row === "object" && row !== null ? (row as Record<string, unknown>) : {};
}

function rowOf(line: string, where: string): InRow {
  const r = objectOf(line, where) as Partial<InRow>;
  if (typeof r.text !== "string" || (typeof r.id !== "string" && typeof r.id !== "number"))
    throw new BadRow(`${where} needs an "id" and a "text".`);
  return { ...r, id: String(r.id), text: r.text };
}

function unzipped(file: string): Gunzip {
  const unzip = createGunzip();
  createReadStream(file)
    .on("error", (error) => unzip.destroy(error))
    .pipe(unzip);
  return unzip;
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(2);
    await handle.read(head, 0, 2, 0);
    return head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** Writes rows as JSONL, waiting where the disk is slower than we; returns how many. */
export async function writeRows(file: string, rows: AsyncIterable<object> | Iterable<object>): Promise<number> {
  let count = 0;
  await pipeline(async function* () {
    for await (const row of rows) {
      count++;
      yield `${JSON.stringify(row)}\n`;
    }
  }, createWriteStream(file));
  return count;
}
