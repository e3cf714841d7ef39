import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";

/** A file as it hangs on a line: its bytes lie in the blob store under `hash`. */
export interface LineFile {
  id: string;
  hash: string;
  name: string;
  mime: string;
  bytes: number;
}

export interface Line {
  seq: number;
  id: string;
  chat: number;
  sender: "visitor" | "agent" | "system";
  clientKey: string;
  name: string;
  body: string;
  files: LineFile[];
  deliveryId: string | null;
  at: Instant;
}

const COLUMNS = sql`seq, id, chat, sender, client_key as "clientKey", name, body, files, delivery_id as "deliveryId", at`;

export async function insertLine(tx: Tx, channelId: string, visitorId: string, l: Line): Promise<void> {
  await sql`insert into webchat_line (account_id, channel_id, visitor_id, seq, id, chat, sender, client_key, name, body, files, delivery_id, at)
    values (${tx.accountId}, ${channelId}, ${visitorId}, ${l.seq}, ${l.id}, ${l.chat}, ${l.sender}, ${l.clientKey}, ${l.name}, ${l.body},
      ${json(l.files)}::jsonb, ${l.deliveryId}, ${ts(l.at)})`.execute(tx.tables());
}

export async function lineByKey(tx: Tx, channelId: string, visitorId: string, key: string): Promise<Line | null> {
  const found = await sql<Line>`select ${COLUMNS} from webchat_line
    where account_id = ${tx.accountId} and channel_id = ${channelId} and visitor_id = ${visitorId} and client_key = ${key}`.execute(
    tx.tables(),
  );
  return found.rows[0] ?? null;
}

/** Lines with `after < seq <= upTo`, in order. */
export async function linesAfter(
  tx: Tx,
  channelId: string,
  visitorId: string,
  after: number,
  limit: number,
): Promise<Line[]> {
  const found = await sql<Line>`select ${COLUMNS} from webchat_line
    where account_id = ${tx.accountId} and channel_id = ${channelId} and visitor_id = ${visitorId} and seq > ${after}
    order by seq limit ${limit}`.execute(tx.tables());
  return found.rows;
}

/** Ids of all lines of one side with `after < seq <= upTo`, in order, however many. */
export async function lineIds(
  tx: Tx,
  channelId: string,
  visitorId: string,
  of: { sender: Line["sender"]; after: number; upTo: number },
): Promise<Pick<Line, "id" | "seq">[]> {
  const found = await sql<Pick<Line, "id" | "seq">>`select id, seq from webchat_line
    where account_id = ${tx.accountId} and channel_id = ${channelId} and visitor_id = ${visitorId}
      and sender = ${of.sender} and seq > ${of.after} and seq <= ${of.upTo} order by seq`.execute(tx.tables());
  return found.rows;
}

/** The latest lines, oldest first. */
export async function latestLines(tx: Tx, channelId: string, visitorId: string, limit: number): Promise<Line[]> {
  const found = await sql<Line>`select ${COLUMNS} from webchat_line
    where account_id = ${tx.accountId} and channel_id = ${channelId} and visitor_id = ${visitorId}
    order by seq desc limit ${limit}`.execute(tx.tables());
  return found.rows.reverse();
}

/** Files that hang on lines of ours; the visitor's own are its uploads. */
export async function filesFromUs(tx: Tx, channelId: string, visitorId: string): Promise<LineFile[]> {
  const found = await sql<{ files: LineFile[] }>`select files from webchat_line
    where account_id = ${tx.accountId} and channel_id = ${channelId} and visitor_id = ${visitorId} and sender = 'agent' and files <> '[]'`.execute(
    tx.tables(),
  );
  return found.rows.flatMap((row) => row.files);
}

/** Everything that was said is overwritten; the lines stay, so that their numbers do. */
export async function wipeLines(tx: Tx, channelId: string, visitorId: string): Promise<void> {
  await sql`update webchat_line set body = '', name = '', files = '[]'
    where account_id = ${tx.accountId} and channel_id = ${channelId} and visitor_id = ${visitorId}`.execute(
    tx.tables(),
  );
}

export interface Upload extends LineFile {
  usedSeq: number | null;
}

export async function insertUpload(tx: Tx, channelId: string, visitorId: string, f: LineFile): Promise<void> {
  await sql`insert into webchat_file (account_id, channel_id, visitor_id, id, hash, name, mime, bytes, at)
    values (${tx.accountId}, ${channelId}, ${visitorId}, ${f.id}, ${f.hash}, ${f.name}, ${f.mime}, ${f.bytes}, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}

export async function uploadsOf(
  tx: Tx,
  channelId: string,
  visitorId: string,
  ids?: readonly string[],
): Promise<Upload[]> {
  const which = ids ? sql`and id = any(${[...ids]}::uuid[])` : sql``;
  const found = await sql<Upload>`select id, hash, name, mime, bytes, used_seq as "usedSeq" from webchat_file
    where account_id = ${tx.accountId} and channel_id = ${channelId} and visitor_id = ${visitorId} ${which} order by at, id`.execute(
    tx.tables(),
  );
  return found.rows;
}

export async function useUploads(
  tx: Tx,
  channelId: string,
  visitorId: string,
  ids: readonly string[],
  seq: number,
): Promise<void> {
  await sql`update webchat_file set used_seq = ${seq}
    where account_id = ${tx.accountId} and channel_id = ${channelId} and visitor_id = ${visitorId} and id = any(${[...ids]}::uuid[])`.execute(
    tx.tables(),
  );
}

export async function dropUploads(tx: Tx, channelId: string, visitorId: string): Promise<void> {
  await sql`delete from webchat_file where account_id = ${tx.accountId} and channel_id = ${channelId} and visitor_id = ${visitorId}`.execute(
    tx.tables(),
  );
}

/** Uploads that no message took, from before `before`; they are gone from the table. */
export async function takeUnusedUploads(tx: Tx, channelId: string, before: Instant): Promise<{ hash: string }[]> {
  const found = await sql<{ hash: string }>`delete from webchat_file
    where account_id = ${tx.accountId} and channel_id = ${channelId} and used_seq is null and at < ${ts(before)} returning hash`.execute(
    tx.tables(),
  );
  return found.rows;
}
