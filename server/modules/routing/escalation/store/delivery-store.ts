import type { Instant } from "#platform/clock";
import { type Database, json, sql, storable, type Tx, ts } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { escalations, type PagePayload } from "./tables.ts";

export interface PageDelivery {
  id: string;
  escalationId: string | null;
  pages: number;
  agentId: string;
  way: "push" | "email" | "webhook";
  /** Which browser or webhook; null for mail. */
  toId: string | null;
  payload: PagePayload;
  tries: number;
}

/** Doubles of a step are left out: nobody is paged twice for one. */
export async function insertDeliveries(tx: Tx, rows: readonly Omit<PageDelivery, "tries">[]): Promise<void> {
  if (rows.length === 0) return;
  await escalations(tx)
    .insertInto("page_delivery")
    .values(
      rows.map((d) => ({
        ...{ account_id: tx.accountId, id: d.id, escalation_id: d.escalationId, pages: d.pages, agent_id: d.agentId },
        ...{ way: d.way, to_id: d.toId, state: "pending" as const, payload: json(d.payload), tries: 0 },
        ...{ next_at: ts(tx.now), created_at: ts(tx.now), sent_at: null, error: null },
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
}
/** What was not sent yet of a matter that needs nobody any more. */
export async function dropDeliveries(tx: Tx, escalationId: string): Promise<void> {
  await escalations(tx)
    .updateTable("page_delivery")
    .set({ state: "dropped" })
    .where("account_id", "=", tx.accountId)
    .where("escalation_id", "=", escalationId)
    .where("state", "=", "pending")
    .execute();
}
/** Claims what is due; a claim that its holder neither settled nor kept is due again. */
export async function claimDeliveries(tx: Tx, until: Instant, limit: number): Promise<PageDelivery[]> {
  const due = await escalations(tx)
    .selectFrom("page_delivery")
    .select(["id"])
    .where("account_id", "=", tx.accountId)
    .where("state", "in", ["pending", "sending"])
    .where(sql<boolean>`next_at <= ${ts(tx.now)}`)
    .orderBy("next_at")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  if (due.length === 0) return [];
  const rows = await escalations(tx)
    .updateTable("page_delivery")
    .set((eb) => ({ state: "sending", next_at: ts(until), tries: eb("tries", "+", 1) }))
    .where("account_id", "=", tx.accountId)
    .where(
      "id",
      "in",
      due.map((d) => d.id),
    )
    .returning(["id", "escalation_id", "pages", "agent_id", "way", "to_id", "payload", "tries"])
    .execute();
  return rows.map((r) => ({
    ...{ id: r.id, escalationId: r.escalation_id, pages: r.pages, agentId: r.agent_id, way: r.way, toId: r.to_id },
    ...{ payload: r.payload, tries: r.tries },
  }));
}
/** Keeps claims of pages that are still being sent; what another claimed meanwhile stays that other's. */
export async function keepDeliveries(
  tx: Tx,
  claims: readonly Pick<PageDelivery, "id" | "tries">[],
  until: Instant,
): Promise<void> {
  await sql`
    update page_delivery d set next_at = ${ts(until)} from unnest(${claims.map((c) => c.id)}::uuid[], ${claims.map((c) => c.tries)}::int[]) as c(id, tries)
    where d.account_id = ${tx.accountId} and d.id = c.id and d.tries = c.tries and d.state = 'sending'`.execute(
    escalations(tx),
  );
}
/** Says what became of a claim. False where it is another's by now. */
export async function settleDelivery(
  tx: Tx,
  claim: Pick<PageDelivery, "id" | "tries">,
  to:
    | { state: "sent" }
    | { state: "failed" | "dropped"; error: string }
    | { state: "pending"; error: string; nextAt: Instant },
): Promise<boolean> {
  const settled = await escalations(tx)
    .updateTable("page_delivery")
    .set({
      state: to.state,
      error: "error" in to ? storable(to.error).slice(0, 500) : null,
      ...(to.state === "sent" && { sent_at: ts(tx.now) }),
      ...(to.state === "pending" && { next_at: ts(to.nextAt) }),
    })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", claim.id)
    .where("tries", "=", claim.tries)
    .where("state", "=", "sending")
    .executeTakeFirst();
  return settled.numUpdatedRows > 0n;
}
/** Accounts with something to send; first whose oldest page waits longest. */
export async function accountsWithPages(db: Database, now: Instant): Promise<AccountId[]> {
  const rows = await db.askSystem(
    sql<{
      account_id: AccountId;
    }>`select account_id from page_delivery where state in ('pending', 'sending') and next_at <= ${new Date(now)}
      group by account_id order by min(next_at), account_id`,
  );
  return rows.map((r) => r.account_id);
}
