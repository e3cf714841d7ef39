import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts, tsOrNull } from "#platform/db";
import type { ModerationReason, ModerationTarget, ModerationVerb } from "../domain/adapter.ts";
import type { ActProgress } from "../domain/moderation.ts";

/** The message as it stood when something was done about it. */
export interface ModerationSnapshot {
  text: string;
  authorName: string;
  authorHandle: string;
  permalink: string | null;
  sentAt: Instant;
  revision: string;
  files: number;
}

export interface ActRow extends ActProgress {
  id: string;
  channelId: string;
  brandId: string;
  messageId: string;
  conversationId: string | null;
  verb: ModerationVerb;
  reason: ModerationReason;
  note: string;
  target: ModerationTarget;
  snapshot: ModerationSnapshot;
  undoes: string | null;
  agentId: string;
  claimToken: string | null;
  createdAt: Instant;
  version: number;
}

const COLUMNS = sql`a.id, a.channel_id as "channelId", a.brand_id as "brandId", a.message_id as "messageId", a.conversation_id as "conversationId", a.verb, a.reason, a.note,
  a.target, a.snapshot, a.undoes, a.agent_id as "agentId", a.state, a.attempt, a.next_at as "nextAt", a.claim_token as "claimToken", a.network_ref as "networkRef", a.error,
  a.created_at as "createdAt", a.done_at as "doneAt", a.version`;

export type NewAct = Pick<
  ActRow,
  | "id"
  | "channelId"
  | "brandId"
  | "messageId"
  | "conversationId"
  | "verb"
  | "reason"
  | "note"
  | "target"
  | "snapshot"
  | "undoes"
  | "agentId"
  | "networkRef"
>;

export async function insertAct(tx: Tx, a: NewAct): Promise<void> {
  await sql`insert into moderation_act (account_id, id, channel_id, brand_id, message_id, conversation_id, verb, reason, note, target, snapshot, undoes, agent_id, state, next_at, network_ref, created_at)
    values (${tx.accountId}, ${a.id}, ${a.channelId}, ${a.brandId}, ${a.messageId}, ${a.conversationId}, ${a.verb}, ${a.reason}, ${a.note}, ${json(a.target)}::jsonb, ${json(a.snapshot)}::jsonb,
      ${a.undoes}, ${a.agentId}, 'pending', ${ts(tx.now)}, ${a.networkRef}, ${ts(tx.now)})`.execute(tx.tables());
}

export async function findActs(tx: Tx, ids: readonly string[], lock = false): Promise<ActRow[]> {
  if (ids.length === 0) return [];
  const found =
    await sql<ActRow>`select ${COLUMNS} from moderation_act a where a.account_id = ${tx.accountId} and a.id = any(${[...ids]}::uuid[]) order by a.id ${lock ? sql`for update` : sql``}`.execute(
      tx.tables(),
    );
  return found.rows;
}

/** Until the end of the transaction nobody else who asks for this lock has it. */
export async function lockActsOf(tx: Tx, messageId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`moderation ${tx.accountId} ${messageId}`}, 0))`.execute(
    tx.tables(),
  );
}

/** All that was done about these messages, oldest first. */
export async function actsOfMessages(tx: Tx, messageIds: readonly string[]): Promise<ActRow[]> {
  if (messageIds.length === 0) return [];
  const found =
    await sql<ActRow>`select ${COLUMNS} from moderation_act a where a.account_id = ${tx.accountId} and a.message_id = any(${[...messageIds]}::uuid[]) order by a.id`.execute(
      tx.tables(),
    );
  return found.rows;
}

/** Due acts, held for this worker until `until`: of one message, and about one author, one at a time, in the order in which they were asked for. */
export async function claimActs(tx: Tx, token: string, until: Instant, limit: number): Promise<ActRow[]> {
  const now = ts(tx.now);
  const found = await sql<ActRow>`
    with due as (
      select d.id from moderation_act d
      where d.account_id = ${tx.accountId} and d.state in ('pending', 'in-flight') and d.next_at <= ${now} and (d.claimed_until is null or d.claimed_until <= ${now})
        and not exists (select 1 from moderation_act e where e.account_id = d.account_id and e.channel_id = d.channel_id and e.id < d.id and e.state in ('pending', 'in-flight')
          and (e.message_id = d.message_id or e.target ->> 'authorId' = d.target ->> 'authorId'))
      order by d.id limit ${limit} for update of d skip locked
    )
    update moderation_act a set claim_token = ${token}, claimed_until = ${ts(until)} from due where a.account_id = ${tx.accountId} and a.id = due.id returning ${COLUMNS}`.execute(
    tx.tables(),
  );
  return found.rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export async function saveAct(
  tx: Tx,
  id: string,
  p: ActProgress,
  claim: { token: string; until: Instant } | null,
): Promise<void> {
  await sql`update moderation_act set state = ${p.state}, attempt = ${p.attempt}, next_at = ${ts(p.nextAt)}, network_ref = ${p.networkRef},
      error = ${p.error === null ? null : json(p.error)}::jsonb, done_at = ${tsOrNull(p.doneAt)}, claim_token = ${claim?.token ?? null}, claimed_until = ${tsOrNull(claim?.until ?? null)},
      version = version + 1
    where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}

/** Reports that had not come to their end are for a person to judge. */
export async function doubtReports(tx: Tx, message: string): Promise<void> {
  const error = { class: "unknown", retryable: false, message };
  await sql`update moderation_act set state = 'unknown', error = ${json(error)}::jsonb, claim_token = null, claimed_until = null, version = version + 1
    where account_id = ${tx.accountId} and verb = 'report' and state in ('pending', 'in-flight')`.execute(tx.tables());
}
