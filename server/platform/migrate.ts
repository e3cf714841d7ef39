import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { Client } from "pg";
import type { Instant } from "./clock.ts";
import { DAY } from "./clock.ts";
import { exitCodes, StartError } from "./errors.ts";

const FOLDER = new URL("../../migrations/", import.meta.url);
/** One number for the lock under which migrations and role set-up run, over all processes. */
export const MIGRATION_LOCK = 4_820_113;
export const PARTITIONED = ["event", "message", "raw_inbox"] as const;

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export async function readMigrations(folder: URL = FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((n) => n.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), "utf8");
      return { name, sql: text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

/** Runs what is missing, as owner, each file in one transaction; refuses a database that a newer release has already changed. */
export async function migrate(
  ownerUrl: string,
  now: Instant,
  onStep: (name: string, n: number, of: number) => void = () => {},
): Promise<number> {
  const all = await readMigrations();
  const client = new Client({ connectionString: ownerUrl, application_name: "hubbub migrate" });
  await client.connect();
  try {
    await client.query(`set lock_timeout = '60s'`);
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query("set lock_timeout = '2s'");
    const done = await migrationsDone(client);
    const strange = [...done.keys()].filter((name) => !all.some((m) => m.name === name));
    if (strange.length > 0)
      throw new StartError(
        `The database was used by a newer version of Hubbub (it knows ${strange.at(-1)}). Start that version, or restore a backup made by this one.`,
        exitCodes["database-newer"],
      );
    const missing = all.filter((m) => !done.has(m.name));
    const changed = all.find((m) => done.has(m.name) && done.get(m.name) !== m.checksum);
    if (changed)
      throw new StartError(
        `Migration ${changed.name} was edited after it had run on this database. Undo the edit and write a new migration.`,
        exitCodes["database-newer"],
      );
    for (const [i, m] of missing.entries()) {
      onStep(m.name, i + 1, missing.length);
      await client.query("begin");
      try {
        await applyMigration(client, m, now);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(`migration ${m.name}: ${(error as Error).message}`, { cause: error });
      }
    }
    await ensurePartitions(client, now - 380 * DAY, now + 70 * DAY);
    return missing.length;
  } finally {
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => {});
    await client.end();
  }
}

/** Names and checksums of what ran on this database; the list is made where there is none. */
export async function migrationsDone(client: Client): Promise<Map<string, string>> {
  await client.query(
    "create table if not exists schema_migration (name text primary key, checksum text not null, applied_at timestamptz not null)",
  );
  const { rows } = await client.query<{ name: string; checksum: string }>(
    "select name, checksum from schema_migration",
  );
  return new Map(rows.map((r) => [r.name, r.checksum]));
}

/** One file and the note that it ran, in the caller's transaction. */
export async function applyMigration(client: Client, { name, sql, checksum }: Migration, now: Instant): Promise<void> {
  await client.query(sql);
  await client.query("insert into schema_migration (name, checksum, applied_at) values ($1, $2, $3)", [
    name,
    checksum,
    new Date(now),
  ]);
}

/** Month partitions between two instants. The journal and the raw inbox only look forward: their ids carry the time of recording. */
export async function ensurePartitions(client: Client, from: Instant, to: Instant): Promise<void> {
  for (const table of PARTITIONED)
    await client.query("call ensure_month_partitions($1, $2, $3)", [
      table,
      new Date(table === "message" ? from : Math.max(from, to - 110 * DAY)),
      new Date(to),
    ]);
}
