import type { Client } from "pg";
import type { Release, Statement } from "../../tools/released-statements.ts";

/**
 * What of a release would break on the schema of this connection, one sentence each: every statement it sends is planned as the role that
 * sends it, which finds columns, tables, functions and rights that are gone; what it inserts is held against the columns that must be given.
 * Runs inside a transaction that the caller has opened and rolls back.
 */
export async function brokenFor(client: Client, release: Release): Promise<string[]> {
  const needed = await neededColumns(client);
  const broken: string[] = [];
  await client.query("set local plan_cache_mode = force_generic_plan");
  for (const role of ["app", "system"] as const) {
    await client.query(`set local role hubbub_${role}`);
    for (const statement of release.statements.filter((s) => s.role === role)) {
      const why = (await planFault(client, statement)) ?? insertFault(statement, needed);
      if (why) broken.push(`${why} (${role}: ${statement.sql.slice(0, 160)})`);
    }
    await client.query("reset role");
  }
  return broken;
}

async function planFault(client: Client, { sql }: Statement): Promise<string | null> {
  await client.query("savepoint statement");
  try {
    await client.query(`prepare released as ${sql}`);
    const parameters = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map((m) => Number(m[1])));
    const nothing = Array.from({ length: parameters }, () => "null").join(", ");
    await client.query(`explain execute released${nothing && `(${nothing})`}`);
    await client.query("deallocate released");
    await client.query("release savepoint statement");
    return null;
  } catch (error) {
    await client.query("rollback to savepoint statement");
    // A statement prepared before the fault outlives the savepoint.
    await client.query("deallocate all");
    return (error as Error).message;
  }
}

type Needed = ReadonlyMap<string, readonly string[]>;

/** Columns that an insert has to name, by table. */
async function neededColumns(client: Client): Promise<Needed> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
      and a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = ''
    group by 1`);
  return new Map(rows.map((r) => [r.table, r.columns]));
}

const INSERT = /\binsert into "?(\w+)"?(?: as \w+)? ?\(([^)]*)\)/gi;

function insertFault({ sql }: Statement, needed: Needed): string | null {
  const inserts = [...sql.matchAll(INSERT)];
  if (inserts.length !== (sql.match(/\binsert into\b/gi)?.length ?? 0)) return "An insert does not name its columns";
  for (const [, table, list] of inserts) {
    const given = new Set(list!.split(",").map((name) => name.trim().replaceAll('"', "")));
    const missing = (needed.get(table!) ?? []).filter((column) => !given.has(column));
    if (missing.length > 0) return `${table} now wants ${missing.join(", ")}`;
  }
  return null;
}
