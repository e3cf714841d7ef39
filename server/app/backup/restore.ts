import { asOwner } from "#platform/as-owner";
import type { BlobFiles } from "#platform/blobs/blob-files";
import { type Clock, DAY, type Instant } from "#platform/clock";
import { type Connection, quoted, tablesOf, useCopyForms } from "#platform/copy/catalogue";
import type { DatabaseAddress } from "#platform/db";
import { exitCodes, StartError } from "#platform/errors";
import type { AccountId } from "#platform/ids";
import { applyMigration, ensurePartitions, MIGRATION_LOCK, migrationsDone, readMigrations } from "#platform/migrate";
import { settleAccount } from "./after-restore.ts";
import { copyFilesIn } from "./copy-files.ts";
import { kept } from "./left-out.ts";
import { loadTables } from "./load-tables.ts";
import type { OpenBackup } from "./open-backup.ts";

export interface RestoreOptions {
  backup: OpenBackup;
  address: DatabaseAddress;
  /** Where attachments go; null leaves them in the bucket where they are. */
  files: BlobFiles | null;
  clock: Clock;
  say(line: string): void;
  /** Runs when all is loaded, before it counts: what it throws undoes everything. */
  beforeCommit?: () => Promise<void>;
}

export interface Restored {
  accounts: number;
  rows: number;
  unknown: number;
  channels: number;
  migrations: number;
}

/**
 * Fills an empty database from a backup that was opened and compared. One transaction: tables as of the backup, rows, the migrations
 * since, and what makes it safe to start. Killed at any moment it leaves the database as empty as it was, and is run again.
 */
export async function restore(o: RestoreOptions): Promise<Restored> {
  const now = o.clock.now();
  const { manifest } = o.backup;
  const done = await asOwner(o.address.owner, "restore", async (client) => {
    await useCopyForms(client);
    await client.query("set row_security = off");
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await refuseOthers(client);
    const later = await migrateTo(client, manifest.migrations, now);
    await loadTables(client, o.backup, { accountId: null, rewrap: null, say: o.say });
    for (const migration of later) {
      o.say(`migration ${migration.name}`);
      await applyMigration(client, migration, now);
    }
    await ensurePartitions(client, now - 380 * DAY, now + 70 * DAY);
    const settled = await settleAll(client, o.backup, now);
    if (o.files) await copyFilesIn(o.backup.folder, o.backup.files, o.files);
    await o.beforeCommit?.();
    await client.query("commit");
    for (const { name } of manifest.tables) await client.query(`analyze ${quoted(name)}`);
    return { ...settled, migrations: later.length };
  });
  return { ...done, rows: manifest.tables.reduce((sum, t) => sum + t.rows, 0) };
}

/** Only seen of servers with DATABASE_URL: the data folder's lock keeps others from an embedded one. */
async function refuseOthers(client: Connection): Promise<void> {
  const { rows } = await client.query(
    `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
       and application_name in ('hubbub', 'hubbub listen hubbub_position') limit 1`,
  );
  if (rows.length > 0)
    throw new StartError("A server of Hubbub runs on this database. Stop it first.", exitCodes["already-running"]);
}

/** Makes the tables as they were when the backup was made; resolves with the migrations that came since. */
async function migrateTo(client: Connection, listed: readonly { name: string }[], now: Instant) {
  const wanted = new Set(listed.map((m) => m.name));
  const there = await migrationsDone(client);
  await refuseRows(client);
  const beyond = [...there.keys()].find((name) => !wanted.has(name));
  if (beyond)
    throw new StartError(
      `The database is empty, but its tables were already made by a newer version than that of the backup (${beyond}). Name a database without any tables.`,
      exitCodes["not-empty"],
    );
  const all = await readMigrations();
  for (const migration of all)
    if (wanted.has(migration.name) && !there.has(migration.name)) await applyMigration(client, migration, now);
  return all.filter((m) => !wanted.has(m.name));
}

async function refuseRows(client: Connection): Promise<void> {
  for (const { name } of kept(await tablesOf(client), false)) {
    const { rowCount } = await client.query(`select 1 from ${quoted(name)} limit 1`);
    if (rowCount)
      throw new StartError(
        `The database is not empty (there are rows in ${name}). A restore never overwrites: set HUBBUB_DATA_DIR to a new folder, or DATABASE_URL to an empty database.`,
        exitCodes["not-empty"],
      );
  }
}

async function settleAll(client: Connection, { manifest }: OpenBackup, now: Instant) {
  const { rows } = await client.query<{ id: AccountId }>("select account_id as id from account order by account_id");
  const sum = { accounts: rows.length, unknown: 0, channels: 0 };
  for (const { id } of rows) {
    const { unknown, channels } = await settleAccount(client, id, manifest, now);
    sum.unknown += unknown;
    sum.channels += channels;
  }
  return sum;
}
