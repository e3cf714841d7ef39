import { createHash } from "node:crypto";
import type { Database } from "../db.ts";
import type { AccountId } from "../ids.ts";
import type { BlobFiles, StoredFile } from "./blob-files.ts";
import { findBlob, lockBlob, nextLiveBlobs } from "./blob-rows.ts";
import type { BlobKeys } from "./blobs.ts";
import { decrypted } from "./segments.ts";

export interface Moved {
  /** Copied and read back. */
  copied: number;
  /** Stood there already, whole. */
  there: number;
  /** Whole in neither place: hashes. */
  lost: string[];
  bytes: number;
}

const PAGE = 200;

/**
 * Copies the live files of an account as they lie, sealed. Each is read back, opened and compared with its name, so it can be broken off
 * and begun again: what is there and whole stays. `remove` takes the old file away once the new one is proven.
 */
export async function moveBlobs(
  { db, keys, from, to, remove }: { db: Database; keys: BlobKeys; from: BlobFiles; to: BlobFiles; remove: boolean },
  accountId: AccountId,
  onFile: (moved: Moved) => void = () => {},
): Promise<Moved> {
  const moved: Moved = { copied: 0, there: 0, lost: [], bytes: 0 };
  for (let after = ""; ; ) {
    const page = await db.withAccount(accountId, (tx) => nextLiveBlobs(tx, after, PAGE));
    for (const hash of page) {
      await moveOne(hash);
      onFile(moved);
    }
    if (page.length < PAGE) return moved;
    after = page.at(-1)!;
  }

  /** Under the blob's lock: nobody erases it or stores it anew meanwhile. */
  async function moveOne(hash: string): Promise<void> {
    await db.withAccount(accountId, async (tx) => {
      await lockBlob(tx, hash);
      const row = await findBlob(tx, hash);
      if (row?.state !== "live" || !row.wrapped_key) return;
      const of = { accountId, hash };
      const key = await keys.unseal(tx, row.wrapped_key);
      const there = await isWhole(to, of, key);
      const copied = !there && (await copy(of)) && (await isWhole(to, of, key));
      if (there) moved.there++;
      else if (copied) {
        moved.copied++;
        moved.bytes += row.bytes;
      } else moved.lost.push(hash);
      if (remove && (there || copied)) await from.remove(of);
    });
  }

  async function copy(of: StoredFile): Promise<boolean> {
    const sealed = await from.read(of);
    if (!sealed) return false;
    const arrived = await to.write(sealed);
    await to.keep(arrived, of).catch(async (error) => {
      await to.discard(arrived);
      throw error;
    });
    return true;
  }
}

/** It opens with its key, and its content has its name. */
async function isWhole(files: BlobFiles, of: StoredFile, key: Uint8Array): Promise<boolean> {
  const sealed = await files.read(of);
  if (!sealed) return false;
  const hash = createHash("sha256");
  try {
    for await (const piece of decrypted(key, sealed)) hash.update(piece);
  } catch (error) {
    // Bytes that do not open are no file of ours; a store that does not answer is another matter.
    if ((error as { code?: string }).code === "EBLOBSTORE") throw error;
    return false;
  } finally {
    sealed.destroy();
  }
  return hash.digest("hex") === of.hash;
}
