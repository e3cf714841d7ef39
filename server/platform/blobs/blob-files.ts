import type { Readable } from "node:stream";
import type { Instant } from "../clock.ts";
import { isUuid } from "../ids.ts";

export interface StoredFile {
  accountId: string;
  hash: string;
}

/** What has arrived whole and has no place yet: a file on this machine, sealed already. */
export interface Arrived {
  path: string;
  bytes: number;
  /** SHA-256 of the sealed bytes, hex. */
  sha256: string;
}

/** Where sealed files lie, on disk or in a bucket, by the same names: `<account>/<first two digits>/<hash>`. */
export interface BlobFiles {
  /** Writes beside, to the last byte on this machine's disk; what comes back is for `keep` or `discard`. */
  write(bytes: AsyncIterable<Uint8Array>): Promise<Arrived>;
  /** Puts what was written in its place, also over an older file, so that a crash leaves the one or the other. */
  keep(arrived: Arrived, of: StoredFile): Promise<void>;
  discard(arrived: Arrived): Promise<void>;
  /** Null when there is none. Whoever asks reads it to the end or destroys it. */
  read(of: StoredFile): Promise<Readable | null>;
  remove(of: StoredFile): Promise<void>;
  /** All files in their places, some of one account at a time. */
  all(): AsyncGenerator<{ accountId: string; hashes: string[] }>;
  /** Removes what began to arrive before `before` and never did. */
  removeArrivingBefore(before: Instant): Promise<number>;
  /** Lets go of connections. */
  close(): Promise<void>;
}

const HASH = /^[0-9a-f]{64}$/;
export const isHash = (text: string): boolean => HASH.test(text);

/** Names come from addresses and rows: nothing but these two forms becomes a path or a key. */
export function placeOf({ accountId, hash }: StoredFile): [account: string, part: string, hash: string] {
  if (!isUuid(accountId) || !isHash(hash)) throw new Error("This is no name of a blob.");
  return [accountId, hash.slice(0, 2), hash];
}
