import { gunzipSync, gzipSync } from "node:zlib";
import { sql, type Tx, ts } from "#platform/db";

const UNPACKED_LIMIT = 64 * 1024 * 1024;
/** Older models are of no use; two are kept so that a reader that is just loading one finds it. */
const KEPT = 2;

export interface Mark {
  messageId: string;
  value: string;
}

export async function insertMark(tx: Tx, mark: Mark & { id: string; task: string; agentId: string }): Promise<void> {
  await sql`insert into mark (account_id, id, message_id, task, value, agent_id, at)
    values (${tx.accountId}, ${mark.id}, ${mark.messageId}, ${mark.task}, ${mark.value}, ${mark.agentId}, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}

/** The last word of an agent on each message, newest first. */
export async function marksOf(tx: Tx, task: string, limit: number): Promise<Mark[]> {
  const found = await sql<Mark>`
    select "messageId", value from (
      select distinct on (message_id) message_id as "messageId", value, at from mark where account_id = ${tx.accountId} and task = ${task} order by message_id, at desc, id desc
    ) m order by at desc limit ${limit}`.execute(tx.tables());
  return found.rows;
}

/** The newest version of each task's own model. */
export async function modelVersions(tx: Tx): Promise<Map<string, number>> {
  const found = await sql<{
    task: string;
    version: number;
  }>`select task, max(version) as version from label_model where account_id = ${tx.accountId} group by task`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((r) => [r.task, r.version]));
}

export async function findModel(tx: Tx, task: string, version: number): Promise<string | null> {
  const found = await sql<{
    data: Buffer;
  }>`select data from label_model where account_id = ${tx.accountId} and task = ${task} and version = ${version}`.execute(
    tx.tables(),
  );
  const data = found.rows[0]?.data;
  return data ? gunzipSync(data, { maxOutputLength: UNPACKED_LIMIT }).toString("utf8") : null;
}

export async function insertModel(tx: Tx, task: string, packed: string, learnedFrom: number): Promise<number> {
  const version = ((await modelVersions(tx)).get(task) ?? 0) + 1;
  await sql`insert into label_model (account_id, task, version, learned_from, data, at)
    values (${tx.accountId}, ${task}, ${version}, ${learnedFrom}, ${gzipSync(packed)}, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
  await sql`delete from label_model where account_id = ${tx.accountId} and task = ${task} and version <= ${version - KEPT}`.execute(
    tx.tables(),
  );
  return version;
}
