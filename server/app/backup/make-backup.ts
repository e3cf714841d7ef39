import { setTimeout as pause } from "node:timers/promises";
import { constants, createZstdCompress } from "node:zlib";
import { rewrapKey } from "#modules/company";
import { asOwner } from "#platform/as-owner";
import type { BlobFiles } from "#platform/blobs/blob-files";
import { type Clock, iso } from "#platform/clock";
import {
  type Connection,
  monthsOf,
  sequencesOf,
  type TableShape,
  tablesOf,
  useCopyForms,
} from "#platform/copy/catalogue";
import { copyOut, counting } from "#platform/copy/copy";
import { bytesOfColumn, columnOfBytes, copyTextOf, rowsOfCopyText } from "#platform/copy/copy-text";
import type { DatabaseAddress } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { migrationsDone, readMigrations } from "#platform/migrate";
import { type BackupFolder, MANIFEST, makeFolder, type OpenFile, tableFile } from "./backup-folder.ts";
import { copyFilesOut, stillReferred } from "./copy-files.ts";
import { inWords } from "./in-words.ts";
import { kept } from "./left-out.ts";
import { type Manifest, type TableEntry, unusable } from "./manifest.ts";
import { unreadInputs } from "./unread.ts";

export interface BackupOptions {
  address: DatabaseAddress;
  /** Is made; must not be there, or be empty. */
  target: string;
  /** Where attachments lie; null: they are in a bucket and stay there. */
  files: BlobFiles | null;
  clock: Clock;
  program: string;
  say(line: string): void;
  /** One account only, its key sealed anew unless `rewrap` is null. */
  account?: { id: AccountId; name: string; rewrap: { from: Uint8Array; to: Uint8Array } | null };
  /** How long a snapshot without unread inputs is waited for. */
  waitMs?: number;
  openFile?: OpenFile;
}

/**
 * Copies everything as it stood at one moment, while the server goes on. One account is read as the application role, so that row-level
 * security stands behind the statements.
 */
export async function makeBackup(o: BackupOptions): Promise<Manifest> {
  const folder = await makeFolder(o.target, o.openFile);
  try {
    const accountId = o.account?.id ?? null;
    const migrations = await asOwner(o.address.owner, "backup", knownMigrations);
    const manifest = await asOwner(accountId ? o.address.app : o.address.owner, "backup", async (client) => {
      await useCopyForms(client);
      if (!accountId) await client.query("set row_security = off");
      const unread = await begin(client, accountId, o.waitMs ?? 10_000);
      const madeAt = iso(o.clock.now());
      const tables: TableEntry[] = [];
      for (const table of kept(await tablesOf(client), accountId !== null))
        tables.push(await copyTable(client, table, folder, o));
      // After the rows: a sequence is never behind them.
      const sequences = await sequencesOf(client);
      const files = await copyFiles(client, folder, o);
      const server = String((await client.query("select current_setting('server_version') as v")).rows[0].v);
      const made: Omit<Manifest, "sums"> = {
        ...{ format: "hubbub-backup", version: 1, program: o.program, madeAt, server },
        account: o.account ? { id: o.account.id, name: o.account.name } : null,
        sealedUnder: o.account?.rewrap ? "key-file" : "master-key",
        ...{ migrations, tables, sequences, months: await monthsOf(client), files, unread },
      };
      await client.query("rollback");
      return made;
    });
    const whole: Manifest = { ...manifest, sums: folder.sums() + 1 };
    await folder.write(MANIFEST, bytes(`${JSON.stringify(whole, null, 1)}\n`));
    await folder.finish();
    return whole;
  } catch (error) {
    await folder.discard();
    throw inWords(error, o.target, "There is no backup, and nothing was left behind.");
  }
}

/** Which migrations ran; a database of a newer program may have tables of which we do not know whether they belong in a backup. */
async function knownMigrations(client: Connection): Promise<Manifest["migrations"]> {
  const done = await migrationsDone(client);
  const known = new Set((await readMigrations()).map((m) => m.name));
  const strange = [...done.keys()].find((name) => !known.has(name));
  if (strange)
    throw unusable(`The database was used by a newer version of Hubbub (it knows ${strange}). Use that one.`);
  if (done.size === 0) throw unusable("There is nothing in the database yet.");
  return [...done].map(([name, checksum]) => ({ name, checksum })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Opens the snapshot: if possible one in which nothing that was pulled waits to be parsed, for the cursor is behind it already. */
async function begin(client: Connection, accountId: AccountId | null, waitMs: number): Promise<Manifest["unread"]> {
  for (let waited = 0; ; waited += 100) {
    await client.query("begin isolation level repeatable read read only");
    if (accountId) await client.query("select set_config('app.account', $1, true)", [accountId]);
    const unread = await unreadInputs(client, accountId);
    if (waited >= waitMs || !unread.some((u) => u.soon)) return unread.map(({ soon: _, ...rest }) => rest);
    await client.query("rollback");
    await pause(100);
  }
}

async function copyTable(
  client: Connection,
  table: TableShape,
  folder: BackupFolder,
  { account, say }: BackupOptions,
): Promise<TableEntry> {
  const { steps, done } = await folder.sink(tableFile(table.name));
  const pack = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
  const rewrap = table.name === "account_key" ? (account?.rewrap ?? null) : null;
  const final = counting();
  const read = await copyOut(client, table, account?.id ?? null, [
    ...(rewrap ? [rewrapped(table, rewrap), final] : []),
    ...[pack, ...steps],
  ]);
  done();
  const counted = rewrap ? final.counted() : read;
  if (counted.rows > 0) say(`  ${table.name.padEnd(22)}${counted.rows.toLocaleString("en").padStart(12)} rows`);
  return { name: table.name, columns: [...table.columns], ...counted };
}

async function copyFiles(
  client: Connection,
  folder: BackupFolder,
  { files, account, address, say }: BackupOptions,
): Promise<Manifest["files"]> {
  if (!files) return { where: "bucket", count: 0, bytes: 0, gone: [], missing: 0 };
  const { gone, ...copied } = await copyFilesOut(client, account?.id ?? null, files, folder, say);
  const lost = await stillReferred(address.owner, gone);
  const isLost = (g: { account: string; hash: string }) =>
    lost.some((l) => l.hash === g.hash && l.account === g.account);
  return { where: "here", ...copied, gone: gone.filter((g) => !isLost(g)), missing: lost.length };
}

/** The few rows of account keys, opened and sealed anew. */
function rewrapped(table: TableShape, { from, to }: { from: Uint8Array; to: Uint8Array }) {
  const column = table.columns.indexOf("wrapped");
  return async function* (chunks: AsyncIterable<Buffer>) {
    const all: Buffer[] = [];
    for await (const chunk of chunks) all.push(chunk);
    const rows = rowsOfCopyText(Buffer.concat(all).toString("utf8"));
    yield Buffer.from(
      copyTextOf(rows.map((row) => row.with(column, columnOfBytes(rewrapKey(bytesOfColumn(row[column]!), from, to))))),
    );
  } as unknown as NodeJS.ReadWriteStream;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
