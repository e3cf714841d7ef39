import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import type { Score } from "../domain/choose-agent.ts";
import type { PassedOver } from "../domain/explain/why-not.ts";
import type { Act, Reason } from "../domain/model.ts";
import { routing } from "./tables.ts";

/** A decision with what it was decided by. */
export interface ToldDecision {
  at: Instant;
  act: Act;
  agentId: string | null;
  reasons: Reason[];
  how: string | null;
  until: Instant | null;
  figures: { admitted?: number; scores?: Score[]; passed?: PassedOver[]; waiting?: number } | null;
}

/** The story of one item, oldest first; of a long one its end. */
export async function toldDecisions(tx: Tx, workItemId: string): Promise<ToldDecision[]> {
  const found = await sql<ToldDecision>`
    select at, act, agent_id as "agentId", reason->'reasons' as reasons, reason->>'how' as how,
      (reason->>'until')::float8 as until, reason->'figures' as figures
    from routing_decision where account_id = ${tx.accountId} and work_item_id = ${workItemId}
    order by at desc, (reason->>'version')::int desc, (reason->>'n')::int desc limit 200`.execute(routing(tx));
  return found.rows.reverse();
}
