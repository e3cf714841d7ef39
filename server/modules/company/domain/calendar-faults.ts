import { DAY } from "#platform/clock";
import { isZone } from "#shared/zone";
import type { Calendar, Hours } from "./calendar.ts";

/** What is wrong with a calendar, in sentences; empty when nothing is. */
export function calendarFaults(calendar: Calendar): string[] {
  if (calendar.length === 0) return ["A calendar needs at least one rule."];
  const faults: string[] = [];
  const date = (text: string, like: string) => {
    if (!isDate(text)) faults.push(`"${text}" is not a date like ${like}.`);
  };
  const times = (hours: Hours) => {
    for (const time of hours.flat())
      if (!/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time)) faults.push(`"${time}" is not a time like 08:00.`);
    for (const [from] of hours) if (from === "24:00") faults.push("24:00 ends a day; an opening begins at 00:00.");
  };
  for (const rule of calendar) {
    date(rule.from, "2026-01-01");
    if (!isZone(rule.zone)) faults.push(`"${rule.zone}" is not a time zone like Europe/London.`);
    for (const [day, hours] of Object.entries(rule.week)) {
      if (!/^[1-7]$/.test(day)) faults.push(`"${day}" is not a weekday from 1 (Monday) to 7 (Sunday).`);
      times(hours);
    }
    for (const day of rule.holidays ?? []) date(day, "2026-12-25");
    for (const day of rule.days ?? []) {
      date(day.date, "2026-12-25");
      times(day.hours ?? []);
      times(day.closed);
    }
  }
  const twice = (texts: readonly string[]) => texts.find((text, i) => texts.indexOf(text) !== i);
  const begins = twice(calendar.map((rule) => rule.from));
  if (begins) faults.push(`Two weeks begin on ${begins}. Give each its own date.`);
  const byHand = (calendar[0]?.days ?? []).filter((day) => day.sourceId === null);
  const day = twice(byHand.map((one) => one.date));
  if (day) faults.push(`${day} is there twice. Put its hours into one entry.`);
  return faults;
}

/** A date that exists: 2026-02-30 does not. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && Math.abs(at) < 1e6 * DAY && new Date(at).toISOString().startsWith(text);
}
