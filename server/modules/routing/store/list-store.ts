import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import { routing } from "./tables.ts";
import { type ItemRow, type Work, workOf } from "./work-store.ts";

export interface WorkQuery {
  /** `mine`: owned by the agent; `team`: of the queues given; `all`: of every queue permitted. */
  readonly ownerId: string | null;
  /** Of what the agent owns, only what lies in these queues. */
  readonly ownedIn: "all" | readonly string[];
  /** "all" or the queues to look at. */
  readonly queueIds: "all" | readonly string[];
  readonly after: { due: Instant; id: string } | null;
  readonly limit: number;
}

/** Open work in the order of due times, one statement, one row more than asked for when there is more. */
export async function workPage(tx: Tx, query: WorkQuery): Promise<Work[]> {
  if (query.queueIds !== "all" && query.queueIds.length === 0 && query.ownerId === null) return [];
  const open = sql`w.account_id = ${tx.accountId} and w.state not in ('done', 'withdrawn')`;
  const later = query.after
    ? sql`and (w.due_at, w.id) > (${ts(query.after.due)}::timestamptz, ${query.after.id}::uuid)`
    : sql``;
  const first = sql`order by w.due_at, w.id limit ${query.limit + 1}`;
  // Of each queue no more than a page is read, in the order of its index; the pages are merged.
  const page =
    query.ownerId !== null
      ? sql`select w.* from work_item w where ${open} and w.owner_id = ${query.ownerId} and ${within(query.ownedIn)} ${later} ${first}`
      : query.queueIds === "all"
        ? sql`select w.* from work_item w where ${open} ${later} ${first}`
        : sql`select w.* from unnest(${query.queueIds}::uuid[]) as q(id) cross join lateral (
            select w.* from work_item w where ${open} and w.queue_id = q.id ${later} ${first}) w ${first}`;
  const rows = await sql<ItemRow>`
    select w.*, o.id as offer_id, o.agent_id as offer_agent, o.offered_at, o.expires_at from (${page}) w
    left join lateral (select * from offer o where o.account_id = w.account_id and o.work_item_id = w.id and o.state = 'pending' offset 0) o on true
    order by w.due_at, w.id`.execute(routing(tx));
  return rows.rows.map(workOf);
}

const within = (queueIds: "all" | readonly string[]) =>
  queueIds === "all" ? sql`true` : sql`w.queue_id = any(${queueIds}::uuid[])`;

/** How much an agent has and could have. */
export interface WorkCounts {
  readonly mine: number;
  /** Held out to me. */
  readonly offers: number;
  /** All open work of the team, in whose hands ever. */
  readonly team: number;
  /** Of the team's, what is in nobody's hands and held out to nobody. */
  readonly waiting: number;
  /** Of mine: the clock runs and the due time has passed. */
  readonly lateMine: number;
}

/** How much is mine, held out to me, the team's, waiting there, and late of mine; one statement. */
export async function countWork(
  tx: Tx,
  agentId: string,
  ownedIn: "all" | readonly string[],
  teamQueueIds: readonly string[],
): Promise<WorkCounts> {
  const mine = sql`(select count(*)::int from work_item w where w.account_id = ${tx.accountId} and w.owner_id = ${agentId} and ${within(ownedIn)} and w.state not in ('done', 'withdrawn')`;
  const rows = await sql<{ mine: number; offers: number; team: number; waiting: number; late_mine: number }>`
    select
      ${mine}) as mine,
      (select count(*)::int from offer where account_id = ${tx.accountId} and agent_id = ${agentId} and state = 'pending') as offers,
      team.open as team, team.waiting,
      ${mine} and w.clock = 'running' and w.due_at <= ${ts(tx.now)}) as late_mine
    from (
      select count(*)::int as open, (count(*) filter (where state = 'queued'))::int as waiting from work_item
      where account_id = ${tx.accountId} and queue_id = any(${teamQueueIds}::uuid[]) and state not in ('done', 'withdrawn')) team`.execute(
    routing(tx),
  );
  const { mine: owned = 0, offers = 0, team = 0, waiting = 0, late_mine: lateMine = 0 } = rows.rows[0] ?? {};
  return { mine: owned, offers, team, waiting, lateMine };
}
