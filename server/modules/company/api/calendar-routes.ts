import { z } from "zod";
import { id } from "#contracts/common";
import {
  addCalendarBody,
  type CalendarView,
  calendarList,
  calendarView,
  changeCalendarBody,
  dropHolidaysBody,
  holidayPreview,
  holidaysTaken,
  previewHolidaysBody,
  takeHolidaysBody,
} from "#contracts/hours";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import {
  addCalendar,
  allCalendars,
  calendarOf,
  changeCalendar,
  dropHolidays,
  previewHolidays,
  takeHolidays,
} from "../calendars.ts";
import { isOpen, nextOpening } from "../domain/calendar.ts";
import type { NamedCalendar } from "../store/calendar-store.ts";
import type { CompanyRouteRights } from "./company-routes.ts";

const byId = z.object({ id });
const tag = "company";
type Asked = { actor: Actor; params: { id: string }; body: { openToo: boolean } };

/** Opening hours and holidays. Everybody who works by them may read them; changing them takes `settings.manage`. */
export function calendarRoutes(r: Routes, rights: CompanyRouteRights): void {
  const may = (actor: Actor) => rights.need(actor, "settings.manage");
  const told = async (tx: Tx, act: string, { actor, params, body }: Asked, calendar: NamedCalendar) => {
    const { name, version } = calendar;
    await rights.audit(tx, actor, act, "calendar", params.id, { name, version, openToo: body.openToo });
    return present(calendar, tx.now);
  };

  r.query(
    "/api/calendars",
    { summary: "Opening hours with holidays and dated changes", tag, response: calendarList },
    async (tx, { actor }) => {
      may(actor);
      return { calendars: (await allCalendars(tx)).map((calendar) => present(calendar, tx.now)) };
    },
  );
  r.command(
    "POST",
    "/api/calendars",
    { summary: "Add a calendar", tag, body: addCalendarBody, response: calendarView, status: 201 },
    async (tx, { actor, body }) => {
      may(actor);
      const days = body.days.map((day) => ({ ...day, sourceId: null }));
      const calendar = await calendarOf(tx, await addCalendar(tx, body.name, rulesOf(body.rules), days));
      await rights.audit(tx, actor, "calendar.added", "calendar", calendar.id, { name: calendar.name });
      return present(calendar, tx.now);
    },
  );
  r.command(
    "PUT",
    "/api/calendars/:id",
    {
      summary: "Change opening hours, dated changes and days entered by hand",
      ...{ tag, params: byId, body: changeCalendarBody, response: calendarView },
    },
    async (tx, asked) => {
      may(asked.actor);
      const change = { ...asked.body, calendarId: asked.params.id, rules: rulesOf(asked.body.rules) };
      return told(tx, "calendar.changed", asked, await changeCalendar(tx, change));
    },
  );
  r.command(
    "POST",
    "/api/calendars/:id/holidays/preview",
    {
      summary: "What a calendar file (.ics) would close; changes nothing",
      ...{ tag, params: byId, body: previewHolidaysBody, response: holidayPreview },
    },
    async (tx, { actor, params, body }) => {
      may(actor);
      const found = await previewHolidays(tx, params.id, body.text);
      return { ...found, days: found.days.map(asShown) };
    },
  );
  r.command(
    "POST",
    "/api/calendars/:id/holidays",
    {
      summary: "Take the holidays of a calendar file; one of the same name is replaced",
      ...{ tag, params: byId, body: takeHolidaysBody, response: holidaysTaken },
    },
    async (tx, asked) => {
      may(asked.actor);
      const { calendar, taken, changed } = await takeHolidays(tx, { ...asked.body, calendarId: asked.params.id });
      if (!changed) return { calendar: present(calendar, tx.now), taken, changed };
      return { calendar: await told(tx, "calendar.holidays-taken", asked, calendar), taken, changed };
    },
  );
  r.command(
    "POST",
    "/api/calendars/:id/holidays/drop",
    {
      summary: "Take away what a calendar file brought",
      ...{ tag, params: byId, body: dropHolidaysBody, response: calendarView },
    },
    async (tx, asked) => {
      may(asked.actor);
      const calendar = await dropHolidays(tx, { ...asked.body, calendarId: asked.params.id });
      return told(tx, "calendar.holidays-dropped", asked, calendar);
    },
  );
}

type Rules = z.infer<typeof addCalendarBody>["rules"];
/** Days that stay closed all week are left out. */
const rulesOf = (rules: Rules) =>
  rules.map((rule) => ({
    ...{ from: rule.from, zone: rule.zone, ...(rule.holidays && { holidays: rule.holidays }) },
    week: Object.fromEntries(
      Object.entries(rule.week).flatMap(([day, hours]) => (hours?.length ? [[day, hours]] : [])),
    ),
  }));

type Pairs = readonly (readonly [string, string])[];
const pairs = (hours: Pairs): [string, string][] => hours.map(([from, to]) => [from, to]);
type Day = { hours: Pairs | null; closed: Pairs };
const asShown = <D extends Day>(day: D) => ({
  ...day,
  ...{ hours: day.hours && pairs(day.hours), closed: pairs(day.closed) },
});

function present(calendar: NamedCalendar, now: Instant): CalendarView {
  const open = isOpen(now, calendar.calendar);
  const opensAt = open ? null : nextOpening(now, calendar.calendar);
  const { id: calendarId, name, version } = calendar;
  return {
    days: calendar.days.map(asShown),
    ...{ id: calendarId, name, version, open, opensAt: opensAt === null ? null : iso(opensAt) },
    rules: calendar.rules.map((rule) => ({
      ...{ from: rule.from, zone: rule.zone, ...(rule.holidays && { holidays: [...rule.holidays] }) },
      week: Object.fromEntries(Object.entries(rule.week).map(([day, hours]) => [day, pairs(hours)])),
    })),
    sources: calendar.sources.map((source) => ({
      ...{ id: source.id, name: source.name, takenAt: iso(source.takenAt) },
      days: calendar.days.filter((day) => day.sourceId === source.id).length,
    })),
  };
}
