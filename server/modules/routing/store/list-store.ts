import type { RawBuilder } from "kysely";
import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import { type Narrow, narrowed, SCAN } from "./narrow.ts";
import { routing } from "./tables.ts";
import { type ItemRow, type Work, workOf } from "./work-store.ts";

export interface WorkQuery {
  /** `mine`: owned by the agent; `team`: of the queues given; `all`: of every queue permitted. */
  readonly ownerId: string | null;
  /** Of what the agent owns, only what lies in these queues. */
  readonly ownedIn: "all" | readonly string[];
  /** "all" or the queues to look at. */
  readonly queueIds: "all" | readonly string[];
  /** Only what waits behind this; without it what waits behind is left out. */
  readonly behind?: string | undefined;
  /** Only what is like this, of the `SCAN` next in the order. */
  readonly narrow?: Narrow | undefined;
  readonly after: { due: Instant; id: string } | null;
  readonly limit: number;
}

/** Open work in the order of due times, one statement, one row more than asked for when there is more. */
export async function workPage(tx: Tx, query: WorkQuery): Promise<Work[]> {
  if (shuts(query)) return [];
  const page = query.narrow ? looked(tx, query, query.narrow) : inOrder(tx, query, query.limit + 1);
  const rows = await sql<ItemRow>`
    select w.*, o.id as offer_id, o.agent_id as offer_agent, o.offered_at, o.expires_at from (${page}) w
    left join lateral (select * from offer o where o.account_id = w.account_id and o.work_item_id = w.id and o.state = 'pending' offset 0) o on true
    order by w.due_at, w.id`.execute(routing(tx));
  return rows.rows.map(workOf);
}

/** Of a narrowed list: how far it was looked, where there is more behind that; null at its end. */
export async function lookedUntil(tx: Tx, query: WorkQuery): Promise<{ due: Instant; id: string } | null> {
  if (shuts(query)) return null;
  const rows = await sql<{ due: Instant; id: string }>`
    select w.due_at as due, w.id from (${inOrder(tx, query, SCAN)}) w order by w.due_at, w.id offset ${SCAN - 1} limit 1`.execute(
    routing(tx),
  );
  return rows.rows[0] ?? null;
}

/** How many of the most urgent of a narrowed list there are, up to `most`; one statement that reads no more than `SCAN` rows of each queue. */
export async function countNarrowed(tx: Tx, query: WorkQuery, most: number): Promise<number> {
  if (shuts(query)) return 0;
  const rows = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from (${inOrder(tx, query, SCAN)}) w where ${narrowed(query.narrow ?? {}, tx.now)} limit ${most}) w`.execute(
    routing(tx),
  );
  return rows.rows[0]?.n ?? 0;
}

const shuts = (query: WorkQuery) => query.queueIds !== "all" && query.queueIds.length === 0 && query.ownerId === null;

function looked(tx: Tx, query: WorkQuery, narrow: Narrow): RawBuilder<unknown> {
  return sql`select w.* from (${inOrder(tx, query, SCAN)}) w where ${narrowed(narrow, tx.now)} order by w.due_at, w.id limit ${query.limit + 1}`;
}

/** The first rows of the list, by the indexes that stand in its order. */
function inOrder(tx: Tx, query: WorkQuery, rows: number): RawBuilder<unknown> {
  const behind = query.behind === undefined ? sql`w.behind is null` : sql`w.behind = ${query.behind}`;
  const open = sql`w.account_id = ${tx.accountId} and w.state not in ('done', 'withdrawn') and ${behind}`;
  const later = query.after
    ? sql`and (w.due_at, w.id) > (${ts(query.after.due)}::timestamptz, ${query.after.id}::uuid)`
    : sql``;
  const first = sql`order by w.due_at, w.id limit ${rows}`;
  // Of each queue no more than a page is read, in the order of its index; the pages are merged.
  if (query.ownerId !== null)
    return sql`select w.* from ((select w.* from work_item w where ${open} and w.owner_id = ${query.ownerId} and ${within(query.ownedIn)} ${later} ${first})
          union all (select w.* from work_item w where ${open} and w.has_guests and ${isGuest(query.ownerId)} and ${within(query.ownedIn)} ${later} ${first})) w ${first}`;
  return query.queueIds === "all"
    ? sql`select w.* from work_item w where ${open} ${later} ${first}`
    : sql`select w.* from unnest(${query.queueIds}::uuid[]) as q(id) cross join lateral (
            select w.* from work_item w where ${open} and w.queue_id = q.id ${later} ${first}) w ${first}`;
}

const isGuest = (agentId: string) =>
  sql`exists (select 1 from jsonb_array_elements(w.guests) g where (g->>'agentId')::uuid = ${agentId}::uuid)`;
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
