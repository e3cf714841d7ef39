import { type Instant, iso } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import type { MediumClassName } from "../domain/medium-class.ts";
import type { Act, Need, Priority } from "../domain/model.ts";
import { routing } from "./tables.ts";

/** What an item's story is told by; its figures only as far as they name the queue. */
export interface Step {
  workItemId: string;
  at: Instant;
  act: Act;
  agentId: string | null;
  how: string | null;
  queueId: string | null;
}
export interface StoryItem {
  id: string;
  queueId: string;
  brandId: string;
  medium: MediumClassName;
  priority: Priority;
  crisis: boolean;
  needs: Need[];
  t0: Instant;
  known: string[];
}

/** The items that had decisions in a time, in their order; null: there were more than `most` decisions. */
export async function itemsWithDecisions(
  tx: Tx,
  from: Instant,
  to: Instant,
  most: number | null,
): Promise<string[] | null> {
  const found = await sql<{ id: string; steps: string }>`
    select work_item_id as id, count(*) as steps
    from (
      select work_item_id from routing_decision
      where account_id = ${tx.accountId} and at >= ${iso(from)} and at < ${iso(to)}
      limit ${most === null ? null : most + 1}
    ) d
    group by work_item_id order by work_item_id`.execute(routing(tx));
  const steps = found.rows.reduce((all, row) => all + Number(row.steps), 0);
  return most !== null && steps > most ? null : found.rows.map((row) => row.id);
}

/** The decisions about some items from an instant to another (not included), item by item in order. */
export async function stepsBetween(tx: Tx, ids: readonly string[], from: Instant, to: Instant): Promise<Step[]> {
  const found = await sql<Step>`
    select work_item_id as "workItemId", at, act, agent_id as "agentId", reason->>'how' as how, reason->'figures'->>'queueId' as "queueId"
    from routing_decision
    where account_id = ${tx.accountId} and work_item_id = any(${ids}::uuid[]) and at >= ${iso(from)} and at < ${iso(to)}
    order by work_item_id, at, (reason->>'version')::int, (reason->>'n')::int`.execute(routing(tx));
  return found.rows;
}

export async function itemsForStory(tx: Tx, ids: readonly string[]): Promise<StoryItem[]> {
  const found = await sql<StoryItem>`
    select id, queue_id as "queueId", brand_id as "brandId", medium, priority, crisis, skills as needs, t0, known_agents as known
    from work_item
    where account_id = ${tx.accountId} and id = any(${ids}::uuid[])
    order by id`.execute(routing(tx));
  return found.rows;
}
