import { DAY, type Instant, type Millis } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import { uuidv7 } from "#platform/ids";

export type CallKind = "mention" | "handed" | "asked-in" | "side-answer";
export interface Call {
  id: string;
  agentId: string;
  conversationId: string;
  kind: CallKind;
  /** What it is about: a note, a side question. */
  refId: string;
  byAgent: string | null;
  at: Instant;
  readAt: Instant | null;
}
/** What was called longer ago is looked for in its conversation. */
const SHOWN = 100;
const KEPT: Millis = 60 * DAY;

/** Calls agents to conversations, for one thing each; the same call twice is one. Those that were not there before. */
export async function insertCalls(
  tx: Tx,
  { kind, byAgent }: Pick<Call, "kind" | "byAgent">,
  calls: readonly Pick<Call, "agentId" | "conversationId" | "refId">[],
): Promise<Pick<Call, "agentId" | "conversationId">[]> {
  if (calls.length === 0) return [];
  const rows = await sql<Pick<Call, "agentId" | "conversationId">>`
    insert into for_me (account_id, id, agent_id, conversation_id, kind, ref_id, by_agent, at)
    select ${tx.accountId}, n.id, n.agent, n.conversation, ${kind}, n.ref, ${byAgent}::uuid, ${ts(tx.now)}
    from unnest(${calls.map(() => uuidv7(tx.now))}::uuid[], ${calls.map((one) => one.agentId)}::uuid[],
      ${calls.map((one) => one.conversationId)}::uuid[], ${calls.map((one) => one.refId)}::uuid[]) as n(id, agent, conversation, ref)
    on conflict (account_id, agent_id, kind, ref_id) do nothing
    returning agent_id as "agentId", conversation_id as "conversationId"`.execute(tx.tables());
  return rows.rows;
}

/** What called an agent since an instant, the newest first. */
export async function callsOf(tx: Tx, agentId: string, since: Instant): Promise<Call[]> {
  const rows = await sql<Call>`
    select id, agent_id as "agentId", conversation_id as "conversationId", kind, ref_id as "refId", by_agent as "byAgent", at, read_at as "readAt"
    from for_me where account_id = ${tx.accountId} and agent_id = ${agentId} and at > ${ts(since)} order by at desc, id desc limit ${SHOWN}`.execute(
    tx.tables(),
  );
  return rows.rows;
}

/** True when something was unread. */
export async function readCalls(tx: Tx, agentId: string, conversationIds: readonly string[] | null): Promise<boolean> {
  const rows = await sql`
    update for_me set read_at = ${ts(tx.now)} where account_id = ${tx.accountId} and agent_id = ${agentId} and read_at is null
      and (${conversationIds === null} or conversation_id = any(${[...(conversationIds ?? [])]}::uuid[]))`.execute(
    tx.tables(),
  );
  return (rows.numAffectedRows ?? 0n) > 0n;
}

/** What nobody is shown any more. */
export async function forgetOldCalls(tx: Tx): Promise<void> {
  await sql`delete from for_me where account_id = ${tx.accountId} and at < ${ts(tx.now - KEPT)}`.execute(tx.tables());
}

/** The words of notes that are there still. */
export async function noteWords(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; text: string }>`
    select id, left(text, 400) as text from note where account_id = ${tx.accountId} and id = any(${[...new Set(ids)]}::uuid[]) and deleted_at is null`.execute(
    tx.tables(),
  );
  return new Map(rows.rows.map((one) => [one.id, one.text]));
}
