import { CalendarChanged } from "#events/company";
import { DAY, type Instant } from "#platform/clock";
import { storable, type Tx } from "#platform/db";
import { AppError, conflict, notFound } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { type Calendar, nextOpening, type SpecialDay } from "./domain/calendar.ts";
import { calendarFaults } from "./domain/calendar-faults.ts";
import type { FoundHolidays } from "./ical/read-holidays.ts";
import {
  everyCalendar,
  findCalendar,
  findCalendars,
  insertCalendar,
  lockCalendar,
  type NamedCalendar,
  namesOfCalendars,
  saveCalendar,
} from "./store/calendar-store.ts";

const MAX_RULES = 60;
const MAX_DAYS = 3_000;
const MAX_PERIODS = 12;
const MAX_CALENDARS = 200;

export async function calendarOf(tx: Tx, id: string): Promise<NamedCalendar> {
  const calendar = await findCalendar(tx, id);
  if (!calendar) throw notFound("calendar");
  return calendar;
}

/** Calendars by id; one that is not there is missing. */
export async function calendarsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, NamedCalendar>> {
  return new Map((await findCalendars(tx, [...new Set(ids)])).map((calendar) => [calendar.id, calendar]));
}

export async function allCalendars(tx: Tx): Promise<NamedCalendar[]> {
  return everyCalendar(tx);
}

/** All calendars with their names, for choosing one. */
export function calendarNames(tx: Tx): Promise<{ id: string; name: string }[]> {
  return namesOfCalendars(tx);
}

export async function addCalendar(
  tx: Tx,
  name: string,
  rules: Calendar,
  days: readonly SpecialDay[] = [],
): Promise<string> {
  sound(tx.now, name, rules, days);
  if ((await everyCalendar(tx)).length >= MAX_CALENDARS)
    throw new AppError(
      "invalid-request",
      `An account has ${MAX_CALENDARS} calendars at most. Change one that is there.`,
    );
  const id = uuidv7(tx.now);
  await insertCalendar(tx, { id, name: storable(name.trim()), rules: inOrder(rules), days });
  return id;
}

interface Change {
  calendarId: string;
  expectedVersion: number;
  /** Work that is open is counted by the new hours as well; else only what comes from now on. */
  openToo: boolean;
}

/** New hours, dated changes and days by hand; what files brought stays. */
export async function changeCalendar(
  tx: Tx,
  change: Change & { name: string; rules: Calendar; days: readonly Omit<SpecialDay, "sourceId">[] },
): Promise<NamedCalendar> {
  const before = await ofVersion(tx, change);
  const own = change.days.map((day): SpecialDay => ({ ...day, name: storable(day.name), sourceId: null }));
  const days = sorted([...own, ...before.days.filter((day) => day.sourceId !== null)]);
  sound(tx.now, change.name, change.rules, days);
  return write(
    tx,
    { ...before, name: storable(change.name.trim()), rules: inOrder(change.rules), days },
    change.openToo,
  );
}

export type HolidayPreview = FoundHolidays & {
  /** Dates that the calendar has as they are in the file. */
  known: string[];
};

/** What a file would close, from the beginning of last year to the end of the fifth year from now. Changes nothing. */
export async function previewHolidays(tx: Tx, calendarId: string, text: string): Promise<HolidayPreview> {
  const calendar = await calendarOf(tx, calendarId);
  const found = await holidaysOf(tx.now, calendar, text);
  const known = new Set(calendar.days.map(saying));
  return { ...found, known: found.days.filter((day) => known.has(saying(day))).map((day) => day.date) };
}

/**
 * Takes the holidays of a file, without the dates that are left out. A file of the same name replaces what it brought before (days of
 * earlier years stay); the same file again changes nothing.
 */
export async function takeHolidays(
  tx: Tx,
  change: Change & { name: string; text: string; without: readonly string[] },
): Promise<{ calendar: NamedCalendar; taken: number; changed: boolean }> {
  const before = await ofVersion(tx, change);
  const found = await holidaysOf(tx.now, before, change.text);
  const left = new Set(change.without);
  const taken = found.days.filter((day) => !left.has(day.date));
  if (taken.length === 0)
    throw new AppError("invalid-request", "This file closes no day between last year and the fifth year from now.");
  const name = storable(change.name.trim()).slice(0, 120) || "Holidays";
  const source = before.sources.find((one) => one.name === name) ?? { id: uuidv7(tx.now), name, takenAt: tx.now };
  const first = taken.reduce((least, day) => (day.date < least ? day.date : least), `${year(tx.now) - 1}-01-01`);
  const kept = before.days.filter((day) => day.sourceId !== source.id || day.date < first);
  const days = sorted([...kept, ...taken.map((day) => ({ ...day, name: storable(day.name), sourceId: source.id }))]);
  const same = JSON.stringify(days.map(saying)) === JSON.stringify(sorted([...before.days]).map(saying));
  if (same) return { calendar: before, taken: taken.length, changed: false };
  const sources = [...before.sources.filter((one) => one.id !== source.id), { ...source, takenAt: tx.now }];
  sound(tx.now, before.name, before.rules, days);
  const calendar = await write(tx, { ...before, days, sources }, change.openToo);
  return { calendar, taken: taken.length, changed: true };
}

