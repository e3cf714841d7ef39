import { sql, type Tx } from "#platform/db";
import type { EchoCandidate } from "../domain/echo.ts";
import type { ReceiptStatus } from "../domain/item.ts";

export interface PartReceipt {
  deliveryId: string;
  index: number;
  externalId: string;
  receipt: ReceiptStatus | null;
}

export async function findPartsByExternal(
  tx: Tx,
  channelId: string,
  externalIds: readonly string[],
): Promise<PartReceipt[]> {
  const found =
    await sql<PartReceipt>`select p.delivery_id as "deliveryId", p.idx as index, p.external_id as "externalId", p.receipt
    from delivery_part p join delivery d on d.account_id = p.account_id and d.id = p.delivery_id
    where p.account_id = ${tx.accountId} and p.external_id = any(${[...externalIds]}) and d.channel_id = ${channelId} for update of p`.execute(
      tx.tables(),
    );
  return found.rows;
}

export async function setReceipts(tx: Tx, parts: readonly PartReceipt[]): Promise<void> {
  if (parts.length === 0) return;
  await sql`update delivery_part p set receipt = r.receipt
    from unnest(${parts.map((p) => p.deliveryId)}::uuid[], ${parts.map((p) => p.index)}::int[], ${parts.map((p) => p.receipt)}::text[]) as r(delivery_id, idx, receipt)
    where p.account_id = ${tx.accountId} and p.delivery_id = r.delivery_id and p.idx = r.idx`.execute(tx.tables());
}

/**
 * Parts that may stand on the network without our knowing under which id: of what is under way on the channel, and of these threads
 * what a person said was sent.
 */
export async function echoCandidates(
  tx: Tx,
  channelId: string,
  threadKeys: readonly string[],
): Promise<EchoCandidate[]> {
  const nameless = sql`select p.delivery_id as "deliveryId", d.trace_id as "traceId", p.idx as index, case when d.intent ->> 'op' = 'reply' then d.thread_key end as "threadKey", p.text,
      p.client_id as "clientId", p.state = 'sent' as settled, coalesce(p.sent_at, d.claimed_until, d.created_at) as at
    from delivery d join delivery_part p on p.account_id = d.account_id and p.delivery_id = d.id and p.external_id is null
    where d.account_id = ${tx.accountId} and d.channel_id = ${channelId}`;
  const found = await sql<EchoCandidate>`
    ${nameless} and d.state in ('in-flight', 'unknown') and p.state in ('in-flight', 'unknown')
    union all ${nameless} and d.thread_key = any(${[...threadKeys]}) and p.state = 'sent'`.execute(tx.tables());
  return found.rows;
}

/** A person said it was sent; now the network shows under which id. */
export async function nameSentPart(
  tx: Tx,
  deliveryId: string,
  index: number,
  externalId: string,
  permalink: string | null,
): Promise<void> {
  await sql`update delivery_part set external_id = ${externalId}, permalink = ${permalink}
    where account_id = ${tx.accountId} and delivery_id = ${deliveryId} and idx = ${index} and state = 'sent' and external_id is null`.execute(
    tx.tables(),
  );
}
