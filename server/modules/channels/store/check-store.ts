import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";
import type { ConnectCheck } from "../domain/connector.ts";

export interface StoredCheck {
  channelId: string;
  at: Instant;
  nextAt: Instant;
  halves: ConnectCheck[];
  expiresAt: Instant | null;
}

const COLUMNS = sql`channel_id as "channelId", at, next_at as "nextAt", halves, expires_at as "expiresAt"`;

export async function findChecks(tx: Tx): Promise<Map<string, StoredCheck>> {
  const found = await sql<StoredCheck>`select ${COLUMNS} from channel_check where account_id = ${tx.accountId}`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((row) => [row.channelId, row]));
}

/** What the last look at a channel saw; only the last is kept. */
export async function saveCheck(tx: Tx, check: StoredCheck): Promise<void> {
  const end = check.expiresAt === null ? null : ts(check.expiresAt);
  await sql`insert into channel_check (account_id, channel_id, at, next_at, halves, expires_at)
    values (${tx.accountId}, ${check.channelId}, ${ts(check.at)}, ${ts(check.nextAt)}, ${json(check.halves)}::jsonb, ${end})
    on conflict (account_id, channel_id) do update
      set at = excluded.at, next_at = excluded.next_at, halves = excluded.halves, expires_at = excluded.expires_at`.execute(
    tx.tables(),
  );
}
