import type { Instant } from "#platform/clock";
import { type Database, sql, type Tx, ts, tsOrNull } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Destination, Proof } from "../domain/invite-use.ts";

/** An invitation to go on in private. Instants are epoch milliseconds; of the code only a hash is kept. */
export interface Invite {
  id: string;
  conversationId: string;
  episodeId: string | null;
  customerId: string;
  /** Who is invited. */
  handleId: string;
  brandId: string;
  network: string;
  channelId: string;
  /** The public post in answer to which it is made. */
  messageId: string;
  destination: Destination;
  codeHash: string;
  madeBy: string;
  madeAt: Instant;
  expiresAt: Instant;
  /** Our public reply that holds it is on the network. */
  sentAt: Instant | null;
  sentMessageId: string | null;
  openedAt: Instant | null;
  opens: number;
  returnedAt: Instant | null;
  returnedMessageId: string | null;
  returnedHandleId: string | null;
  /** Where they came back, which may be another place than the one named. */
  returnedBy: Destination | null;
  proof: Proof | null;
  /** What whoever asked for a call agreed to, word by word. */
  consent: string | null;
  /** How often the code was said without joining. */
  refused: number;
  endedAt: Instant | null;
  endedWhy: "time" | "withdrawn" | null;
  version: number;
}

const COLUMNS = sql`i.id, i.conversation_id as "conversationId", i.episode_id as "episodeId", i.customer_id as "customerId", i.handle_id as "handleId", i.brand_id as "brandId",
  i.network, i.channel_id as "channelId", i.message_id as "messageId", i.destination, i.code_hash as "codeHash", i.made_by as "madeBy", i.made_at as "madeAt", i.expires_at as "expiresAt",
  i.sent_at as "sentAt", i.sent_message_id as "sentMessageId", i.opened_at as "openedAt", i.opens, i.returned_at as "returnedAt", i.returned_message_id as "returnedMessageId",
  i.returned_handle_id as "returnedHandleId", i.returned_by as "returnedBy", i.proof, i.consent, i.refused, i.ended_at as "endedAt", i.ended_why as "endedWhy", i.version`;

export async function insertInvite(tx: Tx, i: Invite): Promise<void> {
  await sql`
    insert into invite (account_id, id, conversation_id, episode_id, customer_id, handle_id, brand_id, network, channel_id, message_id, destination, code_hash, made_by, made_at, expires_at)
    values (${tx.accountId}, ${i.id}, ${i.conversationId}, ${i.episodeId}, ${i.customerId}, ${i.handleId}, ${i.brandId}, ${i.network}, ${i.channelId}, ${i.messageId}, ${i.destination},
      ${i.codeHash}, ${i.madeBy}, ${ts(i.madeAt)}, ${ts(i.expiresAt)})`.execute(tx.tables());
}

/** Writes what may change after the making; the version grows. */
export async function updateInvite(tx: Tx, i: Invite): Promise<void> {
  i.version += 1;
  await sql`
    update invite set conversation_id = ${i.conversationId}, sent_at = ${tsOrNull(i.sentAt)}, sent_message_id = ${i.sentMessageId}, opened_at = ${tsOrNull(i.openedAt)}, opens = ${i.opens},
      returned_at = ${tsOrNull(i.returnedAt)}, returned_message_id = ${i.returnedMessageId}, returned_handle_id = ${i.returnedHandleId}, returned_by = ${i.returnedBy}, proof = ${i.proof},
      consent = ${i.consent}, refused = ${i.refused}, ended_at = ${tsOrNull(i.endedAt)}, ended_why = ${i.endedWhy}, version = ${i.version}
    where account_id = ${tx.accountId} and id = ${i.id}`.execute(tx.tables());
}

export async function findInvite(tx: Tx, id: string, lock = false): Promise<Invite | null> {
  const found = await sql<Invite>`select ${COLUMNS} from invite i where i.account_id = ${tx.accountId} and i.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx.tables());
  return found.rows[0] ?? null;
}

/** Locked in the order of their ids, so that whoever else uses one of them waits. */
export async function findInvitesByCode(tx: Tx, hashes: readonly string[], lock = false): Promise<Invite[]> {
  if (hashes.length === 0) return [];
  const found =
    await sql<Invite>`select ${COLUMNS} from invite i where i.account_id = ${tx.accountId} and i.code_hash = any(${[...hashes]}::text[])
    order by i.id ${lock ? sql`for update` : sql``}`.execute(tx.tables());
  return found.rows;
}

/** The last fifty of a conversation, and of these messages whose conversation it is by now, newest first. */
export async function invitesOfConversation(
  tx: Tx,
  conversationId: string,
  messageIds: readonly string[] = [],
): Promise<Invite[]> {
  const found =
    await sql<Invite>`select ${COLUMNS} from invite i where i.account_id = ${tx.accountId} and (i.conversation_id = ${conversationId} or i.message_id = any(${[...messageIds]}::uuid[]))
    order by i.made_at desc, i.id desc limit 50`.execute(tx.tables());
  return found.rows;
}

/** How many an agent has made since an instant. */
export async function countMade(tx: Tx, agentId: string, since: Instant): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from invite i
    where i.account_id = ${tx.accountId} and i.made_by = ${agentId} and i.made_at > ${ts(since)}`.execute(tx.tables());
  return found.rows[0]!.n;
}

/** Whose an opened link is: the one question that is asked before the account is known. */
export async function accountOfCode(db: Database, hash: string): Promise<AccountId | null> {
  return db.asSystem(async (trx) => {
    const found = await sql<{
      accountId: AccountId;
    }>`select account_id as "accountId" from invite where code_hash = ${hash}`.execute(trx);
    return found.rows[0]?.accountId ?? null;
  });
}
