import { DAY, type Instant, type Millis } from "#platform/clock";
import { dayAt, isZone, stretchesOfDay, weekdayOf } from "./zone-days.ts";

/** Opening times of one local day, `["08:00", "20:00"]`; "24:00" is the day's end, an end not after its start lies on the next day. */
export type Hours = readonly (readonly [string, string])[];

/** A dated rule: in force from local midnight of `from` until the next rule begins. */
export interface CalendarRule {
  /** `2026-01-01`; the first rule holds also for all time before it. */
  readonly from: string;
  /** IANA name: `Europe/London`. */
  readonly zone: string;
  /** "1" is Monday, "7" Sunday; a day that is not named is closed. */
  readonly week: Readonly<Record<string, Hours>>;
  /** Days that stay closed: `2026-12-25`. */
  readonly holidays?: readonly string[];
}

/** When a company is open: rules in the order of their dates, as stored in the table `calendar`. */
export type Calendar = readonly CalendarRule[];

/** Open around the clock, for queues that are. */
export const ALWAYS_OPEN: Calendar = [
  {
    from: "1970-01-01",
    zone: "UTC",
    week: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [["00:00", "24:00"]]])) as CalendarRule["week"],
  },
];

/** Closed for this long means closed for ever. */
export const HORIZON: Millis = 3_660 * DAY;

interface Span {
  from: Instant;
  to: Instant;
}
interface Rule extends Span {
  zone: string;
  /** By weekday 1 to 7: minutes of the day, the end at most two days after the start. */
  week: readonly (readonly [number, number][])[];
  holidays: ReadonlySet<number>;
}

/** Open time between two instants, milliseconds; negative when `to` lies before `from` (operations.md §7.1). */
export function businessTime(from: Instant, to: Instant, calendar: Calendar): Millis {
  if (to < from) return 0 - businessTime(to, from, calendar);
  let open = 0;
  for (const span of openSpans(calendar, from, to)) open += Math.min(span.to, to) - span.from;
  return open;
}

/** The earliest instant by which `ms` of open time have passed since `t0`. Throws when the calendar does not open that long in ten years. */
export function dueAt(t0: Instant, ms: Millis, calendar: Calendar): Instant {
  if (ms <= 0) return t0;
  let left = ms;
  for (const span of openSpans(calendar, t0, t0 + HORIZON)) {
    if (span.to - span.from >= left) return span.from + left;
    left -= span.to - span.from;
  }
  throw new RangeError("This calendar does not open long enough in ten years. Give it opening times.");
}

/** True when the instant lies in opening time; the closing instant itself does not. */
export function isOpen(at: Instant, calendar: Calendar): boolean {
  for (const span of openSpans(calendar, at, at + 1)) return span.from <= at;
  return false;
}

/** `at` itself when open, else the next instant that is; null when none comes in ten years. */
export function nextOpening(at: Instant, calendar: Calendar): Instant | null {
  for (const span of openSpans(calendar, at, at + HORIZON)) return span.from;
  return null;
}

/** What is wrong with a calendar, in sentences; empty when nothing is. */
export function calendarFaults(calendar: Calendar): string[] {
  if (calendar.length === 0) return ["A calendar needs at least one rule."];
  const faults: string[] = [];
  for (const rule of calendar) {
    if (!/^\d{4}-\d\d-\d\d$/.test(rule.from) || Number.isNaN(dayOf(rule.from)))
      faults.push(`"${rule.from}" is not a date like 2026-01-01.`);
    if (!isZone(rule.zone)) faults.push(`"${rule.zone}" is not a time zone like Europe/London.`);
    for (const [day, hours] of Object.entries(rule.week)) {
      if (!/^[1-7]$/.test(day)) faults.push(`"${day}" is not a weekday from 1 (Monday) to 7 (Sunday).`);
      for (const time of hours.flat())
        if (!/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time)) faults.push(`"${time}" is not a time like 08:00.`);
    }
    for (const day of rule.holidays ?? [])
      if (Number.isNaN(dayOf(day))) faults.push(`"${day}" is not a date like 2026-12-25.`);
  }
  return faults;
}

const compiled = new WeakMap<Calendar, readonly Rule[]>();

function rulesOf(calendar: Calendar): readonly Rule[] {
  let rules = compiled.get(calendar);
  if (!rules) {
    const sorted = [...calendar].sort((a, b) => (a.from < b.from ? -1 : 1));
    const starts = sorted.map((rule) => startOf(rule.zone, dayOf(rule.from)));
    rules = sorted.map((rule, i) => ({
      from: i === 0 ? Number.NEGATIVE_INFINITY : (starts[i] as Instant),
      to: starts[i + 1] ?? Number.POSITIVE_INFINITY,
      zone: rule.zone,
      week: [1, 2, 3, 4, 5, 6, 7].map((day) => (rule.week[day] ?? []).map(minutesOf)),
      holidays: new Set((rule.holidays ?? []).map(dayOf)),
    }));
    compiled.set(calendar, rules);
  }
  return rules;
}

function minutesOf([from, to]: readonly [string, string]): [number, number] {
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const [start, end] = [minute(from), minute(to)];
  return [start, end > start ? end : end + 24 * 60];
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/** Local midnight of a day, or the first instant after it that exists. */
function startOf(zone: string, day: number): Instant {
  for (let d = day; ; d++) {
    const first = stretchesOfDay(zone, d)[0];
    if (first) return first.from;
  }
}

/** Open stretches from `from` on that begin before `to`, oldest first, never overlapping; neighbours may touch. The last may end after `to`. */
function* openSpans(calendar: Calendar, from: Instant, to: Instant): Generator<Span> {
  let reached = from;
  for (const rule of rulesOf(calendar)) {
    if (rule.to <= from) continue;
    if (rule.from >= to) break;
    if (rule.week.every((hours) => hours.length === 0)) continue;
    const lastDay = dayAt(rule.zone, Math.min(to, rule.to));
    for (let day = dayAt(rule.zone, Math.max(from, rule.from)); day <= lastDay; day++) {
      for (const open of openOn(rule, day)) {
        const span = { from: Math.max(open.from, rule.from, reached), to: Math.min(open.to, rule.to) };
        if (span.from >= span.to) continue;
        if (span.from >= to) return;
        yield span;
        reached = span.to;
      }
    }
  }
}

/** Opening time inside one local day, by what the wall clock shows: hours that occur twice are open twice, left-out ones not at all. */
function openOn(rule: Rule, day: number): Span[] {
  const spans: Span[] = [];
  const hours = (of: number) => (rule.holidays.has(of) ? [] : (rule.week[weekdayOf(of) - 1] ?? []));
  const windows = [...hours(day - 1).map(([start, end]) => [start - 1_440, end - 1_440] as const), ...hours(day)];
  for (const part of stretchesOfDay(rule.zone, day)) {
    for (const [start, end] of windows) {
      const from = Math.max(part.from, day * DAY + start * 60_000 - part.offset);
      const to = Math.min(part.to, day * DAY + end * 60_000 - part.offset);
      if (from < to) spans.push({ from, to });
    }
  }
  return spans.sort((a, b) => a.from - b.from);
}
