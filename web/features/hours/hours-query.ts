import { queryOptions } from "@tanstack/react-query";
import type { CalendarView, HolidayPreviewView } from "#contracts/hours";
import type { SlaMeans, SlaPolicyView, SlaView } from "#contracts/sla";
import { api } from "../../shared/api/api.ts";
import { newId } from "../../shared/api/new-id.ts";
import type { CalendarForm } from "./calendar-form.ts";

export const calendarsQuery = queryOptions({
  queryKey: ["hours", "calendars"],
  queryFn: ({ signal }) => api.get<{ calendars: CalendarView[] }>("/api/calendars", undefined, signal),
});
export const slaQuery = queryOptions({
  queryKey: ["hours", "sla"],
  queryFn: ({ signal }) => api.get<SlaView>("/api/sla", undefined, signal),
});
export const brandNamesQuery = queryOptions({
  queryKey: ["account", "brands"],
  queryFn: ({ signal }) => api.get<{ brands: { id: string; name: string }[] }>("/api/brands", undefined, signal),
});

/** A calendar with the version it was read in; null: it is new. */
export interface SaveCalendar {
  id: string | null;
  form: CalendarForm;
  expectedVersion: number;
  openToo: boolean;
}
export function saveCalendar({ id, form, ...seen }: SaveCalendar, commandId: string): Promise<CalendarView> {
  return id === null
    ? api.post<CalendarView>("/api/calendars", form, { commandId })
    : api.put<CalendarView>(
        `/api/calendars/${id}`,
        { ...form, openToo: seen.openToo },
        { commandId, ...version(seen) },
      );
}
export function previewHolidays({ id, text }: { id: string; text: string }, commandId: string) {
  return api.post<HolidayPreviewView>(`/api/calendars/${id}/holidays/preview`, { text }, { commandId });
}
export interface TakeHolidays {
  id: string;
  name: string;
  text: string;
  without: string[];
  expectedVersion: number;
  openToo: boolean;
}
export function takeHolidays({ id, expectedVersion, ...body }: TakeHolidays, commandId: string) {
  type Taken = { calendar: CalendarView; taken: number; changed: boolean };
  return api.post<Taken>(`/api/calendars/${id}/holidays`, body, { commandId, expectedVersion });
}
export function dropHolidays(
  { id, sourceId, expectedVersion }: { id: string; sourceId: string; expectedVersion: number },
  commandId: string,
): Promise<CalendarView> {
  const body = { sourceId, openToo: false };
  return api.post<CalendarView>(`/api/calendars/${id}/holidays/drop`, body, { commandId, expectedVersion });
}

export interface SaveSla {
  policy: SlaPolicyView;
  expectedVersion: number;
  from: string | null;
  openToo: boolean;
}
export function saveSla({ expectedVersion, ...body }: SaveSla, commandId: string): Promise<SlaView> {
  return api.put<SlaView>("/api/sla", body, { commandId, expectedVersion });
}

export interface MeansAsked {
  policy: SlaPolicyView;
  at: string;
  brandId: string;
  queueId: string;
  priority: string;
  medium: string;
}
export function meansQuery(asked: MeansAsked | null) {
  return queryOptions({
    queryKey: ["hours", "means", asked],
    enabled: asked !== null,
    placeholderData: (before: SlaMeans | undefined) => before,
    queryFn: () => api.post<SlaMeans>("/api/sla/means", asked ?? {}, { commandId: newId() }),
  });
}

const version = ({ expectedVersion }: { expectedVersion: number }) => ({ expectedVersion });
