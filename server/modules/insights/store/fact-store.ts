import type { Instant } from "#platform/clock";
import { json, sql, type Tx } from "#platform/db";

export interface MessageFact {
  message_id: string;
  sent_at: string;
  /** The brand it was said to; null in events of before brands were told. */
  brand_id: string | null;
  episode_id: string | null;
  conversation_id: string | null;
  /** Null in events of before channels were told. */
  channel_id: string | null;
  medium: string;
  network: string;
  visibility: string;
  direction: string;
  language: string;
  noise: boolean;
  actionable: boolean | null;
  gratitude: boolean;
}
/** Message facts in bulk; a repetition overwrites with the same, and of several words on one message the last counts. */
export async function putMessages(tx: Tx, rows: readonly MessageFact[]): Promise<void> {
  const last = [...new Map(rows.map((row) => [row.message_id, row])).values()];
  await sql`
    insert into message_fact (account_id, message_id, sent_at, brand_id, episode_id, conversation_id, channel_id, medium, network, visibility, direction, language, noise, actionable, gratitude)
    select ${tx.accountId}, r.* from jsonb_to_recordset(${json(last)}::jsonb)
      as r(message_id uuid, sent_at timestamptz, brand_id uuid, episode_id uuid, conversation_id uuid, channel_id uuid, medium text, network text, visibility text, direction text, language text, noise boolean, actionable boolean, gratitude boolean)
    on conflict (account_id, message_id) do update set brand_id = coalesce(excluded.brand_id, message_fact.brand_id), episode_id = excluded.episode_id,
      conversation_id = excluded.conversation_id, channel_id = coalesce(excluded.channel_id, message_fact.channel_id), medium = excluded.medium, language = excluded.language, noise = excluded.noise, actionable = excluded.actionable, gratitude = excluded.gratitude`.execute(
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
  await sql`
    with given as (
      select * from jsonb_to_recordset(${json(rows)}::jsonb)
        as r(episode_id uuid, conversation_id uuid, customer_id uuid, brand_id uuid, network text, medium text, visibility text, language text, opened_at timestamptz, reopens uuid, message_id uuid)
    ), begun as (
      insert into episode_fact (account_id, episode_id, conversation_id, customer_id, brand_id, network, medium, visibility, language, opened_at, reopens)
      select ${tx.accountId}, episode_id, conversation_id, customer_id, brand_id, network, medium, visibility, language, opened_at, reopens from given
      on conflict (account_id, episode_id) do nothing
    )
    insert into response_fact (account_id, episode_id, message_id, asked_at, first)
    select ${tx.accountId}, episode_id, message_id, opened_at, true from given on conflict do nothing`.execute(q);
  const back = rows.filter((row) => row.reopens !== null);
  if (back.length === 0) return;
  await sql`
    update episode_fact e set reopened_by = r.by
    from unnest(${back.map((row) => row.reopens)}::uuid[], ${back.map((row) => row.episode_id)}::uuid[]) as r(id, by)
    where e.account_id = ${tx.accountId} and e.episode_id = r.id`.execute(q);
}

export interface Question {
  episodeId: string;
  messageId: string;
  askedAt: string;
}
/** Customers wait again, each episode named once; while an earlier question of the episode waits, that one counts. */
export async function putQuestions(tx: Tx, asked: readonly Question[]): Promise<void> {
  if (asked.length === 0) return;
  await sql`
    insert into response_fact (account_id, episode_id, message_id, asked_at, first)
    select ${tx.accountId}, q."episodeId", q."messageId", q."askedAt",
      not exists (select 1 from response_fact r where r.account_id = ${tx.accountId} and r.episode_id = q."episodeId")
    from jsonb_to_recordset(${json(asked)}::jsonb) as q("episodeId" uuid, "messageId" uuid, "askedAt" timestamptz)
    where not exists (select 1 from response_fact r where r.account_id = ${tx.accountId} and r.episode_id = q."episodeId" and r.answered_at is null)
    on conflict do nothing`.execute(tx.tables());
}
/** Nothing is owed any more (they thanked, or took the message back): an open question that is not the first is no question. */
export async function dropQuestions(tx: Tx, episodeIds: readonly string[]): Promise<void> {
  if (episodeIds.length === 0) return;
  await sql`delete from response_fact where account_id = ${tx.accountId} and episode_id = any(${[...episodeIds]}::uuid[]) and answered_at is null and not first`.execute(
    tx.tables(),
  );
}

export interface Answer {
  episodeId: string;
  at: string;
  by: string | null;
  visibility: string;
}
/** Answers, each episode named once. */
export async function putAnswers(tx: Tx, answers: readonly Answer[]): Promise<void> {
  if (answers.length === 0) return;
  const given = sql`jsonb_to_recordset(${json(answers)}::jsonb) as a("episodeId" uuid, at timestamptz, by uuid, visibility text)`;
  await sql`
    with answered as (
      update response_fact r set answered_at = a.at, answered_by = a.by from ${given}
      where r.account_id = ${tx.accountId} and r.episode_id = a."episodeId" and r.answered_at is null and r.asked_at <= a.at
    )
    update episode_fact e set first_reply_at = least(e.first_reply_at, a.at),
      first_reply_by = case when e.first_reply_at is null then a.by else e.first_reply_by end,
      first_public_reply_at = case when a.visibility <> 'private' then least(e.first_public_reply_at, a.at) else e.first_public_reply_at end
    from ${given} where e.account_id = ${tx.accountId} and e.episode_id = a."episodeId"`.execute(tx.tables());
}

export interface Ending {
  episodeId: string;
  at: string;
  by: string | null;
  outcome: string;
  windowUntil: string;
}
/** Episodes that are done, each named once. */
export async function putEndings(tx: Tx, ends: readonly Ending[]): Promise<void> {
  if (ends.length === 0) return;
  await sql`
    with given as (
      select * from jsonb_to_recordset(${json(ends)}::jsonb) as d("episodeId" uuid, at timestamptz, by uuid, outcome text, "windowUntil" timestamptz)
    ), done as (
      update episode_fact e set done_at = d.at, done_by = d.by, outcome = d.outcome, window_until = d."windowUntil" from given d
      where e.account_id = ${tx.accountId} and e.episode_id = d."episodeId"
    )
    delete from response_fact r using given d
    where r.account_id = ${tx.accountId} and r.episode_id = d."episodeId" and r.answered_at is null`.execute(
    tx.tables(),
  );
}
export async function dropEpisodes(tx: Tx, episodeIds: readonly string[]): Promise<void> {
  if (episodeIds.length === 0) return;
  await sql`
    with gone as (delete from response_fact where account_id = ${tx.accountId} and episode_id = any(${[...episodeIds]}::uuid[])),
    handed as (delete from transfer_fact where account_id = ${tx.accountId} and episode_id = any(${[...episodeIds]}::uuid[]))
    delete from episode_fact where account_id = ${tx.accountId} and episode_id = any(${[...episodeIds]}::uuid[])`.execute(
    tx.tables(),
  );
}
/** In which queue the work of episodes stands, each named once; the first due time stays. */
export async function putQueues(
  tx: Tx,
  queued: readonly { episodeId: string; queueId: string; dueAt: string }[],
): Promise<void> {
  if (queued.length === 0) return;
  await sql`
    update episode_fact e set queue_id = w."queueId", due_at = coalesce(e.due_at, w."dueAt")
    from jsonb_to_recordset(${json(queued)}::jsonb) as w("episodeId" uuid, "queueId" uuid, "dueAt" timestamptz)
    where e.account_id = ${tx.accountId} and e.episode_id = w."episodeId"`.execute(tx.tables());
}

/** Episodes were handed to another queue, each time once however often it is told: the version of the work names the time. */
export async function putTransfers(
  tx: Tx,
  handed: readonly { episodeId: string; workItemId: string; version: number }[],
): Promise<void> {
  if (handed.length === 0) return;
  await sql`
    insert into transfer_fact (account_id, episode_id, work_item_id, version)
    select ${tx.accountId}, h."episodeId", h."workItemId", h.version
    from jsonb_to_recordset(${json(handed)}::jsonb) as h("episodeId" uuid, "workItemId" uuid, version integer)
    on conflict do nothing`.execute(tx.tables());
}

export interface Filter {
  from: Instant;
  to: Instant;
  brandId: string | null;
  queueId: string | null;
  network: string | null;
  /** What the asker may see: these queues and these brands; null or left out: everything. */
  within?: { readonly queues: readonly string[]; readonly brands: readonly string[] } | null;
}

/** Whose episodes they are now; the last word on a conversation counts. Facts that a merge put away are whose they are, too. */
export async function putCustomers(
  tx: Tx,
  moved: readonly { conversationId: string; customerId: string }[],
): Promise<void> {
  const rows = json([...new Map(moved.map((m) => [m.conversationId, m])).values()]);
  const SHAPE = sql`jsonb_to_recordset(${rows}::jsonb) as r("conversationId" uuid, "customerId" uuid)`;
  await sql`
    update episode_fact f set customer_id = r."customerId" from ${SHAPE}
    where f.account_id = ${tx.accountId} and f.conversation_id = r."conversationId" and f.customer_id <> r."customerId"`.execute(
    tx.tables(),
  );
  await sql`
    update episode_fact_away a set fact = jsonb_set(a.fact, '{customer_id}', to_jsonb(r."customerId")) from ${SHAPE}
    where a.account_id = ${tx.accountId} and (a.fact->>'conversation_id')::uuid = r."conversationId"`.execute(
    tx.tables(),
  );
}
