import type { PolicyRule } from "#contracts/policy";
import type { Instant } from "#platform/clock";
import { json, type Tx, ts } from "#platform/db";
import type { ConversationTables } from "./tables.ts";

/** One version of a company's written policy. */
export interface StoredPolicy {
  brandId: string;
  version: number;
  text: string;
  rules: PolicyRule[];
  validFrom: Instant;
}

/** The newest version of each of these brands; a brand without one is missing. */
export async function findPolicies(tx: Tx, brandIds: readonly string[]): Promise<StoredPolicy[]> {
  if (brandIds.length === 0) return [];
  const rows = await tx
    .tables<ConversationTables>()
    .selectFrom("policy")
    .select(["brand_id", "version", "text", "rules", "valid_from"])
    .distinctOn("brand_id")
    .where("account_id", "=", tx.accountId)
    .where("brand_id", "in", [...new Set(brandIds)])
    .orderBy("brand_id")
    .orderBy("version", "desc")
    .execute();
  return rows.map((r) => ({
    brandId: r.brand_id,
    version: r.version,
    text: r.text,
    rules: r.rules,
    validFrom: r.valid_from,
  }));
}

/** False when somebody else wrote that version first. */
export async function insertPolicy(tx: Tx, policy: StoredPolicy, setBy: string | null): Promise<boolean> {
  const done = await tx
    .tables<ConversationTables>()
    .insertInto("policy")
    .values({
      account_id: tx.accountId,
      brand_id: policy.brandId,
      version: policy.version,
      text: policy.text,
      rules: json(policy.rules),
      set_by: setBy,
      valid_from: ts(policy.validFrom),
    })
    .onConflict((c) => c.columns(["account_id", "brand_id", "version"]).doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0) === 1;
}
