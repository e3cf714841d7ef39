import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import { type BrandId, uuidv7 } from "#platform/ids";
import {
  type Account,
  allBrands,
  type Brand,
  type DisclosureStyle,
  findAccount,
  insertAccount,
  insertBrand,
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
