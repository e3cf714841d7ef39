import type { Instant } from "#platform/clock";
import { iso } from "#platform/clock";
import { json, sql, type Tx } from "#platform/db";

/** An episode as it is after a person put conversations together or apart. */
export interface Restated {
  episodeId: string;
  /** Another one goes on for it: it counts nowhere until it comes back. */
  counts: boolean;
  past: boolean;
  conversationId: string;
  customerId: string | null;
  firstReplyAt: Instant | null;
  firstReplyBy: string | null;
  firstPublicReplyAt: Instant | null;
  responses: readonly { messageId: string; askedAt: Instant; answeredAt: Instant | null; answeredBy: string | null }[];
}

/** Puts facts aside of what does not count, takes back those that do again, and computes anew what follows of the messages. */
export async function restateEpisodes(tx: Tx, episodes: readonly Restated[]): Promise<void> {
  const q = tx.tables();
  const away = episodes.filter((e) => !e.counts).map((e) => e.episodeId);
  const here = episodes.filter((e) => e.counts);
  if (away.length > 0) {
    await sql`
      with gone as (delete from episode_fact e where account_id = ${tx.accountId} and episode_id = any(${away}::uuid[]) returning e.*)
      insert into episode_fact_away (account_id, episode_id, fact) select account_id, episode_id, to_jsonb(gone) from gone
      on conflict (account_id, episode_id) do update set fact = excluded.fact`.execute(q);
    await sql`delete from response_fact where account_id = ${tx.accountId} and episode_id = any(${away}::uuid[])`.execute(
      q,
    );
  }
  if (here.length === 0) return;
  await sql`
    with back as (delete from episode_fact_away a where account_id = ${tx.accountId} and episode_id = any(${here.map((e) => e.episodeId)}::uuid[]) returning a.fact)
    insert into episode_fact select f.* from back cross join lateral jsonb_populate_record(null::episode_fact, back.fact) f on conflict do nothing`.execute(
    q,
  );
  const rows = here.map((e) => ({
    ...{
      episodeId: e.episodeId,
      past: e.past,
      conversationId: e.conversationId,
      customerId: e.customerId,
      firstReplyBy: e.firstReplyBy,
    },
    firstReplyAt: e.firstReplyAt === null ? null : iso(e.firstReplyAt),
    firstPublicReplyAt: e.firstPublicReplyAt === null ? null : iso(e.firstPublicReplyAt),
  }));
  await sql`
    update episode_fact e set conversation_id = r."conversationId", customer_id = coalesce(r."customerId", e.customer_id), first_reply_at = case when r.past then e.first_reply_at else r."firstReplyAt" end,
      first_public_reply_at = case when r.past then e.first_public_reply_at else r."firstPublicReplyAt" end, first_reply_by = case when r.past then e.first_reply_by else r."firstReplyBy" end
    from jsonb_to_recordset(${json(rows)}::jsonb) as r("episodeId" uuid, past boolean, "conversationId" uuid, "customerId" uuid, "firstReplyAt" timestamptz, "firstPublicReplyAt" timestamptz, "firstReplyBy" uuid)
    where e.account_id = ${tx.accountId} and e.episode_id = r."episodeId"`.execute(q);
  await restateResponses(
    tx,
    here.filter((e) => !e.past),
  );
}

async function restateResponses(tx: Tx, episodes: readonly Restated[]): Promise<void> {
  if (episodes.length === 0) return;
  const q = tx.tables();
  await sql`delete from response_fact where account_id = ${tx.accountId} and episode_id = any(${episodes.map((e) => e.episodeId)}::uuid[])`.execute(
    q,
  );
  const rows = episodes.flatMap(({ episodeId, responses }) =>
    responses.map((r, i) => ({
      ...{ episodeId, messageId: r.messageId, answeredBy: r.answeredBy, first: i === 0 },
      ...{ askedAt: iso(r.askedAt), answeredAt: r.answeredAt === null ? null : iso(r.answeredAt) },
    })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into response_fact (account_id, episode_id, message_id, asked_at, answered_at, answered_by, first)
    select ${tx.accountId}, r."episodeId", r."messageId", r."askedAt", r."answeredAt", r."answeredBy", r.first
    from jsonb_to_recordset(${json(rows)}::jsonb) as r("episodeId" uuid, "messageId" uuid, "askedAt" timestamptz, "answeredAt" timestamptz, "answeredBy" uuid, first boolean)
    where exists (select 1 from episode_fact e where e.account_id = ${tx.accountId} and e.episode_id = r."episodeId")
    on conflict do nothing`.execute(q);
}

/** Where messages stand now. */
export async function restatePlaces(
  tx: Tx,
  places: readonly { messageId: string; conversationId: string; episodeId: string | null }[],
): Promise<void> {
  if (places.length === 0) return;
  await sql`
    update message_fact f set conversation_id = r."conversationId", episode_id = r."episodeId"
    from jsonb_to_recordset(${json(places)}::jsonb) as r("messageId" uuid, "conversationId" uuid, "episodeId" uuid)
    where f.account_id = ${tx.accountId} and f.message_id = r."messageId" and (f.conversation_id, f.episode_id) is distinct from (r."conversationId", r."episodeId")`.execute(
    tx.tables(),
  );
}
