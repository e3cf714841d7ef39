import type { Instant } from "#platform/clock";
import { type RawBuilder, sql, type Tx, ts } from "#platform/db";
import type { FigureKey } from "../domain/figures.ts";
import { approvalRows } from "./approval-fact-store.ts";
import type { Filter } from "./fact-store.ts";
import { inviteRows } from "./invite-fact-store.ts";

export interface Measured {
  n: number;
  value: number | null;
  median: number | null;
  p90: number | null;
  inTarget: number | null;
}
export interface Point {
  at: Instant;
  value: number | null;
}

/** The episodes, as `e`, that a filter leaves of those the asker may see; their time is the caller's. */
export function episodesIn(accountId: string, f: Filter): RawBuilder<unknown> {
  const seen = f.within
    ? sql`and (e.brand_id = any(${f.within.brands}::uuid[]) or e.queue_id = any(${f.within.queues}::uuid[]))`
    : sql``;
  return sql`e.account_id = ${accountId} ${seen} and (${f.brandId}::uuid is null or e.brand_id = ${f.brandId}) and (${f.queueId}::uuid is null or e.queue_id = ${f.queueId}) and (${f.network}::text is null or e.network = ${f.network})`;
}

/** The rows behind a figure: one row per thing counted, with the instant it counts under and its value. Figures and drill-down are made of this alone. */
function rowsOf(key: FigureKey, accountId: string, f: Filter): RawBuilder<unknown> {
  const episodes = episodesIn(accountId, f);
  const between = (column: RawBuilder<unknown>) => sql`${column} >= ${ts(f.from)} and ${column} < ${ts(f.to)}`;
  const ms = (from: RawBuilder<unknown>, to: RawBuilder<unknown>) =>
    sql`(extract(epoch from ${to} - ${from}) * 1000)::float8`;
  // A message is of the brand it was said to, and of the queue in which the work on its episode stands.
  const inQueues = (queueIds: readonly string[]) =>
    sql`exists (select 1 from episode_fact e where e.account_id = ${accountId} and e.episode_id = m.episode_id and e.queue_id = any(${queueIds}::uuid[]))`;
  const ofQueue = f.queueId === null ? sql`` : sql`and ${inQueues([f.queueId])}`;
  const heard = f.within
    ? sql`and (m.brand_id = any(${f.within.brands}::uuid[]) or ${inQueues(f.within.queues)})`
    : sql``;
  const messages = sql`m.account_id = ${accountId} and m.direction = 'in' ${heard} and (${f.brandId}::uuid is null or m.brand_id = ${f.brandId}) ${ofQueue} and (${f.network}::text is null or m.network = ${f.network}) and ${between(sql`m.sent_at`)}`;
  const episodeRow = (
    at: RawBuilder<unknown>,
    value: RawBuilder<unknown>,
    inTarget: RawBuilder<unknown>,
    agent: RawBuilder<unknown>,
  ) =>
    sql`select e.episode_id, e.conversation_id, ${at} as at, ${value} as value, ${inTarget} as in_target, ${agent} as agent_id, e.network, coalesce(e.outcome, '') as note, e.window_until, e.episode_id as tie from episode_fact e`;
  const nothing = sql`null::boolean`;
  const handedOver = sql`exists (select 1 from transfer_fact t where t.account_id = ${accountId} and t.episode_id = e.episode_id)`;
  switch (key) {
    case "approval-time":
      return approvalRows("time", accountId, f);
    case "approval-returned":
      return approvalRows("returned", accountId, f);
    case "invites-sent":
      return inviteRows("sent", accountId, f);
    case "invites-opened":
      return inviteRows("opened", accountId, f);
    case "invites-returned":
      return inviteRows("returned", accountId, f);
    case "messages-in":
      return sql`select null::uuid as episode_id, null::uuid as conversation_id, m.sent_at as at, 1::float8 as value, ${nothing} as in_target, null::uuid as agent_id, m.network, coalesce(m.language, '') as note, null::timestamptz as window_until, m.message_id as tie from message_fact m where ${messages}`;
    case "actionable-share":
      return sql`select null::uuid as episode_id, null::uuid as conversation_id, m.sent_at as at, (case when m.actionable then 1 else 0 end)::float8 as value, ${nothing} as in_target, null::uuid as agent_id, m.network, coalesce(m.language, '') as note, null::timestamptz as window_until, m.message_id as tie from message_fact m where ${messages}`;
    case "gratitude-share":
      return sql`select null::uuid as episode_id, null::uuid as conversation_id, m.sent_at as at, (case when m.gratitude then 1 else 0 end)::float8 as value, ${nothing} as in_target, null::uuid as agent_id, m.network, coalesce(m.language, '') as note, null::timestamptz as window_until, m.message_id as tie from message_fact m where ${messages} and not coalesce(m.noise, false)`;
    case "episodes-opened":
      return sql`${episodeRow(sql`e.opened_at`, sql`1::float8`, nothing, sql`e.first_reply_by`)} where ${episodes} and ${between(sql`e.opened_at`)}`;
    case "conversations-worked":
      return sql`select distinct on (x.conversation_id) x.* from (${episodeRow(sql`e.opened_at`, sql`1::float8`, nothing, sql`e.first_reply_by`)} where ${episodes} and ${between(sql`e.opened_at`)}) x order by x.conversation_id, x.at`;
    case "customers-served":
      return sql`select distinct on (e.customer_id) e.episode_id, e.conversation_id, e.opened_at as at, 1::float8 as value, ${nothing} as in_target, e.first_reply_by as agent_id, e.network, '' as note, e.window_until, e.episode_id as tie from episode_fact e where ${episodes} and ${between(sql`e.opened_at`)} order by e.customer_id, e.opened_at`;
    case "backlog":
      return sql`${episodeRow(sql`e.opened_at`, sql`1::float8`, nothing, sql`e.first_reply_by`)} where ${episodes} and e.opened_at < ${ts(f.to)} and (e.done_at is null or e.done_at >= ${ts(f.to)})`;
    case "first-response":
      return sql`${episodeRow(sql`e.opened_at`, ms(sql`e.opened_at`, sql`e.first_reply_at`), sql`e.first_reply_at <= e.due_at`, sql`e.first_reply_by`)} where ${episodes} and e.first_reply_at is not null and ${between(sql`e.opened_at`)}`;
    case "next-response":
      return sql`select e.episode_id, e.conversation_id, r.asked_at as at, ${ms(sql`r.asked_at`, sql`r.answered_at`)} as value, ${nothing} as in_target, r.answered_by as agent_id, e.network, '' as note, e.window_until, r.message_id as tie
        from response_fact r join episode_fact e on e.account_id = r.account_id and e.episode_id = r.episode_id where r.account_id = ${accountId} and ${episodes} and not r.first and r.answered_at is not null and ${between(sql`r.asked_at`)}`;
    case "resolution":
      return sql`${episodeRow(sql`e.done_at`, ms(sql`e.opened_at`, sql`e.done_at`), nothing, sql`e.done_by`)} where ${episodes} and ${between(sql`e.done_at`)}`;
    case "transfer-share":
      return sql`${episodeRow(sql`e.done_at`, sql`(case when ${handedOver} then 1 else 0 end)::float8`, nothing, sql`e.done_by`)} where ${episodes} and ${between(sql`e.done_at`)}`;
    case "first-contact-resolution":
      return sql`${episodeRow(sql`e.done_at`, sql`(case when e.reopened_by is null and not ${handedOver} then 1 else 0 end)::float8`, nothing, sql`e.done_by`)} where ${episodes} and ${between(sql`e.done_at`)}
        and not exists (select 1 from episode_fact b where b.account_id = ${accountId} and b.conversation_id = e.conversation_id and b.opened_at < e.opened_at)`;
    case "media-shift-share":
      // A medium is what the eye takes for one: channel and audience. The way is told by media.
      return sql`select distinct on (x.conversation_id) x.episode_id, x.conversation_id, x.at, (case when sum(x.shifts) over (partition by x.conversation_id) > 0 then 1 else 0 end)::float8 as value, ${nothing} as in_target,
          x.agent_id, x.network, x.way as note, x.window_until, x.episode_id as tie
        from (select e.episode_id, e.conversation_id, e.opened_at as at, e.first_reply_by as agent_id, e.network, e.window_until, w.shifts, coalesce(w.way, '') as way
          from episode_fact e left join (
            select s.episode_id, count(*) filter (where s.was <> s.here) as shifts, string_agg(s.medium, ' → ' order by s.sent_at, s.message_id) filter (where s.was is distinct from s.here) as way
            from (select m.episode_id, m.message_id, m.sent_at, m.medium, coalesce(m.channel_id::text, m.network) || '/' || m.visibility || '/' || m.medium as here,
                lag(coalesce(m.channel_id::text, m.network) || '/' || m.visibility || '/' || m.medium) over (partition by m.episode_id order by m.sent_at, m.message_id) as was
              from message_fact m join episode_fact e on e.account_id = m.account_id and e.conversation_id = m.conversation_id and e.episode_id = m.episode_id
              where m.account_id = ${accountId} and ${episodes} and ${between(sql`e.opened_at`)}) s
            group by 1) w on w.episode_id = e.episode_id
          where ${episodes} and ${between(sql`e.opened_at`)}) x
        order by x.conversation_id, x.shifts desc nulls last, x.at`;
    case "thanked-share":
      return sql`select distinct on (e.conversation_id) e.episode_id, e.conversation_id, e.done_at as at, (case when exists (
            select 1 from message_fact m where m.account_id = ${accountId} and m.conversation_id = e.conversation_id and m.direction = 'in' and m.gratitude
              and m.sent_at > coalesce((select max(o.sent_at) from message_fact o where o.account_id = ${accountId} and o.conversation_id = e.conversation_id and o.episode_id = e.episode_id and o.direction = 'out'), e.done_at)
              and m.sent_at < coalesce((select min(n.opened_at) from episode_fact n where n.account_id = ${accountId} and n.conversation_id = e.conversation_id and n.opened_at > e.opened_at and n.opened_at >= e.done_at), 'infinity')
          ) then 1 else 0 end)::float8 as value, ${nothing} as in_target, e.done_by as agent_id, e.network, coalesce(e.outcome, '') as note, e.window_until, e.episode_id as tie
        from episode_fact e where ${episodes} and ${between(sql`e.done_at`)} order by e.conversation_id, e.done_at desc`;
    case "settled-share":
      return sql`${episodeRow(sql`e.done_at`, sql`(case when e.reopened_by is null then 1 else 0 end)::float8`, nothing, sql`e.done_by`)} where ${episodes} and ${between(sql`e.done_at`)}`;
  }
}

