import type { Instant } from "#platform/clock";
import { json, rowSet, sql, type Tx, ts } from "#platform/db";
import type { Stratum } from "../domain/set-aside.ts";

/** Why it was left: what outranks the rules, else the rule, else why it stands outside. */
const REASON = sql`coalesce(case when p.reasons->0->>'code' in ('thanks-only', 'copy') then p.reasons->0->>'code' end, p.rule, p.outside, 'no-rule')`;
/** What others said to a brand, live, and the policy decided. `is true`: the span alone finds the rows. */
const DECIDED = sql`(p.role <> 'us' and not p.backfilled and p.deleted_at is null) is true`;

export interface SetAside {
  messageId: string;
  conversationId: string | null;
  sentAt: Instant;
  reason: string;
}

/** What a brand's policy left since an instant, newest first, behind `before`. */
export async function setAsideBefore(
  tx: Tx,
  q: {
    brandId: string;
    since: Instant;
    reason: string | null;
    before: { at: Instant; id: string } | null;
    limit: number;
  },
): Promise<SetAside[]> {
  const earlier =
    q.before === null ? sql`` : sql`and (p.sent_at, p.message_id) < (${ts(q.before.at)}, ${q.before.id}::uuid)`;
  const why = q.reason === null ? sql`` : sql`and ${REASON} = ${q.reason}`;
  const found = await sql<SetAside>`
    select p.message_id as "messageId", coalesce(p.stands_id, p.conversation_id) as "conversationId", p.sent_at as "sentAt", ${REASON} as reason
    from placement p where p.account_id = ${tx.accountId} and p.brand_id = ${q.brandId} and p.sent_at >= ${ts(q.since)} and ${DECIDED}
      and p.actionable = false ${earlier} ${why}
    order by p.sent_at desc, p.message_id desc limit ${q.limit}`.execute(tx.tables());
  return found.rows;
}

/** How many of a span were left for each reason, and how many were taken for work. */
export async function countDecided(
  tx: Tx,
  brandId: string,
  since: Instant,
  until: Instant,
): Promise<{ strata: Stratum[]; kept: number }> {
  const found = await sql<{ key: string | null; posts: number }>`
    select case when p.actionable then null else ${REASON} end as key, count(*)::int as posts from placement p
    where p.account_id = ${tx.accountId} and p.brand_id = ${brandId} and p.sent_at >= ${ts(since)} and p.sent_at < ${ts(until)} and ${DECIDED}
      and p.actionable is not null
    group by 1 order by 2 desc, 1`.execute(tx.tables());
  return {
    strata: found.rows.flatMap(({ key, posts }) => (key === null ? [] : [{ key, frame: posts }])),
    kept: found.rows.find((r) => r.key === null)?.posts ?? 0,
  };
}

/** How many of these stand as work in the span. */
export async function countKept(
  tx: Tx,
  brandId: string,
  since: Instant,
  until: Instant,
  messageIds: readonly string[],
): Promise<number> {
  if (messageIds.length === 0) return 0;
  const found = await sql<{ posts: number }>`select count(*)::int as posts from placement p
    where p.account_id = ${tx.accountId} and p.message_id = any(${[...messageIds]}::uuid[]) and p.brand_id = ${brandId} and p.sent_at >= ${ts(since)} and p.sent_at < ${ts(until)}
      and ${DECIDED} and p.actionable`.execute(tx.tables());
  return found.rows[0]?.posts ?? 0;
}

