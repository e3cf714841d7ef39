import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import type { MediumClassName } from "../domain/medium-class.ts";
import { routing } from "./tables.ts";

export interface LoadRow {
  agentId: string;
  medium: MediumClassName;
  parked: boolean;
  items: number;
  weight: number;
}

/** What each agent carries, by kind of medium: owned, held out to them, and where they are guests; parked apart. */
export async function loadRows(tx: Tx, agentIds: readonly string[]): Promise<LoadRow[]> {
  if (agentIds.length === 0) return [];
  const rows = await sql<{ agent_id: string; medium: MediumClassName; parked: boolean; items: number; weight: number }>`
    select agent_id, medium, parked, count(*)::int as items, sum(weight)::int as weight from (
      select owner_id as agent_id, medium, state = 'parked' as parked, weight from work_item
      where account_id = ${tx.accountId} and owner_id = any(${agentIds}::uuid[]) and state in ('active', 'parked', 'wrapup')
        and state not in ('done', 'withdrawn')
      union all
      select o.agent_id, w.medium, false, w.weight from offer o
      join work_item w on w.account_id = o.account_id and w.id = o.work_item_id
      where o.account_id = ${tx.accountId} and o.agent_id = any(${agentIds}::uuid[]) and o.state = 'pending' and w.state = 'offered'
      union all
      select (g->>'agentId')::uuid, w.medium, false, w.weight from work_item w cross join lateral jsonb_array_elements(w.guests) g
      where w.account_id = ${tx.accountId} and w.has_guests and w.state = 'active' and (g->>'agentId')::uuid = any(${agentIds}::uuid[])
    ) carried group by 1, 2, 3`.execute(routing(tx));
  return rows.rows.map(({ agent_id, ...row }) => ({ agentId: agent_id, ...row }));
}

export async function lastTurns(tx: Tx, agentIds: readonly string[]): Promise<Map<string, Instant>> {
  const rows = await routing(tx)
    .selectFrom("agent_turn")
    .select(["agent_id", "last_at"])
    .where("account_id", "=", tx.accountId)
    .where("agent_id", "=", sql<string>`any(${[...agentIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.agent_id, row.last_at]));
}
