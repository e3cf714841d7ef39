import { json, sql, type Tx } from "#platform/db";

/** A handle that belongs to another customer now. */
export interface HandleMove {
  handleId: string;
  from: string;
  to: string;
}
const SHAPE = sql`r("handleId" uuid, "from" uuid, "to" uuid)`;

/**
 * Notes the principal handle of every conversation of these customers that has none yet: whoever of the customer spoke first in it, or,
 * where it is merged into another, in what came from it. Has to be asked before the messages follow their handles.
 */
export async function notePrincipals(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await sql`
    update conversation c set handle_id = n.handle_id from (
      select c.id, f.handle_id from conversation c cross join lateral (
        select p.handle_id from (
          (select * from placement where account_id = ${tx.accountId} and conversation_id = c.id and customer_id = c.customer_id and handle_id is not null
            order by (role = 'customer') desc, message_id limit 1)
          union all (select * from placement where c.merged_into is not null and account_id = ${tx.accountId} and customer_id = c.customer_id and home_id = c.id
            and handle_id is not null order by (role = 'customer') desc, message_id limit 1)) p limit 1) f
      where c.account_id = ${tx.accountId} and c.customer_id = any(${[...customerIds]}::uuid[]) and c.handle_id is null) n
    where c.account_id = ${tx.accountId} and c.id = n.id`.execute(tx.tables());
}

/** What these handles said is the words of their customer of now. */
export async function moveWords(tx: Tx, moves: readonly HandleMove[]): Promise<void> {
  await sql`
    update placement p set customer_id = r."to", version = p.version + 1 from jsonb_to_recordset(${json(moves)}::jsonb) as ${SHAPE}
    where p.account_id = ${tx.accountId} and p.customer_id = r."from" and p.handle_id = r."handleId"`.execute(
    tx.tables(),
  );
}

export interface Followed {
  id: string;
  customerId: string;
  from: string;
  version: number;
}

/** Conversations go with their principal handle. */
export async function moveConversations(tx: Tx, moves: readonly HandleMove[]): Promise<Followed[]> {
  const found = await sql<Followed>`
    update conversation c set customer_id = r."to", version = c.version + 1 from jsonb_to_recordset(${json(moves)}::jsonb) as ${SHAPE}
    where c.account_id = ${tx.accountId} and c.customer_id = r."from" and c.handle_id = r."handleId"
    returning c.id, c.customer_id as "customerId", r."from", c.version`.execute(tx.tables());
  return found.rows;
}

/** A thread of a handle leads to a conversation only while that is the handle's own customer's. */
export async function partLinks(tx: Tx, moves: readonly HandleMove[]): Promise<void> {
  await sql`
    update conversation_thread t set parted = c.customer_id = r."from"
    from jsonb_to_recordset(${json(moves)}::jsonb) as ${SHAPE}, conversation c
    where t.account_id = ${tx.accountId} and t.handle_id = r."handleId" and c.account_id = ${tx.accountId} and c.id = t.conversation_id
      and c.customer_id in (r."from", r."to") and t.parted <> (c.customer_id = r."from")`.execute(tx.tables());
}

/** The conversations of customers, locked in the order of their ids as everybody locks them. */
export async function lockConversationsOf(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await sql`select id from conversation where account_id = ${tx.accountId} and customer_id = any(${[...customerIds]}::uuid[]) order by id for update`.execute(
    tx.tables(),
  );
}
