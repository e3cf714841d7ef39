import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import type { DatabaseAddress } from "../../server/platform/db.ts";
import { silentLog } from "../../server/platform/log.ts";
import { migrate } from "../../server/platform/migrate.ts";

export interface FreshDatabases {
  /** An empty database, not migrated. */
  make(): Promise<DatabaseAddress>;
  /** What tells the command line of a database nobody else uses: the variables it finds its database by. */
  environment(): Promise<Record<string, string>>;
  /** Removes all of them. */
  close(): Promise<void>;
}

/** Databases of a test file's own: on the server of DATABASE_URL, else on a PostgreSQL started for the file. */
export async function freshDatabases(): Promise<FreshDatabases> {
  const name = () => `hubbub_fresh_${randomBytes(6).toString("hex")}`;
  const given = process.env.DATABASE_URL;
  if (given) {
    const made: string[] = [];
    const create = async () => {
      const database = name();
      await asAdmin(given, `create database ${database}`);
      made.push(database);
      const url = new URL(given);
      url.pathname = `/${database}`;
      return url.href;
    };
    return {
      make: async () => addressFromUrl(await create()),
      environment: async () => ({ DATABASE_URL: await create() }),
      async close() {
        for (const database of made) await asAdmin(given, `drop database if exists ${database} with (force)`);
      },
    };
  }
  const { createDatabase, startEmbeddedPostgres } = await import("../../server/platform/postgres/index.ts");
  const folder = await mkdtemp(join(tmpdir(), "hubbub-fresh-"));
  const server = await startEmbeddedPostgres({ dataDir: folder, log: silentLog });
  return {
    make: () => createDatabase(server.cluster, name()),
    async environment() {
      await migrate(server.address.owner, Date.now());
      return { HUBBUB_DATA_DIR: folder };
    },
    async close() {
      await server.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
