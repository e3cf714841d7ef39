/** The front door of `company`: accounts, brands, calendars, settings and flags, keys, the stop switch. */
import { OutboundStopped, SettingChanged } from "#events/company";
import { type LiveMapping, type LiveWhere, live } from "#platform/journal/live";

export { companyRoutes } from "./api/company-routes.ts";
export {
  accountOf,
  addBrand,
  addCalendar,
  brandOf,
  brandsOf,
  calendarOf,
  calendarsOf,
  makeAccount,
} from "./company.ts";
export { businessTime, type Calendar, dueAt, isOpen, nextOpening } from "./domain/calendar.ts";
export { decrypt, encrypt, fingerprint, rewrapAccountKeys, rewrapKey, seal, unseal, useKeyRing } from "./key-ring.ts";
export {
  allSettings,
  defineSetting,
  type Setting,
  type SettingValue,
  setSetting,
  settingOf,
  settingsOf,
} from "./settings.ts";
export { type Stop, setStop, stopOf, stops } from "./stop-switch.ts";
export type { Account, Brand, DisclosureStyle, NamedCalendar } from "./store/company-store.ts";

export const liveWhere: LiveWhere = {
  brand: async (_tx, ids) => new Map(ids.map((brandId) => [brandId, { brandId }])),
};
export const liveMappings: readonly LiveMapping[] = [
  live(SettingChanged, (e) => [
    { kind: "setting", id: e.entityId, version: e.entityVersion, needs: { verb: "settings.manage" } },
  ]),
  live(OutboundStopped, (e) => [{ kind: "channel", id: e.entityId, version: e.entityVersion, needs: "any" }]),
];
