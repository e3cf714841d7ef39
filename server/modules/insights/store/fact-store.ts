import type { Instant } from "#platform/clock";
import { json, sql, type Tx } from "#platform/db";

export interface MessageFact {
  message_id: string;
  sent_at: string;
  network: string;
  visibility: string;
  direction: string;
  language: string;
  noise: boolean;
  actionable: boolean | null;
  gratitude: boolean;
}
/** Message facts in bulk; a repetition overwrites with the same. */
export async function putMessages(tx: Tx, rows: readonly MessageFact[]): Promise<void> {
  await sql`
    insert into message_fact (account_id, message_id, sent_at, network, visibility, direction, language, noise, actionable, gratitude)
    select distinct on (r.message_id) ${tx.accountId}, r.* from jsonb_to_recordset(${json(rows)}::jsonb)
      as r(message_id uuid, sent_at timestamptz, network text, visibility text, direction text, language text, noise boolean, actionable boolean, gratitude boolean)
    on conflict (account_id, message_id) do update set language = excluded.language, noise = excluded.noise, actionable = excluded.actionable, gratitude = excluded.gratitude`.execute(
    tx.tables(),
  );
}

export interface EpisodeStart {
  episode_id: string;
  conversation_id: string;
  customer_id: string;
  brand_id: string;
  network: string;
  medium: string;
  visibility: string;
  language: string;
  opened_at: string;
  reopens: string | null;
  message_id: string;
}
export async function putEpisodes(tx: Tx, rows: readonly EpisodeStart[]): Promise<void> {
  const q = tx.tables();
  const data = json(rows);
  await sql`
    insert into episode_fact (account_id, episode_id, conversation_id, customer_id, brand_id, network, medium, visibility, language, opened_at, reopens)
    select ${tx.accountId}, r.* from jsonb_to_recordset(${data}::jsonb)
      as r(episode_id uuid, conversation_id uuid, customer_id uuid, brand_id uuid, network text, medium text, visibility text, language text, opened_at timestamptz, reopens uuid)
    on conflict (account_id, episode_id) do nothing`.execute(q);
  await sql`
    insert into response_fact (account_id, episode_id, message_id, asked_at, first)
    select ${tx.accountId}, r.*, true from jsonb_to_recordset(${data}::jsonb) as r(episode_id uuid, message_id uuid, opened_at timestamptz)
    on conflict do nothing`.execute(q);
  await sql`
    update episode_fact e set reopened_by = r.episode_id from jsonb_to_recordset(${data}::jsonb) as r(episode_id uuid, reopens uuid)
    where e.account_id = ${tx.accountId} and e.episode_id = r.reopens`.execute(q);
}

/** The customer waits again; while an earlier question of the episode waits, that one counts. */
export async function putQuestion(tx: Tx, episodeId: string, messageId: string, askedAt: string): Promise<void> {
  await sql`
    insert into response_fact (account_id, episode_id, message_id, asked_at, first)
    select ${tx.accountId}, ${episodeId}, ${messageId}, ${askedAt}, not exists (select 1 from response_fact r where r.account_id = ${tx.accountId} and r.episode_id = ${episodeId})
    where not exists (select 1 from response_fact r where r.account_id = ${tx.accountId} and r.episode_id = ${episodeId} and r.answered_at is null)
    on conflict do nothing`.execute(tx.tables());
}
/** Nothing is owed any more (they thanked, or took the message back): an open question that is not the first is no question. */
export async function dropQuestion(tx: Tx, episodeId: string): Promise<void> {
  await sql`delete from response_fact where account_id = ${tx.accountId} and episode_id = ${episodeId} and answered_at is null and not first`.execute(
    tx.tables(),
  );
}
export async function putAnswer(
  tx: Tx,
  a: { episodeId: string; at: string; by: string | null; visibility: string },
): Promise<void> {
  const q = tx.tables();
  await sql`update response_fact set answered_at = ${a.at}, answered_by = ${a.by} where account_id = ${tx.accountId} and episode_id = ${a.episodeId} and answered_at is null and asked_at <= ${a.at}`.execute(
    q,
  );
  await sql`
    update episode_fact set first_reply_at = least(first_reply_at, ${a.at}::timestamptz),
      first_reply_by = case when first_reply_at is null then ${a.by}::uuid else first_reply_by end,
      first_public_reply_at = case when ${a.visibility !== "private"} then least(first_public_reply_at, ${a.at}::timestamptz) else first_public_reply_at end
    where account_id = ${tx.accountId} and episode_id = ${a.episodeId}`.execute(q);
}
export async function putDone(
  tx: Tx,
  d: { episodeId: string; at: string; by: string | null; outcome: string; windowUntil: string },
): Promise<void> {
  const q = tx.tables();
  await sql`update episode_fact set done_at = ${d.at}, done_by = ${d.by}, outcome = ${d.outcome}, window_until = ${d.windowUntil} where account_id = ${tx.accountId} and episode_id = ${d.episodeId}`.execute(
    q,
  );
  await sql`delete from response_fact where account_id = ${tx.accountId} and episode_id = ${d.episodeId} and answered_at is null`.execute(
    q,
  );
}
export async function dropEpisode(tx: Tx, episodeId: string): Promise<void> {
  const q = tx.tables();
  await sql`delete from response_fact where account_id = ${tx.accountId} and episode_id = ${episodeId}`.execute(q);
  await sql`delete from episode_fact where account_id = ${tx.accountId} and episode_id = ${episodeId}`.execute(q);
}
export async function putQueue(tx: Tx, w: { episodeId: string; queueId: string; dueAt: string }): Promise<void> {
  await sql`update episode_fact set queue_id = ${w.queueId}, due_at = coalesce(due_at, ${w.dueAt}::timestamptz) where account_id = ${tx.accountId} and episode_id = ${w.episodeId}`.execute(
    tx.tables(),
  );
}

export interface Filter {
  from: Instant;
  to: Instant;
  brandId: string | null;
  queueId: string | null;
  network: string | null;
}
