import { gunzipSync, gzipSync } from "node:zlib";
import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";
import type { Figures, Verdict } from "../domain/learning/figures.ts";

const UNPACKED_LIMIT = 64 * 1024 * 1024;

export interface Mark {
  messageId: string;
  value: string;
}
/** Said of a label, done in ordinary work, answered of the day's five, or of a sample of what was set aside. */
export type MarkSource = "said" | "work" | "day" | "sample";

export async function insertMarks(
  tx: Tx,
  marks: readonly (Mark & { id: string; task: string; agentId: string })[],
  source: MarkSource,
): Promise<void> {
  if (marks.length === 0) return;
  await sql`insert into mark (account_id, id, message_id, task, value, agent_id, at, source)
    select ${tx.accountId}, m.id, m.message_id, m.task, m.value, m.agent_id, ${ts(tx.now)}, ${source}
    from unnest(${marks.map((m) => m.id)}::uuid[], ${marks.map((m) => m.messageId)}::uuid[], ${marks.map((m) => m.task)}::text[], ${marks.map((m) => m.value)}::text[],
      ${marks.map((m) => m.agentId)}::uuid[]) as m(id, message_id, task, value, agent_id)`.execute(tx.tables());
}

/** The last word of an agent on each message, newest first; what was said of a label outranks what was done in ordinary work. */
export async function marksOf(tx: Tx, task: string, limit: number): Promise<Mark[]> {
  const found = await sql<Mark>`
    select "messageId", value from (
      select distinct on (message_id) message_id as "messageId", value, at from mark where account_id = ${tx.accountId} and task = ${task}
      order by message_id, (source = 'work'), at desc, id desc
    ) m order by at desc limit ${limit}`.execute(tx.tables());
  return found.rows;
}

/** How many messages were marked for each label, and when last. */
export async function markCounts(tx: Tx): Promise<Map<string, { messages: number; last: Instant }>> {
  const found = await sql<{ task: string; messages: number; last: Instant }>`
    select task, count(distinct message_id)::int as messages, max(at) as last from mark where account_id = ${tx.accountId} group by task`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map(({ task, messages, last }) => [task, { messages, last }]));
}

/** The version of each task's own model that is used; a task that uses what ships has none. */
export async function modelVersions(tx: Tx): Promise<Map<string, number>> {
  const found = await sql<{ task: string; version: number }>`
    select m.task, coalesce(c.version, m.newest) as version
    from (select task, max(version) as newest from label_model where account_id = ${tx.accountId} group by task) m
    left join model_choice c on c.account_id = ${tx.accountId} and c.task = m.task
    where coalesce(c.version, m.newest) > 0`.execute(tx.tables());
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

/** What is known of a version besides its weights. Versions of before the figures have none. */
export interface Version {
  task: string;
  version: number;
  at: Instant;
  learnedFrom: number;
  heldOut: number;
  figures: Figures | null;
  verdict: Verdict;
}

/** All versions there are, newest first. */
export async function findVersions(tx: Tx, task?: string): Promise<Version[]> {
  const one = task === undefined ? sql`` : sql`and task = ${task}`;
  const found = await sql<Version>`
    select task, version, at, learned_from as "learnedFrom", held_out as "heldOut", figures, verdict
    from label_model where account_id = ${tx.accountId} ${one} order by task, version desc`.execute(tx.tables());
  return found.rows;
}

export async function insertModel(
  tx: Tx,
  made: Pick<Version, "task" | "version" | "learnedFrom" | "heldOut" | "verdict"> & {
    figures: Figures;
    packed: string;
  },
): Promise<void> {
  await sql`insert into label_model (account_id, task, version, learned_from, data, at, held_out, figures, verdict)
    values (${tx.accountId}, ${made.task}, ${made.version}, ${made.learnedFrom}, ${gzipSync(made.packed)}, ${ts(tx.now)}, ${made.heldOut}, ${json(made.figures)}::jsonb,
      ${made.verdict})`.execute(tx.tables());
}

export async function dropVersions(tx: Tx, task: string, versions: readonly number[]): Promise<void> {
  if (versions.length === 0) return;
  await sql`delete from label_model where account_id = ${tx.accountId} and task = ${task} and version = any(${[...versions]}::int[])`.execute(
    tx.tables(),
  );
}

/** Which version is used, and whether anything may take its place. */
export interface Choice {
  task: string;
  /** 0: what ships. */
  version: number;
  pinned: boolean;
  changedAt: Instant;
  changedBy: string | null;
  rowVersion: number;
}

export async function findChoices(tx: Tx): Promise<Map<string, Choice>> {
  const found = await sql<Choice>`
    select task, version, pinned, changed_at as "changedAt", changed_by as "changedBy", row_version as "rowVersion"
    from model_choice where account_id = ${tx.accountId}`.execute(tx.tables());
  return new Map(found.rows.map((c) => [c.task, c]));
}

/** Whoever learns or chooses a version of a task does it alone until the end of the transaction. */
export async function lockTask(tx: Tx, task: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.accountId}/learn/${task}`}, 0))`.execute(tx.tables());
}

export async function saveChoice(
  tx: Tx,
  choice: Pick<Choice, "task" | "version" | "pinned"> & { by: string | null },
): Promise<void> {
  await sql`insert into model_choice (account_id, task, version, pinned, changed_at, changed_by)
    values (${tx.accountId}, ${choice.task}, ${choice.version}, ${choice.pinned}, ${ts(tx.now)}, ${choice.by})
    on conflict (account_id, task) do update set version = excluded.version, pinned = excluded.pinned, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
      row_version = model_choice.row_version + 1`.execute(tx.tables());
}

/** Messages of a span whose last mark of a label says this; a message's id carries its time. */
export async function findMarked(tx: Tx, task: string, value: string, since: Instant): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from (
      select distinct on (message_id) message_id as id, value from mark
      where account_id = ${tx.accountId} and task = ${task} and message_id >= uuid_floor(${ts(since)}) order by message_id, (source = 'work'), at desc, mark.id desc
    ) m where value = ${value}`.execute(tx.tables());
  return found.rows.map((row) => row.id);
}

/** The last mark of a label on each of these messages. */
export async function findMarksOn(tx: Tx, task: string, messageIds: readonly string[]): Promise<Mark[]> {
  if (messageIds.length === 0) return [];
  const found = await sql<Mark>`
    select distinct on (message_id) message_id as "messageId", value from mark
    where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[]) and task = ${task} and source <> 'work' order by message_id, at desc, id desc`.execute(
    tx.tables(),
  );
  return found.rows;
}
