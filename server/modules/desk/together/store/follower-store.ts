import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";

export interface Follower {
  agentId: string;
  conversationId: string;
  since: Instant;
  /** Up to when the follower has looked. */
  seenAt: Instant;
}
const columns = sql`agent_id as "agentId", conversation_id as "conversationId", since, seen_at as "seenAt"`;
/** As many as one person can mean to hear of. */
export const MOST_FOLLOWED = 200;

/** False when it was followed already. */
export async function insertFollower(tx: Tx, agentId: string, conversationId: string): Promise<boolean> {
  const rows = await sql`
    insert into follower (account_id, agent_id, conversation_id, since, seen_at)
    values (${tx.accountId}, ${agentId}, ${conversationId}, ${ts(tx.now)}, ${ts(tx.now)}) on conflict do nothing`.execute(
    tx.tables(),
  );
  return (rows.numAffectedRows ?? 0n) > 0n;
}
export async function deleteFollower(tx: Tx, agentId: string, conversationIds: readonly string[]): Promise<boolean> {
  const rows = await sql`
    delete from follower where account_id = ${tx.accountId} and agent_id = ${agentId} and conversation_id = any(${[...conversationIds]}::uuid[])`.execute(
    tx.tables(),
  );
  return (rows.numAffectedRows ?? 0n) > 0n;
}
export async function followedBy(tx: Tx, agentId: string): Promise<Follower[]> {
  const rows = await sql<Follower>`
    select ${columns} from follower where account_id = ${tx.accountId} and agent_id = ${agentId} order by since desc limit ${MOST_FOLLOWED}`.execute(
    tx.tables(),
  );
  return rows.rows;
}
export async function followersOf(tx: Tx, conversationIds: readonly string[]): Promise<Follower[]> {
  const rows = await sql<Follower>`
    select ${columns} from follower where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[]) order by since limit 200`.execute(
    tx.tables(),
  );
  return rows.rows;
}
/** True when there was something to see. */
export async function markFollowed(
  tx: Tx,
  agentId: string,
  conversationIds: readonly string[] | null,
): Promise<boolean> {
  const rows = await sql`
    update follower set seen_at = ${ts(tx.now)} where account_id = ${tx.accountId} and agent_id = ${agentId} and seen_at < ${ts(tx.now)}
      and (${conversationIds === null} or conversation_id = any(${[...(conversationIds ?? [])]}::uuid[]))`.execute(
    tx.tables(),
  );
  return (rows.numAffectedRows ?? 0n) > 0n;
}
