import { sql } from "kysely";
import { type Tx, ts } from "../db.ts";

export interface BlobRow {
  bytes: number;
  mime: string;
  refs: number;
  state: "live" | "erased";
  wrapped_key: Buffer | null;
}

/** One at a time for each content: who stores, drops, erases or removes the file of it waits for the other's end. */
export async function lockBlob(tx: Tx, hash: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`blob/${tx.accountId}/${hash}`}, 0))`.execute(tx.tables());
}

export async function findBlob(tx: Tx, hash: string): Promise<BlobRow | undefined> {
  const rows = await sql<BlobRow>`
    select bytes, mime, refs, state, wrapped_key from blob where account_id = ${tx.accountId} and hash = ${hash}`.execute(
    tx.tables(),
  );
  return rows.rows[0];
}

export async function liveBlobs(tx: Tx, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ hash: string }>`
    select hash from blob where account_id = ${tx.accountId} and hash = any(${[...hashes]}) and state = 'live'`.execute(
    tx.tables(),
  );
  return new Set(rows.rows.map((r) => r.hash));
}

/** A new row, or one erased before: the content was handed in anew, so it is live again under a new key. */
export async function saveBlob(tx: Tx, hash: string, bytes: number, mime: string, wrapped: Buffer): Promise<void> {
  await sql`
    insert into blob as b (account_id, hash, bytes, mime, refs, wrapped_key, state, created_at)
    values (${tx.accountId}, ${hash}, ${bytes}, ${mime}, 1, ${wrapped}, 'live', ${ts(tx.now)})
    on conflict (account_id, hash) do update set refs = b.refs + 1, state = 'live', wrapped_key = excluded.wrapped_key, mime = excluded.mime`.execute(
    tx.tables(),
  );
}

/** Hashes of what is live, in order, after one of them. */
export async function nextLiveBlobs(tx: Tx, after: string, limit: number): Promise<string[]> {
  const rows = await sql<{ hash: string }>`
    select hash from blob where account_id = ${tx.accountId} and hash > ${after} and state = 'live' order by hash limit ${limit}`.execute(
    tx.tables(),
  );
  return rows.rows.map((r) => r.hash);
}
