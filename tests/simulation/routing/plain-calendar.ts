import type { Calendar } from "../../../server/modules/company/domain/calendar.ts";
import { type Instant, MINUTE, type Millis } from "../../../server/platform/clock.ts";

/**
 * Opening time counted by looking at the wall clock every quarter of an hour, which is all that calendars of the simulation need: no
 * arithmetic with offsets that could share a fault with what it checks.
 */
const SLOT = 15 * MINUTE;
const walls = new Map<string, Intl.DateTimeFormat>();
const known = new WeakMap<Calendar, Map<number, boolean>>();
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export function isOpenAt(at: Instant, calendar: Calendar): boolean {
  const slots = known.get(calendar) ?? new Map<number, boolean>();
  known.set(calendar, slots);
  const slot = Math.floor(at / SLOT);
  const open = slots.get(slot) ?? look(slot * SLOT, calendar);
  slots.set(slot, open);
  return open;
}

function look(at: Instant, calendar: Calendar): boolean {
  const [rule] = calendar;
  if (!rule) return false;
  const format =
    walls.get(rule.zone) ??
    new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: rule.zone, hourCycle: "h23", weekday: "short", year: "numeric", month: "2-digit" },
      ...{ day: "2-digit", hour: "2-digit", minute: "2-digit" },
    });
  walls.set(rule.zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  if (rule.holidays?.includes(`${part.year}-${part.month}-${part.day}`)) return false;
  const time = `${part.hour}:${part.minute}`;
  const hours = rule.week[String(DAYS.indexOf(part.weekday as string) + 1)] ?? [];
  return hours.some(([from, to]) => from <= time && time < to);
}

/** The earliest instant by which so much open time has passed. */
export function plainDue(t0: Instant, ms: Millis, calendar: Calendar): Instant {
  let left = ms;
  for (let at = t0; ; ) {
    const end = (Math.floor(at / SLOT) + 1) * SLOT;
    if (isOpenAt(at, calendar)) {
      if (end - at >= left) return at + left;
      left -= end - at;
    }
    at = end;
  }
}
