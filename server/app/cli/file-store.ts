import { useBlobs } from "#modules/channels";
import { useKeyRing } from "#modules/company";
import { systemClock } from "#platform/clock";
import { dataDirPath } from "#platform/data-dir";
import type { Database } from "#platform/db";
import { blobFolder, bucketOf, openBucket } from "../blob-files.ts";
import { blobStore } from "../blob-store.ts";
import { masterKey, nextMasterKey, rootKey } from "../master-key.ts";
import type { Io } from "./command.ts";

/** Runs with the accounts' keys and the store where the server keeps its files: the bucket where one is set, the data folder else. */
export async function withFileStore<T>(db: Database, io: Io, run: () => Promise<T>): Promise<T> {
  const dataDir = dataDirPath(io.env);
  const master = masterKey(dataDir, io.env);
  const next = nextMasterKey(dataDir, io.env);
  useKeyRing(master, next);
  const place = bucketOf(io.env);
  if (!place) {
    useBlobs(blobStore(db, blobFolder(dataDir), master));
    return run();
  }
  const bucket = await openBucket(place, dataDir, rootKey(dataDir, io.env, master, next), systemClock);
  try {
    useBlobs(blobStore(db, bucket, master));
    return await run();
  } finally {
    await bucket.close();
  }
}
