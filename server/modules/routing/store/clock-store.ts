import type { Instant, Millis } from "#platform/clock";
import { json, sql, type Tx } from "#platform/db";
import type { EpisodeClock, Pause, Stretched, Warning } from "../domain/clocks/episode-clock.ts";
import type { ClockKind, PauseCause } from "../domain/clocks/sla-policy.ts";
import type { MediumClassName } from "../domain/medium-class.ts";
import type { Priority } from "../domain/model.ts";
import { routing } from "./tables.ts";

interface Row {
  id: string;
  episode_id: string;
  conversation_id: string;
  queue_id: string;
  brand_id: string;
  kind: ClockKind;
  priority: Priority;
  medium: MediumClassName;
  crisis: boolean;
  started_at: Instant;
  known_at: Instant;
  target_ms: Millis | string;
  stretch: Stretched | null;
  hours: string;
  stopped_by: PauseCause[];
  pauses: Pause[];
  due_at: Instant | null;
  alarm_at: Instant | null;
  warnings: Warning[];
  breached_at: Instant | null;
  met_at: Instant | null;
  ended_at: Instant | null;
  ended_why: string | null;
  policy_version: number;
}

const clockOf = (row: Row): EpisodeClock => ({
  ...{ id: row.id, episodeId: row.episode_id, conversationId: row.conversation_id, queueId: row.queue_id },
  ...{ brandId: row.brand_id, kind: row.kind, priority: row.priority, medium: row.medium, crisis: row.crisis },
  ...{ startedAt: row.started_at, knownAt: row.known_at, targetMs: Number(row.target_ms), hours: row.hours },
  ...{ stoppedBy: row.stopped_by, pauses: row.pauses, dueAt: row.due_at, alarmAt: row.alarm_at },
  ...{ warnings: row.warnings, breachedAt: row.breached_at, metAt: row.met_at, endedAt: row.ended_at },
  ...{ endedWhy: row.ended_why, policyVersion: row.policy_version },
  stretch: row.stretch,
});

