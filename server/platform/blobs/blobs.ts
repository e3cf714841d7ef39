import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { sql } from "kysely";
import { HOUR, type Instant, type Millis } from "../clock.ts";
import type { Database, Tx } from "../db.ts";
import { AppError, notFound } from "../errors.ts";
import type { AccountId } from "../ids.ts";
import type { BlobFiles, StoredFile } from "./blob-files.ts";
import { type LinkedBlob, plainType, signedPath, verifyPath } from "./blob-links.ts";
import { findBlob, liveBlobs, lockBlob, saveBlob } from "./blob-rows.ts";
import { decrypted, encrypted } from "./segments.ts";

/** Seals and opens a blob's own key under the account's key; the platform knows no more of keys. */
export interface BlobKeys {
  seal(tx: Tx, plain: Uint8Array): Promise<Buffer>;
  unseal(tx: Tx, sealed: Uint8Array): Promise<Buffer>;
}

/** Content that lies sealed on this machine and belongs to nothing yet: it is stored in a short transaction afterwards, or discarded. */
export interface Received {
  readonly hash: string;
  readonly bytes: number;
  /** Its first bytes, to tell of what type it is: 4 KiB at most. */
  readonly head: Uint8Array;
  /** As `Blobs.put`. */
  put(tx: Tx, mime: string): Promise<{ hash: string; bytes: number; refs: number }>;
  /** Nothing after `put`; else the bytes go. */
  discard(): Promise<void>;
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
  /** Stores, or counts one more reference to what is there. The file lies in its place before the transaction can commit. */
  put(
    tx: Tx,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    mime: string,
  ): Promise<{ hash: string; bytes: number; refs: number }>;
  /** Takes in content outside of any transaction, however slowly it comes. Too large: `too-large`, and nothing is left of it. */
  receive(content: AsyncIterable<Uint8Array>, maxBytes?: number): Promise<Received>;
  /** One more reference to what is there; null when it is not there or was erased. */
  refer(tx: Tx, hash: string): Promise<{ bytes: number; mime: string } | null>;
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
  /** Where the sealed files lie. */
  files: BlobFiles;
  keys: BlobKeys;
  /** 32 bytes, secret. */
  linkKey: Uint8Array;
  /** The largest content, in bytes. */
  maxBytes?: number;
}

const MAX_BYTES = 25 * 1_048_576;

export function createBlobs({ db, files, keys, linkKey, maxBytes = MAX_BYTES }: BlobOptions): Blobs {
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
      await lockBlob(tx, of.hash);
      if ((await findBlob(tx, of.hash))?.state === "live") return false;
      await files.remove(of);
      return true;
    });
  }

  async function receive(content: AsyncIterable<Uint8Array>, most: number): Promise<Received> {
    const key = randomBytes(32);
    const counted: Counted = { hash: createHash("sha256"), bytes: 0, head: Buffer.alloc(0) };
    const arrived = await files.write(encrypted(key, counting(content, counted, most)));
    const hash = counted.hash.digest("hex");
    const { bytes, head } = counted;
    let kept = false;
    return {
      ...{ hash, bytes, head },
      async put(tx, mime) {
        await lockBlob(tx, hash);
        const there = await findBlob(tx, hash);
        if (there?.state === "live") {
          await sql`update blob set refs = refs + 1 where account_id = ${tx.accountId} and hash = ${hash}`.execute(
            tx.tables(),
          );
          await files.discard(arrived);
          return { hash, bytes, refs: there.refs + 1 };
        }
        // A transaction that is tried again finds the file in its place.
        if (!kept) await files.keep(arrived, { accountId: tx.accountId, hash });
        kept = true;
        await saveBlob(tx, hash, bytes, plainType(mime), await keys.seal(tx, key));
        return { hash, bytes, refs: (there?.refs ?? 0) + 1 };
      },
      discard: async () => (kept ? undefined : files.discard(arrived)),
    };
  }

  return {
    async put(tx, content, mime) {
      const received = await receive(once(content, used), maxBytes);
      try {
        return await received.put(tx, mime);
      } catch (error) {
        await received.discard();
        throw error;
      }
    },
    receive: (content, most = maxBytes) => receive(content, Math.min(most, maxBytes)),

    async refer(tx, hash) {
      await lockBlob(tx, hash);
      const there = await findBlob(tx, hash);
      if (there?.state !== "live") return null;
      await sql`update blob set refs = refs + 1 where account_id = ${tx.accountId} and hash = ${hash}`.execute(
        tx.tables(),
      );
      return { bytes: there.bytes, mime: there.mime };
    },

    async open(tx, hash) {
      const row = await findBlob(tx, hash);
      if (row?.state !== "live" || !row.wrapped_key) throw notFound("file");
      const key = await keys.unseal(tx, row.wrapped_key);
      const sealed = await files.read({ accountId: tx.accountId, hash });
      if (!sealed) throw new Error(`The file of blob ${hash} is missing in the store.`);
      // The stream closes the file at its end and when it is destroyed.
      const stream = Readable.from(decrypted(key, sealed), { objectMode: false });
      stream.once("close", () => sealed.destroy());
      return { stream, bytes: row.bytes, mime: row.mime };
    },

    async drop(tx, hash) {
      await lockBlob(tx, hash);
      const left = await sql<{ refs: number }>`
        update blob set refs = refs - 1 where account_id = ${tx.accountId} and hash = ${hash} and refs > 0 returning refs`.execute(
        tx.tables(),
      );
      if (left.rows[0]?.refs !== 0) return;
      await sql`delete from blob where account_id = ${tx.accountId} and hash = ${hash}`.execute(tx.tables());
      removeLater(tx, { accountId: tx.accountId, hash });
    },

    async erase(tx, hash) {
      await lockBlob(tx, hash);
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
        const live = await db.withAccount(accountId as AccountId, (tx) => liveBlobs(tx, hashes));
        for (const hash of hashes) if (!live.has(hash) && (await removeUnlessLive({ accountId, hash }))) removed++;
      }
      return removed;
    },
    async settled() {
      await Promise.all(removals);
    },
  };
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

interface Counted {
  hash: ReturnType<typeof createHash>;
  bytes: number;
  head: Buffer;
}
const HEAD = 4_096;

async function* counting(
  content: AsyncIterable<Uint8Array>,
  counted: Counted,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    counted.bytes += chunk.length;
    if (counted.bytes > maxBytes) throw new AppError("too-large", `A file may have ${maxBytes} bytes at most.`);
    counted.hash.update(chunk);
    if (counted.head.length < HEAD)
      counted.head = Buffer.concat([counted.head, chunk.subarray(0, HEAD - counted.head.length)]);
    yield chunk;
  }
}
