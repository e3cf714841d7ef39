import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";
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

export async function insertOffers(tx: Tx, made: readonly Omit<OfferRow, "state" | "version">[]): Promise<void> {
  if (made.length === 0) return;
  const values = made.map((o) => ({
    ...{
      account_id: tx.accountId,
      id: o.id,
      work_item_id: o.workItemId,
      agent_id: o.agentId,
      state: "pending" as const,
    },
    ...{ reason: json({ reasons: o.reasons }), offered_at: ts(o.offeredAt), expires_at: ts(o.expiresAt) },
  }));
  await routing(tx).insertInto("offer").values(values).execute();
}

/** Ends pending offers; one that is ended already stays as it is. */
export async function settleOffers(
  tx: Tx,
  ended: readonly { id: string; state: OfferRow["state"]; reason: string | null }[],
): Promise<void> {
  if (ended.length === 0) return;
  await sql`
    update offer o set state = r.state, decline_reason = r.reason, settled_at = ${ts(tx.now)}, version = o.version + 1
    from jsonb_to_recordset(${json(ended)}::jsonb) as r(id uuid, state text, reason text)
    where o.account_id = ${tx.accountId} and o.id = r.id and o.state = 'pending'`.execute(routing(tx));
}
