import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";

/** A page of this site showed the chat now. */
export async function noteSite(tx: Tx, channelId: string, origin: string): Promise<void> {
  await sql`insert into webchat_site (account_id, channel_id, origin, hello_at) values (${tx.accountId}, ${channelId}, ${origin}, ${ts(tx.now)})
    on conflict (account_id, channel_id, origin) do update set hello_at = greatest(webchat_site.hello_at, excluded.hello_at)`.execute(
    tx.tables(),
  );
}

/** When each site last showed the chat. */
export async function sitesOf(tx: Tx, channelId: string): Promise<Map<string, Instant>> {
  const found = await sql<{ origin: string; at: Instant }>`select origin, hello_at as at from webchat_site
    where account_id = ${tx.accountId} and channel_id = ${channelId}`.execute(tx.tables());
  return new Map(found.rows.map(({ origin, at }) => [origin, at]));
}
