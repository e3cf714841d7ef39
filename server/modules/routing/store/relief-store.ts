import { json, sql, type Tx, ts, tsOrNull } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import type { Reason } from "../domain/model.ts";
import type { ReliefState } from "../domain/relief.ts";

export interface QueueRelief extends ReliefState {
  readonly queueId: string;
}

/** How help stands, locked: one process decides at a time. */
export async function lockReliefs(tx: Tx): Promise<QueueRelief[]> {
  const rows =
    await sql<QueueRelief>`select queue_id as "queueId", helping, since, calm_since as "calmSince" from queue_relief
    where account_id = ${tx.accountId} order by queue_id for update`.execute(tx.tables());
  return rows.rows;
}

export async function saveRelief(tx: Tx, r: QueueRelief, version: number): Promise<void> {
  await sql`insert into queue_relief (account_id, queue_id, helping, since, calm_since, rules_version)
    values (${tx.accountId}, ${r.queueId}, ${r.helping}, ${ts(r.since)}, ${tsOrNull(r.calmSince)}, ${version})
    on conflict (account_id, queue_id) do update set helping = excluded.helping, since = excluded.since,
      calm_since = excluded.calm_since, rules_version = excluded.rules_version`.execute(tx.tables());
}

/** Who helps from now on, and why. */
export async function changeHelp(
  tx: Tx,
  made: {
    queueId: string;
    act: "began" | "ended";
    teamIds: readonly string[];
    reasons: readonly Reason[];
    version: number;
  },
): Promise<void> {
  const now = made.act === "began" ? made.teamIds : [];
  await sql`update queue set relief = ${json(now)} where account_id = ${tx.accountId} and id = ${made.queueId}`.execute(
    tx.tables(),
  );
  await sql`insert into queue_relief_log (account_id, id, queue_id, at, act, team_ids, reasons, rules_version)
    values (${tx.accountId}, ${uuidv7(tx.now)}, ${made.queueId}, ${ts(tx.now)}, ${made.act}, ${[...made.teamIds]}::uuid[],
      ${json(made.reasons)}::jsonb, ${made.version})`.execute(tx.tables());
}

/** The last decisions about help, the newest first. */
export interface ReliefLine {
  readonly queueId: string;
  readonly at: number;
  readonly act: "began" | "ended";
  readonly teamIds: string[];
  readonly reasons: Reason[];
  readonly version: number;
}
export async function reliefLog(tx: Tx, queueIds: readonly string[], limit: number): Promise<ReliefLine[]> {
  const rows =
    await sql<ReliefLine>`select queue_id as "queueId", at, act, team_ids as "teamIds", reasons, rules_version as version
    from queue_relief_log where account_id = ${tx.accountId} and queue_id = any(${[...queueIds]}::uuid[])
    order by at desc, id desc limit ${limit}`.execute(tx.tables());
  return rows.rows;
}
