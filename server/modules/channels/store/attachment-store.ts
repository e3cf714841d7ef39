import type { Instant } from "#platform/clock";
import { type Database, sql, type Tx, ts } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { AttachmentState, AttachmentWhy } from "../domain/file-rules.ts";
import { among, type Only } from "./channel-store.ts";
import { at, atOrNull, recordset } from "./recordset.ts";

/** What was found out about a file. */
export interface FileFacts {
  state: AttachmentState;
  why: AttachmentWhy | null;
  /** More of why, for people. */
  detail: string | null;
  mime: string;
  bytes: number | null;
  /** What is served: SHA-256 of a blob. */
  blob: string | null;
  /** Only of pictures that were drawn anew. */
  thumb: string | null;
  width: number | null;
  height: number | null;
}

export interface AttachmentRow extends FileFacts {
  id: string;
  messageId: string;
  n: number;
  channelId: string;
  name: string;
  alt: string;
  mimeStated: string;
  inline: boolean;
  url: string | null;
  urlEndsAt: Instant | null;
  history: boolean;
  tries: number;
  nextAt: Instant;
}

const COLUMNS = sql`a.id, a.message_id as "messageId", a.n, a.channel_id as "channelId", a.state, a.why, a.detail, a.name, a.alt, a.mime_stated as "mimeStated", a.mime, a.bytes,
  a.blob, a.thumb, a.width, a.height, a.inline, a.url, a.url_ends_at as "urlEndsAt", a.history, a.tries, a.next_at as "nextAt"`;

export async function insertAttachments(tx: Tx, rows: readonly AttachmentRow[]): Promise<void> {
  if (rows.length === 0) return;
  const flat = rows.map((r) => ({
    ...{ id: r.id, message_id: r.messageId, n: r.n, channel_id: r.channelId, state: r.state, why: r.why },
    ...{ detail: r.detail, name: r.name, alt: r.alt, mime_stated: r.mimeStated, mime: r.mime, bytes: r.bytes },
    ...{ blob: r.blob, thumb: r.thumb, width: r.width, height: r.height, inline: r.inline, url: r.url },
    ...{ url_ends_at: atOrNull(r.urlEndsAt), history: r.history, tries: r.tries, next_at: at(r.nextAt) },
  }));
  await sql`insert into channel_attachment (account_id, id, message_id, n, channel_id, state, why, detail, name, alt, mime_stated, mime, bytes, blob, thumb, width, height, inline, url, url_ends_at, history, tries, next_at)
    select ${tx.accountId}::uuid, r.* from jsonb_to_recordset(${recordset(flat)}::jsonb) as r(id uuid, message_id uuid, n integer, channel_id uuid, state text, why text, detail text, name text, alt text,
      mime_stated text, mime text, bytes bigint, blob text, thumb text, width integer, height integer, inline boolean, url text, url_ends_at timestamptz, history boolean, tries integer, next_at timestamptz)`.execute(
    tx.tables(),
  );
}

/** Of these messages, in their order within each. */
export async function findAttachments(tx: Tx, messageIds: readonly string[]): Promise<AttachmentRow[]> {
  if (messageIds.length === 0) return [];
  const found = await sql<AttachmentRow>`select ${COLUMNS} from channel_attachment a
    where a.account_id = ${tx.accountId} and a.message_id = any(${[...messageIds]}::uuid[]) order by a.message_id, a.n`.execute(
    tx.tables(),
  );
  return found.rows;
}

export async function findAttachment(tx: Tx, id: string, lock = false): Promise<AttachmentRow | undefined> {
  const found = await sql<AttachmentRow>`select ${COLUMNS} from channel_attachment a
    where a.account_id = ${tx.accountId} and a.id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx.tables());
  return found.rows[0];
}

/** Removes the rows and says which blobs they referred to. */
export async function deleteAttachments(tx: Tx, messageIds: readonly string[]): Promise<string[]> {
  if (messageIds.length === 0) return [];
  const gone = await sql<{ blob: string | null; thumb: string | null }>`
    delete from channel_attachment where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[]) returning blob, thumb`.execute(
    tx.tables(),
  );
  return gone.rows.flatMap((r) => [r.blob, r.thumb].filter((h) => h !== null));
}

/**
 * What is due, for this worker until `until`: up to half of it by when its link ends, the rest in the order in which it came, history last.
 * When a link ends is a stranger's word: it may hurry, and keeps nobody waiting.
 */
export async function claimAttachments(tx: Tx, until: Instant, limit: number): Promise<AttachmentRow[]> {
  const found = await sql<AttachmentRow>`
    with ending as (select d.id from channel_attachment d where d.account_id = ${tx.accountId} and d.state = 'waiting' and d.next_at <= ${ts(tx.now)}
        and d.url_ends_at is not null and not d.history
      order by d.url_ends_at, d.next_at, d.id limit ${Math.floor(limit / 2)} for update skip locked),
    others as (select d.id from channel_attachment d where d.account_id = ${tx.accountId} and d.state = 'waiting' and d.next_at <= ${ts(tx.now)}
        and d.id not in (select id from ending)
      order by d.history, d.next_at, d.id limit ${limit} for update skip locked),
    due as (select id from ending union all (select id from others limit ${limit} - (select count(*) from ending)))
    update channel_attachment a set next_at = ${ts(until)}, tries = a.tries + 1 from due where a.account_id = ${tx.accountId} and a.id = due.id returning ${COLUMNS}`.execute(
    tx.tables(),
  );
  return found.rows.sort((a, b) => (a.urlEndsAt ?? Infinity) - (b.urlEndsAt ?? Infinity) || (a.id < b.id ? -1 : 1));
}

/** `link`: where it was fetched from is not needed any more, and may hold a token. */
export async function saveAttachment(
  tx: Tx,
  id: string,
  facts: FileFacts & { tries: number; nextAt: Instant; name: string; url: string | null },
): Promise<void> {
  await sql`update channel_attachment set state = ${facts.state}, why = ${facts.why}, detail = ${facts.detail}, mime = ${facts.mime}, bytes = ${facts.bytes}, blob = ${facts.blob}, thumb = ${facts.thumb},
      width = ${facts.width}, height = ${facts.height}, tries = ${facts.tries}, next_at = ${ts(facts.nextAt)}, name = ${facts.name}, url = ${facts.url}
    where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}

/** How many files that came were tried and wait: for another try, or for the virus scanner. */
export async function countWaiting(tx: Tx): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from channel_attachment
    where account_id = ${tx.accountId} and state = 'waiting' and (tries > 0 or detail is not null) and not history`.execute(
    tx.tables(),
  );
  return found.rows[0]!.n;
}

/** Accounts in which a file is due, came in or is to go out. */
export async function accountsWithFiles(db: Database, now: Instant, only: Only): Promise<AccountId[]> {
  const found = await db.asSystem((trx) =>
    sql<{ accountId: AccountId }>`
      select account_id as "accountId" from (
        select account_id from channel_attachment where state = 'waiting' and next_at <= ${ts(now)}
        union select account_id from outbound_file where state = 'waiting' and next_at <= ${ts(now)}) w where true ${among(only)}`.execute(
      trx,
    ),
  );
  return found.rows.map((r) => r.accountId);
}
