import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import type { Reason } from "../domain/model.ts";
import { routing } from "./tables.ts";

export interface OfferRow {
  id: string;
  workItemId: string;
  agentId: string;
  state: "pending" | "accepted" | "declined" | "timed-out" | "rescinded";
  reasons: Reason[];
  offeredAt: Instant;
  expiresAt: Instant;
  version: number;
}

function offers(tx: Tx) {
  return routing(tx)
    .selectFrom("offer")
    .select(["id", "work_item_id", "agent_id", "state", "reason", "offered_at", "expires_at", "version"])
    .where("account_id", "=", tx.accountId);
}
function offerOf(row: Awaited<ReturnType<ReturnType<typeof offers>["execute"]>>[number]): OfferRow {
  return {
    ...{ id: row.id, workItemId: row.work_item_id, agentId: row.agent_id, state: row.state },
    ...{ reasons: row.reason.reasons, offeredAt: row.offered_at, expiresAt: row.expires_at, version: row.version },
  };
}

/** What is held out to an agent now, the oldest first. */
export async function pendingOffersTo(tx: Tx, agentId: string): Promise<OfferRow[]> {
  const rows = await offers(tx)
    .where("agent_id", "=", agentId)
    .where("state", "=", "pending")
    .orderBy("offered_at")
    .orderBy("id")
    .execute();
  return rows.map(offerOf);
}
export async function pendingOffersOf(tx: Tx, workItemIds: readonly string[]): Promise<OfferRow[]> {
  if (workItemIds.length === 0) return [];
  const some = sql<string>`any(${workItemIds}::uuid[])`;
  return (await offers(tx).where("work_item_id", "=", some).where("state", "=", "pending").execute()).map(offerOf);
}
export async function findOffer(tx: Tx, id: string): Promise<OfferRow | undefined> {
  const row = await offers(tx).where("id", "=", id).executeTakeFirst();
  return row && offerOf(row);
}
/** Whatever became of them. */
export async function findOffers(tx: Tx, ids: readonly string[]): Promise<OfferRow[]> {
  const some = sql<string>`any(${[...ids]}::uuid[])`;
  return (await offers(tx).where("id", "=", some).execute()).map(offerOf);
}

/** An offer that is held out from now on. */
export type NewOffer = Pick<OfferRow, "id" | "workItemId" | "agentId" | "reasons" | "expiresAt">;
/** A pending offer that ends; one that is ended already stays as it is. */
export interface EndedOffer {
  readonly id: string;
  readonly state: OfferRow["state"];
  readonly reason: string | null;
}
