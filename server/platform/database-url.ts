import { Client } from "pg";
import type { DatabaseAddress } from "./db.ts";
import { exitCodes, StartError } from "./errors.ts";

const OLDEST = 150_000;
const LOCK = 4_820_114;

/** Makes a given PostgreSQL ready: version checked, roles there, one login that puts on the role of each kind of work. */
export async function addressFromUrl(url: string): Promise<DatabaseAddress> {
  const parsed = parse(url);
  const client = new Client({
    connectionString: url,
    application_name: "hubbub set-up",
    connectionTimeoutMillis: 10_000,
  });
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(parsed, error as Error & { code?: string });
  }
  try {
    const version = Number((await client.query("select current_setting('server_version_num') as v")).rows[0].v);
    if (version < OLDEST)
      throw new StartError(
        `The PostgreSQL at ${place(parsed)} is version ${Math.floor(version / 10_000)}. Hubbub needs 15 or newer.`,
        exitCodes["database-refused"],
      );
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    for (const role of ["hubbub_app", "hubbub_system"]) {
      const known = await client.query("select 1 from pg_roles where rolname = $1", [role]);
      if (known.rowCount === 0) await client.query(`create role ${role} nologin`);
      await client.query(`grant ${role} to current_user`);
      await client.query(`grant usage on schema public to ${role}`);
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The user of DATABASE_URL may not prepare the database (${(error as Error).message}). Let an administrator run: create role hubbub_app nologin; create role hubbub_system nologin; grant hubbub_app, hubbub_system to that user.`,
      exitCodes["database-refused"],
    );
  } finally {
    await client.query("select pg_advisory_unlock($1)", [LOCK]).catch(() => {});
    await client.end().catch(() => {});
  }
  return { owner: url, app: withRole(parsed, "hubbub_app"), system: withRole(parsed, "hubbub_system") };
}

function parse(url: string): URL {
  try {
    const parsed = new URL(url);
    if (/^postgres(ql)?:$/.test(parsed.protocol)) return parsed;
  } catch {
    // Said below.
  }
  throw new StartError(
    "DATABASE_URL is not an address of a PostgreSQL database. It looks like postgres://user:password@host:5432/name.",
    exitCodes["database-unreachable"],
  );
}

function withRole(url: URL, role: string): string {
  const copy = new URL(url);
  copy.searchParams.set("options", `-c role=${role}`);
  return copy.href;
}

/** Host and database without the password. */
function place(url: URL): string {
  return `${url.host || "the local socket"}${url.pathname}`;
}

function unreachable(url: URL, error: Error & { code?: string }): StartError {
  const why: Record<string, string> = {
    ECONNREFUSED: "nothing listens there. Is it running, and is the port right?",
    ENOTFOUND: "there is no host of that name.",
    "28P01": "the password is wrong.",
    "28000": "that user is not let in.",
    "3D000": "there is no database of that name. Create it first.",
  };
  return new StartError(
    `DATABASE_URL points to ${place(url)}, but ${why[error.code ?? ""] ?? `the connection failed: ${error.message}`}`,
    exitCodes["database-unreachable"],
  );
}
