import { type RawBuilder, sql } from "kysely";
import { json, storable } from "./storable.ts";

/** Types a column of a row set may have; a list goes as its literal, a document as JSON. */
export type ColumnType =
  | "uuid"
  | "text"
  | "smallint"
  | "integer"
  | "bigint"
  | "boolean"
  | "timestamptz"
  | "text[]"
  | "jsonb";

/**
 * Rows as something to select from, whatever their number: `select … from ${rowSet({ id: "uuid", words: "jsonb" }, rows)} r`. Goes over
 * column by column: the server reads an array of uuids or texts in half the time that it takes to find them in documents, row by row.
 * `n` counts the rows from 1. Texts are made storable; `null` and `undefined` are NULL in every column.
 */
export function rowSet<C extends string>(
  columns: Readonly<Record<C, ColumnType>>,
  rows: readonly Readonly<Record<NoInfer<C>, unknown>>[],
): RawBuilder<unknown> {
  const names = Object.keys(columns) as C[];
  const parts = names.map((name) =>
    columns[name] === "jsonb"
      ? sql`jsonb_array_elements(${json(rows.map((row) => row[name] ?? null))}::jsonb)`
      : sql`unnest(${literal(rows.map((row) => row[name]))}::${sql.raw(columns[name] === "text[]" ? "text" : columns[name])}[])`,
  );
  const outs = names.map((name) => {
    const column = sql.ref(name);
    if (columns[name] === "jsonb") return sql`nullif(${column}, 'null'::jsonb) as ${column}`;
    return columns[name] === "text[]" ? sql`${column}::text[] as ${column}` : column;
  });
  return sql`(select ${sql.join([...outs, sql.ref("n")])} from rows from (${sql.join(parts)})
    with ordinality as c(${sql.join([...names.map((name) => sql.ref(name)), sql.ref("n")])}))`;
}

const ESCAPED = /["\\]/g;
const NUL = "\u0000";

/** A list inside a list is quoted as a text: it is read as a list once it stands alone. */
function literal(values: readonly unknown[]): string {
  return `{${values
    .map((value) => {
      if (value === null || value === undefined) return "NULL";
      return typeof value === "string" ? quoted(value) : Array.isArray(value) ? quoted(literal(value)) : String(value);
    })
    .join(",")}}`;
}

/** Half a character becomes what it is in storable texts when it is sent. */
function quoted(text: string): string {
  const whole = text.includes(NUL) ? storable(text) : text;
  return whole.includes('"') || whole.includes("\\") ? `"${whole.replace(ESCAPED, "\\$&")}"` : `"${whole}"`;
}
