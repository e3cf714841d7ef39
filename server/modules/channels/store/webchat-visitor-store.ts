import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";

/** Somebody in front of a chat window. Seqs: see the migration. */
export interface Visitor {
  id: string;
  createdAt: Instant;
  seenAt: Instant;
  name: string;
  email: string;
  subject: string | null;
  former: string[];
  locale: string;
  /** Where on the site the visitor is, and was before in this visit, the newest first; kept for a day after it (`forgetVisits`). */
  page: { url: string; title: string; referrer: string };
  visit: { url: string; title: string }[];
  visitAt: Instant | null;
  /** Who this nameless visitor turned out to be. */
  became: string | null;
  consentVersion: string | null;
  consentGiven: boolean | null;
  consentAt: Instant | null;
  continueTo: string;
  invite: string;
  chat: number;
  lastSeq: number;
  deliveredSeq: number;
  readSeq: number;
  reachedSeq: number;
  seenSeq: number;
  mailedSeq: number;
  endedAt: Instant | null;
  endedBy: "visitor" | "agent" | "system" | null;
  erasedAt: Instant | null;
}

const COLUMNS = sql`id, created_at as "createdAt", seen_at as "seenAt", name, email, subject, former, locale, page, visit, visit_at as "visitAt", became,
  consent_version as "consentVersion", consent_given as "consentGiven", consent_at as "consentAt", continue_to as "continueTo", invite, chat,
  last_seq as "lastSeq", delivered_seq as "deliveredSeq", read_seq as "readSeq", reached_seq as "reachedSeq", seen_seq as "seenSeq",
  mailed_seq as "mailedSeq", ended_at as "endedAt", ended_by as "endedBy", erased_at as "erasedAt"`;

/** The visitor as it will stand in the table, before anything was ever written down of it. */
export function newVisitor(id: string, at: Instant): Visitor {
  return {
    ...{ id, createdAt: at, seenAt: at, name: "", email: "", subject: null, former: [], locale: "en" },
    ...{
      page: { url: "", title: "", referrer: "" },
      visit: [],
      visitAt: null,
      became: null,
      consentVersion: null,
      consentGiven: null,
      consentAt: null,
    },
    ...{ continueTo: "", invite: "", chat: 1, lastSeq: 0, deliveredSeq: 0, readSeq: 0, reachedSeq: 0, seenSeq: 0 },
    ...{ mailedSeq: 0, endedAt: null, endedBy: null, erasedAt: null },
  };
}

export async function findVisitors(tx: Tx, channelId: string, ids: readonly string[]): Promise<Map<string, Visitor>> {
  if (ids.length === 0) return new Map();
  const found = await sql<Visitor>`select ${COLUMNS} from webchat_visitor
    where account_id = ${tx.accountId} and channel_id = ${channelId} and id = any(${[...ids]}::uuid[])`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((v) => [v.id, v]));
}

export async function visitorBySubject(tx: Tx, channelId: string, subject: string): Promise<Visitor | null> {
  const found = await sql<Visitor>`select ${COLUMNS} from webchat_visitor
    where account_id = ${tx.accountId} and channel_id = ${channelId} and subject = ${subject} for update`.execute(
    tx.tables(),
  );
  return found.rows[0] ?? null;
}

/** The row of the visitor, made now if there is none, locked: everything that is written of one visitor stands in one line. */
export async function lockVisitor(tx: Tx, channelId: string, id: string): Promise<Visitor> {
  await sql`insert into webchat_visitor (account_id, channel_id, id, created_at, seen_at)
    values (${tx.accountId}, ${channelId}, ${id}, ${ts(tx.now)}, ${ts(tx.now)}) on conflict do nothing`.execute(
    tx.tables(),
  );
  const found = await sql<Visitor>`select ${COLUMNS} from webchat_visitor
    where account_id = ${tx.accountId} and channel_id = ${channelId} and id = ${id} for update`.execute(tx.tables());
  return found.rows[0]!;
}

