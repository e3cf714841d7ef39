import type { z } from "zod";
import { SettingChanged } from "#events/company";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import { insertSetting, type SettingRow, settingsAt, settingVersions } from "./store/company-store.ts";

/** A typed setting: every module declares its own, once, beside the code that reads it (D18). */
export interface Setting<T> {
  readonly key: string;
  readonly schema: z.ZodType<T>;
  readonly fallback: T;
  /** True when a brand may have its own value; without one it has the account's. */
  readonly perBrand: boolean;
  /** One sentence for the settings screen. */
  readonly describe: string;
}

const registry = new Map<string, Setting<unknown>>();

export function defineSetting<T>(setting: Setting<T>): Setting<T> {
  if (registry.has(setting.key)) throw new Error(`setting ${setting.key} is declared twice`);
  registry.set(setting.key, setting as Setting<unknown>);
  return setting;
}

export function allSettings(): readonly Setting<unknown>[] {
  return [...registry.values()].sort((a, b) => a.key.localeCompare(b.key, "en"));
}

/** A value and the version that gave it; version 0 is the fallback. Decisions name the version they used. */
export interface SettingValue<T> {
  value: T;
  version: number;
}

export async function settingOf<T>(
  tx: Tx,
  setting: Setting<T>,
  where: { brandId?: string; at?: Instant } = {},
): Promise<SettingValue<T>> {
  const scopes = where.brandId && setting.perBrand ? [where.brandId, tx.accountId] : [tx.accountId];
  return inForce(setting, scopes, await settingsAt(tx, [setting.key], scopes, where.at ?? tx.now));
}

/** All values a setting ever had, of the account and of its brands, the latest first; the fallback last. For names of what is gone from the list. */
export async function settingHistory<T>(tx: Tx, setting: Setting<T>): Promise<T[]> {
  const rows = await settingVersions(tx, setting.key);
  const fitting = rows.flatMap((row) => {
    const parsed = setting.schema.safeParse(row.value);
    return parsed.success ? [parsed.data] : [];
  });
  return [...fitting, setting.fallback];
}

/** Later than anybody plans: 9999-12-31. */
const FAR: Instant = 253_402_214_400_000;

/** The version written last, and from when on it holds, when that is still to come. */
export async function settingToCome<T>(
  tx: Tx,
  setting: Setting<T>,
): Promise<(SettingValue<T> & { from: Instant }) | null> {
  const rows = await settingsAt(tx, [setting.key], [tx.accountId], FAR);
  const from = rows[0]?.validFrom ?? 0;
  return from > tx.now ? { ...inForce(setting, [tx.accountId], rows), from } : null;
}

/** The values of several settings for a brand, in one statement. */
export async function settingsOf<S extends Record<string, Setting<unknown>>>(
  tx: Tx,
  wanted: S,
  brandId: string,
): Promise<{ [K in keyof S]: S[K] extends Setting<infer T> ? T : never }> {
  const keys = Object.values(wanted).map((setting) => setting.key);
  const rows = await settingsAt(tx, keys, [brandId, tx.accountId], tx.now);
  const inForceOf = (setting: Setting<unknown>) =>
    inForce(setting, setting.perBrand ? [brandId, tx.accountId] : [tx.accountId], rows).value;
  return Object.fromEntries(Object.entries(wanted).map(([name, setting]) => [name, inForceOf(setting)])) as never;
}

function inForce<T>(setting: Setting<T>, scopes: readonly string[], rows: readonly SettingRow[]): SettingValue<T> {
  for (const scope of scopes) {
    const row = rows.find((r) => r.scope === scope && r.key === setting.key);
    const parsed = row && setting.schema.safeParse(row.value);
    // A stored value that today's schema refuses counts as not set rather than breaking every reader.
    if (row && parsed?.success) return { value: parsed.data, version: row.version };
  }
  return { value: setting.fallback, version: 0 };
}

export async function setSetting<T>(
  tx: Tx,
  setting: Setting<T>,
  value: T,
  by: string | null,
  where: { brandId?: string; from?: Instant } = {},
): Promise<number> {
  if (where.brandId && !setting.perBrand)
    throw new AppError(
      "invalid-request",
      `The setting ${setting.key} is one for the whole account; leave the brand out.`,
    );
  const parsed = setting.schema.safeParse(value);
  if (!parsed.success)
    throw new AppError(
      "invalid-request",
      `The value does not fit ${setting.key}: ${parsed.error.issues[0]?.message ?? "wrong shape"}.`,
    );
  const scope = where.brandId ?? tx.accountId;
  const version = await insertSetting(tx, scope, setting.key, parsed.data, where.from ?? tx.now, by);
  tx.announce(SettingChanged, {
    key: tx.accountId,
    entity: "setting",
    entityId: scope,
    entityVersion: version,
    payload: { scope, key: setting.key, version },
  });
  return version;
}

export function settingByKey(key: string): Setting<unknown> {
  const setting = registry.get(key);
  if (!setting) throw new AppError("not-found", `There is no setting ${key}. GET /api/settings lists them.`);
  return setting;
}
