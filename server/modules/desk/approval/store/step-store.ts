import type { ApprovalClaim } from "#modules/channels";
import type { Instant } from "#platform/clock";
import { json, sql, storable, type Tx, ts } from "#platform/db";

export interface StepRow {
  requestId: string;
  at: Instant;
  act: string;
  agentId: string | null;
  says: string;
  /** The words as they became, where they were changed. */
  text: string | null;
}

export async function addStep(
  tx: Tx,
  requestId: string,
  step: { act: string; agentId: string | null; says?: string; text?: string | null },
): Promise<void> {
  await sql`insert into approval_step (account_id, request_id, n, at, act, agent_id, says, text)
    select ${tx.accountId}, ${requestId}, coalesce(max(s.n), 0) + 1, ${ts(tx.now)}, ${step.act}, ${step.agentId}::uuid, ${storable(step.says ?? "")}, ${step.text === undefined || step.text === null ? null : storable(step.text)}
    from approval_step s where s.account_id = ${tx.accountId} and s.request_id = ${requestId}`.execute(tx.tables());
}

/** In the order in which it happened. */
export async function stepsOf(tx: Tx, requestIds: readonly string[]): Promise<StepRow[]> {
  if (requestIds.length === 0) return [];
  const found = await sql<StepRow>`
    select request_id as "requestId", at, act, agent_id as "agentId", says, text from approval_step
    where account_id = ${tx.accountId} and request_id = any(${[...requestIds]}::uuid[]) order by request_id, n limit 5000`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Of all requests of a conversation. */
export async function stepsIn(tx: Tx, conversationId: string): Promise<StepRow[]> {
  const found = await sql<StepRow>`
    select s.request_id as "requestId", s.at, s.act, s.agent_id as "agentId", s.says, s.text
    from approval_request r join approval_step s on s.account_id = r.account_id and s.request_id = r.id
    where r.account_id = ${tx.accountId} and r.conversation_id = ${conversationId} order by s.at, s.request_id, s.n limit 500`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Something was said; `by`: the agent of ours who said it. */
export interface News {
  conversationId: string;
  at: Instant;
  by: string | null;
}

/** What waits in these conversations is not up to date, where its author did not say it himself. Returns what was so until now. */
export async function markStale(
  tx: Tx,
  news: readonly News[],
): Promise<{ id: string; conversationId: string; agentId: string; asked: string[]; version: number }[]> {
  if (news.length === 0) return [];
  const found = await sql<{ id: string; conversationId: string; agentId: string; asked: string[]; version: number }>`
    with news as (select n."conversationId" as conversation_id, n.by, max(to_timestamp(n.at / 1000.0)) as at
      from jsonb_to_recordset(${json([...news])}::jsonb) as n("conversationId" uuid, at double precision, by uuid) group by 1, 2)
    update approval_request r set stale_at = ${ts(tx.now)}, version = r.version + 1 from news n
    where r.account_id = ${tx.accountId} and r.conversation_id = n.conversation_id and r.state = 'waiting' and r.stale_at is null and n.at > r.read_until and n.by is distinct from r.agent_id
    returning r.id, r.conversation_id as "conversationId", r.agent_id as "agentId", r.asked, r.version`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** A request stands where the message stands that it answers. */
export async function moveRequests(
  tx: Tx,
  moved: readonly { messageId: string; from: string; to: string }[],
): Promise<void> {
  if (moved.length === 0) return;
  await sql`
    update approval_request p set conversation_id = r."to", version = p.version + 1
    from jsonb_to_recordset(${json(moved)}::jsonb) as r("messageId" uuid, "from" uuid, "to" uuid)
    where p.account_id = ${tx.accountId} and p.answers_message = r."messageId" and p.conversation_id = r."from"
      and (p.state <> 'waiting' or not exists (select 1 from approval_request x where x.account_id = ${tx.accountId}
        and x.conversation_id = r."to" and x.agent_id = p.agent_id and x.state = 'waiting'))`.execute(tx.tables());
}

/** Of these claims the deliveries that a request of ours passed with this very text. */
export async function approvedDeliveries(tx: Tx, claims: readonly ApprovalClaim[]): Promise<ReadonlySet<string>> {
  const found = await sql<{ id: string }>`
    select r.delivery_id as id from approval_request r
    join jsonb_to_recordset(${json([...claims])}::jsonb) as c("deliveryId" uuid, "approvalId" uuid, "textHash" text)
      on r.id = c."approvalId" and r.delivery_id = c."deliveryId" and r.text_hash = c."textHash"
    where r.account_id = ${tx.accountId} and r.state = 'approved'`.execute(tx.tables());
  return new Set(found.rows.map((r) => r.id));
}

/** Whether a request of ours passed this reply. */
export async function wasApproved(tx: Tx, reply: { id: string; agentId: string }): Promise<boolean> {
  const found = await sql`
    select 1 from approval_request
    where account_id = ${tx.accountId} and agent_id = ${reply.agentId} and reply_id = ${reply.id} and state = 'approved'`.execute(
    tx.tables(),
  );
  return found.rows.length > 0;
}