/** So many of each reason, by the order a hash with the seed gives them: whoever knows the seed draws the same. */
export async function drawSetAside(
  tx: Tx,
  brandId: string,
  since: Instant,
  until: Instant,
  seed: string,
  wanted: ReadonlyMap<string, number>,
): Promise<{ messageId: string; stratum: string }[]> {
  if (wanted.size === 0) return [];
  const found = await sql<{ messageId: string; stratum: string }>`
    select d.id as "messageId", d.reason as stratum from (
      select p.message_id as id, ${REASON} as reason, md5(${seed}::text || p.message_id::text) as lot,
        row_number() over (partition by ${REASON} order by md5(${seed}::text || p.message_id::text), p.message_id) as place
      from placement p where p.account_id = ${tx.accountId} and p.brand_id = ${brandId} and p.sent_at >= ${ts(since)} and p.sent_at < ${ts(until)} and ${DECIDED}
        and p.actionable = false
    ) d join unnest(${[...wanted.keys()]}::text[], ${[...wanted.values()]}::int[]) as w(reason, posts) on w.reason = d.reason and d.place <= w.posts
    order by d.lot, d.id`.execute(tx.tables());
  return found.rows;
}

export interface Sample {
  id: string;
  brandId: string;
  since: Instant;
  until: Instant;
  seed: string;
  frame: number;
  kept: number;
  strata: { key: string; frame: number; drawn: number }[];
  drawnAt: Instant;
  drawnBy: string | null;
}
export interface SamplePost {
  sampleId: string;
  place: number;
  messageId: string;
  stratum: string;
  verdict: "work" | "leave" | null;
  by: string | null;
}

export async function insertSample(
  tx: Tx,
  s: Sample,
  posts: readonly { messageId: string; stratum: string }[],
): Promise<void> {
  await sql`insert into set_aside_sample (account_id, id, brand_id, since, until, seed, frame, kept, strata, drawn_at, drawn_by)
    values (${tx.accountId}, ${s.id}, ${s.brandId}, ${ts(s.since)}, ${ts(s.until)}, ${s.seed}, ${s.frame}, ${s.kept}, ${json(s.strata)}::jsonb, ${ts(s.drawnAt)}, ${s.drawnBy})`.execute(
    tx.tables(),
  );
  const shape = { messageId: "uuid", stratum: "text" } as const;
  await sql`insert into set_aside_post (account_id, sample_id, place, message_id, stratum)
    select ${tx.accountId}, ${s.id}, r.n, r."messageId", r.stratum from ${rowSet(shape, posts)} r`.execute(tx.tables());
}

const SAMPLE = sql`id, brand_id as "brandId", since, until, seed, frame, kept, strata, drawn_at as "drawnAt", drawn_by as "drawnBy"`;

export async function findSamples(tx: Tx, brandId: string, limit: number): Promise<Sample[]> {
  const found = await sql<Sample>`select ${SAMPLE} from set_aside_sample
    where account_id = ${tx.accountId} and brand_id = ${brandId} order by id desc limit ${limit}`.execute(tx.tables());
  return found.rows;
}

export async function findSample(tx: Tx, id: string): Promise<Sample | null> {
  const found =
    await sql<Sample>`select ${SAMPLE} from set_aside_sample where account_id = ${tx.accountId} and id = ${id}`.execute(
      tx.tables(),
    );
  return found.rows[0] ?? null;
}

export async function findSamplePosts(tx: Tx, sampleIds: readonly string[]): Promise<SamplePost[]> {
  if (sampleIds.length === 0) return [];
  const found = await sql<SamplePost>`
    select sample_id as "sampleId", place, message_id as "messageId", stratum, verdict, by_agent as "by" from set_aside_post
    where account_id = ${tx.accountId} and sample_id = any(${[...sampleIds]}::uuid[]) order by sample_id, place`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** The message that was marked; null where there is none at this place. */
export async function saveSampleVerdict(
  tx: Tx,
  sampleId: string,
  place: number,
  verdict: "work" | "leave",
  by: string | null,
): Promise<string | null> {
  const found = await sql<{
    messageId: string;
  }>`update set_aside_post set verdict = ${verdict}, by_agent = ${by}, at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and sample_id = ${sampleId} and place = ${place} returning message_id as "messageId"`.execute(
    tx.tables(),
  );
  return found.rows[0]?.messageId ?? null;
}
