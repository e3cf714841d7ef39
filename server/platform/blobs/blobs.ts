import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { sql } from "kysely";
import { HOUR, type Instant, type Millis } from "../clock.ts";
import { type Database, type Tx, ts } from "../db.ts";
import { AppError, notFound } from "../errors.ts";
import type { AccountId } from "../ids.ts";
import { blobFiles, type StoredFile } from "./blob-files.ts";
import { type LinkedBlob, plainType, signedPath, verifyPath } from "./blob-links.ts";
import { decrypted, encrypted } from "./segments.ts";

/** Seals and opens a blob's own key under the account's key; the platform knows no more of keys. */
export interface BlobKeys {
  seal(tx: Tx, plain: Uint8Array): Promise<Buffer>;
  unseal(tx: Tx, sealed: Uint8Array): Promise<Buffer>;
}

export interface OpenBlob {
  stream: Readable;
  bytes: number;
  mime: string;
}

/**
 * Files of an account: named by their content (SHA-256, hex), stored once however many things refer to them, encrypted each
 * under a key of its own, and gone for good when that key is thrown away (DESIGN D17).
 */
export interface Blobs {
  /** Stores, or counts one more reference to what is there. The file lies on disk before the transaction can commit. */
  put(
    tx: Tx,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    mime: string,
  ): Promise<{ hash: string; bytes: number; refs: number }>;
  /** The content, readable also after the transaction. Not found when it is not there or was erased. */
  open(tx: Tx, hash: string): Promise<OpenBlob>;
  /** One reference less; without any it goes. */
  drop(tx: Tx, hash: string): Promise<void>;
  /** Unreadable from the commit on, whoever still refers to it: the key is thrown away, then the file. */
  erase(tx: Tx, hash: string): Promise<void>;
  /** A path that opens it without sign-in for up to a day. */
  signedPath(of: { accountId: AccountId; hash: string; mime: string }, now: Instant, ttl: Millis): string;
  verify(hash: string, query: Readonly<Record<string, unknown>>, now: Instant): LinkedBlob | null;
  /** Removes files that a crash left without a row; returns how many. `now` by the machine's own clock, which dates files. */
  sweep(now: Instant): Promise<number>;
  /** Waits for removals that follow commits. */
  settled(): Promise<void>;
}

export interface BlobOptions {
  db: Database;
  folder: string;
  keys: BlobKeys;
  /** 32 bytes, secret. */
  linkKey: Uint8Array;
  /** The largest content, in bytes. */
  maxBytes?: number;
}

const MAX_BYTES = 25 * 1_048_576;

interface Row {
  bytes: number;
  mime: string;
  refs: number;
  state: "live" | "erased";
  wrapped_key: Buffer | null;
}

