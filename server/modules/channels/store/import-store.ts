import type { Instant } from "#platform/clock";
import { rowSet, sql, type Tx, ts } from "#platform/db";
import type { Message } from "../domain/message.ts";
import { insertMessageRows } from "./message-store.ts";
import { at, recordset } from "./recordset.ts";

export type ImportState = "reading" | "settling" | "announcing" | "telling" | "done";

/** How far an import has come. Counts are lines of its input. */
export interface ImportRun {
  id: string;
  name: string;
  state: ImportState;
  lines: number;
  stored: number;
  known: number;
  outcomes: number;
  refused: number;
  announced: number;
  announcedAt: Instant | null;
  announcedId: string | null;
  startedAt: Instant;
  endedAt: Instant | null;
}

const COLUMNS = sql`id, name, state, lines, stored, known, outcomes, refused, announced, announced_at as "announcedAt", announced_id as "announcedId",
  started_at as "startedAt", ended_at as "endedAt"`;

export async function makeRun(tx: Tx, id: string, name: string): Promise<void> {
  await sql`insert into import_run (account_id, id, name, state, started_at) values (${tx.accountId}, ${id}, ${name}, 'reading', ${ts(tx.now)})
    on conflict do nothing`.execute(tx.tables());
}

/** Locked, so that two processes do not go on with one import at the same moment. */
export async function findRun(tx: Tx, name: string, lock = false): Promise<ImportRun | undefined> {
  const found =
    await sql<ImportRun>`select ${COLUMNS} from import_run where account_id = ${tx.accountId} and name = ${name}
    ${lock ? sql`for update` : sql``}`.execute(tx.tables());
  return found.rows[0];
}

export async function saveRun(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update import_run set state = ${run.state}, lines = ${run.lines}, stored = ${run.stored}, known = ${run.known}, outcomes = ${run.outcomes},
      refused = ${run.refused}, announced = ${run.announced}, announced_at = ${run.announcedAt === null ? null : ts(run.announcedAt)}, announced_id = ${run.announcedId},
      ended_at = ${run.endedAt === null ? null : ts(run.endedAt)}
    where account_id = ${tx.accountId} and id = ${run.id}`.execute(tx.tables());
}

export interface WaitingRow {
  at: Instant;
  messageId: string;
  channelId: string;
  todo: number;
  answers: string | null;
}

const toRow = (r: WaitingRow) => ({
  at: at(r.at),
  message_id: r.messageId,
  channel_id: r.channelId,
  todo: r.todo,
  answers: r.answers,
});

const WAITING = {
  at: "timestamptz",
  message_id: "uuid",
  channel_id: "uuid",
  todo: "smallint",
  answers: "text",
} as const;

/** Messages of several channels and what has to be told of them, in two statements. */
export async function insertHistory(
  tx: Tx,
  importId: string,
  messages: readonly Message[],
  rows: readonly WaitingRow[],
): Promise<void> {
  if (messages.length === 0) return;
  await insertMessageRows(tx, messages);
  await sql`insert into import_row (account_id, import_id, at, message_id, channel_id, todo, answers)
    select ${tx.accountId}, ${importId}, r.at, r.message_id, r.channel_id, r.todo, r.answers
    from ${rowSet(WAITING, rows.map(toRow))} r
    on conflict do nothing`.execute(tx.tables());
}

export interface ImportKey {
  key: string;
  channelId: string;
  messageId: string;
}

/** Claims keys of several channels for ever; returns those nobody had before. */
export async function claimImportKeys(tx: Tx, keys: readonly ImportKey[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = keys.map((k) => ({ key: k.key, channel_id: k.channelId, message_id: k.messageId }));
  const fresh = await sql<{ key: string }>`
    insert into inbound_key (account_id, channel_id, key, message_id, source, at)
    select ${tx.accountId}, r.channel_id, r.key, r.message_id, 'import', ${ts(tx.now)}
    from ${rowSet({ key: "text", channel_id: "uuid", message_id: "uuid" }, rows)} r
    order by r.key on conflict do nothing returning key`.execute(tx.tables());
  return new Set(fresh.rows.map((r) => r.key));
}

/** What still has a bit of `todo`, the next ones behind `after`. */
export async function rowsToDo(
  tx: Tx,
  importId: string,
  bit: number,
  after: string | null,
  limit: number,
): Promise<(WaitingRow & { externalId: string; parentExternalId: string | null })[]> {
  const found = await sql<WaitingRow & { externalId: string; parentExternalId: string | null }>`
    select r.at, r.message_id as "messageId", r.channel_id as "channelId", r.todo, r.answers, m.external_id as "externalId", m.parent_external_id as "parentExternalId"
    from import_row r join message m on m.account_id = ${tx.accountId} and m.id = r.message_id
    where r.account_id = ${tx.accountId} and r.import_id = ${importId} and r.todo <> 0 and (r.todo & ${bit}) <> 0
      and r.message_id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid order by r.message_id limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows;
}

export interface ThreadNode {
  channelId: string;
  externalId: string;
  threadKey: string;
  rootExternalId: string | null;
  parentExternalId: string | null;
}

/** How stored messages stand in their threads; an empty key is not known yet. */
export async function findThreadNodes(
  tx: Tx,
  refs: readonly { channelId: string; externalId: string }[],
): Promise<ThreadNode[]> {
  if (refs.length === 0) return [];
  const found = await sql<ThreadNode>`
    select m.channel_id as "channelId", m.external_id as "externalId", m.thread_key as "threadKey", m.root_external_id as "rootExternalId", m.parent_external_id as "parentExternalId"
    from unnest(${refs.map((r) => r.channelId)}::uuid[], ${refs.map((r) => r.externalId)}::text[]) as r(channel_id, external_id)
    join message m on m.account_id = ${tx.accountId} and m.channel_id = r.channel_id and m.external_id = r.external_id`.execute(
    tx.tables(),
  );
  return found.rows;
}

