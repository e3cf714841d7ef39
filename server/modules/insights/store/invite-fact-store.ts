import { json, type RawBuilder, sql, type Tx, ts } from "#platform/db";
import type { Filter } from "./fact-store.ts";

/** What an event says of an invite, whole. */
export interface InviteFact {
  inviteId: string;
  conversationId: string;
  episodeId: string | null;
  brandId: string;
  network: string;
  destination: string;
  agentId: string;
  madeAt: string;
  expiresAt: string;
  sentAt: string | null;
  openedAt: string | null;
  returnedAt: string | null;
  returnedBy: string | null;
  proof: string | null;
  endedAt: string | null;
  version: number;
}

/** Each invite named once; of what comes again or late the greatest version stands. */
export async function putInvites(tx: Tx, facts: readonly InviteFact[]): Promise<void> {
  if (facts.length === 0) return;
  await sql`
    insert into invite_fact as f (account_id, invite_id, conversation_id, episode_id, brand_id, network, destination, agent_id, made_at, sent_at, opened_at, returned_at, returned_by, proof, ended_at, expires_at, version)
    select ${tx.accountId}, r."inviteId", r."conversationId", r."episodeId", r."brandId", r.network, r.destination, r."agentId", r."madeAt", r."sentAt", r."openedAt", r."returnedAt", r."returnedBy", r.proof, r."endedAt", r."expiresAt", r.version
    from jsonb_to_recordset(${json(facts)}::jsonb) as r("inviteId" uuid, "conversationId" uuid, "episodeId" uuid, "brandId" uuid, network text, destination text, "agentId" uuid, "madeAt" timestamptz,
      "sentAt" timestamptz, "openedAt" timestamptz, "returnedAt" timestamptz, "returnedBy" text, proof text, "endedAt" timestamptz, "expiresAt" timestamptz, version integer)
    on conflict (account_id, invite_id) do update set conversation_id = excluded.conversation_id, sent_at = excluded.sent_at, opened_at = excluded.opened_at, returned_at = excluded.returned_at,
      returned_by = excluded.returned_by, proof = excluded.proof, ended_at = excluded.ended_at, version = excluded.version
    where f.version < excluded.version`.execute(tx.tables());
}

/** The invites that a filter leaves, as `i`, with their episode as `e`; they count under the time at which they stood in public. */
function invites(accountId: string, f: Filter): RawBuilder<unknown> {
  const seen = f.within
    ? sql`and (i.brand_id = any(${f.within.brands}::uuid[]) or e.queue_id = any(${f.within.queues}::uuid[]))`
    : sql``;
  return sql`invite_fact i left join episode_fact e on e.account_id = i.account_id and e.episode_id = i.episode_id
    where i.account_id = ${accountId} and i.sent_at >= ${ts(f.from)} and i.sent_at < ${ts(f.to)} ${seen}
      and (${f.brandId}::uuid is null or i.brand_id = ${f.brandId}) and (${f.queueId}::uuid is null or e.queue_id = ${f.queueId}) and (${f.network}::text is null or i.network = ${f.network})`;
}

/** The rows behind a figure of invites, in the columns of all figures; a row's note is the place they were asked to come to, and where they came. */
export function inviteRows(what: "sent" | "opened" | "returned", accountId: string, f: Filter): RawBuilder<unknown> {
  const value = {
    sent: sql`1::float8`,
    opened: sql`(case when i.opened_at is not null or i.returned_at is not null then 1 else 0 end)::float8`,
    returned: sql`(case when i.returned_at is not null then 1 else 0 end)::float8`,
  }[what];
  return sql`select i.episode_id, i.conversation_id, i.sent_at as at, ${value} as value, null::boolean as in_target, i.agent_id, i.network,
      i.destination || case when i.returned_by is not null and i.returned_by <> i.destination then ' → ' || i.returned_by else '' end as note,
      case when i.returned_at is null and i.ended_at is null then i.expires_at end as window_until, i.invite_id as tie
    from ${invites(accountId, f)}`;
}

export interface Move {
  destination: string;
  sent: number;
  opened: number;
  returned: number;
  elsewhere: number;
  ended: number;
  outcomes: { outcome: string; count: number }[];
}

/** The way from public to private by the place asked for: invited, opened, came back, and what came of it. One statement. */
export async function movesOf(tx: Tx, f: Filter): Promise<Move[]> {
  const found = await sql<Move>`
    with rows as materialized (
      select i.destination, i.opened_at, i.returned_at, i.returned_by, i.ended_at, e.outcome from ${invites(tx.accountId, f)}
    ), came as (
      select destination, outcome, count(*)::int as count from rows where returned_at is not null and outcome is not null group by 1, 2
    )
    select destination, count(*)::int as sent, (count(*) filter (where opened_at is not null or returned_at is not null))::int as opened, count(returned_at)::int as returned,
      (count(*) filter (where returned_by <> destination))::int as elsewhere, (count(*) filter (where returned_at is null and ended_at is not null))::int as ended,
      coalesce((select jsonb_agg(jsonb_build_object('outcome', c.outcome, 'count', c.count) order by c.count desc, c.outcome) from came c where c.destination = rows.destination), '[]') as outcomes
    from rows group by destination order by sent desc, destination`.execute(tx.tables());
  return found.rows;
}
