import { z } from "zod";
import { id, instant } from "./common.ts";

const date = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .describe("a local date, 2026-12-24");
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
  .describe("a local time, 08:30; 24:00 ends the day");
/** Opening times; an end that is not after its start lies on the next day. */
export const hours = z.array(z.tuple([time, time])).max(12);
const weekday = hours.optional();
/** A week that holds from a date on, until the next one begins. "1" is Monday. */
export const calendarRule = z.object({
  from: date,
  zone: z.string().min(1).max(64).describe("IANA time zone, Europe/London"),
  week: z.object({ 1: weekday, 2: weekday, 3: weekday, 4: weekday, 5: weekday, 6: weekday, 7: weekday }),
  holidays: z.array(date).max(2_000).optional(),
});
export type CalendarRuleView = z.infer<typeof calendarRule>;
const day = {
  date,
  name: z.string().max(200),
  /** Its opening times; empty: closed all day; null: those of its weekday. */
  hours: hours.nullable(),
  /** Closed from one time to another although open by its hours. */
  closed: hours,
};
export const specialDay = z.object(day);
export type SpecialDayView = z.infer<typeof specialDay>;

export const calendarView = z.object({
  id,
  name: z.string(),
  rules: z.array(calendarRule),
  /** `sourceId`: the file that brought it; null: entered by hand. */
  days: z.array(z.object({ ...day, sourceId: id.nullable() })),
  sources: z.array(z.object({ id, name: z.string(), takenAt: instant, days: z.int() })),
  open: z.boolean(),
  opensAt: instant.nullable(),
  version: z.int(),
});
export type CalendarView = z.infer<typeof calendarView>;
export const calendarList = z.object({ calendars: z.array(calendarView) });

const content = {
  name: z.string().min(1).max(120),
  rules: z.array(calendarRule).min(1).max(60),
  days: z.array(specialDay).max(1_000),
};
/** `openToo`: what is open now is counted by it as well; else only what comes from now on. */
const change = { expectedVersion: z.int().min(1).max(2_147_483_647), openToo: z.boolean() };
export const addCalendarBody = z.object(content);
export const changeCalendarBody = z.object({ ...content, ...change });
const ical = z
  .string()
  .min(1)
  .max(512 * 1024)
  .describe("the text of an iCalendar file (.ics)");
export const previewHolidaysBody = z.object({ text: ical });
/** Why an event of a calendar file closes nothing. */
export const notTakenCode = z.enum([
  ...(["no-start", "before-1970", "two-rules", "strange-rule", "no-length", "too-long"] as const),
]);
export type NotTakenCode = z.infer<typeof notTakenCode>;
export const holidayPreview = z.object({
  /** As the file calls itself. */
  name: z.string().nullable(),
  days: z.array(specialDay),
  /** Dates that the calendar already has so. */
  known: z.array(z.string()),
  /** What cannot be taken, each with its reason. */
  skipped: z.array(z.string()),
  /** The same by their codes; `title` null: it has none. `most`: the days that something may last. */
  notTaken: z.array(z.object({ title: z.string().nullable(), code: notTakenCode, most: z.int().nullable() })),
});
export type HolidayPreviewView = z.infer<typeof holidayPreview>;
export const takeHolidaysBody = z.object({
  ...{ name: z.string().min(1).max(120), text: ical, without: z.array(date).max(2_000) },
  ...change,
});
export const holidaysTaken = z.object({ calendar: calendarView, taken: z.int(), changed: z.boolean() });
export const dropHolidaysBody = z.object({ sourceId: id, ...change });
