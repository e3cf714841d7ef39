import { type Instant, MINUTE, type Millis, SECOND } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import type { Ending } from "../domain/ending.ts";

/** How long a reply may be on its way before it is no longer taken for granted: a stop switch or a silent network may hold it for hours. */
const ON_ITS_WAY: Millis = MINUTE;
/** From being out to the episode's end are a few readers of the journal; should they stand still, the work is shown again. */
const JUST_OUT: Millis = 10 * SECOND;

/** What the desk itself knows of a conversation in a list. */
export interface Marks {
  /** The agent has a draft in it. */
  draft: boolean;
  /** A reply whose fate needs the agent. */
  trouble: "unknown" | "failed" | null;
  /** When the agent last had it open. */
  seenAt: Instant | null;
  /** The last reply that ends the episode and is on its way, or out a moment ago. */
  ending: Ending | null;
}

/** One statement for any number of conversations. */
export async function marksOf(
  tx: Tx,
  conversationIds: readonly string[],
  agentId: string,
): Promise<Map<string, Marks>> {
  if (conversationIds.length === 0) return new Map();
  const found = await sql<Marks & { id: string }>`
    select c.id,
      exists (select 1 from draft d where d.account_id = ${tx.accountId} and d.conversation_id = c.id and d.agent_id = ${agentId}) as draft,
      (select max(r.state) from reply r where r.account_id = ${tx.accountId} and r.conversation_id = c.id and r.state in ('unknown', 'failed')) as trouble,
      (select s.at from seen s where s.account_id = ${tx.accountId} and s.conversation_id = c.id and s.agent_id = ${agentId}) as "seenAt",
      (select json_build_object('episodeId', r.episode_id, 'out', r.state = 'sent', 'writtenAt', floor(extract(epoch from r.written_at) * 1000))
        from reply r where r.account_id = ${tx.accountId} and r.conversation_id = c.id and r.resolve_outcome is not null
          and (r.state in ('undoable', 'sending') and r.goes_at > ${ts(tx.now - ON_ITS_WAY)} or r.state = 'sent' and r.sent_at > ${ts(tx.now - JUST_OUT)})
        order by r.written_at desc limit 1) as ending
    from unnest(${[...new Set(conversationIds)]}::uuid[]) as c(id)`.execute(tx.tables());
  return new Map(found.rows.map(({ id, ...marks }) => [id, marks]));
}
