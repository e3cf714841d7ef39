import type { Instant } from "#platform/clock";
import { rowSet, sql, type Tx } from "#platform/db";
import type { AttachmentRef } from "../domain/item.ts";
import type { Message, Revision } from "../domain/message.ts";
import { at, atOrNull, recordset, uuidFloor } from "./recordset.ts";

const COLUMNS = sql`m.id, m.channel_id as "channelId", m.network, m.kind, m.visibility, m.direction, m.external_id as "externalId", m.revision, m.thread_key as "threadKey",
  m.root_external_id as "rootExternalId", m.parent_external_id as "parentExternalId", m.author_id as "authorId", m.author_handle as "authorHandle", m.author_name as "authorName",
  m.author, m.addressed_to as "addressedTo", m.mail, m.subject, m.text, m.language, m.entities, m.attachments, m.rating, m.permalink, m.why, m.automated, m.unsupported,
  m.sent_at as "sentAt", m.claimed_at as "claimedAt", m.received_at as "receivedAt", m.edited_at as "editedAt", m.state, m.redactions, m.delivery_id as "deliveryId", m.raw_id as "rawId", m.trace_id as "traceId", m.backfilled, m.version`;

/** Bytes, and where they lie, are the matter of `channel_attachment`. */
function withoutBytes({ content: _content, blob: _blob, shown: _shown, ...ref }: AttachmentRef): AttachmentRef {
  return ref;
}

function toRow(m: Message) {
  return {
    id: m.id,
    network: m.network,
    kind: m.kind,
    visibility: m.visibility,
    direction: m.direction,
    external_id: m.externalId,
    revision: m.revision,
    thread_key: m.threadKey,
    root_external_id: m.rootExternalId,
    parent_external_id: m.parentExternalId,
    author_id: m.authorId,
    author_handle: m.authorHandle,
    author_name: m.authorName,
    author: m.author,
    addressed_to: m.addressedTo,
    mail: m.mail ?? null,
    subject: m.subject,
    text: m.text,
    language: m.language,
    entities: m.entities,
    attachments: m.attachments.map(withoutBytes),
    rating: m.rating,
    permalink: m.permalink,
    why: m.why,
    automated: m.automated,
    unsupported: m.unsupported,
    sent_at: at(m.sentAt),
    claimed_at: atOrNull(m.claimedAt),
    received_at: at(m.receivedAt),
    edited_at: atOrNull(m.editedAt),
    state: m.state,
    redactions: m.redactions,
    delivery_id: m.deliveryId,
    raw_id: m.rawId,
    trace_id: m.traceId ?? null,
    backfilled: m.backfilled,
    version: m.version,
  };
}

const TYPES = {
  id: "uuid",
  network: "text",
  kind: "text",
  visibility: "text",
  direction: "text",
  external_id: "text",
  revision: "text",
  thread_key: "text",
  root_external_id: "text",
  parent_external_id: "text",
  author_id: "text",
  author_handle: "text",
  author_name: "text",
  author: "jsonb",
  addressed_to: "text[]",
  mail: "jsonb",
  subject: "text",
  text: "text",
  language: "text",
  entities: "jsonb",
  attachments: "jsonb",
  rating: "jsonb",
  permalink: "text",
  why: "text[]",
  automated: "text",
  unsupported: "text",
  sent_at: "timestamptz",
  claimed_at: "timestamptz",
  received_at: "timestamptz",
  edited_at: "timestamptz",
  state: "text",
  redactions: "integer",
  delivery_id: "uuid",
  raw_id: "uuid",
  trace_id: "text",
  backfilled: "boolean",
  version: "integer",
} as const;
const SHAPE = sql.raw(
  Object.entries(TYPES)
    .map(([name, type]) => `${name} ${type}`)
    .join(", "),
);
const NAMES = sql.raw(Object.keys(TYPES).join(", "));

export async function insertMessages(tx: Tx, channelId: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  await sql`insert into message (account_id, channel_id, ${NAMES})
    select ${tx.accountId}::uuid, ${channelId}::uuid, ${NAMES} from ${rowSet(TYPES, messages.map(toRow))} r`.execute(
    tx.tables(),
  );
}

/** Messages of several channels in one statement. */
export async function insertMessageRows(tx: Tx, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map((m) => ({ channel_id: m.channelId, ...toRow(m) }));
  await sql`insert into message (account_id, channel_id, ${NAMES})
    select ${tx.accountId}::uuid, channel_id, ${NAMES} from ${rowSet({ channel_id: "uuid", ...TYPES }, rows)} r`.execute(
    tx.tables(),
  );
}

