import { sql, type Tx, ts } from "#platform/db";

export async function findKey(tx: Tx, purpose: string): Promise<Buffer | undefined> {
  const row = await sql<{
    wrapped: Buffer;
  }>`select wrapped from account_key where account_id = ${tx.accountId} and purpose = ${purpose} order by created_at, id limit 1`.execute(
    tx.tables(),
  );
  return row.rows[0]?.wrapped;
}

/** One key for each purpose: the first writer wins, decided under an advisory lock of the transaction. */
export async function insertKey(tx: Tx, id: string, purpose: string, wrapped: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`key/${tx.accountId}/${purpose}`}, 0))`.execute(
    tx.tables(),
  );
  await sql`insert into account_key (account_id, id, purpose, wrapped, created_at)
    select ${tx.accountId}, ${id}, ${purpose}, ${wrapped}, ${ts(tx.now)}
    where not exists (select 1 from account_key where account_id = ${tx.accountId} and purpose = ${purpose})`.execute(
    tx.tables(),
  );
}

/** Every key of the account, held until the transaction ends. */
export async function lockKeys(tx: Tx): Promise<{ id: string; wrapped: Buffer }[]> {
  const found = await sql<{ id: string; wrapped: Buffer }>`
    select id, wrapped from account_key where account_id = ${tx.accountId} order by id for update`.execute(tx.tables());
  return found.rows;
}

export async function updateKey(tx: Tx, id: string, wrapped: Buffer): Promise<void> {
  await sql`update account_key set wrapped = ${wrapped} where account_id = ${tx.accountId} and id = ${id}`.execute(
    tx.tables(),
  );
}
