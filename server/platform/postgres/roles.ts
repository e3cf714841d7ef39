import { Client } from "pg";
import type { DatabaseAddress } from "../db.ts";

/** The three roles of a database and PostgreSQL's own superuser, as postgres:// addresses. Plain data: test workers get it as JSON. */
export interface ClusterAddress extends DatabaseAddress {
  superuser: string;
}

const ROLES = ["owner", "app", "system"] as const;
const EXTENSIONS = ["pg_trgm", "unaccent", "btree_gin"];
const PLAIN = "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls inherit";

/** Makes hubbub_owner, hubbub_app and hubbub_system with these passwords, or sets both right if they exist. */
export async function ensureRoles(client: Client, passwords: Record<(typeof ROLES)[number], string>): Promise<void> {
  for (const role of ROLES) {
    const name = `hubbub_${role}`;
    const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [name]);
    const verb = rowCount ? "alter" : "create";
    await client.query(`${verb} role ${name} with ${PLAIN} password ${client.escapeLiteral(passwords[role])}`);
  }
}

/** Makes the extensions that exist here in the connected database; resolves with the names of those that do not. */
export async function ensureExtensions(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select name from pg_available_extensions where name = any($1)",
    [EXTENSIONS],
  );
  const available = new Set(rows.map((row) => row.name));
  for (const name of EXTENSIONS) if (available.has(name)) await client.query(`create extension if not exists ${name}`);
  return EXTENSIONS.filter((name) => !available.has(name));
}

/**
 * Makes a database that hubbub_owner owns and only the three roles may enter; resolves with its addresses.
 * Sorting and case rules are C.UTF-8 whatever the machine's language. `template` names a database to copy, to which
 * nobody may be connected meanwhile.
 */
export async function createDatabase(
  cluster: ClusterAddress,
  name: string,
  { template = "template1" }: { template?: string } = {},
): Promise<DatabaseAddress> {
  await asSuperuser(cluster, async (client) => {
    const quoted = client.escapeIdentifier(name);
    await client.query(`create database ${quoted} owner hubbub_owner template ${client.escapeIdentifier(template)}`);
    await client.query(`revoke all on database ${quoted} from public`);
    await client.query(`grant connect on database ${quoted} to hubbub_app, hubbub_system`);
  });
  return addressOf(cluster, name);
}

/** Removes a database, ending the sessions in it. */
export async function dropDatabase(cluster: ClusterAddress, name: string): Promise<void> {
  await asSuperuser(cluster, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`).then(() => {}),
  );
}

/** The addresses of another database of the same cluster. */
export function addressOf(cluster: ClusterAddress, database: string): DatabaseAddress {
  const within = (address: string) => {
    const url = new URL(address);
    url.pathname = `/${encodeURIComponent(database)}`;
    return url.href;
  };
  return { owner: within(cluster.owner), app: within(cluster.app), system: within(cluster.system) };
}

/** Runs `work` on a connection of the superuser to `postgres` or another database. */
export async function asSuperuser<T>(
  cluster: Pick<ClusterAddress, "superuser">,
  work: (client: Client) => Promise<T>,
  database = "postgres",
): Promise<T> {
  const url = new URL(cluster.superuser);
  url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href, application_name: "hubbub supervisor" });
  // A session ended from outside (dropped database, stopping server) rejects the query; the event says nothing more.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
