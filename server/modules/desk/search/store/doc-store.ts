import { rowSet, sql, type Tx } from "#platform/db";

/** Puts messages where they are found. `words` as `docOf` makes them; what stands so already is left alone. */
export async function saveDocs(tx: Tx, docs: readonly { messageId: string; words: string }[]): Promise<void> {
  if (docs.length === 0) return;
  const rows = docs.map(({ messageId, words }) => ({ message_id: messageId, words }));
  await sql`
    insert into search_doc (account_id, message_id, words)
    select ${tx.accountId}::uuid, r.message_id, replace(r.words, '~', search_mark(${tx.accountId}::uuid, search_slice(r.message_id)))::tsvector
    from ${rowSet({ message_id: "uuid", words: "text" }, rows)} r order by r.message_id
    on conflict (account_id, message_id) do update set words = excluded.words where search_doc.words is distinct from excluded.words`.execute(
    tx.tables(),
  );
}

/** Learns words, each once, in one order for all: two who learn the same wait for one another and do not lock each other out. */
export async function saveWords(tx: Tx, words: readonly { word: string; grams: string }[]): Promise<void> {
  if (words.length === 0) return;
  await sql`
    insert into search_word (account_id, word, grams)
    select ${tx.accountId}::uuid, r.word, replace(r.grams, '~', search_mark(${tx.accountId}::uuid, null))::tsvector
    from ${rowSet({ word: "text", grams: "text" }, words)} r
    where not exists (select 1 from search_word w where w.account_id = ${tx.accountId} and w.word = r.word)
    order by r.word collate "C" on conflict do nothing`.execute(tx.tables());
}

/** Takes messages out, and words that stand in no other. */
export async function forgetDocs(tx: Tx, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`select search_forget(${[...messageIds]}::uuid[])`.execute(tx.tables());
}

/** Which of these are there to be found. */
export async function docsAmong(tx: Tx, messageIds: readonly string[]): Promise<string[]> {
  if (messageIds.length === 0) return [];
  const found = await sql<{ id: string }>`
    select message_id as id from search_doc where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[])`.execute(
    tx.tables(),
  );
  return found.rows.map((row) => row.id);
}

export async function savePeople(tx: Tx, people: readonly { customerId: string; words: string }[]): Promise<void> {
  if (people.length === 0) return;
  const rows = people.map(({ customerId, words }) => ({ customer_id: customerId, words }));
  await sql`
    insert into search_person (account_id, customer_id, words)
    select ${tx.accountId}::uuid, r.customer_id, replace(r.words, '~', search_mark(${tx.accountId}::uuid, null))::tsvector
    from ${rowSet({ customer_id: "uuid", words: "text" }, rows)} r order by r.customer_id
    on conflict (account_id, customer_id) do update set words = excluded.words where search_person.words is distinct from excluded.words`.execute(
    tx.tables(),
  );
}
