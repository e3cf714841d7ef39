import type { Instant } from "#platform/clock";
import { sql, storable, type Tx, ts } from "#platform/db";

export interface Unreachable {
  address: string;
  reason: string;
  at: Instant;
}

export async function saveUnreachable(tx: Tx, channelId: string, found: readonly Unreachable[]): Promise<void> {
  for (const { address, reason, at } of found)
    await sql`insert into unreachable_address (account_id, channel_id, address, reason, since)
      values (${tx.accountId}, ${channelId}, ${address}, ${storable(reason.slice(0, 500))}, ${ts(at)})
      on conflict (account_id, channel_id, address) do update set reason = excluded.reason, since = greatest(unreachable_address.since, excluded.since)`.execute(
      tx.tables(),
    );
}

/** They wrote: what is known of them is of yesterday. */
export async function forgetUnreachable(
  tx: Tx,
  channelId: string,
  heard: readonly { address: string; at: Instant }[],
): Promise<void> {
  if (heard.length === 0) return;
  await sql`delete from unreachable_address u
    using unnest(${heard.map((h) => h.address)}::text[], ${heard.map((h) => new Date(h.at).toISOString())}::timestamptz[]) as h(address, at)
    where u.account_id = ${tx.accountId} and u.channel_id = ${channelId} and u.address = h.address and u.since < h.at`.execute(
    tx.tables(),
  );
}

/** Why nothing is sent to these addresses, by `channel address`; those that can be reached are left out. */
export async function findUnreachable(
  tx: Tx,
  places: readonly { channelId: string; address: string }[],
): Promise<Map<string, string>> {
  if (places.length === 0) return new Map();
  const found = await sql<{ channelId: string; address: string; reason: string }>`
    select u.channel_id as "channelId", u.address, u.reason from unreachable_address u
    join unnest(${places.map((p) => p.channelId)}::uuid[], ${places.map((p) => p.address)}::text[]) as p(channel_id, address)
      on p.channel_id = u.channel_id and p.address = u.address
    where u.account_id = ${tx.accountId}`.execute(tx.tables());
  return new Map(found.rows.map((r) => [`${r.channelId} ${r.address}`, r.reason]));
}
