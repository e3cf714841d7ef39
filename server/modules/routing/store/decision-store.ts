import { type Instant, iso } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import type { Decision, Reason } from "../domain/model.ts";
import { routing } from "./tables.ts";

export interface DecisionRow {
  id: string;
  workItemId: string;
  at: Instant;
  act: string;
  agentId: string | null;
  reasons: Reason[];
}

/** A decision as `save_routing` takes it. */
export interface DecisionToSave {
  readonly id: string;
  readonly n: number;
  readonly work_item_id: string;
  readonly at: string;
  readonly act: string;
  readonly agent_id: string | null;
  readonly reason: object;
}

/** `versionOf`: the item's version when these decisions are saved; it orders what happened in one millisecond. */
export function decisionsToSave(
  decisions: readonly Decision[],
  versionOf: (itemId: string) => number,
): DecisionToSave[] {
  return decisions.map((d, n) => ({
    ...{ id: uuidv7(d.at), n, work_item_id: d.itemId, at: iso(d.at), act: d.act, agent_id: d.agentId },
    reason: {
      ...{ reasons: d.reasons, how: d.how, offerId: d.offerId, until: d.until, overCapacity: d.overCapacity },
      ...{ figures: d.figures, version: versionOf(d.itemId), n },
    },
  }));
}

/** The story of a conversation's open work, oldest first. */
export async function decisionsOfConversation(tx: Tx, conversationId: string): Promise<DecisionRow[]> {
  const found = await sql<Omit<DecisionRow, "reasons"> & { reason: { reasons: Reason[] } }>`
    select d.id, d.work_item_id as "workItemId", d.at, d.act, d.agent_id as "agentId", d.reason
    from (select id from work_item where account_id = ${tx.accountId} and conversation_id = ${conversationId} and state not in ('done', 'withdrawn') offset 0) w
    cross join lateral (select * from routing_decision where account_id = ${tx.accountId} and work_item_id = w.id offset 0) d
    order by d.at, (d.reason->>'version')::int, (d.reason->>'n')::int`.execute(routing(tx));
  return found.rows.map(({ reason, ...row }) => ({ ...row, reasons: reason.reasons }));
}

/** The story of items, oldest first. */
export async function decisionsOf(tx: Tx, workItemIds: readonly string[]): Promise<DecisionRow[]> {
  if (workItemIds.length === 0) return [];
  const rows = await routing(tx)
    .selectFrom("routing_decision")
    .select(["id", "work_item_id", "at", "act", "agent_id", "reason"])
    .where("account_id", "=", tx.accountId)
    .where("work_item_id", "=", sql<string>`any(${workItemIds}::uuid[])`)
    .orderBy("at")
    .orderBy(sql`(reason->>'version')::int`)
    .orderBy(sql`(reason->>'n')::int`)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, workItemId: row.work_item_id, at: row.at, act: row.act, agentId: row.agent_id },
    reasons: row.reason.reasons,
  }));
}
