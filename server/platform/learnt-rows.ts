import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dataDirPath } from "./data-dir.ts";

/** So many rows of a subject are kept at most; the newest stay. */
const MOST_ROWS = 200_000;

/** Where the rows of a subject lie that a backtest was told to keep: `<data folder>/learnt/<name>.jsonl`. */
export function learntFile(name: string, env: NodeJS.ProcessEnv = process.env): string {
  // Names may be anything a person types.
  return join(dataDirPath(env), "learnt", `${encodeURIComponent(name).replaceAll(".", "%2E").slice(0, 150)}.jsonl`);
}

/** The rows that were kept; none where nothing was. */
export async function readLearnt<Row extends object>(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Row[]> {
  const text = await readFile(learntFile(name, env), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
}

/** Adds rows to those that were kept, each once; only the owner of the folder may read them, as they hold what customers wrote. Returns the file. */
export async function keepLearnt(
  name: string,
  rows: readonly object[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const file = learntFile(name, env);
  await mkdir(join(file, ".."), { recursive: true, mode: 0o700 });
  const lines = [...(await readLearnt(name, env)), ...rows].map((row) => JSON.stringify(row));
  const kept = [...new Set(lines)].slice(-MOST_ROWS);
  const beside = `${file}.${process.pid}.tmp`;
  await writeFile(beside, kept.map((line) => `${line}\n`).join(""), { mode: 0o600 });
  await rename(beside, file);
  return file;
}