export interface ThreadFound {
  messageId: string;
  threadKey: string;
  rootExternalId: string | null;
}

/** Writes threads that were found, and that nothing has to be found any more. */
export async function saveThreads(tx: Tx, importId: string, found: readonly ThreadFound[], bit: number): Promise<void> {
  if (found.length === 0) return;
  const rows = recordset(
    found.map((f) => ({ message_id: f.messageId, thread_key: f.threadKey, root: f.rootExternalId })),
  );
  await sql`update message m set thread_key = r.thread_key, root_external_id = coalesce(m.root_external_id, r.root)
    from jsonb_to_recordset(${rows}::jsonb) as r(message_id uuid, thread_key text, root text)
    where m.account_id = ${tx.accountId} and m.id = r.message_id and m.id = any(${found.map((f) => f.messageId)}::uuid[])`.execute(
    tx.tables(),
  );
  await clearTodo(
    tx,
    importId,
    found.map((f) => f.messageId),
    bit,
  );
}

export async function clearTodo(tx: Tx, importId: string, messageIds: readonly string[], bit: number): Promise<void> {
  await sql`update import_row set todo = (todo & ~${bit}::integer)::smallint
    where account_id = ${tx.accountId} and import_id = ${importId} and message_id = any(${[...messageIds]}::uuid[]) and todo <> 0`.execute(
    tx.tables(),
  );
}

/**
 * Words of ours that only name whom they are for answer the last words of that handle before them, on the same channel. One statement
 * for the whole import. Returns how many were found.
 */
export async function answerLastWords(tx: Tx, importId: string, bit: number): Promise<number> {
  const done = await sql`
    with seeking as (
      select message_id, channel_id, answers, at from import_row
      where account_id = ${tx.accountId} and import_id = ${importId} and todo <> 0 and (todo & ${bit}) <> 0
    ), heard as (
      select distinct on (s.message_id) s.message_id, m.external_id
      from seeking s join message m on m.account_id = ${tx.accountId} and m.channel_id = s.channel_id and m.author_handle = s.answers
        and m.direction = 'in' and m.sent_at <= s.at
      order by s.message_id, m.sent_at desc, m.external_id desc
    )
    update message m set parent_external_id = h.external_id
    from heard h where m.account_id = ${tx.accountId} and m.id = h.message_id`.execute(tx.tables());
  await sql`update import_row set todo = (todo & ~${bit}::integer)::smallint
    where account_id = ${tx.accountId} and import_id = ${importId} and todo <> 0 and (todo & ${bit}::integer) <> 0`.execute(
    tx.tables(),
  );
  return Number(done.numAffectedRows ?? 0);
}

/** A message as far as it has to be told. */
export type NextRow = Pick<
  Message,
  | "channelId"
  | "network"
  | "kind"
  | "visibility"
  | "direction"
  | "threadKey"
  | "authorId"
  | "sentAt"
  | "state"
  | "version"
> & { at: Instant; messageId: string; todo: number };

/** The next messages to be told, oldest first. */
export async function rowsBehind(tx: Tx, run: ImportRun, limit: number): Promise<NextRow[]> {
  const behind =
    run.announcedAt === null
      ? sql``
      : sql`and (at, message_id) > (${ts(run.announcedAt)}::timestamptz, ${run.announcedId}::uuid)`;
  const found = await sql<NextRow>`
    select r.at, r.message_id as "messageId", r.todo, m.channel_id as "channelId", m.network, m.kind, m.visibility, m.direction, m.thread_key as "threadKey", m.author_id as "authorId", m.sent_at as "sentAt", m.state, m.version
    from (select at, message_id, todo from import_row where account_id = ${tx.accountId} and import_id = ${run.id} ${behind} order by at, message_id limit ${limit}) r
    join message m on m.account_id = ${tx.accountId} and m.id = r.message_id order by r.at, r.message_id`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Told, and not yet ticked off, oldest first. */
export async function rowsTold(tx: Tx, run: ImportRun, limit: number): Promise<string[]> {
  if (run.announcedAt === null) return [];
  const found = await sql<{ messageId: string }>`select message_id as "messageId" from import_row
    where account_id = ${tx.accountId} and import_id = ${run.id} and (at, message_id) <= (${ts(run.announcedAt)}::timestamptz, ${run.announcedId}::uuid)
    order by at, message_id limit ${limit}`.execute(tx.tables());
  return found.rows.map((r) => r.messageId);
}

/** Rows of an import, and how many of them were told. */
export async function countRows(tx: Tx, run: ImportRun): Promise<{ all: number; told: number }> {
  const told =
    run.announcedAt === null
      ? sql`false`
      : sql`(at, message_id) <= (${ts(run.announcedAt)}::timestamptz, ${run.announcedId}::uuid)`;
  const found = await sql<{ all: number; told: number }>`
    select count(*)::int as all, count(*) filter (where ${told})::int as told from import_row
    where account_id = ${tx.accountId} and import_id = ${run.id}`.execute(tx.tables());
  return found.rows[0]!;
}

export async function dropRows(tx: Tx, importId: string, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`delete from import_row where account_id = ${tx.accountId} and import_id = ${importId} and message_id = any(${[...messageIds]}::uuid[])`.execute(
    tx.tables(),
  );
}
