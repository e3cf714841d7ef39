import { brandsOf } from "#modules/company";
import type { Tx } from "#platform/db";
import { CommandError } from "./command.ts";

/** The brand that is meant, by name or id; may be left out where there is one only. */
export async function brandMeant(tx: Tx, account: string, said: string | undefined) {
  const brands = await brandsOf(tx);
  const fits = said === undefined ? brands : brands.filter((b) => [b.id, b.name].includes(said));
  if (fits.length === 1) return fits[0]!;
  throw new CommandError(`Say for which brand with --brand. ${account} has: ${brands.map((b) => b.name).join(", ")}.`);
}