/** The row locked where there is one. */
export async function lockKnownVisitor(tx: Tx, channelId: string, id: string): Promise<Visitor | null> {
  const found = await sql<Visitor>`select ${COLUMNS} from webchat_visitor
    where account_id = ${tx.accountId} and channel_id = ${channelId} and id = ${id} for update`.execute(tx.tables());
  return found.rows[0] ?? null;
}

/** The visitor, locked, to whom is said what is said to this one: whoever it turned out to be, else itself. */
export async function lockListener(tx: Tx, channelId: string, id: string): Promise<Visitor | null> {
  const visitor = await lockKnownVisitor(tx, channelId, id);
  return visitor?.became ? lockKnownVisitor(tx, channelId, visitor.became) : visitor;
}

/** Pages of visits that ended before `before` go. */
export async function forgetVisits(tx: Tx, channelId: string, before: Instant): Promise<void> {
  await sql`update webchat_visitor set page = '{"url": "", "title": "", "referrer": ""}', visit = '[]', visit_at = null
    where account_id = ${tx.accountId} and channel_id = ${channelId} and visit_at < ${ts(before)} and seen_at < ${ts(before)}`.execute(
    tx.tables(),
  );
}

export async function saveVisitor(tx: Tx, channelId: string, v: Visitor): Promise<void> {
  const at = (instant: Instant | null) => (instant === null ? null : ts(instant));
  await sql`update webchat_visitor set seen_at = ${ts(v.seenAt)}, name = ${v.name}, email = ${v.email}, subject = ${v.subject},
      verified_at = case when ${v.subject}::text is null then null else coalesce(verified_at, ${ts(tx.now)}) end,
      former = ${v.former}::uuid[], locale = ${v.locale}, page = ${json(v.page)}::jsonb, visit = ${json(v.visit)}::jsonb,
      visit_at = ${at(v.visitAt)}, became = ${v.became}, consent_version = ${v.consentVersion},
      consent_given = ${v.consentGiven}, consent_at = ${at(v.consentAt)}, continue_to = ${v.continueTo}, invite = ${v.invite}, chat = ${v.chat},
      last_seq = ${v.lastSeq}, delivered_seq = ${v.deliveredSeq}, read_seq = ${v.readSeq}, reached_seq = ${v.reachedSeq},
      seen_seq = ${v.seenSeq}, mailed_seq = ${v.mailedSeq}, ended_at = ${at(v.endedAt)}, ended_by = ${v.endedBy}, erased_at = ${at(v.erasedAt)}
    where account_id = ${tx.accountId} and channel_id = ${channelId} and id = ${v.id}`.execute(tx.tables());
}

/** These visitors are in front of their windows now. */
export async function touchVisitors(tx: Tx, channelId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update webchat_visitor set seen_at = greatest(seen_at, ${ts(tx.now)})
    where account_id = ${tx.accountId} and channel_id = ${channelId} and id = any(${[...ids].sort()}::uuid[])`.execute(
    tx.tables(),
  );
}

export interface ConsentGiven {
  version: string;
  given: boolean;
  words: string;
}
export async function insertConsent(tx: Tx, channelId: string, visitorId: string, c: ConsentGiven): Promise<void> {
  await sql`insert into webchat_consent (account_id, channel_id, visitor_id, at, version, given, words)
    values (${tx.accountId}, ${channelId}, ${visitorId}, ${ts(tx.now)}, ${c.version}, ${c.given}, ${c.words})
    on conflict do nothing`.execute(tx.tables());
}

/** The channel on which nodes tell each other that a visitor's window has to look. */
export const CHAT_NOTICES = "hubbub_chat";

/** Heard by all nodes after the commit. */
export async function notifyChat(tx: Tx, payload: string): Promise<void> {
  await sql`select pg_notify(${CHAT_NOTICES}, ${payload})`.execute(tx.tables());
}
