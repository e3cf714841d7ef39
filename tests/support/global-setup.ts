import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import type { DatabaseAddress } from "../../server/platform/db.ts";
import { silentLog } from "../../server/platform/log.ts";
import { migrate } from "../../server/platform/migrate.ts";
import { asAdmin, dropByForce } from "./as-admin.ts";

declare module "vitest" {
  interface ProvidedContext {
    database: DatabaseAddress;
    template: Template;
  }
}

/** A migrated database to which nobody is connected: tests that need a database of their own copy it in a moment. */
export interface Template {
  /** Address of a user who may make databases. */
  admin: string;
  name: string;
}

/** What is thrown away at the end need not survive a failure of the machine's power; that of a process it survives as ever. */
const FLEETING = { fsync: "off", full_page_writes: "off", max_connections: "200" };

/** One PostgreSQL and one migrated database for the run; every test makes accounts of its own. `DATABASE_URL` takes a server that already runs. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL;
  if (given) {
    const name = `hubbub_test_${randomBytes(6).toString("hex")}`;
    await asAdmin(given, `create database ${name}`);
    const url = new URL(given);
    url.pathname = `/${name}`;
    const address = await addressFromUrl(url.href);
    await migrate(address.owner, Date.now());
    const template = `${name}_template`;
    await asAdmin(given, `create database ${template} template ${name}`);
    project.provide("database", address);
    project.provide("template", { admin: given, name: template });
    return async () => {
      for (const made of [name, template]) await dropByForce(given, made);
    };
  }
  const { startEmbeddedPostgres } = await import("../../server/platform/postgres/index.ts");
  const folder = await mkdtemp(join(tmpdir(), "hubbub-test-"));
  const server = await startEmbeddedPostgres({ dataDir: folder, log: silentLog, settings: FLEETING });
  await migrate(server.address.owner, Date.now());
  const admin = new URL(server.cluster.superuser);
  admin.pathname = "/postgres";
  await asAdmin(admin.href, "create database hubbub_template template hubbub");
  project.provide("database", server.address);
  project.provide("template", { admin: admin.href, name: "hubbub_template" });
  return async () => {
    await server.destroy();
    await rm(folder, { recursive: true, force: true });
  };
}
