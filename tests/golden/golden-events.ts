import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EventExample } from "./event-examples.ts";

/**
 * Golden files of events: one payload for each (type, version) that was ever written, as it lies in journals out
 * there. They never change: `node tests/golden/golden-events.ts` adds the missing ones of today and refuses the rest.
 */

export interface Golden {
  /** `MessageReceived.v1.json` */
  file: string;
  type: string;
  v: number;
  payload: unknown;
  checksum: string;
}

const HERE = import.meta.dirname;
const LIST = join(HERE, "checksums.json");
const NAME = /^([A-Z][A-Za-z]*)\.v([1-9]\d*)\.json$/;

export const fileOf = (type: string, v: number): string => `${type}.v${v}.json`;
/** Over the values, not the bytes: a formatter may move a line. */
export const checksumOf = (payload: unknown): string =>
  createHash("sha256").update(JSON.stringify(payload)).digest("hex");

export async function readGoldens(folder = join(HERE, "events")): Promise<Golden[]> {
  const goldens: Golden[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const [, type, v] = NAME.exec(file) ?? [];
    if (!type) throw new Error(`${file} is no golden file: their names look like MessageReceived.v1.json.`);
    const payload: unknown = JSON.parse(await readFile(join(folder, file), "utf8"));
    goldens.push({ file, type, v: Number(v), payload, checksum: checksumOf(payload) });
  }
  return goldens;
}

export async function readChecksums(): Promise<Record<string, string>> {
  return JSON.parse(await readFile(LIST, "utf8").catch(() => "{}"));
}

/** What differs between the files and the list, one sentence each. */
export function goldenFaults(
  goldens: readonly Pick<Golden, "file" | "checksum">[],
  listed: Readonly<Record<string, string>>,
): string[] {
  const there = new Map(goldens.map((g) => [g.file, g.checksum]));
  const faults: string[] = [];
  for (const [file, sum] of Object.entries(listed)) {
    if (!there.has(file)) faults.push(`${file} is gone: bring it back, journals hold such events.`);
    else if (there.get(file) !== sum)
      faults.push(`${file} was changed: undo that, give the event type a new version and an upcaster.`);
  }
  for (const file of there.keys())
    if (listed[file] === undefined)
      faults.push(`${file} is not listed: run node tests/golden/golden-events.ts and commit the list with it.`);
  return faults;
}

/** The kinds of value at every place: what two payloads of one shape have in common. Null stands for any kind. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, shapeOf((value as Record<string, unknown>)[key])]),
    );
  return value === null ? "null" : typeof value;
}

/** True when a value of the one shape can stand for one of the other. */
export function fits(one: unknown, other: unknown): boolean {
  if (one === "null" || other === "null") return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === 0 || other.length === 0 || fits(one[0], other[0]);
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (typeof one === "object" && typeof other === "object" && one && other) {
    const [a, b] = [one, other] as [Record<string, unknown>, Record<string, unknown>];
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((k) => Object.hasOwn(b, k) && fits(a[k], b[k]));
  }
  return one === other;
}

async function addNew(examples: readonly EventExample[]): Promise<void> {
  const listed = await readChecksums();
  const before = await readGoldens();
  const faults = goldenFaults(
    before.filter((g) => listed[g.file] !== undefined),
    listed,
  );
  if (faults.length > 0) {
    console.error(faults.join("\n"));
    process.exitCode = 1;
    return;
  }
  for (const { type, payload } of examples)
    await writeFile(join(HERE, "events", fileOf(type.name, type.v)), `${JSON.stringify(payload, null, 2)}\n`, {
      flag: "wx",
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  const all = await readGoldens();
  await writeFile(LIST, `${JSON.stringify(Object.fromEntries(all.map((g) => [g.file, g.checksum])), null, 2)}\n`);
  console.log(`${all.length - Object.keys(listed).length} added, ${all.length} in all.`);
}

if (import.meta.main) await addNew((await import("./event-examples.ts")).examples);
