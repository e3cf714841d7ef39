import { DAY, type DurationMs, HOUR, type Instant, MINUTE, SECOND } from "./instant.ts";

/**
 * Durations and deadlines as the desk writes them: "2 h 10", "Thu 14:46", "4:12 late". Unit signs (h, d) are the same in
 * every language; weekdays and clocks follow the locale and the reader's zone.
 */

export interface Reader {
  /** BCP 47. */
  locale: string;
  /** IANA zone. */
  timeZone: string;
}

const two = (n: number) => String(n).padStart(2, "0");

/** "0:42", "9:05": minutes and seconds, for the last ten minutes and for what is late by less. */
export function minutesSeconds(duration: DurationMs): string {
  const seconds = Math.floor(Math.abs(duration) / SECOND);
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** A length of time at a glance: "42 s", "9 min", "2 h 10", "3 d 4 h". Never rounds up. */
export function durationWords(duration: DurationMs): string {
  const length = Math.abs(duration);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return hoursMinutes(length);
  const hours = Math.floor((length % DAY) / HOUR);
  return hours === 0 ? `${Math.floor(length / DAY)} d` : `${Math.floor(length / DAY)} d ${hours} h`;
}

function hoursMinutes(length: DurationMs): string {
  const minutes = Math.floor((length % HOUR) / MINUTE);
  return `${Math.floor(length / HOUR)} h${minutes === 0 ? "" : ` ${two(minutes)}`}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(reader: Reader, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${reader.locale} ${reader.timeZone} ${Object.entries(options).join()}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(reader.locale, { ...options, timeZone: reader.timeZone });
    formats.set(key, known);
  }
  return known;
}

const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
/** Days between two instants by the reader's calendar, not by 24 hours. */
function daysApart(at: Instant, now: Instant, reader: Reader): number {
  const gregorian = { ...reader, locale: "en-CA-u-ca-gregory-nu-latn" };
  const parts = format(gregorian, { year: "numeric", month: "2-digit", day: "2-digit" });
  const day = (instant: Instant) => {
    const number = new Map(parts.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(number.get("year") ?? 0, (number.get("month") ?? 1) - 1, number.get("day") ?? 1);
  };
  return Math.round((day(at) - day(now)) / DAY);
}

/** A moment near now: "14:46" today, "Thu 14:46" within a week, "12 Nov" beyond, "12 Nov 2025" in another year. */
export function momentWords(at: Instant, now: Instant, reader: Reader): string {
  const days = daysApart(at, now, reader);
  const time = format(reader, clock).format(at);
  if (days === 0) return time;
  if (Math.abs(days) < 7) return `${format(reader, { weekday: "short" }).format(at)} ${time}`;
  const sameYear = format(reader, { year: "numeric" }).format(at) === format(reader, { year: "numeric" }).format(now);
  return format(reader, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) }).format(at);
}

/** The exact moment, for `title`: "Thursday, 12 November 2026, 14:46:09 GMT+13:45" in the reader's own order. */
export function exactMoment(at: Instant, reader: Reader): string {
  return format(reader, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    ...clock,
    second: "2-digit",
    timeZoneName: "short",
  }).format(at);
}

export type DeadlineState = "quiet" | "soon" | "late";

export interface Deadline {
  state: DeadlineState;
  /** "9:59", "42 min", "2 h 10", "Thu 14:46"; when late "4:12" or "2 h 10", to which the screen adds its word. */
  words: string;
  /** How much of the time is used, 0 to 1, for the pie. */
  used: number;
}

/** Soon is under ten minutes or the last third, whichever comes first; then minutes and seconds are shown. */
export const SOON: DurationMs = 10 * MINUTE;

/**
 * A deadline as the work list shows it. `startedAt` is when the clock began; without it only the ten minutes count.
 * Above ten minutes whole minutes, above an hour "2 h 10", above a day the weekday.
 */
export function deadline(dueAt: Instant, now: Instant, reader: Reader, startedAt?: Instant): Deadline {
  const left = dueAt - now;
  const whole = startedAt === undefined ? undefined : Math.max(1, dueAt - startedAt);
  const used = whole === undefined ? (left > 0 ? 0 : 1) : Math.min(1, Math.max(0, (whole - left) / whole));
  if (left < 0) return { state: "late", words: -left < HOUR ? minutesSeconds(left) : durationWords(left), used: 1 };
  const soon = left < SOON || (whole !== undefined && left < whole / 3);
  return { state: soon ? "soon" : "quiet", words: leftWords(left, dueAt, now, reader), used };
}

function leftWords(left: DurationMs, dueAt: Instant, now: Instant, reader: Reader): string {
  if (left < SOON) return minutesSeconds(left);
  return left < DAY ? durationWords(left) : momentWords(dueAt, now, reader);
}

/** "4:12 late" in English, for logs, titles and answers of the API; screens say it in their own language. */
export function deadlineWords(dueAt: Instant, now: Instant, reader: Reader): string {
  const { state, words } = deadline(dueAt, now, reader);
  return state === "late" ? `${words} late` : words;
}
