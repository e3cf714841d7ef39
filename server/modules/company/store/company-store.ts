import type { Instant } from "#platform/clock";
import { type Generated, json, sql, type Ts, type Tx, ts } from "#platform/db";
import type { BrandId } from "#platform/ids";

export type DisclosureStyle = "full-name" | "initials" | "profile";

interface AccountTable {
  account_id: string;
  name: string;
  mission: Generated<string>;
  demo: Generated<boolean>;
  version: Generated<number>;
  created_at: Ts;
}
interface BrandTable {
  account_id: string;
  id: BrandId;
  name: string;
  names: string[];
  voice: Generated<string>;
  disclosure: DisclosureStyle;
  locale: string;
  version: Generated<number>;
  created_at: Ts;
}
export interface CompanyTables {
  account: AccountTable;
  brand: BrandTable;
}

export interface Account {
  id: string;
  name: string;
  mission: string;
  demo: boolean;
  version: number;
}
export interface Brand {
  id: BrandId;
  name: string;
  /** Names by which people speak of the brand, in lower case. */
  names: string[];
  voice: string;
  disclosure: DisclosureStyle;
  locale: string;
  version: number;
}
export async function findAccount(tx: Tx): Promise<Account | undefined> {
  const row = await tx
    .tables<CompanyTables>()
    .selectFrom("account")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .executeTakeFirst();
  return row && { id: row.account_id, name: row.name, mission: row.mission, demo: row.demo, version: row.version };
}

export async function insertAccount(tx: Tx, account: { name: string; mission: string; demo: boolean }): Promise<void> {
  await tx
    .tables<CompanyTables>()
    .insertInto("account")
    .values({ account_id: tx.accountId, ...account, created_at: ts(tx.now) })
    .execute();
}

export async function allBrands(tx: Tx): Promise<Brand[]> {
  return tx
    .tables<CompanyTables>()
    .selectFrom("brand")
    .select(["id", "name", "names", "voice", "disclosure", "locale", "version"])
    .where("account_id", "=", tx.accountId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function insertBrand(tx: Tx, brand: Omit<Brand, "version">): Promise<void> {
  await tx
    .tables<CompanyTables>()
    .insertInto("brand")
    .values({ account_id: tx.accountId, ...brand, created_at: ts(tx.now) })
    .execute();
}

export interface SettingRow {
  key: string;
  scope: string;
  version: number;
  validFrom: Instant;
  value: unknown;
}

/** The rows in force at an instant: for each scope and key the newest version whose time has come. */
export async function settingsAt(
  tx: Tx,
  keys: readonly string[],
  scopes: readonly string[],
  at: Instant,
): Promise<SettingRow[]> {
  const rows = await sql<SettingRow>`
    select distinct on (scope, key) key, scope, version, valid_from as "validFrom", value from setting
    where account_id = ${tx.accountId} and scope = any(${scopes}::uuid[]) and key = any(${keys}) and valid_from <= ${ts(at)}
    order by scope, key, version desc`.execute(tx.tables());
  return rows.rows;
}

/** All values a setting ever had, of the account and of its brands, the latest written first. */
export async function settingVersions(tx: Tx, key: string): Promise<SettingRow[]> {
  const rows = await sql<SettingRow>`
    select key, scope, version, valid_from as "validFrom", value from setting
    where account_id = ${tx.accountId} and key = ${key} order by valid_from desc, version desc`.execute(tx.tables());
  return rows.rows;
}

/** Writes the next version. The row's key refuses a second writer of the same version, who begins again and sees the first one's. */
export async function insertSetting(
  tx: Tx,
  scope: string,
  key: string,
  value: unknown,
  validFrom: Instant,
  by: string | null,
): Promise<number> {
  const row = await sql<{ version: number }>`
    insert into setting (account_id, scope, key, version, valid_from, value, set_by)
    select ${tx.accountId}, ${scope}, ${key}, coalesce(max(version), 0) + 1, ${ts(validFrom)}, ${json(value)}::jsonb, ${by}
    from setting where account_id = ${tx.accountId} and scope = ${scope} and key = ${key}
    returning version`.execute(tx.tables());
  return row.rows[0]!.version;
}
