import { eventType } from "#platform/journal/event";

/** A setting got a new version. */
export const SettingChanged = eventType<{ scope: string; key: string; version: number }>("SettingChanged");
/** Outbound was stopped or released, for one brand or for all (brandId null). */
export const OutboundStopped = eventType<{ brandId: string | null; on: boolean; reason: string; by: string | null }>(
  "OutboundStopped",
);
/** The opening hours or holidays of a calendar changed; `openToo`: what is open is counted anew as well. */
export const CalendarChanged = eventType<{ calendarId: string; version: number; openToo: boolean }>("CalendarChanged");
