import { json, type RawBuilder, sql, type Tx, ts } from "#platform/db";
import type { Filter } from "./fact-store.ts";

/** What an event says of a request for approval that was decided. */
export interface ApprovalFact {
  requestId: string;
  conversationId: string;
  episodeId: string | null;
  brandId: string;
  agentId: string;
  by: string | null;
  how: string;
  edited: boolean;
  askedAt: string;
  endedAt: string;
  waitedMs: number;
}

/** Each is decided once; told again, it is the same. */
export async function putApprovals(tx: Tx, facts: readonly ApprovalFact[]): Promise<void> {
  if (facts.length === 0) return;
  await sql`
    insert into approval_fact (account_id, request_id, conversation_id, episode_id, brand_id, agent_id, decided_by, how, edited, asked_at, ended_at, waited_ms)
    select ${tx.accountId}, r."requestId", r."conversationId", r."episodeId", r."brandId", r."agentId", r.by, r.how, r.edited, r."askedAt", r."endedAt", r."waitedMs"
    from jsonb_to_recordset(${json([...facts])}::jsonb) as r("requestId" uuid, "conversationId" uuid, "episodeId" uuid, "brandId" uuid, "agentId" uuid, by uuid, how text, edited boolean,
      "askedAt" timestamptz, "endedAt" timestamptz, "waitedMs" double precision)
    on conflict (account_id, request_id) do nothing`.execute(tx.tables());
}

/** The rows behind a figure of approval, in the columns of all figures; a row's note is how it was decided. What its author took back is left out. */
export function approvalRows(what: "time" | "returned", accountId: string, f: Filter): RawBuilder<unknown> {
  const value = what === "time" ? sql`a.waited_ms` : sql`(case when a.how = 'returned' then 1 else 0 end)::float8`;
  const seen = f.within
    ? sql`and (a.brand_id = any(${f.within.brands}::uuid[]) or e.queue_id = any(${f.within.queues}::uuid[]))`
    : sql``;
  return sql`select a.episode_id, a.conversation_id, a.ended_at as at, ${value} as value, null::boolean as in_target, a.agent_id, coalesce(e.network, '') as network,
      case when a.how = 'returned' then 'given back' when a.edited then 'passed with changes' else 'passed' end as note, null::timestamptz as window_until, a.request_id as tie
    from approval_fact a left join episode_fact e on e.account_id = a.account_id and e.episode_id = a.episode_id
    where a.account_id = ${accountId} and a.how <> 'withdrawn' and a.ended_at >= ${ts(f.from)} and a.ended_at < ${ts(f.to)} ${seen}
      and (${f.brandId}::uuid is null or a.brand_id = ${f.brandId}) and (${f.queueId}::uuid is null or e.queue_id = ${f.queueId}) and (${f.network}::text is null or e.network = ${f.network})`;
}
