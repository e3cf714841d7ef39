import { sql, type Tx } from "#platform/db";
import { COLUMNS, type Placement } from "./placement-store.ts";

/** The last message of each conversation that no bystander wrote, and the customer's own last one: one row where these are the same. */
export async function lastWordsIn(tx: Tx, conversationIds: readonly string[]): Promise<Placement[]> {
  if (conversationIds.length === 0) return [];
  // `role <> 'bystander'` stands in both, so that the index without bystanders serves them: a crowd in a thread is not walked through.
  const spoken = sql`select * from placement where account_id = ${tx.accountId} and conversation_id = c.id and role <> 'bystander'`;
  const last = sql`order by message_id desc limit 1`;
  const found = await sql<Placement>`
    select ${COLUMNS} from unnest(${[...new Set(conversationIds)]}::uuid[]) as c(id) cross join lateral (
      (${spoken} ${last}) union (${spoken} and role = 'customer' ${last})) p`.execute(tx.tables());
  return found.rows;
}
