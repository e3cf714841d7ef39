import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";

export interface Alarm {
  id: string;
  channelId: string;
  cause: string;
  says: string;
  openedAt: Instant;
}

/** Alarms that stand, oldest first. */
export async function openAlarms(tx: Tx, channelId?: string): Promise<Alarm[]> {
  const which = channelId === undefined ? sql`` : sql`and channel_id = ${channelId}`;
  const found =
    await sql<Alarm>`select id, channel_id as "channelId", cause, says, opened_at as "openedAt" from channel_alarm
    where account_id = ${tx.accountId} and closed_at is null ${which} order by opened_at, id`.execute(tx.tables());
  return found.rows;
}

/** False: it stands already. */
export async function raiseAlarm(tx: Tx, alarm: Alarm): Promise<boolean> {
  const done = await sql`insert into channel_alarm (account_id, id, channel_id, cause, says, opened_at)
    values (${tx.accountId}, ${alarm.id}, ${alarm.channelId}, ${alarm.cause}, ${alarm.says}, ${ts(alarm.openedAt)})
    on conflict do nothing`.execute(tx.tables());
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function closeAlarms(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update channel_alarm set closed_at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and id = any(${[...ids]}::uuid[]) and closed_at is null`.execute(tx.tables());
}
