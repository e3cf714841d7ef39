import { createHash } from "node:crypto";
import { type Database, sql, type Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";

/** What a part of an account's state comes to: how many things, and the digest of all of them. */
export interface ContentPart {
  count: number;
  hash: string;
}
export interface ContentHash {
  /** SHA-256 over the parts, as hex. */
  hash: string;
  parts: Record<string, ContentPart>;
}

/**
 * A hash of an account's state that no id of ours enters: two accounts that were told the same have the same one. Things are named by
 * (network, the network's own id); a conversation, a customer and an episode by the smallest name among the messages in it.
 *
 * It holds: messages (text, time, state, revisions, thread, author), their main labels, where they stand (conversation, customer,
 * role, verdict), episodes (opened, answered, done, outcome, reopened) and the facts of the figures. It leaves out: ids and numbers,
 * versions, who of our agents did it, when something arrived or was stored, reasons and evidence in words, the journal, the outbox,
 * offers and queues, drafts and notes.
 */
export async function contentHash(db: Database, accountId: AccountId): Promise<ContentHash> {
  return db.withAccount(accountId, async (tx) => {
    const parts: Record<string, ContentPart> = {};
    for (const [name, lines] of Object.entries(PARTS)) parts[name] = await partOf(tx, lines(tx));
    const all = createHash("sha256");
    for (const [name, part] of Object.entries(parts)) all.update(`${name} ${part.count} ${part.hash}\n`);
    return { hash: all.digest("hex"), parts };
  });
}

/** The digests of a part's lines, sorted: no order of tables or collations enters. */
async function partOf(tx: Tx, lines: ReturnType<typeof sql>): Promise<ContentPart> {
  const found = await sql<{ h: string }>`
    with ${NAMES(tx)} select d.h from (select encode(sha256(convert_to(l.line::text, 'UTF8')), 'hex') as h from (${lines}) l(line)) d order by d.h collate "C"`.execute(
    tx.tables(),
  );
  const hash = createHash("sha256");
  for (const { h } of found.rows) hash.update(h);
  return { count: found.rows.length, hash: hash.digest("hex") };
}

const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;

/** Names of messages, conversations, customers and episodes without an id of ours. */
const NAMES = (tx: Tx) => sql`
  said as materialized (
    select message_id, conversation_id, customer_id, network || '/' || external_id as name from placement where account_id = ${tx.accountId}
  ), conversations as materialized (
    select conversation_id as id, min(name collate "C") as name from said where conversation_id is not null group by 1
  ), customers as materialized (
    select customer_id as id, min(name collate "C") as name from said where customer_id is not null group by 1
  ), episodes as materialized (
    select e.id, s.name || ' ' || ${ms("e.opened_at")} as name from episode e left join said s on s.message_id = e.opened_by_message where e.account_id = ${tx.accountId}
  )`;

const PARTS: Readonly<Record<string, (tx: Tx) => ReturnType<typeof sql>>> = {
  messages: (tx) => sql`
    select jsonb_build_array(network, external_id, kind, visibility, direction, revision, thread_key, parent_external_id, author_handle, author_name, subject, text,
      ${ms("sent_at")}, ${ms("edited_at")}, state, rating, permalink, automated, redactions)
    from message where account_id = ${tx.accountId}`,
  revisions: (tx) => sql`
    select jsonb_build_array(m.network, m.external_id, r.revision, r.text, ${ms("r.at")})
    from message_revision r join message m on m.account_id = ${tx.accountId} and m.id = r.message_id where r.account_id = ${tx.accountId}`,
  labels: (tx) => sql`
    select jsonb_build_array(m.network, m.external_id, u.language, u.noise, u.addressed, u.intent, u.sentiment, u.risks, u.gratitude, u.thanks_only)
    from understanding u join message m on m.account_id = ${tx.accountId} and m.id = u.message_id where u.account_id = ${tx.accountId}`,
  places: (tx) => sql`
    select jsonb_build_array(s.name, c.name, k.name, e.name, p.role, p.medium, p.outside, p.actionable, p.rule)
    from placement p join said s using (message_id) left join conversations c on c.id = p.conversation_id left join customers k on k.id = p.customer_id
    left join episodes e on e.id = p.episode_id where p.account_id = ${tx.accountId}`,
  conversations: (tx) => sql`
    select jsonb_build_array(n.name, k.name, c.state, ${ms("c.last_message_at")}, ${ms("c.last_inbound_at")})
    from conversation c join conversations n using (id) left join customers k on k.id = c.customer_id where c.account_id = ${tx.accountId}`,
  handles: (tx) => sql`
    select jsonb_build_array(h.network, h.external_id, h.handle, h.name, k.name)
    from handle h left join customers k on k.id = h.customer_id where h.account_id = ${tx.accountId}`,
  episodes: (tx) => sql`
    select jsonb_build_array(n.name, c.name, e.ordinal, e.medium, e.visibility, e.state, ${ms("e.opened_at")}, ${ms("e.unanswered_since")}, ${ms("e.first_reply_at")},
      ${ms("e.last_reply_at")}, b.name, ${ms("e.done_at")}, e.done_by is null, e.outcome, ${ms("e.window_until")}, e.rule, e.priority)
    from episode e join episodes n on n.id = e.id left join conversations c on c.id = e.conversation_id left join episodes b on b.id = e.reopens
    where e.account_id = ${tx.accountId}`,
  "episode facts": (tx) => sql`
    select jsonb_build_array(n.name, f.network, f.medium, f.visibility, f.language, ${ms("f.opened_at")}, b.name, ${ms("f.first_reply_at")}, ${ms("f.first_public_reply_at")},
      ${ms("f.done_at")}, f.outcome, ${ms("f.window_until")}, a.name)
    from episode_fact f left join episodes n on n.id = f.episode_id left join episodes b on b.id = f.reopens left join episodes a on a.id = f.reopened_by
    where f.account_id = ${tx.accountId}`,
  "response facts": (tx) => sql`
    select jsonb_build_array(n.name, s.name, ${ms("r.asked_at")}, ${ms("r.answered_at")}, r.first)
    from response_fact r left join episodes n on n.id = r.episode_id left join said s on s.message_id = r.message_id where r.account_id = ${tx.accountId}`,
  "message facts": (tx) => sql`
    select jsonb_build_array(s.name, ${ms("f.sent_at")}, f.visibility, f.direction, f.language, f.noise, f.actionable, f.gratitude)
    from message_fact f left join said s using (message_id) where f.account_id = ${tx.accountId}`,
};
