import { sql, type Tx } from "#platform/db";

/** Words of a customer in a conversation, by the handle that said them and the handle whose conversation it is. */
export interface StitchedWord {
  conversationId: string;
  /** The customer of the conversation, and the handle that makes it his. */
  ownerId: string;
  principalId: string;
  messageId: string;
  handleId: string;
  customerId: string;
}

/** More are not put apart at once. */
const MOST = 5_000;
/** They led into somebody else's conversation with their eyes open: no join was needed. */
const OF_ANOTHER = ["same-reference"];

/**
 * What another handle than the principal one said in the conversations of these customers, where the stitcher placed it and no person has
 * put it. Whoever spoke first in a conversation is its principal, unless that is noted already.
 */
export async function wordsOfOtherHandles(tx: Tx, customerIds: readonly string[]): Promise<StitchedWord[]> {
  const found = await sql<StitchedWord>`
    select c.id as "conversationId", c.customer_id as "ownerId", f.handle_id as "principalId", p.customer_id as "customerId", p.message_id as "messageId", p.handle_id as "handleId"
    from conversation c
    cross join lateral (
      select coalesce(c.handle_id, (select o.handle_id from placement o where o.account_id = ${tx.accountId} and o.conversation_id = c.id and o.handle_id is not null
        order by (o.customer_id = c.customer_id) desc, (o.role = 'customer') desc, o.message_id limit 1)) as handle_id) f
    join placement p on p.account_id = ${tx.accountId} and p.conversation_id = c.id and p.role = 'customer' and p.handle_id <> f.handle_id
      and p.home_id is null and p.stands_id is null
    where c.account_id = ${tx.accountId} and c.customer_id = any(${[...customerIds]}::uuid[]) and c.merged_into is null
      and not exists (select 1 from jsonb_array_elements(p.evidence) as e where e->>'code' = any(${OF_ANOTHER}::text[]))
    order by p.message_id limit ${MOST}`.execute(tx.tables());
  return found.rows;
}
