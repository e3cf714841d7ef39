import type { Instant } from "#platform/clock";
import { type Database, sql, storable, type Tx, ts } from "#platform/db";
import type { AccountId } from "#platform/ids";

export type MailState = "none" | "waiting" | "sending" | "sent" | "failed";
export interface SideQuestion {
  id: string;
  conversationId: string;
  askedBy: string;
  toAgent: string | null;
  toName: string;
  toAddress: string | null;
  question: string;
  shown: string;
  madeAt: Instant;
  expiresAt: Instant;
  state: "open" | "answered" | "withdrawn";
  answer: string | null;
  settledAt: Instant | null;
  openedAt: Instant | null;
  mail: MailState;
  mailError: string | null;
  mailTries: number;
  version: number;
}
const columns = sql`id, conversation_id as "conversationId", asked_by as "askedBy", to_agent as "toAgent", to_name as "toName", to_address as "toAddress",
  question, shown, made_at as "madeAt", expires_at as "expiresAt", state, answer, settled_at as "settledAt", opened_at as "openedAt",
  mail, mail_error as "mailError", mail_tries as "mailTries", version`;
type New = Omit<
  SideQuestion,
  "state" | "answer" | "settledAt" | "openedAt" | "mailError" | "mailTries" | "version" | "madeAt"
>;

export async function insertQuestion(tx: Tx, q: New): Promise<void> {
  await sql`
    insert into side_question (account_id, id, conversation_id, asked_by, to_agent, to_name, to_address, question, shown, made_at, expires_at, state, mail, mail_next_at)
    values (${tx.accountId}, ${q.id}, ${q.conversationId}, ${q.askedBy}, ${q.toAgent}::uuid, ${storable(q.toName)},
      ${q.toAddress === null ? null : storable(q.toAddress)}, ${storable(q.question)}, ${storable(q.shown)}, ${ts(tx.now)}, ${ts(q.expiresAt)}, 'open',
      ${q.mail}, ${q.mail === "waiting" ? ts(tx.now) : null}::timestamptz)`.execute(tx.tables());
}
export async function findQuestion(tx: Tx, id: string, lock = false): Promise<SideQuestion | undefined> {
  const rows = await sql<SideQuestion>`
    select ${columns} from side_question where account_id = ${tx.accountId} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    tx.tables(),
  );
  return rows.rows[0];
}
/** How many an agent asked since an instant. */
export async function askedSince(tx: Tx, agentId: string, since: Instant): Promise<number> {
  const rows = await sql<{ n: number }>`
    select count(*)::int as n from side_question where account_id = ${tx.accountId} and asked_by = ${agentId} and made_at > ${ts(since)}`.execute(
    tx.tables(),
  );
  return rows.rows[0]!.n;
}
/** What waits for an agent's answer. */
export async function questionsTo(tx: Tx, agentId: string): Promise<SideQuestion[]> {
  const rows = await sql<SideQuestion>`
    select ${columns} from side_question where account_id = ${tx.accountId} and to_agent = ${agentId} and state = 'open' and expires_at > ${ts(tx.now)}
    order by made_at limit 100`.execute(tx.tables());
  return rows.rows;
}
export async function questionsOn(tx: Tx, conversationIds: readonly string[]): Promise<SideQuestion[]> {
  const rows = await sql<SideQuestion>`
    select ${columns} from side_question where account_id = ${tx.accountId} and conversation_id = any(${[...conversationIds]}::uuid[])
    order by made_at desc limit 50`.execute(tx.tables());
  return rows.rows;
}
export async function questionsById(tx: Tx, ids: readonly string[]): Promise<Map<string, SideQuestion>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<SideQuestion>`
    select ${columns} from side_question where account_id = ${tx.accountId} and id = any(${[...new Set(ids)]}::uuid[])`.execute(
    tx.tables(),
  );
  return new Map(rows.rows.map((one) => [one.id, one]));
}
/** Ends it; what was not sent yet is not sent any more. */
export async function settleQuestion(
  tx: Tx,
  id: string,
  to: { state: "answered"; answer: string; noteId: string } | { state: "withdrawn" },
): Promise<number> {
  const [answer, noteId] = to.state === "answered" ? [storable(to.answer), to.noteId] : [null, null];
  const rows = await sql<{ version: number }>`
    update side_question set state = ${to.state}, answer = ${answer}::text, note_id = ${noteId}::uuid, settled_at = ${ts(tx.now)}, version = version + 1,
      mail = case when mail in ('waiting', 'sending') then 'none' else mail end
    where account_id = ${tx.accountId} and id = ${id} returning version`.execute(tx.tables());
  return rows.rows[0]!.version;
}
export async function noteQuestionOpened(tx: Tx, id: string): Promise<void> {
  await sql`
    update side_question set opened_at = ${ts(tx.now)} where account_id = ${tx.accountId} and id = ${id} and opened_at is null`.execute(
    tx.tables(),
  );
}

/** Accounts with a link to send. */
export async function accountsWithQuestions(db: Database, now: Instant): Promise<AccountId[]> {
  const rows = await db.askSystem(
    sql<{
      account_id: AccountId;
    }>`select distinct account_id from side_question where mail in ('waiting', 'sending') and mail_next_at <= ${new Date(now)}`,
  );
  return rows.map((r) => r.account_id);
}
/** Claims links to send; a claim that its holder did not settle in time is due again. */
export async function claimMails(tx: Tx, until: Instant, limit: number): Promise<SideQuestion[]> {
  const rows = await sql<SideQuestion>`
    with due as (select id as due_id from side_question where account_id = ${tx.accountId} and mail in ('waiting', 'sending') and mail_next_at <= ${ts(tx.now)}
      order by mail_next_at limit ${limit} for update skip locked)
    update side_question set mail = 'sending', mail_next_at = ${ts(until)}, mail_tries = mail_tries + 1 from due
    where account_id = ${tx.accountId} and id = due.due_id returning ${columns}`.execute(tx.tables());
  return rows.rows;
}
export async function settleMail(
  tx: Tx,
  id: string,
  to: { mail: "sent" } | { mail: "failed"; error: string } | { mail: "waiting"; error: string; nextAt: Instant },
): Promise<number | null> {
  const error = "error" in to ? storable(to.error).slice(0, 300) : null;
  const rows = await sql<{ version: number }>`
    update side_question set mail = ${to.mail}, mail_error = ${error}::text, version = version + 1,
      mail_next_at = ${"nextAt" in to ? ts(to.nextAt) : null}::timestamptz
    where account_id = ${tx.accountId} and id = ${id} and mail = 'sending' returning version`.execute(tx.tables());
  return rows.rows[0]?.version ?? null;
}
