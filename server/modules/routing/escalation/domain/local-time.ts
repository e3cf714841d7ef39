import { DAY, type Instant, MINUTE } from "#platform/clock";

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    formats.set(zone, format);
  }
  return format;
}

/** Local minus UTC, milliseconds. */
function offsetAt(zone: string, at: Instant): number {
  const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(formatOf(zone).format(at));
  if (!found?.[1]) return 0;
  const seconds = Number(found[2]) * 3_600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return (found[1] === "-" ? -seconds : seconds) * 1_000;
}

/** The local day an instant lies in, counted from 1970-01-01. */
export const dayAt = (zone: string, at: Instant): number => Math.floor((at + offsetAt(zone, at)) / DAY);
/** Minutes of the local day. */
export const minuteAt = (zone: string, at: Instant): number =>
  Math.floor(((((at + offsetAt(zone, at)) % DAY) + DAY) % DAY) / MINUTE);
/** Monday is 1, Sunday 7; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
/** Counted from the week that holds 1970-01-01; weeks begin on Monday. */
export const weekOf = (day: number): number => Math.floor((day + 3) / 7);
export const dayOf = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * The instant of a local minute. One that the clocks leave out is the moment they jump; of one that comes twice the first is meant. So what ends
 * at a time and what begins at it meet, on every day of the year.
 */
export function instantAt(zone: string, day: number, minute: number): Instant {
  const local = day * DAY + minute * MINUTE;
  const before = offsetAt(zone, local - DAY);
  const after = offsetAt(zone, local + DAY);
  const early = local - before;
  if (offsetAt(zone, early) === before) return early;
  const late = local - after;
  if (offsetAt(zone, late) === after) return late;
  // Left out: between the two lies the jump.
  let [low, high] = [Math.min(early, late), Math.max(early, late)];
  const first = offsetAt(zone, low);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === first) low = middle;
    else high = middle;
  }
  return high;
}