/** One statement for a figure: the whole, and the points of its line. `zone` decides where a day begins. */
export async function measure(
  tx: Tx,
  key: FigureKey,
  kind: "count" | "milliseconds" | "share",
  f: Filter,
  zone: string,
): Promise<Measured & { series: Point[]; provisionalUntil: Instant | null }> {
  const value =
    kind === "count"
      ? sql`count(*)::float8`
      : kind === "share"
        ? sql`avg(value)`
        : sql`percentile_cont(0.5) within group (order by value)`;
  const result = await sql<{
    n: number;
    value: number | null;
    median: number | null;
    p90: number | null;
    inTarget: number | null;
    until: Instant | null;
    series: { at: string; value: number | null }[] | null;
  }>`
    with rows as materialized (${rowsOf(key, tx.accountId, f)}),
    days as (select date_trunc('day', at at time zone ${zone}) at time zone ${zone} as day, ${value} as value from rows group by 1 order by 1)
    select count(*)::int as n, ${value} as value,
      ${kind === "milliseconds" ? sql`percentile_cont(0.5) within group (order by value)` : sql`null::float8`} as median,
      ${kind === "milliseconds" ? sql`percentile_cont(0.9) within group (order by value)` : sql`null::float8`} as p90,
      avg(case when in_target then 1.0 when not in_target then 0.0 end)::float8 as "inTarget",
      max(window_until) as until,
      (select jsonb_agg(jsonb_build_object('at', day, 'value', value) order by day) from days) as series
    from rows`.execute(tx.tables());
  const row = result.rows[0]!;
  return {
    n: row.n,
    value: row.n === 0 && kind !== "count" ? null : row.value,
    median: row.median,
    p90: row.p90,
    inTarget: row.inTarget,
    provisionalUntil: row.until,
    series: (row.series ?? []).map((p) => ({ at: Date.parse(p.at), value: p.value })),
  };
}

export interface FigureRow {
  episodeId: string | null;
  conversationId: string | null;
  at: Instant;
  value: number | null;
  agentId: string | null;
  network: string;
  note: string;
  tie: string;
}

/** The rows themselves, the largest value first, paged by (value, tie). */
export async function rows(
  tx: Tx,
  key: FigureKey,
  f: Filter,
  after: { value: number; tie: string } | null,
  limit: number,
): Promise<FigureRow[]> {
  const page = after ? sql`where (value, tie) < (${after.value}::float8, ${after.tie}::uuid)` : sql``;
  const result = await sql<FigureRow>`
    with rows as (${rowsOf(key, tx.accountId, f)})
    select episode_id as "episodeId", conversation_id as "conversationId", at, value, agent_id as "agentId", network, note, tie from rows ${page} order by value desc, tie desc limit ${limit}`.execute(
    tx.tables(),
  );
  return result.rows;
}
