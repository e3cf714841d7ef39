import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LogRecord } from "../domain/records.ts";
import { openLog } from "./log.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "playground-log-"));
  path = join(folder, "network.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

function record(n: number): LogRecord {
  return { n, at: n, by: { via: "sim", caller: null }, fact: { type: "post.delete", id: `po_${n}\ud800\u0000` } };
}

/** Opens the log, appends perhaps, closes it; answers what was in it before. */
async function reopened(...more: LogRecord[]): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const log = await openLog(path, (r) => records.push(r));
  for (const r of more) await log.append(r);
  await log.close();
  return records;
}

test("what was appended is there again, hostile characters included", async () => {
  const log = await openLog(path, () => {});
  await Promise.all([log.append(record(1)), log.append(record(2))]);
  log.appendLazily(record(3));
  await log.close();
  expect(await reopened()).toEqual([record(1), record(2), record(3)]);
});

test.each([
  ["half a line", '{"n":2,"at":2,"by":'],
  ["a line without its end", JSON.stringify(record(2))],
  ["zeros that a power cut left", `${"\u0000".repeat(40)}\n`],
])("a torn tail is cut off: %s", async (_name, tail) => {
  await writeFile(path, `${JSON.stringify(record(1))}\n${tail}`);
  expect(await reopened(record(2))).toEqual([record(1)]);
  expect(await reopened()).toEqual([record(1), record(2)]);
});

test("damage before the tail stops the start and names the line", async () => {
  await writeFile(path, `${JSON.stringify(record(1))}\nrubbish\n${JSON.stringify(record(3))}\n`);
  await expect(openLog(path, () => {})).rejects.toThrow(/line 2/);
  expect(await readFile(path, "utf8")).toContain("rubbish");
});

test("a missing record counts as damage", async () => {
  await writeFile(path, [1, 3, 4].map((n) => `${JSON.stringify(record(n))}\n`).join(""));
  await expect(openLog(path, () => {})).rejects.toThrow(/line 2/);
});

test("a second writer is noticed, and nothing more is taken", async () => {
  const log = await openLog(path, () => {});
  await log.append(record(1));
  await appendFile(path, "from somebody else\n");
  await expect(log.append(record(2))).rejects.toThrow(/Another program/);
  await expect(log.settled()).rejects.toThrow(/Another program/);
  expect(log.failure()).not.toBeNull();
  await log.close();
});
