import type { Instant, Millis } from "#platform/clock";
import { json, type RawBuilder, sql, type Tx, ts } from "#platform/db";
import type { OutcomeCount } from "../domain/outcome-tree.ts";
import type { Filter } from "./fact-store.ts";
import { episodesIn } from "./figure-store.ts";

/** What an event says of why an episode ended. `reason`: keys of the two levels, from the top. */
export interface ClosingFact {
  episodeId: string;
  outcome: string;
  reason: readonly string[];
  feedback: boolean;
  lead: boolean;
  version: number;
}

/** Each episode named once; of what comes again or late the greatest version stands. */
export async function putClosings(tx: Tx, facts: readonly ClosingFact[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map(({ reason, ...fact }) => ({ ...fact, reason: reason[0] ?? "", finer: reason[1] ?? "" }));
  await sql`
    insert into closing_fact as f (account_id, episode_id, outcome, reason, finer, feedback, lead, version)
    select ${tx.accountId}, r."episodeId", r.outcome, r.reason, r.finer, r.feedback, r.lead, r.version
    from jsonb_to_recordset(${json(rows)}::jsonb) as r("episodeId" uuid, outcome text, reason text, finer text, feedback boolean, lead boolean, version integer)
    on conflict (account_id, episode_id) do update set outcome = excluded.outcome, reason = excluded.reason, finer = excluded.finer, feedback = excluded.feedback,
      lead = excluded.lead, version = excluded.version
    where f.version <= excluded.version`.execute(tx.tables());
}

/** Which conversations of the span: those of a line of outcomes, or those with a mark. Nothing named: all that were resolved. */
export interface Picked {
  outcome: string | null;
  /** Empty: those without a reason. */
  reason: string | null;
  finer: string | null;
  mark: "feedback" | "lead" | null;
}

/** Resolutions of the span, one a conversation: the last of them, with a mark the last that has it. Figures and rows are made of this alone. */
function resolutions(accountId: string, f: Filter, mark: Picked["mark"]): RawBuilder<unknown> {
  const marked = { feedback: sql`and c.feedback`, lead: sql`and c.lead` };
  const said = (column: RawBuilder<unknown>) => sql`coalesce(case when c.outcome = e.outcome then ${column} end, '')`;
  return sql`select distinct on (e.conversation_id) e.episode_id, e.conversation_id, e.done_at, e.done_by, e.network, coalesce(e.outcome, '') as outcome,
      ${said(sql`c.reason`)} as reason, ${said(sql`c.finer`)} as finer, coalesce(c.lead, false) as lead,
      (extract(epoch from e.done_at - e.opened_at) * 1000)::float8 as took
    from episode_fact e left join closing_fact c on c.account_id = e.account_id and c.episode_id = e.episode_id
    where ${episodesIn(accountId, f)} and e.done_at >= ${ts(f.from)} and e.done_at < ${ts(f.to)} ${mark ? marked[mark] : sql``}
    order by e.conversation_id, e.done_at desc, e.episode_id desc`;
}

/** How many conversations were resolved in the span, in all and by outcome and reason, each with the middle time to it. One statement. */
export async function countOutcomes(tx: Tx, f: Filter): Promise<OutcomeCount[]> {
  const found = await sql<OutcomeCount>`
    with last as materialized (${resolutions(tx.accountId, f, null)})
    select outcome, reason, finer, count(*)::int as count, percentile_cont(0.5) within group (order by took) as "medianMs"
    from last group by grouping sets ((), (outcome), (outcome, reason), (outcome, reason, finer))`.execute(tx.tables());
  return found.rows;
}

/** How many conversations of the span have a mark, whichever of its resolutions it came with. */
export async function countMarks(tx: Tx, f: Filter): Promise<{ feedback: number; leads: number }> {
  const found = await sql<{ feedback: number; leads: number }>`
    select count(distinct e.conversation_id) filter (where c.feedback)::int as feedback, count(distinct e.conversation_id) filter (where c.lead)::int as leads
    from episode_fact e join closing_fact c on c.account_id = e.account_id and c.episode_id = e.episode_id
    where ${episodesIn(tx.accountId, f)} and e.done_at >= ${ts(f.from)} and e.done_at < ${ts(f.to)} and (c.feedback or c.lead)`.execute(
    tx.tables(),
  );
  return found.rows[0]!;
}

export interface Resolution {
  episodeId: string;
  conversationId: string;
  at: Instant;
  tookMs: Millis;
  agentId: string | null;
  network: string;
  outcome: string;
  reason: string;
  finer: string;
  lead: boolean;
}

/** The resolutions themselves, the newest first, paged by (at, episode). */
export async function resolutionRows(
  tx: Tx,
  f: Filter,
  { outcome, reason, finer, mark }: Picked,
  after: { at: Instant; episodeId: string } | null,
  limit: number,
): Promise<Resolution[]> {
  const page = after ? sql`and (done_at, episode_id) < (${ts(after.at)}, ${after.episodeId}::uuid)` : sql``;
  const found = await sql<Resolution>`
    with last as (${resolutions(tx.accountId, f, mark)})
    select episode_id as "episodeId", conversation_id as "conversationId", done_at as at, took as "tookMs", done_by as "agentId", network, outcome, reason, finer, lead from last
    where (${outcome}::text is null or outcome = ${outcome}) and (${reason}::text is null or reason = ${reason}) and (${finer}::text is null or finer = ${finer}) ${page}
    order by done_at desc, episode_id desc limit ${limit}`.execute(tx.tables());
  return found.rows;
}
