import { DAY, type Instant, type Millis } from "#platform/clock";
import { dayAt, stretchesOfDay, weekdayOf } from "./zone-days.ts";

/** Opening times of one local day, `["08:00", "20:00"]`; "24:00" is the day's end, an end not after its start lies on the next day. */
export type Hours = readonly (readonly [string, string])[];

/**
 * One date that is not as its weekday: closed all day (`hours` empty), open in other hours, or closed in parts of the day on top of its
 * hours. What was entered by hand (`sourceId` null) counts before what files brought.
 */
export interface SpecialDay {
  /** `2026-12-24` */
  readonly date: string;
  readonly name: string;
  /** Its opening times; empty: closed all day; null: those of its weekday. */
  readonly hours: Hours | null;
  /** Closed from one time to another although open by its hours. */
  readonly closed: Hours;
  /** The imported file that brought it. */
  readonly sourceId: string | null;
}

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
  readonly days?: readonly SpecialDay[];
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
  week: readonly (readonly Window[])[];
  special: ReadonlyMap<number, { hours: readonly Window[] | null; closed: readonly Window[] }>;
}
/** Minutes of the local day. */
type Window = readonly [from: number, to: number];

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
      special: specialOf(rule),
    }));
    compiled.set(calendar, rules);
  }
  return rules;
}

function specialOf(rule: CalendarRule): Rule["special"] {
  const closed = (rule.holidays ?? []).map((date) => ({ date, hours: [], closed: [], sourceId: null }));
  const byDate = Map.groupBy([...closed, ...(rule.days ?? [])], (day) => day.date);
  return new Map(
    [...byDate].map(([date, all]) => {
      const own = all.filter((day) => day.sourceId === null);
      const days = own.length > 0 ? own : all;
      const told = days.flatMap((day) => (day.hours === null ? [] : [day.hours]));
      const hours = told.find((one) => one.length === 0) ?? told[0] ?? null;
      return [
        dayOf(date),
        { hours: hours?.map(minutesOf) ?? null, closed: days.flatMap((day) => day.closed.map(minutesOf)) },
      ];
    }),
  );
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
    if (rule.week.every((hours) => hours.length === 0) && ![...rule.special.values()].some((day) => day.hours?.length))
      continue;
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
  const windows = windowsOf(rule, day);
  for (const part of stretchesOfDay(rule.zone, day)) {
    for (const [start, end] of windows) {
      const from = Math.max(part.from, day * DAY + start * 60_000 - part.offset);
      const to = Math.min(part.to, day * DAY + end * 60_000 - part.offset);
      if (from < to) spans.push({ from, to });
    }
  }
  return spans.sort((a, b) => a.from - b.from);
}

/** The open minutes of a local day, also those of a night shift that began the day before; the parts that are closed are cut out. */
function windowsOf(rule: Rule, day: number): readonly Window[] {
  const hours = (of: number) => rule.special.get(of)?.hours ?? rule.week[weekdayOf(of) - 1] ?? [];
  const closed = (of: number) => rule.special.get(of)?.closed ?? [];
  const both = (of: (day: number) => readonly Window[]) => [
    ...of(day - 1).map(([from, to]): Window => [from - 1_440, to - 1_440]),
    ...of(day),
  ];
  let open: Window[] = both(hours);
  for (const [from, to] of both(closed))
    open = open.flatMap(([start, end]): Window[] =>
      to <= start || from >= end
        ? [[start, end]]
        : [...(from > start ? [[start, from] as const] : []), ...(to < end ? [[to, end] as const] : [])],
    );
  return open;
}
