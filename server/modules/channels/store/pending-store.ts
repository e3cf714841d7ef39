import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { at, recordset } from "./recordset.ts";

/** A deletion or receipt that came before what it speaks of. */
export interface PendingChange {
  externalId: string;
  kind: "deleted" | "receipt";
  /** The receipt's status; empty for a deletion. */
  revision: string;
  at: Instant;
  payload: Record<string, unknown>;
}

export async function savePending(tx: Tx, channelId: string, changes: readonly PendingChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((c) => ({
    external_id: c.externalId,
    kind: c.kind,
    revision: c.revision,
    at: at(c.at),
    payload: c.payload,
  }));
  await sql`
    insert into pending_change (account_id, channel_id, external_id, kind, revision, at, payload)
    select ${tx.accountId}, ${channelId}, r.external_id, r.kind, r.revision, r.at, r.payload
    from jsonb_to_recordset(${recordset(rows)}::jsonb) as r(external_id text, kind text, revision text, at timestamptz, payload jsonb)
    on conflict do nothing`.execute(tx.tables());
}

/** What waited for these; it waits no longer. */
export async function takePending(
  tx: Tx,
  channelId: string,
  externalIds: readonly string[],
  kind: PendingChange["kind"],
): Promise<PendingChange[]> {
  if (externalIds.length === 0) return [];
  const found = await sql<PendingChange>`delete from pending_change
    where account_id = ${tx.accountId} and channel_id = ${channelId} and external_id = any(${[...externalIds]}) and kind = ${kind}
    returning external_id as "externalId", kind, revision, at, payload`.execute(tx.tables());
  return found.rows;
}
