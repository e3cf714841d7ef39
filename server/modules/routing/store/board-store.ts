import { HOUR, type Instant, MINUTE, type Millis } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import type { Priority } from "../domain/model.ts";
import { routing } from "./tables.ts";
import { type ItemRow, type Work, workOf } from "./work-store.ts";

/** What waits is told apart by when it is due: within so long from now. The first is overdue already. */
export const DUE_BINS: readonly Millis[] = [
  ...[0, 5, 10, 15, 20, 30, 45].map((n) => n * MINUTE),
  ...[1, 1.5, 2, 3, 4, 8, 12].map((n) => n * HOUR),
];

/** How a queue stands at an instant. */
export interface QueueStanding {
  readonly queueId: string;
  /** In nobody's hands: queued, or held out to somebody. */
  readonly waiting: number;
  readonly offered: number;
  /** In somebody's hands. */
  readonly held: number;
  /** Their weight together, 100 being a whole agent. */
  readonly heldWeight: number;
  readonly aside: number;
  /** Of what waits with a running clock: since when the customer waits who waits longest, and the first due time. */
  readonly firstT0: Instant | null;
  readonly firstDue: Instant | null;
  /** An answer is owed and its time has passed; in whosever hands it is. */
  readonly late: number;
  readonly lateWaiting: number;
  /** Owed still, and fell due at or after `fellDueSince`. */
  readonly fellDue: number;
  /** Waiting, by DUE_BINS, each without those before; beyond the last bin they are in none. */
  readonly dueBins: readonly number[];
  /** Mean weight of what is open. */
  readonly weight: number;
}

/** How queues stand: one statement over their open work. */
export async function standingOfQueues(
  tx: Tx,
  queueIds: readonly string[],
  fellDueSince: Instant,
): Promise<Map<string, QueueStanding>> {
  if (queueIds.length === 0) return new Map();
  const waits = sql`state in ('queued', 'offered')`;
  const owed = sql`clock = 'running'`;
  const bins = sql.join(
    DUE_BINS.map((within, n) => {
      const upTo = sql`due_at <= ${ts(tx.now + within)}`;
      const after = n === 0 ? sql`` : sql`and due_at > ${ts(tx.now + (DUE_BINS[n - 1] as number))}`;
      return sql`count(*) filter (where ${waits} and ${owed} and ${upTo} ${after})`;
    }),
  );
  const rows = await sql<Omit<QueueStanding, "dueBins"> & { dueBins: (number | string)[] }>`
    select queue_id as "queueId", (count(*) filter (where ${waits}))::int as waiting, (count(*) filter (where state = 'offered'))::int as offered,
      (count(*) filter (where state in ('active', 'wrapup')))::int as held,
      (coalesce(sum(weight) filter (where state in ('active', 'wrapup')), 0))::int as "heldWeight",
      (count(*) filter (where state = 'parked'))::int as aside,
      min(t0) filter (where ${waits} and ${owed}) as "firstT0", min(due_at) filter (where ${waits} and ${owed}) as "firstDue",
      (count(*) filter (where ${owed} and due_at <= ${ts(tx.now)}))::int as late,
      (count(*) filter (where ${waits} and ${owed} and due_at <= ${ts(tx.now)}))::int as "lateWaiting",
      (count(*) filter (where ${owed} and due_at <= ${ts(tx.now)} and due_at >= ${ts(fellDueSince)}))::int as "fellDue",
      array[${bins}]::int[] as "dueBins", (avg(weight))::float8 as weight
    from work_item where account_id = ${tx.accountId} and queue_id = any(${[...queueIds]}::uuid[]) and state not in ('done', 'withdrawn')
    group by queue_id`.execute(routing(tx));
  return new Map(rows.rows.map((row) => [row.queueId, { ...row, dueBins: row.dueBins.map(Number) }]));
}

/** How long those wait who wait in a queue: how many up to each edge, and beyond the last; and who can read it. */
export async function waitsOfQueue(
  tx: Tx,
  queueId: string,
  edges: readonly Millis[],
): Promise<{ bins: number[]; publicly: number; privately: number; priorities: Record<Priority, number> }> {
  const counts = sql.join(
    [...edges, null].map((edge, n) => {
      const upTo = edge === null ? sql`true` : sql`t0 > ${ts(tx.now - edge)}`;
      const after = n === 0 ? sql`` : sql`and t0 <= ${ts(tx.now - (edges[n - 1] as number))}`;
      return sql`count(*) filter (where ${upTo} ${after})`;
    }),
  );
  const of = (priority: Priority) => sql`(count(*) filter (where priority = ${priority}))::int`;
  const rows = await sql<{
    bins: number[];
    publicly: number;
    privately: number;
    urgent: number;
    high: number;
    normal: number;
    low: number;
  }>`
    select array[${counts}]::int[] as bins, (count(*) filter (where visibility <> 'private'))::int as publicly,
      (count(*) filter (where visibility = 'private'))::int as privately,
      ${of("urgent")} as urgent, ${of("high")} as high, ${of("normal")} as normal, ${of("low")} as low
    from work_item where account_id = ${tx.accountId} and queue_id = ${queueId} and state not in ('done', 'withdrawn')
      and state in ('queued', 'offered') and clock = 'running'`.execute(routing(tx));
  const { bins = [], publicly = 0, privately = 0, urgent = 0, high = 0, normal = 0, low = 0 } = rows.rows[0] ?? {};
  return { bins: bins.map(Number), publicly, privately, priorities: { urgent, high, normal, low } };
}

/** Which items a number on the board stands for. */
export type BoardItems = "waiting" | "late" | "held" | "open";

/** Items behind a number, by due time, a page at a time. */
export async function boardItems(
  tx: Tx,
  asked: {
    queueIds: readonly string[];
    of: BoardItems;
    agentId: string | null;
    after: { due: Instant; id: string } | null;
    limit: number;
  },
): Promise<Work[]> {
  const which = {
    waiting: sql`w.state in ('queued', 'offered')`,
    late: sql`w.clock = 'running' and w.due_at <= ${ts(tx.now)}`,
    held: sql`w.state in ('active', 'wrapup')`,
    open: sql`w.clock = 'running'`,
  }[asked.of];
  const whose = asked.agentId === null ? sql`` : sql`and w.owner_id = ${asked.agentId}`;
  const later = asked.after
    ? sql`and (w.due_at, w.id) > (${ts(asked.after.due)}::timestamptz, ${asked.after.id}::uuid)`
    : sql``;
  const first = sql`order by w.due_at, w.id limit ${asked.limit}`;
  const rows = await sql<ItemRow>`
    select w.*, o.id as offer_id, o.agent_id as offer_agent, o.offered_at, o.expires_at from (
      select w.* from unnest(${[...asked.queueIds]}::uuid[]) as q(id) cross join lateral (
        select w.* from work_item w where w.account_id = ${tx.accountId} and w.queue_id = q.id and w.state not in ('done', 'withdrawn')
          and ${which} ${whose} ${later} ${first}) w ${first}) w
    left join lateral (select * from offer o where o.account_id = w.account_id and o.work_item_id = w.id and o.state = 'pending' offset 0) o on true
    order by w.due_at, w.id`.execute(routing(tx));
  return rows.rows.map(workOf);
}
