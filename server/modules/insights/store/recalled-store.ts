import { json, sql, type Tx } from "#platform/db";
import { dropEpisodes } from "./fact-store.ts";

/** An episode of imported history as it is told: whole, and over. */
export interface Recalled {
  episodeId: string;
  gone: boolean;
  reopenedBy: string | null;
  responses: { messageId: string; askedAt: string; answeredAt: string; answeredBy: string | null }[];
}

/** Facts of past episodes in bulk: they become what was told last. */
export async function putRecalled(tx: Tx, told: readonly Recalled[]): Promise<void> {
  await dropEpisodes(
    tx,
    told.filter((t) => t.gone).map((t) => t.episodeId),
  );
  const here = told.filter((t) => !t.gone);
  if (here.length === 0) return;
  const q = tx.tables();
  // Work that is going on may have reopened it since.
  await sql`
    insert into episode_fact as f (account_id, episode_id, conversation_id, customer_id, brand_id, network, medium, visibility, language, opened_at, reopens, first_reply_at,
      first_public_reply_at, first_reply_by, done_at, done_by, outcome, window_until, reopened_by)
    select ${tx.accountId}, r."episodeId", r."conversationId", r."customerId", r."brandId", r.network, r.medium, r.visibility, r.language, r."openedAt", r.reopens, r."firstReplyAt",
      r."firstPublicReplyAt", r."firstReplyBy", r."doneAt", r."doneBy", r.outcome, r."windowUntil", r."reopenedBy"
    from jsonb_to_recordset(${json(here)}::jsonb) as r("episodeId" uuid, "conversationId" uuid, "customerId" uuid, "brandId" uuid, network text, medium text, visibility text, language text,
      "openedAt" timestamptz, reopens uuid, "firstReplyAt" timestamptz, "firstPublicReplyAt" timestamptz, "firstReplyBy" uuid, "doneAt" timestamptz, "doneBy" uuid, outcome text,
      "windowUntil" timestamptz, "reopenedBy" uuid)
    on conflict (account_id, episode_id) do update set conversation_id = excluded.conversation_id, customer_id = excluded.customer_id, language = excluded.language, opened_at = excluded.opened_at,
      reopens = excluded.reopens, first_reply_at = excluded.first_reply_at, first_public_reply_at = excluded.first_public_reply_at, first_reply_by = excluded.first_reply_by,
      done_at = excluded.done_at, done_by = excluded.done_by, outcome = excluded.outcome, window_until = excluded.window_until, reopened_by = coalesce(excluded.reopened_by, f.reopened_by)`.execute(
    q,
  );
  await sql`delete from response_fact where account_id = ${tx.accountId} and episode_id = any(${here.map((t) => t.episodeId)}::uuid[])`.execute(
    q,
  );
  const responses = here.flatMap((t) => t.responses.map((r, i) => ({ ...r, episodeId: t.episodeId, first: i === 0 })));
  if (responses.length === 0) return;
  await sql`
    insert into response_fact (account_id, episode_id, message_id, asked_at, answered_at, answered_by, first)
    select ${tx.accountId}, r."episodeId", r."messageId", r."askedAt", r."answeredAt", r."answeredBy", r.first
    from jsonb_to_recordset(${json(responses)}::jsonb) as r("episodeId" uuid, "messageId" uuid, "askedAt" timestamptz, "answeredAt" timestamptz, "answeredBy" uuid, first boolean)
    on conflict do nothing`.execute(q);
}
