import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import { rewrapKey } from "#modules/company";
import { counting } from "#platform/copy/copy";
import { bytesOfColumn, type CopyRow, rowsOfCopyText } from "#platform/copy/copy-text";
import { exitCodes, StartError } from "#platform/errors";
import { readMigrations } from "#platform/migrate";
import { FILE_NAME, MANIFEST, SUMS, tableFile } from "./backup-folder.ts";
import { type Manifest, readManifest, type TableEntry, unusable } from "./manifest.ts";

export interface OpenBackup {
  folder: string;
  manifest: Manifest;
  /** Names of the attachments in it. */
  files: readonly string[];
  /** The rows of a table as COPY text; the stream fails at its end when they are not those of the manifest. */
  rows(table: TableEntry): AsyncIterable<Buffer>;
}

/** Reads the whole backup once and compares it with its sums, before anything is written anywhere. */
export async function openBackup(folder: string, say: (line: string) => void): Promise<OpenBackup> {
  const sums = await readSums(folder);
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(gone(MANIFEST));
  if (createHash("sha256").update(text).digest("hex") !== sums.get(MANIFEST))
    throw unusable(`${MANIFEST} does not fit its sum: it was changed or cut off.`);
  const manifest = readManifest(text);
  if (sums.size !== manifest.sums) throw unusable(`${SUMS} has ${sums.size} lines instead of ${manifest.sums}.`);
  for (const { name } of manifest.tables)
    if (!sums.has(tableFile(name))) throw unusable(`The table ${name} is missing.`);
  await refuseOtherVersions(manifest);
  say("checking every file of the backup");
  for (const [name, sum] of sums) await compare(folder, name, sum);
  const files = [...sums.keys()].filter((name) => name.startsWith("files/"));
  return { folder, manifest, files, rows: (table) => rowsOf(folder, table) };
}

async function readSums(folder: string): Promise<Map<string, string>> {
  const text = await readFile(join(folder, SUMS), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw unusable(
      error.code === "ENOENT" || error.code === "ENOTDIR"
        ? `There is no ${SUMS} in ${folder}: is it the folder of a backup, and was that finished?`
        : `${folder} cannot be read (${error.code}).`,
    );
  });
  const sums = new Map<string, string>();
  for (const line of text.split("\n").slice(0, -1)) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
    if (!sum || !name || !FILE_NAME.test(name))
      throw unusable(`${SUMS} holds a line that is no sum of a file of ours.`);
    sums.set(name, sum);
  }
  return sums;
}

async function compare(folder: string, name: string, sum: string): Promise<void> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(join(folder, name)), hash);
  } catch (error) {
    gone(name)(error as NodeJS.ErrnoException);
  }
  if (hash.digest("hex") !== sum)
    throw unusable(`${name} does not fit its sum: it was changed or cut off. Take another copy of the backup.`);
}

function gone(name: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw unusable(`${name} ${error.code === "ENOENT" ? "is missing" : `cannot be read (${error.code})`}.`);
  };
}

/** Older backups are welcome, newer ones and those of an edited migration are not. */
async function refuseOtherVersions({ migrations, program }: Manifest): Promise<void> {
  const ours = new Map((await readMigrations()).map((m) => [m.name, m.checksum]));
  const strange = migrations.find((m) => !ours.has(m.name));
  if (strange)
    throw unusable(
      `It was made by a newer version of Hubbub (${program}, which knows ${strange.name}). Restore it with that version or a later one.`,
    );
  const edited = migrations.find((m) => ours.get(m.name) !== m.checksum);
  if (edited) throw unusable(`Its migration ${edited.name} is not the one this version has.`);
}

async function* rowsOf(folder: string, table: TableEntry): AsyncGenerator<Buffer> {
  const counter = counting(table.bytes);
  const reading = pipeline(createReadStream(join(folder, tableFile(table.name))), createZstdDecompress(), counter);
  // Told by the stream itself as well.
  reading.catch(() => {});
  try {
    yield* counter as AsyncIterable<Buffer>;
    await reading;
  } catch (error) {
    throw unusable(`The rows of ${table.name} cannot be unpacked: ${(error as Error).message}.`);
  }
  const { rows, bytes, hash } = counter.counted();
  if (rows !== table.rows || bytes !== table.bytes || hash !== table.hash)
    throw unusable(`The rows of ${table.name} are not those of the manifest.`);
}

/** The rows of a small table, by column. */
export async function smallTable(backup: OpenBackup, name: string): Promise<{ rows: CopyRow[]; columns: string[] }> {
  const table = backup.manifest.tables.find((t) => t.name === name);
  if (!table) return { rows: [], columns: [] };
  const chunks: Buffer[] = [];
  for await (const chunk of backup.rows(table)) chunks.push(chunk);
  return { rows: rowsOfCopyText(Buffer.concat(chunks).toString("utf8")), columns: table.columns };
}

/** Refuses a key that does not open what the backup holds: tokens of channels and attachments would be lost. */
export async function refuseWrongKey(backup: OpenBackup, key: Uint8Array | null, howToGive: string): Promise<void> {
  const { rows, columns } = await smallTable(backup, "account_key");
  if (rows.length === 0) return;
  if (!key)
    throw new StartError(`The master key is not here, and no backup holds it. ${howToGive}`, exitCodes["wrong-key"]);
  for (const row of rows) {
    try {
      rewrapKey(bytesOfColumn(row[columns.indexOf("wrapped")]!), key, key);
    } catch {
      throw new StartError(
        `This is not the key under which the backup was made: it does not open the accounts' keys. ${howToGive}`,
        exitCodes["wrong-key"],
      );
    }
  }
}
