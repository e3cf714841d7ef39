import { readFileSync } from "node:fs";
import { Client } from "pg";
import { expect, inject, it } from "vitest";

type Classes = Record<string, { none: string[]; personal?: string[]; sensitive?: string[] }>;
const classes = JSON.parse(
  readFileSync(new URL("../../migrations/column-classes.json", import.meta.url), "utf8"),
) as Classes;

/** Compares both ways: a column without a class, a class without a column, a column classed twice. */
export function unclassed(columns: readonly { table: string; column: string }[], given: Classes): string[] {
  const wrong: string[] = [];
  const there = new Set(columns.map((c) => `${c.table}.${c.column}`));
  const classed = Object.entries(given).flatMap(([table, by]) =>
    [...by.none, ...(by.personal ?? []), ...(by.sensitive ?? [])].map((column) => `${table}.${column}`),
  );
  for (const name of there)
    if (!classed.includes(name)) wrong.push(`${name} has no class: add it to migrations/column-classes.json`);
  for (const name of new Set(classed)) {
    if (!there.has(name)) wrong.push(`${name} is classed and does not exist`);
    if (classed.filter((c) => c === name).length > 1) wrong.push(`${name} is classed twice`);
  }
  return wrong;
}

it("every column says whether it holds something of a person (D8)", async () => {
  const client = new Client({ connectionString: inject("database").owner });
  await client.connect();
  const columns = await client.query<{ table: string; column: string }>(`
    select c.relname as table, a.attname as column from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped order by 1, 2`);
  await client.end();
  expect(columns.rows.length).toBeGreaterThan(300);
  expect(unclassed(columns.rows, classes)).toEqual([]);
});

it("the check sees a new column, a gone one and a double one", () => {
  expect(
    unclassed(
      [
        { table: "t", column: "new" },
        { table: "t", column: "a" },
      ],
      { t: { none: ["a", "gone"], personal: ["a"] } },
    ),
  ).toEqual([
    "t.new has no class: add it to migrations/column-classes.json",
    "t.a is classed twice",
    "t.gone is classed and does not exist",
  ]);
});