/** What may change of a message after its creation. */
export async function updateMessages(tx: Tx, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  await sql`
    update message m set external_id = r.external_id, revision = r.revision, author_handle = r.author_handle, author_name = r.author_name, author = r.author, mail = r.mail, subject = r.subject, text = r.text, language = r.language,
      entities = r.entities, attachments = r.attachments, rating = r.rating, permalink = r.permalink, unsupported = r.unsupported, edited_at = r.edited_at, state = r.state,
      redactions = r.redactions, delivery_id = r.delivery_id, version = r.version
    from jsonb_to_recordset(${recordset(messages.map(toRow))}::jsonb) as r(${SHAPE})
    where m.account_id = ${tx.accountId} and m.id = r.id and m.id = any(${messages.map((m) => m.id)}::uuid[])`.execute(
    tx.tables(),
  );
}

/** Each by itself: a plan that is kept does not know the ids, and could not tell which partitions a list of them leaves out. */
export async function findMessages(tx: Tx, ids: readonly string[]): Promise<Message[]> {
  if (ids.length === 0) return [];
  const found = await sql<Message>`select ${COLUMNS} from unnest(${[...new Set(ids)]}::uuid[]) as u(id)
    cross join lateral (select * from message where account_id = ${tx.accountId} and id = u.id offset 0) m`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** What was said, by whom and when. */
export type MessageWords = Pick<
  Message,
  "id" | "text" | "visibility" | "direction" | "author" | "automated" | "sentAt"
>;

export async function findWords(tx: Tx, ids: readonly string[]): Promise<MessageWords[]> {
  if (ids.length === 0) return [];
  const found =
    await sql<MessageWords>`select m.id, m.text, m.visibility, m.direction, m.author, m.automated, m.sent_at as "sentAt" from message m
    where m.account_id = ${tx.accountId} and m.id = any(${[...ids]}::uuid[])`.execute(tx.tables());
  return found.rows;
}

/** What these messages say, by id. */
export async function findTexts(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await sql<{ id: string; text: string }>`select m.id, m.text from message m
    where m.account_id = ${tx.accountId} and m.id = any(${[...ids]}::uuid[])`.execute(tx.tables());
  return new Map(found.rows.map((m) => [m.id, m.text]));
}

/** The next messages of the account behind an id, whatever their channel. */
export async function findMessagesAfter(tx: Tx, after: string, limit: number): Promise<Message[]> {
  const found =
    await sql<Message>`select ${COLUMNS} from message m where m.account_id = ${tx.accountId} and m.id > ${after}::uuid
    order by m.id limit ${limit}`.execute(tx.tables());
  return found.rows;
}

/** What was said in public to us or about us since an instant, newest first. */
export async function findHeard(tx: Tx, since: Instant, limit: number): Promise<Message[]> {
  const found =
    await sql<Message>`select ${COLUMNS} from message m where m.account_id = ${tx.accountId} and m.id >= ${uuidFloor(since)}::uuid
    and m.direction = 'in' and m.visibility <> 'private' and m.visibility <> 'internal' and m.state = 'live' order by m.id desc limit ${limit}`.execute(
      tx.tables(),
    );
  return found.rows;
}

/** The newest `limit` messages of a thread, oldest first. */
export async function findThread(tx: Tx, channelId: string, threadKey: string, limit: number): Promise<Message[]> {
  const found = await sql<Message>`select ${COLUMNS} from message m
    where m.account_id = ${tx.accountId} and m.channel_id = ${channelId} and m.thread_key = ${threadKey} order by m.id desc limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows.reverse();
}

export interface ThreadName {
  channelId: string;
  threadKey: string;
}

/** Threads in whose newest `look` messages is one of ours. */
export async function threadsWithOurs(tx: Tx, threads: readonly ThreadName[], look: number): Promise<ThreadName[]> {
  if (threads.length === 0) return [];
  const found = await sql<ThreadName>`
    select t.channel_id as "channelId", t.thread_key as "threadKey"
    from unnest(${threads.map((t) => t.channelId)}::uuid[], ${threads.map((t) => t.threadKey)}::text[]) as t(channel_id, thread_key)
    where exists (select from (select direction from message where account_id = ${tx.accountId} and channel_id = t.channel_id and thread_key = t.thread_key
      order by id desc limit ${look}) m where m.direction = 'out')`.execute(tx.tables());
  return found.rows;
}

/** What these authors have said here and what is not wiped yet. The index is of networks that tell when an author is gone. */
export async function liveOfAuthors(
  tx: Tx,
  channelId: string,
  network: string,
  authorIds: readonly string[],
): Promise<{ externalId: string; authorId: string }[]> {
  const found = await sql<{ externalId: string; authorId: string }>`
    select m.external_id as "externalId", m.author_id as "authorId" from message m
    where m.account_id = ${tx.accountId} and m.channel_id = ${channelId} and m.network = ${network} and m.author_id = any(${[...authorIds]}::text[])
      and m.state in ('live', 'hidden')`.execute(tx.tables());
  return found.rows;
}

/** Those of these authors who have written here. */
export async function knownAuthors(
  tx: Tx,
  channelId: string,
  network: string,
  authorIds: readonly string[],
): Promise<Set<string>> {
  if (authorIds.length === 0) return new Set();
  const found = await sql<{ id: string }>`
    select a.id from unnest(${[...authorIds]}::text[]) a(id) where exists (select from message m
      where m.account_id = ${tx.accountId} and m.channel_id = ${channelId} and m.network = ${network} and m.author_id = a.id)`.execute(
    tx.tables(),
  );
  return new Set(found.rows.map((r) => r.id));
}

export interface SenderMessage {
  key: string;
  messageId: string;
  text: string;
}

/** The last five live messages of each sender in a thread since an instant, oldest first: a card number may be spread over them. */
export async function lastOfSenders(
  tx: Tx,
  channelId: string,
  senders: readonly { key: string; authorId: string; threadKey: string }[],
  since: Instant,
): Promise<SenderMessage[]> {
  if (senders.length === 0) return [];
  const rows = senders.map((s) => ({ n: s.key, author_id: s.authorId, thread_key: s.threadKey }));
  const keys = new Map(senders.map((s, i) => [i, s.key]));
  const found = await sql<{ n: number; messageId: string; text: string }>`
    select w.n, m.id as "messageId", m.text from jsonb_to_recordset(${recordset(rows.map((r, i) => ({ ...r, n: i })))}::jsonb) as w(n integer, author_id text, thread_key text)
    cross join lateral (select id, text from message where account_id = ${tx.accountId} and channel_id = ${channelId} and thread_key = w.thread_key and author_id = w.author_id
      and state = 'live' and id >= ${uuidFloor(since)}::uuid order by id desc limit 5) m order by m.id`.execute(
    tx.tables(),
  );
  return found.rows.map((r) => ({ key: keys.get(r.n)!, messageId: r.messageId, text: r.text }));
}

/** The last five live messages that each sender said in a thread in the span before an instant, oldest first. */
export async function wordsBefore(
  tx: Tx,
  channelId: string,
  senders: readonly { key: string; authorId: string; threadKey: string; from: Instant; before: Instant }[],
): Promise<SenderMessage[]> {
  if (senders.length === 0) return [];
  const rows = senders.map((s, n) => ({
    n,
    author_id: s.authorId,
    thread_key: s.threadKey,
    low: uuidFloor(s.from),
    high: uuidFloor(s.before),
  }));
  const found = await sql<{ n: number; messageId: string; text: string }>`
    select w.n, m.id as "messageId", m.text from jsonb_to_recordset(${recordset(rows)}::jsonb) as w(n integer, author_id text, thread_key text, low uuid, high uuid)
    cross join lateral (select id, text from message where account_id = ${tx.accountId} and channel_id = ${channelId} and thread_key = w.thread_key and author_id = w.author_id
      and state = 'live' and id >= w.low and id < w.high order by id desc limit 5) m order by m.id`.execute(
    tx.tables(),
  );
  return found.rows.map((r) => ({ key: senders[r.n]!.key, messageId: r.messageId, text: r.text }));
}

export async function insertRevisions(tx: Tx, revisions: readonly Revision[]): Promise<void> {
  if (revisions.length === 0) return;
  const rows = revisions.map((r) => ({ message_id: r.messageId, revision: r.revision, text: r.text, at: at(r.at) }));
  await sql`insert into message_revision (account_id, message_id, revision, text, at)
    select ${tx.accountId}, r.message_id, r.revision, r.text, r.at from jsonb_to_recordset(${recordset(rows)}::jsonb) as r(message_id uuid, revision text, text text, at timestamptz)
    on conflict do nothing`.execute(tx.tables());
}

export async function wipeRevisions(tx: Tx, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`delete from message_revision where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[])`.execute(
    tx.tables(),
  );
}

export async function findRevisions(tx: Tx, messageIds: readonly string[]): Promise<Revision[]> {
  if (messageIds.length === 0) return [];
  const found = await sql<Revision>`select message_id as "messageId", revision, text, at from message_revision
    where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[]) order by at, revision`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** The customer's last message of each thread and how many of ours followed it; for the reply window. */
export async function threadWindows(
  tx: Tx,
  threads: readonly { channelId: string; threadKey: string }[],
): Promise<{ channelId: string; threadKey: string; lastInboundAt: Instant | null; sentSince: number }[]> {
  if (threads.length === 0) return [];
  const rows = threads.map((t) => ({ channel_id: t.channelId, thread_key: t.threadKey }));
  const found = await sql<{ channelId: string; threadKey: string; lastInboundAt: Instant | null; sentSince: number }>`
    select t.channel_id as "channelId", t.thread_key as "threadKey", i.sent_at as "lastInboundAt",
      (select count(*)::int from message o where o.account_id = ${tx.accountId} and o.channel_id = t.channel_id and o.thread_key = t.thread_key and o.direction = 'out' and o.id > i.id) as "sentSince"
    from jsonb_to_recordset(${recordset(rows)}::jsonb) as t(channel_id uuid, thread_key text)
    left join lateral (select id, sent_at from message m where m.account_id = ${tx.accountId} and m.channel_id = t.channel_id and m.thread_key = t.thread_key and m.direction = 'in'
      order by m.id desc limit 1) i on true`.execute(tx.tables());
  return found.rows;
}
