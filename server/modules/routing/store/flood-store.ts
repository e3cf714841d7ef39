import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import type { Behind, Crowd } from "../domain/flood.ts";
import { routing } from "./tables.ts";

/** No cap is higher (`routing.rules`): nobody needs to know how many more stand in front. */
const COUNTED = 1_000;
/** So many crowds are looked at and shown. */
const CROWDS = 200;

const waiting = (tx: Tx) => sql`w.account_id = ${tx.accountId} and w.behind is not null and w.state = 'queued'`;

/** How many of the crowd `g.key` stand in front. */
function frontOf(tx: Tx) {
  const front = (
    by: ReturnType<typeof sql>,
  ) => sql`(select count(*) from (select 1 from work_item w where w.account_id = ${tx.accountId} and ${by}
      and w.state in ('queued', 'offered', 'active') and w.behind is null and w.state not in ('done', 'withdrawn') limit ${COUNTED}) n)`;
  return sql`(case when g.key like 'author:%'
      then ${front(sql`w.customer_id = case when g.key like 'author:%' then substr(g.key, 8)::uuid end`)}
      else ${front(sql`w.alike = substr(g.key, 7)`)} end)::int`;
}

/** Of what something waits behind: how many wait, and how many stand in front. */
export async function crowdsBehind(tx: Tx): Promise<Map<string, Crowd>> {
  const rows = await sql<{ key: string; behind: number; front: number }>`
    select g.key, g.behind::int as behind, ${frontOf(tx)} as front
    from (select w.behind as key, count(*) as behind from work_item w where ${waiting(tx)} group by 1 order by 1 limit ${CROWDS}) g`.execute(
    routing(tx),
  );
  return new Map(rows.rows.map(({ key, front: n, behind }) => [key, { front: n, behind }]));
}

/** How many of these crowds stand in front; how many wait behind them is not asked. */
export async function crowdsInFront(tx: Tx, keys: readonly string[]): Promise<Map<string, Crowd>> {
  if (keys.length === 0) return new Map();
  const rows = await sql<{
    key: string;
    front: number;
  }>`select g.key, ${frontOf(tx)} as front from unnest(${[...keys]}::text[]) as g(key)`.execute(routing(tx));
  return new Map(rows.rows.map(({ key, front }) => [key, { front, behind: 0 }]));
}

/** The first `n` of each crowd, by due time. */
export async function behindOf(
  tx: Tx,
  take: readonly { key: string; n: number }[],
  queueIds: "all" | readonly string[],
): Promise<Behind[]> {
  if (take.length === 0) return [];
  const seen = queueIds === "all" ? sql`true` : sql`w.queue_id = any(${[...queueIds]}::uuid[])`;
  const rows = await sql<Behind>`
    select h.id, h.behind, h.customer_id as "customerId", h.alike from unnest(${take.map((t) => t.key)}::text[], ${take.map((t) => t.n)}::int[]) as t(key, n)
    cross join lateral (select w.id, w.behind, w.customer_id, w.alike, w.due_at from work_item w
      where ${waiting(tx)} and w.behind = t.key and ${seen} order by w.due_at, w.id limit t.n) h
    order by h.due_at, h.id`.execute(routing(tx));
  return rows.rows;
}

/** What waits behind one author, or behind one text by many. */
export interface BehindGroup {
  readonly key: string;
  readonly count: number;
  /** The one that is due first. */
  readonly conversationId: string;
  readonly customerId: string;
  readonly due: Instant;
}

/** What waits behind, in these queues, by crowd, the largest first. */
export async function findGroups(tx: Tx, queueIds: "all" | readonly string[]): Promise<BehindGroup[]> {
  if (queueIds !== "all" && queueIds.length === 0) return [];
  const seen = queueIds === "all" ? sql`true` : sql`w.queue_id = any(${[...queueIds]}::uuid[])`;
  const rows = await sql<BehindGroup>`
    select g.key, g.count::int as count, f.conversation_id as "conversationId", f.customer_id as "customerId", f.due_at as due
    from (select w.behind as key, count(*) as count from work_item w where ${waiting(tx)} and ${seen} group by 1 order by 2 desc, 1 limit 20) g
    cross join lateral (select w.conversation_id, w.customer_id, w.due_at from work_item w where ${waiting(tx)} and w.behind = g.key and ${seen}
      order by w.due_at, w.id limit 1) f`.execute(routing(tx));
  return rows.rows;
}