/** Takes away what a file brought. */
export async function dropHolidays(tx: Tx, change: Change & { sourceId: string }): Promise<NamedCalendar> {
  const before = await ofVersion(tx, change);
  if (!before.sources.some((one) => one.id === change.sourceId)) throw notFound("file of holidays");
  const days = before.days.filter((day) => day.sourceId !== change.sourceId);
  const sources = before.sources.filter((one) => one.id !== change.sourceId);
  return write(tx, { ...before, days, sources }, change.openToo);
}

async function ofVersion(tx: Tx, { calendarId, expectedVersion }: Change): Promise<NamedCalendar> {
  const calendar = await lockCalendar(tx, calendarId);
  if (!calendar) throw notFound("calendar");
  if (calendar.version !== expectedVersion) throw conflict("calendar", { version: calendar.version });
  return calendar;
}

async function write(tx: Tx, next: NamedCalendar, openToo: boolean): Promise<NamedCalendar> {
  await saveCalendar(tx, next);
  const version = next.version + 1;
  tx.announce(CalendarChanged, {
    ...{ key: tx.accountId, entity: "calendar", entityId: next.id, entityVersion: version },
    payload: { calendarId: next.id, version, openToo },
  });
  return calendarOf(tx, next.id);
}

const year = (at: Instant) => new Date(at).getUTCFullYear();

/** The parser of calendar files is loaded when somebody brings one. */
async function holidaysOf(now: Instant, calendar: NamedCalendar, text: string): Promise<FoundHolidays> {
  const { readHolidays } = await import("./ical/read-holidays.ts");
  const today = new Date(now).toISOString().slice(0, 10);
  const zone = (calendar.rules.findLast((rule) => rule.from <= today) ?? calendar.rules[0])?.zone ?? "UTC";
  return readHolidays(text, zone, Date.UTC(year(now) - 1, 0, 1) / DAY, Date.UTC(year(now) + 5, 11, 31) / DAY);
}

function sound(now: Instant, name: string, rules: Calendar, days: readonly SpecialDay[]): void {
  const no = (why: string) => new AppError("invalid-request", why);
  if (name.trim() === "" || name.length > 120) throw no("A calendar needs a name of 120 characters at most.");
  if (rules.length > MAX_RULES) throw no(`A calendar has ${MAX_RULES} dated weeks at most. Take out the oldest.`);
  if (days.length > MAX_DAYS) throw no(`A calendar has ${MAX_DAYS} special days at most. Take out old ones.`);
  const periods = [
    ...rules.flatMap((rule) => Object.values(rule.week)),
    ...days.flatMap((d) => [d.hours ?? [], d.closed]),
  ];
  if (periods.some((hours) => hours.length > MAX_PERIODS)) throw no(`A day opens ${MAX_PERIODS} times at most.`);
  const calendar = rules.map((rule) => ({ ...rule, days }));
  const [fault] = calendarFaults(calendar);
  if (fault) throw no(fault);
  const last = calendar.reduce((a, b) => (b.from > a.from ? b : a));
  // Also from its last dated change on: a clock that runs past it must come to an end.
  const opens = [now, Math.max(now, Date.parse(last.from))].every((at) => nextOpening(at, calendar) !== null);
  if (!opens) throw no("This calendar never opens, or closes for good. Give it opening times.");
}

const inOrder = (rules: Calendar): Calendar => rules.toSorted((a, b) => (a.from < b.from ? -1 : 1));
const sorted = (days: readonly SpecialDay[]) => days.toSorted((a, b) => (saying(a) < saying(b) ? -1 : 1));
const saying = (day: Omit<SpecialDay, "sourceId"> & { sourceId?: string | null }): string =>
  JSON.stringify([day.date, day.name, day.hours, day.closed]);
