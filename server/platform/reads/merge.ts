import type { FieldDef } from "pg";
import { numberedFrom, type PureRead } from "./pure-read.ts";

/** SQL names of the types whose columns may stand side by side, by their number in every PostgreSQL. */
const TYPES: Readonly<Record<number, string>> = {
  ...{ 16: "bool", 17: "bytea", 18: '"char"', 19: "name", 20: "int8", 21: "int2", 23: "int4", 25: "text", 26: "oid" },
  ...{ 114: "json", 700: "float4", 701: "float8", 869: "inet", 1042: "bpchar", 1043: "varchar", 1082: "date" },
  ...{ 1083: "time", 1114: "timestamp", 1184: "timestamptz", 1186: "interval", 1700: "numeric", 2950: "uuid" },
  ...{ 3802: "jsonb", 199: "json[]", 1000: "bool[]", 1001: "bytea[]", 1005: "int2[]", 1007: "int4[]", 1009: "text[]" },
  ...{ 1015: "varchar[]", 1016: "int8[]", 1021: "float4[]", 1022: "float8[]", 1115: "timestamp[]", 1182: "date[]" },
  ...{ 1185: "timestamptz[]", 1231: "numeric[]", 2951: "uuid[]", 3807: "jsonb[]" },
};

/** What one statement returns, learnt when it ran by itself. */
export interface Fields {
  readonly names: readonly string[];
  readonly types: readonly string[];
}

/** Null where a column is of a type that is not known here: such a statement is always sent by itself. */
export function fieldsOf(described: readonly Pick<FieldDef, "name" | "dataTypeID">[]): Fields | null {
  const types = described.map((field) => TYPES[field.dataTypeID]);
  if (types.length === 0 || !types.every((type) => type !== undefined)) return null;
  return { names: described.map((field) => field.name), types };
}

export interface Part {
  readonly read: PureRead;
  readonly fields: Fields;
  /** How many parameters it takes. */
  readonly takes: number;
}

/** Several reads as one statement. */
export interface Merged {
  readonly text: string;
  /** For each part the columns of the answer that hold its own, in the order of its names. */
  readonly columns: readonly (readonly number[])[];
}

/** Columns of the answer before the first of a part: which part, and which of its rows. */
const HEAD = 2;

/**
 * One statement that answers several: `union all` of the parts, each an own subquery that is planned as it would be alone. Columns
 * of the same type share a place, so the driver decodes each exactly as it does when the statement runs by itself; the others are
 * null. The rows of a part are numbered, for no plan promises the order of a union. Parameters are those of the parts, one after
 * the other.
 */
export function merge(parts: readonly Part[]): Merged {
  const slots: string[] = [];
  const columns = parts.map(({ fields }) => {
    const used = new Set<number>();
    return fields.types.map((type) => {
      let slot = slots.findIndex((of, n) => of === type && !used.has(n));
      if (slot < 0) slot = slots.push(type) - 1;
      used.add(slot);
      return slot;
    });
  });
  let first = 1;
  const arms = parts.map(({ read, takes }, n) => {
    const own = columns[n]!;
    const held = slots.map((type, slot) => (own.includes(slot) ? `c${own.indexOf(slot)}` : `null::${type}`));
    const names = own.map((_, column) => `c${column}`);
    const text = `select ${n} as part, row_number() over () as nth, ${held.join(", ")} from (${numberedFrom(first, read)}) as q(${names.join(", ")})`;
    first += takes;
    return text;
  });
  return { text: arms.join("\nunion all "), columns: columns.map((own) => own.map((slot) => slot + HEAD)) };
}

type Row = Record<string, unknown>;
type Line = readonly unknown[];

/** The lines of an answer by the part they belong to, each part's in its order. */
export function linesOf(answer: readonly Line[]): Map<number, Line[]> {
  const lines = Map.groupBy(answer, (line) => line[0] as number);
  for (const own of lines.values()) own.sort((a, b) => (a[1] as number) - (b[1] as number));
  return lines;
}

/** What a part would have returned alone: rows of the caller's own. */
export function rowsOf(lines: readonly Line[], { names }: Fields, columns: readonly number[]): Row[] {
  return lines.map((line) => {
    const row: Row = {};
    for (let n = 0; n < names.length; n++) row[names[n]!] = line[columns[n]!];
    return row;
  });
}
