import { readFile, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

/** A fault of an input file that a person can mend; the message says where. */
export class BadInput extends Error {}

const MOST_BYTES = 1_000_000_000;

/** Rows of a JSONL file; gzip is recognised by content. Every row is an object. */
export async function readJsonl<T extends object>(
  file: string,
  check: (row: Record<string, unknown>) => string | null,
): Promise<T[]> {
  const bytes = await readFile(file);
  const text = (
    bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes
  ).toString("utf8");
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      throw new BadInput(`${file}:${i + 1} is not JSON. Every line has to be one JSON object.`);
    }
    if (typeof row !== "object" || row === null || Array.isArray(row))
      throw new BadInput(`${file}:${i + 1} is not a JSON object.`);
    const fault = check(row as Record<string, unknown>);
    if (fault) throw new BadInput(`${file}:${i + 1} ${fault}`);
    return [row as T];
  });
}

export async function writeJsonl(file: string, rows: readonly object[]): Promise<void> {
  await writeFile(file, rows.map((r) => `${JSON.stringify(r)}\n`).join(""));
}

/** Runs a subject; a fault of its input is a sentence and exit code 2. */
export async function guarded(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (error instanceof BadInput) console.error(error.message);
    else if (code === "ENOENT" || code === "EACCES" || code === "EISDIR")
      console.error(`Cannot open ${path}: does it exist, and may it be read or written?`);
    else if (typeof code === "string" && (code.startsWith("Z_") || code.startsWith("ERR_PARSE_ARGS")))
      console.error((error as Error).message);
    else throw error;
    return 2;
  }
}
