import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Instant } from "../clock.ts";
import { isUuid } from "../ids.ts";

export interface StoredFile {
  accountId: string;
  hash: string;
}

/** Files of blobs in one folder: `<account>/<first two digits>/<hash>`, and `arriving/` for what is not complete yet. */
export interface BlobFiles {
  /** Writes beside, to the last byte on disk; the name is for `keep` or `discard`. */
  write(bytes: AsyncIterable<Uint8Array>): Promise<string>;
  /** Puts what was written in its place, also over an older file, so that a crash leaves the one or the other. */
  keep(arrived: string, of: StoredFile): Promise<void>;
  discard(arrived: string): Promise<void>;
  /** Null when there is none. */
  read(of: StoredFile): Promise<FileHandle | null>;
  remove(of: StoredFile): Promise<void>;
  /** All files in their places, a folder at a time. */
  all(): AsyncGenerator<{ accountId: string; hashes: string[] }>;
  /** Removes what began to arrive before `before` and never did. */
  removeArrivingBefore(before: Instant): Promise<number>;
}

const HASH = /^[0-9a-f]{64}$/;

export function blobFiles(folder: string): BlobFiles {
  const arriving = join(folder, "arriving");
  /** Names come from addresses and rows: nothing but these two forms becomes a path. */
  function placeOf({ accountId, hash }: StoredFile): string {
    if (!isUuid(accountId) || !HASH.test(hash)) throw new Error("This is no name of a blob.");
    return join(folder, accountId, hash.slice(0, 2), hash);
  }
  return {
    async write(bytes) {
      await mkdir(arriving, { recursive: true, mode: 0o700 });
      const path = join(arriving, randomUUID());
      const file = await open(path, "wx", 0o600);
      try {
        for await (const chunk of bytes) await file.writeFile(chunk);
        await file.sync();
      } catch (error) {
        await file.close();
        await rm(path, { force: true });
        throw error;
      }
      await file.close();
      return path;
    },
    async keep(arrived, of) {
      const place = placeOf(of);
      const made = await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      await rename(arrived, place);
      await syncFolder(dirname(place));
      if (made) for (let up = dirname(place); up !== folder; up = dirname(up)) await syncFolder(dirname(up));
    },
    discard: (arrived) => rm(arrived, { force: true }),
    async read(of) {
      return open(placeOf(of), "r").catch(missing(null));
    },
    remove: (of) => rm(placeOf(of), { force: true }),
    async *all() {
      for (const accountId of await names(folder)) {
        if (!isUuid(accountId)) continue;
        for (const part of await names(join(folder, accountId)))
          yield { accountId, hashes: (await names(join(folder, accountId, part))).filter((name) => HASH.test(name)) };
      }
    },
    async removeArrivingBefore(before) {
      let removed = 0;
      for (const name of await names(arriving)) {
        const path = join(arriving, name);
        const found = await stat(path).catch(missing(null));
        if (!found || found.mtimeMs >= before) continue;
        await rm(path, { force: true });
        removed++;
      }
      return removed;
    },
  };
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch(missing<string[]>([]));
}

function missing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return instead;
    throw error;
  };
}

/** A renamed file is only there for good when its folder is on disk too. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}