export function createBlobs({ db, folder, keys, linkKey, maxBytes = MAX_BYTES }: BlobOptions): Blobs {
  const files = blobFiles(folder);
  const used = new WeakSet<object>();
  const removals = new Set<Promise<unknown>>();

  /** After the commit and under the blob's lock: between the two somebody may have stored the same content again. */
  function removeLater(tx: Tx, of: StoredFile): void {
    tx.afterCommit(() => {
      const removal = removeUnlessLive(of)
        // A sweep finds what stays behind.
        .catch(() => {})
        .finally(() => removals.delete(removal));
      removals.add(removal);
    });
  }
  async function removeUnlessLive(of: StoredFile): Promise<boolean> {
    return db.withAccount(of.accountId as AccountId, async (tx) => {
      await lock(tx, of.hash);
      if ((await find(tx, of.hash))?.state === "live") return false;
      await files.remove(of);
      return true;
    });
  }

  return {
    async put(tx, content, mime) {
      const key = randomBytes(32);
      const counted = { hash: createHash("sha256"), bytes: 0 };
      const arrived = await files.write(encrypted(key, counting(once(content, used), counted, maxBytes)));
      try {
        const hash = counted.hash.digest("hex");
        await lock(tx, hash);
        const there = await find(tx, hash);
        if (there?.state === "live") {
          await sql`update blob set refs = refs + 1 where account_id = ${tx.accountId} and hash = ${hash}`.execute(
            tx.tables(),
          );
          await files.discard(arrived);
          return { hash, bytes: counted.bytes, refs: there.refs + 1 };
        }
        await files.keep(arrived, { accountId: tx.accountId, hash });
        await save(tx, hash, counted.bytes, plainType(mime), await keys.seal(tx, key));
        return { hash, bytes: counted.bytes, refs: (there?.refs ?? 0) + 1 };
      } catch (error) {
        await files.discard(arrived);
        throw error;
      }
    },

    async open(tx, hash) {
      const row = await find(tx, hash);
      if (row?.state !== "live" || !row.wrapped_key) throw notFound("file");
      const key = await keys.unseal(tx, row.wrapped_key);
      const handle = await files.read({ accountId: tx.accountId, hash });
      if (!handle) throw new Error(`The file of blob ${hash} is missing on this machine's disk.`);
      // The stream closes the file at its end and when it is destroyed.
      const stream = Readable.from(decrypted(key, handle.createReadStream()), { objectMode: false });
      stream.once("close", () => void handle.close().catch(() => {}));
      return { stream, bytes: row.bytes, mime: row.mime };
    },

    async drop(tx, hash) {
      await lock(tx, hash);
      const left = await sql<{ refs: number }>`
        update blob set refs = refs - 1 where account_id = ${tx.accountId} and hash = ${hash} and refs > 0 returning refs`.execute(
        tx.tables(),
      );
      if (left.rows[0]?.refs !== 0) return;
      await sql`delete from blob where account_id = ${tx.accountId} and hash = ${hash}`.execute(tx.tables());
      removeLater(tx, { accountId: tx.accountId, hash });
    },

    async erase(tx, hash) {
      await lock(tx, hash);
      const done = await sql`
        update blob set state = 'erased', wrapped_key = null where account_id = ${tx.accountId} and hash = ${hash} and state = 'live'`.execute(
        tx.tables(),
      );
      if (Number(done.numAffectedRows ?? 0) > 0) removeLater(tx, { accountId: tx.accountId, hash });
    },

    signedPath: (of, now, ttl) => signedPath(linkKey, of, now, ttl),
    verify: (hash, query, now) => verifyPath(linkKey, hash, query, now),

    async sweep(now) {
      let removed = await files.removeArrivingBefore(now - HOUR);
      for await (const { accountId, hashes } of files.all()) {
        const live = await db.withAccount(accountId as AccountId, (tx) => liveOf(tx, hashes));
        for (const hash of hashes) if (!live.has(hash) && (await removeUnlessLive({ accountId, hash }))) removed++;
      }
      return removed;
    },
    async settled() {
      await Promise.all(removals);
    },
  };
}

/** One at a time for each content: who stores, drops, erases or removes the file of it waits for the other's end. */
async function lock(tx: Tx, hash: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`blob/${tx.accountId}/${hash}`}, 0))`.execute(tx.tables());
}

async function find(tx: Tx, hash: string): Promise<Row | undefined> {
  const rows = await sql<Row>`
    select bytes, mime, refs, state, wrapped_key from blob where account_id = ${tx.accountId} and hash = ${hash}`.execute(
    tx.tables(),
  );
  return rows.rows[0];
}

async function liveOf(tx: Tx, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ hash: string }>`
    select hash from blob where account_id = ${tx.accountId} and hash = any(${[...hashes]}) and state = 'live'`.execute(
    tx.tables(),
  );
  return new Set(rows.rows.map((r) => r.hash));
}

/** A new row, or one erased before: the content was handed in anew, so it is live again under a new key. */
async function save(tx: Tx, hash: string, bytes: number, mime: string, wrapped: Buffer): Promise<void> {
  await sql`
    insert into blob as b (account_id, hash, bytes, mime, refs, wrapped_key, state, created_at)
    values (${tx.accountId}, ${hash}, ${bytes}, ${mime}, 1, ${wrapped}, 'live', ${ts(tx.now)})
    on conflict (account_id, hash) do update set refs = b.refs + 1, state = 'live', wrapped_key = excluded.wrapped_key, mime = excluded.mime`.execute(
    tx.tables(),
  );
}

/** A transaction that is tried again would find a stream empty and store nothing under the name of nothing. */
async function* once(
  content: Uint8Array | AsyncIterable<Uint8Array>,
  used: WeakSet<object>,
): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) {
    yield content;
    return;
  }
  if (used.has(content)) throw new Error("A stream can be stored once: hand in its bytes, or a new stream.");
  used.add(content);
  yield* content;
}

async function* counting(
  content: AsyncIterable<Uint8Array>,
  counted: { hash: ReturnType<typeof createHash>; bytes: number },
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    counted.bytes += chunk.length;
    if (counted.bytes > maxBytes) throw new AppError("too-large", `A file may have ${maxBytes} bytes at most.`);
    counted.hash.update(chunk);
    yield chunk;
  }
}
