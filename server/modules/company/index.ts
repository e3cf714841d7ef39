/** The front door of `company`: accounts, brands, calendars, settings and flags, keys, the stop switch. */
import { CalendarChanged, OutboundStopped, SettingChanged } from "#events/company";
import { type LiveMapping, type LiveWhere, live } from "#platform/journal/live";

export { calendarRoutes } from "./api/calendar-routes.ts";
export { companyRoutes } from "./api/company-routes.ts";
export { addCalendar, allCalendars, calendarNames, calendarOf, calendarsOf, changeCalendar } from "./calendars.ts";
export { accountOf, addBrand, brandOf, brandsOf, makeAccount } from "./company.ts";
export { businessTime, type Calendar, dueAt, isOpen, nextOpening } from "./domain/calendar.ts";
export { stretchesOfDay, wallClockAt } from "./domain/zone-days.ts";
export { decrypt, encrypt, fingerprint, rewrapAccountKeys, rewrapKey, seal, unseal, useKeyRing } from "./key-ring.ts";
export {
  allSettings,
  defineSetting,
  type Setting,
  type SettingValue,
  setSetting,
  settingHistory,
  settingOf,
  settingsOf,
  settingToCome,
} from "./settings.ts";
export { type Stop, setStop, stopHolds, stopOf, stops } from "./stop-switch.ts";
export type { NamedCalendar } from "./store/calendar-store.ts";
export type { Account, Brand, DisclosureStyle } from "./store/company-store.ts";

export const liveWhere: LiveWhere = {
  brand: async (_tx, ids) => new Map(ids.map((brandId) => [brandId, { brandId }])),
};
export const liveMappings: readonly LiveMapping[] = [
  live(SettingChanged, (e) => [
    { kind: "setting", id: e.entityId, version: e.entityVersion, needs: { verb: "settings.manage" } },
  ]),
  live(CalendarChanged, (e) => [
    { kind: "setting", id: e.entityId, version: e.entityVersion, needs: { verb: "settings.manage" } },
  ]),
  live(OutboundStopped, (e) => [{ kind: "channel", id: e.entityId, version: e.entityVersion, needs: "any" }]),
];
