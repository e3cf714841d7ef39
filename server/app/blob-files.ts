import { hkdfSync } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { BlobFiles } from "#platform/blobs/blob-files";
import { diskFiles } from "#platform/blobs/disk-files";
import { checkBucket } from "#platform/blobs/s3-check";
import type { S3Options, S3Place } from "#platform/blobs/s3-client";
import { s3Files } from "#platform/blobs/s3-files";
import type { Clock } from "#platform/clock";
import { exitCodes, StartError } from "#platform/errors";

/** Where the files lie, by the environment: a bucket that was tried first, else the data folder. */
export async function openBlobFiles(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  master: Uint8Array,
  clock: Clock,
): Promise<BlobFiles> {
  const place = bucketOf(env);
  return place ? openBucket(place, dataDir, master, clock) : blobFolder(dataDir);
}

export function blobFolder(dataDir: string): BlobFiles {
  return diskFiles(join(dataDir, "blobs"));
}

export async function openBucket(
  place: S3Place,
  dataDir: string,
  master: Uint8Array,
  clock: Clock,
): Promise<BlobFiles> {
  const options: S3Options = { clock, wait: (ms) => pause(ms) };
  await checkBucket(place, owner(master), options);
  return s3Files(place, join(dataDir, "blobs", "arriving"), options);
}

/** Tells one installation from another and nothing of the key. */
function owner(master: Uint8Array): string {
  return Buffer.from(hkdfSync("sha256", master, "", "hubbub blob owner", 32)).toString("hex");
}

const REGION = /^[a-z0-9-]{1,40}$/;
/** Bucket names as S3 has them; older servers allow a little more. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/;
const FOLDER = /^([A-Za-z0-9][A-Za-z0-9._-]{0,100}\/)*$/;

/** `HUBBUB_BLOBS_S3=https://host/bucket[/folder]` with its region, key and secret; null where it is not set. */
export function bucketOf(env: NodeJS.ProcessEnv): S3Place | null {
  const said = env.HUBBUB_BLOBS_S3;
  if (!said) return null;
  const url = URL.parse(said);
  // The address itself is not repeated: somebody may have put a password into it.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw wrong("HUBBUB_BLOBS_S3 is no address of the form https://host/bucket or https://host/bucket/folder.");
  const [, bucket = "", ...folders] = url.pathname.split("/");
  const prefix = folders.filter((f) => f !== "").join("/");
  if (!BUCKET.test(bucket) || !FOLDER.test(prefix && `${prefix}/`))
    throw wrong(
      "HUBBUB_BLOBS_S3 names no bucket that can be: write https://host/bucket, with letters, digits, dots and hyphens.",
    );
  const region = env.HUBBUB_BLOBS_S3_REGION || regionIn(url.hostname) || "us-east-1";
  if (!REGION.test(region)) throw wrong("HUBBUB_BLOBS_S3_REGION is no region such as eu-central-1.");
  const [key, secret] = [env.HUBBUB_BLOBS_S3_KEY, env.HUBBUB_BLOBS_S3_SECRET];
  if (!key || !secret) throw wrong("HUBBUB_BLOBS_S3 needs HUBBUB_BLOBS_S3_KEY and HUBBUB_BLOBS_S3_SECRET beside it.");
  return { endpoint: url.origin, bucket, prefix: prefix && `${prefix}/`, region, key, secret };
}

function regionIn(host: string): string | undefined {
  return /^s3[.-]([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/.exec(host)?.[1];
}

const wrong = (sentence: string) => new StartError(sentence, exitCodes["blob-store"]);
