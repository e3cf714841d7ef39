import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Lists the checksum of every migration in migrations/checksums.json. A migration that has landed never changes, because
 * databases out there have run it: this adds new ones and refuses the rest.
 */

type Sums = Readonly<Record<string, string>>;

/** SHA-256 over the text with plain line ends. */
export const checksumOf = (sql: string): string =>
  createHash("sha256").update(sql.replaceAll("\r\n", "\n")).digest("hex");

/** What differs between the files and the list, one sentence each. */
export function checksumFaults(files: Sums, listed: Sums): string[] {
  const faults: string[] = [];
  for (const [name, sum] of Object.entries(listed)) {
    if (files[name] === undefined) faults.push(`${name} is gone: bring it back.`);
    else if (files[name] !== sum)
      faults.push(`${name} was changed after it landed: undo that and write a new migration.`);
  }
  for (const name of Object.keys(files))
    if (listed[name] === undefined)
      faults.push(`${name} is not listed: run node tools/migration-checksums.ts and commit the list with it.`);
  return faults;
}

async function addNew(): Promise<void> {
  const folder = join(import.meta.dirname, "../migrations");
  const list = join(folder, "checksums.json");
  const listed = JSON.parse(await readFile(list, "utf8").catch(() => "{}")) as Record<string, string>;
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const files: Record<string, string> = {};
  for (const name of names) files[name] = checksumOf(await readFile(join(folder, name), "utf8"));
  const known = Object.fromEntries(Object.entries(files).filter(([name]) => listed[name] !== undefined));
  const faults = checksumFaults(known, listed);
  if (faults.length > 0) {
    console.error(faults.join("\n"));
    process.exitCode = 1;
    return;
  }
  await writeFile(list, `${JSON.stringify(files, null, 2)}\n`);
  console.log(`${names.length - Object.keys(listed).length} added, ${names.length} in all.`);
}

if (import.meta.main) await addNew();
