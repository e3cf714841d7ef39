import type { Blobs } from "#platform/blobs/blobs";
import type { Tx } from "#platform/db";

let store: Blobs | null = null;

/** Where files of messages lie; handed in once at start. */
export function useBlobs(blobs: Blobs): void {
  store = blobs;
}

export function blobs(): Blobs {
  if (!store) throw new Error("Files cannot be kept: no store of files was handed in at start (useBlobs).");
  return store;
}

/** In the order of their names, so that two who drop the same ones do not wait for each other. */
export async function dropBlobs(tx: Tx, hashes: readonly string[]): Promise<void> {
  for (const hash of [...hashes].sort()) await blobs().drop(tx, hash);
}
