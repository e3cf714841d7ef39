import { asOwner } from "./as-owner.ts";

/** Below so many pages of 8 kB any plan is a good one. */
const SMALL = 16;
/** Types whose values are counted at a glance. Long texts, arrays and documents cost many times as much, and bear on a plan only where an index has them. */
const QUICK = ["uuid", "boolean", "smallint", "integer", "bigint", "timestamptz", "date"];

/**
 * Gives the planner figures of tables that have grown fourfold since it last counted them, partitions on their own. PostgreSQL does so by itself
 * about once a minute; whoever fills an empty database faster than that reads whole tables again and again until then. Returns how many.
 */
export function freshStatistics(ownerUrl: string): Promise<number> {
  return asOwner(ownerUrl, "statistics", async (client) => {
    const grown = await client.query<{ name: string; columns: string | null }>(
      `select c.oid::regclass::text as name, (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and (a.atttypid = any($2::regtype[])
           or exists (select from pg_index i where i.indrelid = c.oid and a.attnum = any(i.indkey)))) as columns
       from pg_class c
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and pg_has_role(c.relowner, 'member')
         and pg_relation_size(c.oid) / 8192 > greatest($1, 4 * case when c.reltuples < 0 then 0 else c.relpages end)
       order by c.oid`,
      [SMALL, QUICK],
    );
    // A fast look: the planner's choice is between one row and all of them. A closer one follows by itself.
    if (grown.rows.length > 0) await client.query("set default_statistics_target = 20");
    for (const { name, columns } of grown.rows)
      await client.query(`analyze (skip_locked) ${name}${columns === null ? "" : ` (${columns})`}`);
    return grown.rows.length;
  });
}
