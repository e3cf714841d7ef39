import { type Instant, MINUTE, type Millis } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import { routing } from "./tables.ts";

/** Where waiting work stands: 1 is next. `waitMs`: by how fast the queue went of late; null where it did not move. */
export interface QueuePlace {
  readonly position: number;
  readonly waitMs: Millis | null;
}

/** How far back it is looked for how fast a queue goes. */
const LATELY: Millis = 30 * MINUTE;
/** More than that in half an hour is at once. */
const MOST_TAKEN = 1_000;
/** Nobody who stands further behind is told an exact number; nor is it counted. */
const MOST = 100;

/** Places of those of these conversations whose work is in nobody's hands, in the order in which they are due; one statement. */
export async function placesInQueues(
  tx: Tx,
  conversationIds: readonly string[],
  now: Instant = tx.now,
): Promise<Map<string, QueuePlace>> {
  if (conversationIds.length === 0) return new Map();
  const found = await sql<{ id: string; ahead: number; taken: number }>`
    select w.conversation_id as id, a.n::int as ahead, t.n::int as taken from work_item w
    cross join lateral (select count(*) as n from (select 1 from work_item o where o.account_id = w.account_id and o.queue_id = w.queue_id
      and o.state not in ('done', 'withdrawn') and o.state = 'queued' and (o.due_at, o.id) < (w.due_at, w.id) limit ${MOST}) ahead) a
    cross join lateral (select count(*) as n from (select 1 from work_item o where o.account_id = w.account_id and o.queue_id = w.queue_id
      and o.assigned_at > ${ts(now - LATELY)} limit ${MOST_TAKEN}) taken) t
    where w.account_id = ${tx.accountId} and w.conversation_id = any(${[...conversationIds]}::uuid[]) and w.state in ('queued', 'offered')`.execute(
    routing(tx),
  );
  return new Map(
    found.rows.map((r) => {
      const position = r.ahead + 1;
      return [r.id, { position, waitMs: r.taken === 0 ? null : Math.round((LATELY / r.taken) * position) }];
    }),
  );
}
