import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import { type BrandId, uuidv7 } from "#platform/ids";
import type { Calendar } from "./domain/calendar.ts";
import {
  type Account,
  allBrands,
  type Brand,
  type DisclosureStyle,
  findAccount,
  findCalendar,
  findCalendars,
  insertAccount,
  insertBrand,
  insertCalendar,
  type NamedCalendar,
} from "./store/company-store.ts";

export async function accountOf(tx: Tx): Promise<Account> {
  const account = await findAccount(tx);
  if (!account) throw notFound("account");
  return account;
}

export async function makeAccount(tx: Tx, account: { name: string; mission: string; demo: boolean }): Promise<void> {
  await insertAccount(tx, account);
}

export async function brandsOf(tx: Tx): Promise<Brand[]> {
  return allBrands(tx);
}

export async function brandOf(tx: Tx, brandId: string): Promise<Brand> {
  const brand = (await allBrands(tx)).find((b) => b.id === brandId);
  if (!brand) throw notFound("brand");
  return brand;
}

export async function addBrand(
  tx: Tx,
  brand: { name: string; names: string[]; voice: string; disclosure: DisclosureStyle; locale: string },
): Promise<Brand> {
  const { name, voice, disclosure, locale } = brand;
  const made = {
    id: uuidv7<BrandId>(tx.now),
    name,
    names: brand.names.map((n) => n.toLowerCase()),
    voice,
    disclosure,
    locale,
  };
  await insertBrand(tx, made);
  return { ...made, version: 1 };
}

export async function calendarOf(tx: Tx, id: string): Promise<NamedCalendar> {
  const calendar = await findCalendar(tx, id);
  if (!calendar) throw notFound("calendar");
  return calendar;
}

/** Calendars by id; one that is not there is missing. */
export async function calendarsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, NamedCalendar>> {
  return new Map((await findCalendars(tx, [...new Set(ids)])).map((calendar) => [calendar.id, calendar]));
}

export async function addCalendar(tx: Tx, name: string, rules: Calendar): Promise<string> {
  const id = uuidv7(tx.now);
  await insertCalendar(tx, id, name, rules);
  return id;
}
