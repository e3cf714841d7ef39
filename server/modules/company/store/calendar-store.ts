import type { Instant } from "#platform/clock";
import { type Generated, type Json, json, sql, type Tx } from "#platform/db";
import type { Calendar, CalendarRule, SpecialDay } from "../domain/calendar.ts";

/** A file of holidays that was taken. */
export interface HolidaySource {
  id: string;
  name: string;
  takenAt: Instant;
}
interface CalendarTable {
  account_id: string;
  id: string;
  name: string;
  rules: Json<Calendar>;
  days: Json<SpecialDay[]>;
  sources: Json<HolidaySource[]>;
  version: Generated<number>;
}
export interface NamedCalendar {
  id: string;
  name: string;
  /** The rules with the special days in them: what business time is counted by. */
  calendar: Calendar;
  rules: readonly CalendarRule[];
  days: readonly SpecialDay[];
  sources: readonly HolidaySource[];
  version: number;
}

const tables = (tx: Tx) => tx.tables<{ calendar: CalendarTable }>();
const columns = ["id", "name", "rules", "days", "sources", "version"] as const;

function named(row: Omit<NamedCalendar, "calendar">): NamedCalendar {
  const calendar = row.days.length === 0 ? row.rules : row.rules.map((rule) => ({ ...rule, days: row.days }));
  return { ...row, calendar };
}

const calendars = (tx: Tx) => tables(tx).selectFrom("calendar").select(columns).where("account_id", "=", tx.accountId);

export async function findCalendar(tx: Tx, id: string): Promise<NamedCalendar | undefined> {
  const row = await calendars(tx).where("id", "=", id).executeTakeFirst();
  return row && named(row);
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockCalendar(tx: Tx, id: string): Promise<NamedCalendar | undefined> {
  const row = await calendars(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && named(row);
}

export async function findCalendars(tx: Tx, ids: readonly string[]): Promise<NamedCalendar[]> {
  if (ids.length === 0) return [];
  const rows = await calendars(tx)
    .where("id", "=", sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return rows.map(named);
}

export async function everyCalendar(tx: Tx): Promise<NamedCalendar[]> {
  return (await calendars(tx).orderBy("name").orderBy("id").execute()).map(named);
}

/** Names alone: what a screen shows beside something else. */
export function namesOfCalendars(tx: Tx): Promise<{ id: string; name: string }[]> {
  return tables(tx)
    .selectFrom("calendar")
    .select(["id", "name"])
    .where("account_id", "=", tx.accountId)
    .orderBy("name")
    .orderBy("id")
    .execute();
}

export async function insertCalendar(
  tx: Tx,
  calendar: { id: string; name: string; rules: Calendar; days: readonly SpecialDay[] },
): Promise<void> {
  const { id, name, rules, days } = calendar;
  await tables(tx)
    .insertInto("calendar")
    .values({ account_id: tx.accountId, id, name, rules: json(rules), days: json(days), sources: json([]) })
    .execute();
}

/** Writes the next version. */
export async function saveCalendar(tx: Tx, calendar: Omit<NamedCalendar, "calendar">): Promise<void> {
  const { id, name, rules, days, sources, version } = calendar;
  await tables(tx)
    .updateTable("calendar")
    .set({ name, rules: json(rules), days: json(days), sources: json(sources), version: version + 1 })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .execute();
}