/** One writer of clocks at a time per account, until the transaction ends. */
export async function lockClocks(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('clocks ' || ${tx.accountId}::text, 0))`.execute(tx.tables());
}

/** All clocks of these episodes, the oldest first. */
export async function clocksOfEpisodes(tx: Tx, episodeIds: readonly string[]): Promise<Map<string, EpisodeClock[]>> {
  const ids = [...new Set(episodeIds)];
  if (ids.length === 0) return new Map();
  const rows = await sql<Row>`
    select c.* from unnest(${ids}::uuid[]) as u(id)
    cross join lateral (select * from episode_clock c where c.account_id = ${tx.accountId} and c.episode_id = u.id offset 0) c
    order by c.started_at, c.id`.execute(routing(tx));
  return Map.groupBy(rows.rows.map(clockOf), (clock) => clock.episodeId);
}

/** All clocks of a conversation, the oldest first. */
export async function clocksOfConversation(tx: Tx, conversationId: string): Promise<EpisodeClock[]> {
  const rows = await sql<Row>`
    select * from episode_clock where account_id = ${tx.accountId} and conversation_id = ${conversationId}
    order by started_at, id`.execute(routing(tx));
  return rows.rows.map(clockOf);
}

export async function clockById(tx: Tx, id: string): Promise<EpisodeClock | undefined> {
  const rows = await sql<Row>`
    select * from episode_clock where account_id = ${tx.accountId} and id = ${id}`.execute(routing(tx));
  return rows.rows[0] && clockOf(rows.rows[0]);
}

/** Episodes whose clocks are open, after the one given, in the order of their ids. */
export async function openEpisodes(tx: Tx, after: string | null, limit: number): Promise<string[]> {
  const rows = await sql<{ episode_id: string }>`
    select distinct episode_id from episode_clock
    where account_id = ${tx.accountId} and met_at is null and ended_at is null
      and episode_id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
    order by episode_id limit ${limit}`.execute(routing(tx));
  return rows.rows.map((row) => row.episode_id);
}

/** Of those, the ones with open clocks of a queue. */
export async function openEpisodesIn(tx: Tx, queueId: string, after: string | null, limit: number): Promise<string[]> {
  const rows = await sql<{ episode_id: string }>`
    select distinct episode_id from episode_clock
    where account_id = ${tx.accountId} and met_at is null and ended_at is null and queue_id = ${queueId}
      and episode_id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
    order by episode_id limit ${limit}`.execute(routing(tx));
  return rows.rows.map((row) => row.episode_id);
}

/** Of those, the ones whose open work came by a channel. */
export async function openEpisodesOn(
  tx: Tx,
  channelId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await sql<{ episode_id: string }>`
    select distinct c.episode_id from episode_clock c
    where c.account_id = ${tx.accountId} and c.met_at is null and c.ended_at is null
      and c.episode_id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
      and exists (
        select from work_item w
        where w.account_id = ${tx.accountId} and w.conversation_id = c.conversation_id and w.episode_id = c.episode_id
          and w.channel_id = ${channelId} and w.state not in ('done', 'withdrawn'))
    order by c.episode_id limit ${limit}`.execute(routing(tx));
  return rows.rows.map((row) => row.episode_id);
}

export async function countOpenClocks(tx: Tx): Promise<number> {
  const rows = await sql<{ n: number }>`
    select count(*)::int as n from episode_clock where account_id = ${tx.accountId} and met_at is null and ended_at is null`.execute(
    routing(tx),
  );
  return rows.rows[0]?.n ?? 0;
}

const at = (instant: Instant | null) => (instant === null ? null : new Date(instant).toISOString());

/** Writes clocks, new and changed. */
export async function saveClocks(tx: Tx, clocks: readonly EpisodeClock[]): Promise<void> {
  if (clocks.length === 0) return;
  const rows = clocks.map((c) => ({
    ...{
      id: c.id,
      episode_id: c.episodeId,
      conversation_id: c.conversationId,
      queue_id: c.queueId,
      brand_id: c.brandId,
    },
    ...{ kind: c.kind, priority: c.priority, medium: c.medium, crisis: c.crisis, started_at: at(c.startedAt) },
    ...{ known_at: at(c.knownAt), target_ms: c.targetMs, hours: c.hours, stopped_by: c.stoppedBy, pauses: c.pauses },
    ...{ due_at: at(c.dueAt), alarm_at: at(c.alarmAt), warnings: c.warnings, breached_at: at(c.breachedAt) },
    ...{ met_at: at(c.metAt), ended_at: at(c.endedAt), ended_why: c.endedWhy, policy_version: c.policyVersion },
    stretch: c.stretch ?? null,
  }));
  await sql`
    insert into episode_clock (account_id, id, episode_id, conversation_id, queue_id, brand_id, kind, priority, medium, crisis,
      started_at, known_at, target_ms, stretch, hours, stopped_by, pauses, due_at, alarm_at, warnings, breached_at, met_at, ended_at, ended_why, policy_version)
    select ${tx.accountId}, r.* from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, episode_id uuid, conversation_id uuid, queue_id uuid,
      brand_id uuid, kind text, priority text, medium text, crisis boolean, started_at timestamptz, known_at timestamptz, target_ms bigint,
      stretch jsonb, hours text, stopped_by jsonb, pauses jsonb, due_at timestamptz, alarm_at timestamptz, warnings jsonb, breached_at timestamptz,
      met_at timestamptz, ended_at timestamptz, ended_why text, policy_version integer)
    on conflict (account_id, id) do update set
      (conversation_id, queue_id, priority, started_at, known_at, target_ms, stretch, hours, stopped_by, pauses, due_at, alarm_at, warnings, breached_at,
       met_at, ended_at, ended_why, policy_version, version) =
      (excluded.conversation_id, excluded.queue_id, excluded.priority, excluded.started_at, excluded.known_at, excluded.target_ms, excluded.stretch, excluded.hours,
       excluded.stopped_by, excluded.pauses, excluded.due_at, excluded.alarm_at, excluded.warnings, excluded.breached_at,
       excluded.met_at, excluded.ended_at, excluded.ended_why, excluded.policy_version, episode_clock.version + 1)`.execute(
    routing(tx),
  );
}
