import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import type { DatabaseAddress } from "../../server/platform/db.ts";
import { silentLog } from "../../server/platform/log.ts";
import { migrate } from "../../server/platform/migrate.ts";
import { asAdmin, dropByForce } from "./as-admin.ts";

export interface FreshDatabases {
  /** An empty database, not migrated. */
  make(): Promise<DatabaseAddress>;
  /** What tells the command line of a database nobody else uses: the variables it finds its database by. */
  environment(): Promise<Record<string, string>>;
  /** Removes all of them. */
  close(): Promise<void>;
}

/**
 * Databases of a test file's own, on the run's PostgreSQL. The command line is told of one there by DATABASE_URL where the
 * run itself was given one; else it finds a PostgreSQL that is started for the file, by its data folder.
 */
export async function freshDatabases(): Promise<FreshDatabases> {
  const { admin } = inject("template");
  const made: string[] = [];
  const closers: (() => Promise<void>)[] = [];
  const create = async () => {
    const database = `hubbub_fresh_${randomBytes(6).toString("hex")}`;
    await asAdmin(admin, `create database ${database}`);
    made.push(database);
    const url = new URL(admin);
    url.pathname = `/${database}`;
    return url.href;
  };
  return {
    make: async () => addressFromUrl(await create()),
    async environment(): Promise<Record<string, string>> {
      if (process.env.DATABASE_URL) return { DATABASE_URL: await create() };
      const { startEmbeddedPostgres } = await import("../../server/platform/postgres/index.ts");
      const folder = await mkdtemp(join(tmpdir(), "hubbub-fresh-"));
      const server = await startEmbeddedPostgres({ dataDir: folder, log: silentLog });
      closers.push(async () => {
        await server.destroy();
        await rm(folder, { recursive: true, force: true });
      });
      await migrate(server.address.owner, Date.now());
      return { HUBBUB_DATA_DIR: folder };
    },
    async close() {
      for (const close of closers) await close();
      for (const database of made) await dropByForce(admin, database);
    },
  };
}
