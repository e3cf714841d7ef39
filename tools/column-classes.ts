/** Adds columns that have no class yet to migrations/column-classes.json as "none"; whoever runs it moves those that hold something of a person. */
import { readFileSync, writeFileSync } from "node:fs";
import { Client } from "pg";

const file = new URL("../migrations/column-classes.json", import.meta.url);
const url = process.argv[2];
if (!url) {
  process.stderr.write("Give the address of a migrated database: node tools/column-classes.ts postgres://…\n");
  process.exit(2);
}
type Classes = Record<string, { none: string[]; personal?: string[]; sensitive?: string[] }>;
let classes: Classes = {};
try {
  classes = JSON.parse(readFileSync(file, "utf8"));
} catch {
  // The first run makes the file.
}
const client = new Client({ connectionString: url });
await client.connect();
const columns = await client.query<{ table: string; column: string }>(`
  select c.relname as table, a.attname as column from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped order by 1, a.attnum`);
await client.end();
for (const { table, column } of columns.rows) {
  const of = classes[table] ?? { none: [] };
  classes[table] = of;
  if (![of.none, of.personal, of.sensitive].some((list) => list?.includes(column))) of.none.push(column);
}
writeFileSync(file, `${JSON.stringify(classes, null, 2)}\n`);
