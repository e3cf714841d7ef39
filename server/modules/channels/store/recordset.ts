import { json } from "#platform/db";

/** Rows as one jsonb parameter for `jsonb_to_recordset`: a batch is one statement. Every text in it can be stored. */
export function recordset(rows: readonly object[]): string {
  return json(rows);
}

/** An instant inside such a row. */
export const at = (instant: number): string => new Date(instant).toISOString();
export const atOrNull = (instant: number | null): string | null => (instant === null ? null : at(instant));

/** The smallest UUIDv7 of an instant, to read a time partition by its key. */
export function uuidFloor(instant: number): string {
  const hex = Math.max(0, Math.trunc(instant)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}
