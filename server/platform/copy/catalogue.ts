import type { Client } from "pg";

/** A connection as owner or application, for what needs the protocol itself (COPY) or a transaction of many statements. */
export type Connection = Client;

/** A table as COPY sees it. Columns in the order of their names, whatever order migrations made them in. */
export interface TableShape {
  name: string;
  columns: readonly string[];
  /** What to order by so that the same rows always come in the same order: the primary key, texts by their bytes. */
  order: string;
  /** Its rows belong to accounts. */
  ofAccount: boolean;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** All tables of the schema, partitions counted with their parents, in the order of their names. */
export async function tablesOf(client: Connection): Promise<TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; key: string[] | null; texts: string[] }>(`
    select c.relname as name,
      array_agg(a.attname::text order by a.attname collate "C") as columns,
      array_agg(a.attname::text) filter (where a.attcollation <> 0) as texts,
      (select array_agg(k.attname::text order by n.nr) from pg_index i cross join unnest(i.indkey) with ordinality n(attnum, nr)
        join pg_attribute k on k.attrelid = c.oid and k.attnum = n.attnum where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c join pg_namespace s on s.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where s.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by c.oid, c.relname order by c.relname collate "C"`);
  return rows.map(({ name, columns, key, texts }) => ({
    name,
    columns,
    order: (key ?? columns)
      .map((column) => (key && !texts?.includes(column) ? quoted(column) : `${quoted(column)}::text collate "C"`))
      .join(", "),
    ofAccount: columns.includes("account_id"),
  }));
}

export interface SequenceState {
  name: string;
  /** The last number given out; a bigint, so text. */
  last: string;
}

/** Sequences that have been used. They do not heed transactions: read after a snapshot, they are never behind it. */
export async function sequencesOf(client: Connection): Promise<SequenceState[]> {
  const { rows } = await client.query<SequenceState>(`
    select sequencename::text as name, last_value::text as last from pg_sequences
    where schemaname = 'public' and last_value is not null order by sequencename collate "C"`);
  return rows;
}

/** Month partitions by table, as YYYYMM. */
export async function monthsOf(client: Connection): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ parent: string; months: string[] }>(`
    select p.relname::text as parent, array_agg(right(c.relname, 6) order by c.relname collate "C") as months
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
      join pg_namespace s on s.oid = p.relnamespace
    where s.nspname = 'public' and c.relname ~ '_[0-9]{6}$' group by p.relname order by p.relname collate "C"`);
  return Object.fromEntries(rows.map((r) => [r.parent, r.months]));
}

/** Makes the month partitions that are missing. */
export async function ensureMonths(client: Connection, months: Readonly<Record<string, readonly string[]>>) {
  for (const [table, list] of Object.entries(months))
    for (const month of list) {
      const first = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(4)) - 1, 1));
      await client.query("call ensure_month_partitions($1, $2, $2)", [table, first]);
    }
}

/** Values in forms that do not depend on settings of server or user, and no time-outs: a copy takes as long as it takes. */
export async function useCopyForms(client: Connection): Promise<void> {
  await client.query(`
    set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';
    set extra_float_digits = 3; set bytea_output = 'hex'; set lock_timeout = '60s'`);
  await client.query(`
    select set_config(name, '0', false) from pg_settings
    where name in ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`);
}
