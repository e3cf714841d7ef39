import { sql, type Tx } from "#platform/db";

/** What may be read: everything, or what stands in these queues and brands, or is this agent's. */
export interface Reads {
  all: boolean;
  queues: readonly string[];
  brands: readonly string[];
  own: string | null;
}
export interface Sought {
  /** A tsquery with `~` before each word; null: every message. */
  query: string | null;
  before: string | null;
  after: string | null;
  /** Only in these conversations. */
  among: readonly string[] | null;
  isOpen: boolean | null;
  ownedBy: string | null;
  inQueues: readonly string[] | null;
  reads: Reads;
  most: number;
  /** How many slices of time may be looked through; `among` conversations, how many times the next 500 messages of each. */
  lookups: number;
}
export interface Finds {
  hits: { messageId: string; conversationId: string }[];
  /** It stopped before the end: from this id on nothing has been looked at. */
  until: string | null;
}

export async function findMessages(tx: Tx, s: Sought): Promise<Finds> {
  const { reads } = s;
  const found = await sql<{ messageId: string | null; conversationId: string; until: string | null }>`
    select message_id as "messageId", conversation_id as "conversationId", until from search_messages(
      ${s.query}::text, ${s.before}::uuid, ${s.after}::uuid, ${s.among === null ? null : [...s.among]}::uuid[],
      ${s.isOpen}::boolean, ${s.ownedBy}::uuid, ${s.inQueues === null ? null : [...s.inQueues]}::uuid[],
      ${reads.all}::boolean, ${[...reads.queues]}::uuid[], ${[...reads.brands]}::uuid[], ${reads.own}::uuid,
      ${s.most}::integer, ${s.lookups}::integer)`.execute(tx.tables());
  return {
    hits: found.rows.flatMap(({ messageId, conversationId }) => (messageId ? [{ messageId, conversationId }] : [])),
    until: found.rows.find((row) => row.messageId === null)?.until ?? null,
  };
}

/** Customers by their names, the last seen first. */
export async function findPeople(tx: Tx, query: string, reads: Reads, most: number): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select customer_id as id from search_people(${query}::text, ${reads.all}::boolean, ${[...reads.queues]}::uuid[],
      ${[...reads.brands]}::uuid[], ${reads.own}::uuid, ${most}::integer)`.execute(tx.tables());
  return found.rows.map((row) => row.id);
}

/** Words of the account with this inside, the shortest first. */
export async function findWords(tx: Tx, query: string, part: string, most: number): Promise<string[]> {
  const found = await sql<{
    word: string;
  }>`select word from search_words(${query}::text, ${part}::text, ${most}::integer)`.execute(tx.tables());
  return found.rows.map((row) => row.word);
}
