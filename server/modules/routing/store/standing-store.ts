import { sql, type Tx } from "#platform/db";
import { routing } from "./tables.ts";
import { type ItemRow, type Work, workOf } from "./work-store.ts";

/** The item that says where a conversation stands, with the team of its queue. */
export interface Standing {
  readonly work: Work;
  readonly teamId: string | null;
}

/** Where conversations stand: the open item decides, else the one that was opened last. Without any item it is not in the map. */
export async function findStandings(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, Standing>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await sql<ItemRow & { team_id: string | null }>`
    select w.*, o.id as offer_id, o.agent_id as offer_agent, o.offered_at, o.expires_at, q.team_id
    from unnest(${[...new Set(conversationIds)]}::uuid[]) as c(id)
    cross join lateral (
      select * from work_item w where w.account_id = ${tx.accountId} and w.conversation_id = c.id
      order by (w.state in ('done', 'withdrawn')), w.opened_at desc, w.id desc limit 1) w
    left join lateral (select * from offer o where o.account_id = ${tx.accountId} and o.work_item_id = w.id and o.state = 'pending' offset 0) o on true
    left join lateral (select team_id from queue q where q.account_id = ${tx.accountId} and q.id = w.queue_id offset 0) q on true`.execute(
    routing(tx),
  );
  return new Map(rows.rows.map((row) => [row.conversation_id, { work: workOf(row), teamId: row.team_id }]));
}
