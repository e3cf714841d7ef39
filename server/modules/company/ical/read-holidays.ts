import ical, { type VEvent } from "node-ical";
import { DAY, type Instant } from "#platform/clock";
import { AppError } from "#platform/errors";
import type { SpecialDay } from "../domain/calendar.ts";
import { dayAt, offsetAt } from "../domain/zone-days.ts";
import { cleanIcal, type NotTaken, sayNotTaken } from "./clean-ical.ts";

export interface FoundHolidays {
  /** As the file calls itself. */
  name: string | null;
  days: Omit<SpecialDay, "sourceId">[];
  /** What was not taken, each with its reason: in words, and by codes. */
  skipped: string[];
  notTaken: NotTaken[];
}

const MAX_DAYS = 2_000;
/** An event longer than this closes no office; it is somebody's sabbatical. */
const LONGEST_DAYS = 62;
const MOST_TOLD = 100;

/**
 * The days a calendar file (iCalendar, RFC 5545) closes between two local dates (days since 1970): all day, or from one time to another
 * by the wall clock of `zone`. Throws `invalid-request` for what is no calendar or too much of one.
 */
export function readHolidays(text: string, zone: string, from: number, to: number): FoundHolidays {
  const { text: clean, name, notTaken } = cleanIcal(text, zone);
  const closed = new Map<number, { names: Set<string>; allDay: boolean; parts: [number, number][] }>();
  const add = (day: number, title: string, part: [number, number] | null) => {
    if (day < from || day > to) return;
    const one = closed.get(day) ?? { names: new Set(), allDay: false, parts: [] };
    closed.set(day, one);
    if (closed.size > MAX_DAYS)
      throw new AppError("invalid-request", `This file closes more than ${MAX_DAYS} days. Export only the holidays.`);
    one.names.add(title);
    if (part) one.parts.push(part);
    else one.allDay = true;
  };
  for (const event of eventsOf(clean)) {
    const title = titleSaid(event);
    if (event.status === "CANCELLED") continue;
    let spans: Span[];
    try {
      spans = spansOf(event, from, to);
    } catch {
      notTaken.push({ title, code: "strange-rule", most: null });
      continue;
    }
    for (const span of spans) {
      const days = span.allDay ? daysOf(span) : partsOf(span, zone);
      if (days.length === 0) notTaken.push({ title, code: "no-length", most: null });
      else if (days.length > LONGEST_DAYS) notTaken.push({ title, code: "too-long", most: LONGEST_DAYS });
      else for (const { day, part } of days) add(day, span.title, part);
    }
  }
  const days = [...closed].sort(([a], [b]) => a - b);
  const once = [...new Map(notTaken.map((one) => [sayNotTaken(one), one])).entries()].slice(0, MOST_TOLD);
  return {
    ...{ name, skipped: once.map(([says]) => says), notTaken: once.map(([, one]) => one) },
    days: days.map(([day, { names, allDay, parts }]) => ({
      ...{ date: new Date(day * DAY).toISOString().slice(0, 10), name: [...names].join(", ").slice(0, 200) },
      ...{ hours: allDay ? [] : null, closed: allDay ? [] : parts.sort(([a], [b]) => a - b).map(asTimes) },
    })),
  };
}

interface Span {
  from: Date;
  to: Date;
  allDay: boolean;
  title: string;
}

function eventsOf(text: string): VEvent[] {
  try {
    return Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === "VEVENT");
  } catch {
    throw new AppError("invalid-request", "This file cannot be read as a calendar (iCalendar, .ics).");
  }
}

function titleSaid(event: Pick<VEvent, "summary">): string | null {
  const said: unknown = event.summary;
  const text = typeof said === "object" && said !== null && "val" in said ? said.val : said;
  return (
    String(text ?? "")
      .trim()
      .slice(0, 80) || null
  );
}
const titleOf = (event: Pick<VEvent, "summary">): string => titleSaid(event) ?? "Closed";

function spansOf(event: VEvent, from: number, to: number): Span[] {
  if (!event.rrule) {
    const end = event.end ?? event.start;
    const allDay = event.datetype === "date";
    // An event of a date that names no end lasts that day (RFC 5545, 3.6.1).
    return [{ from: event.start, to: end, allDay, title: titleOf(event) }];
  }
  const range = { from: new Date((from - LONGEST_DAYS) * DAY), to: new Date((to + 2) * DAY) };
  return ical
    .expandRecurringEvent(event, range)
    .filter((one) => one.event.status !== "CANCELLED")
    .map((one) => ({ from: one.start, to: one.end, allDay: one.isFullDay, title: titleOf(one) }));
}

type Part = { day: number; part: [number, number] | null };

/** Dates come as midnights of the machine's own zone, so they are read back by it; the end is the day after the last. */
function daysOf({ from, to }: Span): Part[] {
  const dayOf = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY;
  const first = dayOf(from);
  const end = Math.max(dayOf(to), first + 1);
  return list(first, Math.min(end, first + LONGEST_DAYS + 1)).map((day) => ({ day, part: null }));
}

/** The minutes that a span takes of each local day it touches. */
function partsOf({ from, to }: Span, zone: string): Part[] {
  const [start, end] = [from.getTime(), to.getTime()];
  if (!(end > start)) return [];
  const first = dayAt(zone, start);
  const last = dayAt(zone, end - 1);
  const minute = (at: Instant, day: number) => Math.floor((at + offsetAt(zone, at) - day * DAY) / 60_000);
  return list(first, Math.min(last + 1, first + LONGEST_DAYS + 1)).flatMap((day): Part[] => {
    const a = day === first ? minute(start, day) : 0;
    const b = day === last ? Math.min(1_440, Math.ceil(minute(end - 1, day) + 1)) : 1_440;
    if (a <= 0 && b >= 1_440) return [{ day, part: null }];
    return a < b ? [{ day, part: [a, b] }] : [];
  });
}

const list = (from: number, end: number) => Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i);

function asTimes([from, to]: [number, number]): readonly [string, string] {
  const time = (m: number) => `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
  return [time(from), time(to)];
}
