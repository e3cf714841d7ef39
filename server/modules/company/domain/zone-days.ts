import { DAY, HOUR, type Instant, type Millis } from "#platform/clock";

/** A stretch of UTC instants in which the zone's offset does not change; `offset` is local minus UTC. */
export interface Stretch {
  from: Instant;
  to: Instant;
  offset: Millis;
}

interface Zone {
  format: Intl.DateTimeFormat;
  days: Map<number, readonly Stretch[]>;
  /** Offset by hour since 1970, where it does not change inside the hour. */
  hours: Map<number, Millis>;
}

const zones = new Map<string, Zone>();
/** Days kept per zone before the cache starts anew: eleven years. */
const DAYS_KEPT = 4_000;
const HOURS_KEPT = 4_000;

function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    // `longOffset` gives "GMT+05:45"; building the format is the dear part, so it is kept.
    const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    zone = { format, days: new Map(), hours: new Map() };
    zones.set(name, zone);
  }
  return zone;
}

/** Local minus UTC at an instant, milliseconds. */
export function offsetAt(zone: string, at: Instant): Millis {
  const { hours } = zoneOf(zone);
  const hour = Math.floor(at / HOUR);
  const known = hours.get(hour);
  if (known !== undefined) return known;
  const offset = readOffset(zone, at);
  // Where both ends agree the whole hour does: no zone changes twice in it.
  if (readOffset(zone, hour * HOUR) === offset && readOffset(zone, (hour + 1) * HOUR - 1) === offset) {
    if (hours.size >= HOURS_KEPT) hours.clear();
    hours.set(hour, offset);
  }
  return offset;
}

function readOffset(zone: string, at: Instant): Millis {
  const text = zoneOf(zone).format.format(at);
  const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (!found?.[1]) return 0;
  const seconds = Number(found[2]) * 3_600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return (found[1] === "-" ? -seconds : seconds) * 1_000;
}

/** The local day an instant lies in, counted from 1970-01-01. */
export function dayAt(zone: string, at: Instant): number {
  return Math.floor((at + offsetAt(zone, at)) / DAY);
}

/** Monday is 1, Sunday 7 (ISO 8601). 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** What a clock on the wall shows: ISO weekday and whole minutes since its midnight. */
export function wallClockAt(zone: string, at: Instant): { weekday: number; minute: number } {
  const local = at + offsetAt(zone, at);
  const day = Math.floor(local / DAY);
  return { weekday: weekdayOf(day), minute: Math.floor((local - day * DAY) / 60_000) };
}

/**
 * The instants of a local day: one stretch, two when the clocks change in it, none for a day the zone left out
 * (Samoa has no 2011-12-30). No zone changes twice within the 52 hours looked at.
 */
export function stretchesOfDay(zone: string, day: number): readonly Stretch[] {
  const { days } = zoneOf(zone);
  const known = days.get(day);
  if (known) return known;
  if (days.size >= DAYS_KEPT) days.clear();
  const midnight = day * DAY;
  const first = midnight - 14 * HOUR;
  const last = midnight + DAY + 14 * HOUR;
  const before = offsetAt(zone, first);
  const after = offsetAt(zone, last);
  const change = before === after ? last : changeBetween(zone, first, last, before);
  const parts = [
    { from: midnight - before, to: Math.min(change, midnight + DAY - before), offset: before },
    { from: Math.max(change, midnight - after), to: midnight + DAY - after, offset: after },
  ];
  const made = (before === after ? parts.slice(0, 1) : parts).filter((part) => part.from < part.to);
  days.set(day, made);
  return made;
}

/** The instant at which the offset stops being `before`. */
function changeBetween(zone: string, first: Instant, last: Instant, before: Millis): Instant {
  let [low, high] = [first, last];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (middle <= low) break;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
