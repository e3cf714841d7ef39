import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";

/** More than so many is "more than so many": a sweep of a million late items is no better informed. */
const MOST = 1_000;
/** The most a rung can ask for. */
const VOLUME_MOST = 100_000;
/** Of an instant the first id there can be. */
const FIRST = new Uint8Array(10);

export interface QueueLateness {
  queueId: string;
  name: string;
  /** Whose clock runs and whose due time is before the instant, `MOST` at most. */
  late: number;
}
/** How much is late in each queue, by its due time. */
export async function latePerQueue(tx: Tx, before: Instant): Promise<QueueLateness[]> {
  const rows = await sql<QueueLateness>`
    select q.id as "queueId", q.name, l.late::int as late from queue q
    cross join lateral (select count(*) as late from (
      select 1 from work_item w where w.account_id = ${tx.accountId} and w.queue_id = q.id and w.state not in ('done', 'withdrawn')
        and w.clock = 'running' and w.due_at < ${new Date(before)} limit ${MOST}) x) l
    where q.account_id = ${tx.accountId} order by q.id`.execute(tx.tables());
  return rows.rows;
}
/** How much waits in each queue since before the instant without an owner. */
export async function stuckPerQueue(tx: Tx, since: Instant): Promise<QueueLateness[]> {
  const rows = await sql<QueueLateness>`
    select q.id as "queueId", q.name, l.late::int as late from queue q
    cross join lateral (select count(*) as late from (
      select 1 from work_item w where w.account_id = ${tx.accountId} and w.queue_id = q.id and w.state = 'queued'
        and w.clock = 'running' and w.t0 < ${new Date(since)} limit ${MOST}) x) l
    where q.account_id = ${tx.accountId} order by q.id`.execute(tx.tables());
  return rows.rows;
}
/** How much came to each queue since the instant, of these priorities, and is open still. What came stands together: its ids tell when. */
export async function volumePerQueue(tx: Tx, since: Instant, priorities: readonly string[]): Promise<QueueLateness[]> {
  const rows = await sql<QueueLateness>`
    select q.id as "queueId", q.name, c.came::int as late from (
      select w.queue_id, count(*) as came from (
        select queue_id from work_item where account_id = ${tx.accountId} and id >= ${uuidv7(since, FIRST)}
          and state not in ('done', 'withdrawn') and priority = any(${[...priorities]}::text[]) limit ${VOLUME_MOST}) w
      group by 1) c
    join queue q on q.account_id = ${tx.accountId} and q.id = c.queue_id order by q.id`.execute(tx.tables());
  return rows.rows;
}
