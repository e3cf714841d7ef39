import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";
import type { Question } from "../domain/ask.ts";
import type { Evidence } from "../domain/evidence.ts";

/** A question, and how it was answered. Instants are epoch milliseconds. */
export interface Ask extends Question {
  brandId: string;
  askedAt: Instant;
  answer: "there" | "here" | null;
  answeredAt: Instant | null;
  answeredBy: string | null;
  actId: string | null;
}
const COLUMNS = sql`a.message_id as "messageId", a.conversation_id as "conversationId", a.other_id as "otherId", a.begins, a.brand_id as "brandId", a.why, a.after_ms as "afterMs",
  a.asked_at as "askedAt", a.answer, a.answered_at as "answeredAt", a.answered_by as "answeredBy", a.act_id as "actId"`;
/** It is still where it was when it was asked about: whoever moved or merged it has answered. */
const STANDS = sql`exists (select from placement p where p.account_id = a.account_id and p.message_id = a.message_id and p.conversation_id = a.conversation_id and p.deleted_at is null)`;

/** What was answered stays as it is. */
export async function saveAsks(tx: Tx, asks: readonly (Question & { brandId: string })[]): Promise<void> {
  if (asks.length === 0) return;
  await sql`
    insert into ask (account_id, message_id, conversation_id, other_id, begins, brand_id, why, after_ms, asked_at)
    select ${tx.accountId}, r."messageId", r."conversationId", r."otherId", r.begins, r."brandId", r.why, r."afterMs", ${ts(tx.now)}
    from jsonb_to_recordset(${json(asks)}::jsonb) as r("messageId" uuid, "conversationId" uuid, "otherId" uuid, begins boolean, "brandId" uuid, why text, "afterMs" bigint)
    on conflict (account_id, message_id) do update set conversation_id = excluded.conversation_id, other_id = excluded.other_id, begins = excluded.begins,
      why = excluded.why, after_ms = excluded.after_ms, asked_at = excluded.asked_at where ask.answered_at is null`.execute(
    tx.tables(),
  );
}

/** Messages that were decided again and leave no question. */
export async function dropAsks(tx: Tx, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`delete from ask where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[]) and answered_at is null`.execute(
    tx.tables(),
  );
}

/** What is open about these conversations: their messages, and messages elsewhere that may belong to them. Oldest first. */
export async function openAsksOf(tx: Tx, conversationIds: readonly string[], limit: number): Promise<Ask[]> {
  const ids = [...conversationIds];
  const found = await sql<Ask>`
    select ${COLUMNS} from ask a where a.account_id = ${tx.accountId} and a.answered_at is null and ${STANDS} and a.message_id in (
      select message_id from ask where account_id = ${tx.accountId} and conversation_id = any(${ids}::uuid[]) and answered_at is null
      union select message_id from ask where account_id = ${tx.accountId} and other_id = any(${ids}::uuid[]) and answered_at is null and other_id is not null)
    order by a.asked_at, a.message_id limit ${limit}`.execute(tx.tables());
  return found.rows;
}

/** All that is open, newest first, from `before` on. */
export async function openAsks(
  tx: Tx,
  before: { at: Instant; messageId: string } | null,
  limit: number,
): Promise<Ask[]> {
  const after =
    before === null ? sql`` : sql`and (a.asked_at, a.message_id) < (${ts(before.at)}, ${before.messageId}::uuid)`;
  const found = await sql<Ask>`
    select ${COLUMNS} from ask a where a.account_id = ${tx.accountId} and a.answered_at is null and ${STANDS} ${after}
    order by a.asked_at desc, a.message_id desc limit ${limit}`.execute(tx.tables());
  return found.rows;
}

export async function lockAsk(tx: Tx, messageId: string): Promise<Ask | undefined> {
  const found = await sql<Ask>`
    select ${COLUMNS} from ask a where a.account_id = ${tx.accountId} and a.message_id = ${messageId} for update`.execute(
    tx.tables(),
  );
  return found.rows[0];
}

export async function markAnswered(
  tx: Tx,
  messageId: string,
  how: { answer: "there" | "here"; by: string | null; actId: string | null },
): Promise<void> {
  await sql`
    update ask set answer = ${how.answer}, answered_at = ${ts(tx.now)}, answered_by = ${how.by}, act_id = ${how.actId}
    where account_id = ${tx.accountId} and message_id = ${messageId}`.execute(tx.tables());
}

/** What a person said stands among the evidence of the place. */
export async function saveEvidence(tx: Tx, messageId: string, evidence: readonly Evidence[]): Promise<void> {
  await sql`
    update placement set evidence = ${json(evidence)}::jsonb where account_id = ${tx.accountId} and message_id = ${messageId}`.execute(
    tx.tables(),
  );
}
