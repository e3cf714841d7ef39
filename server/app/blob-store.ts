import { hkdfSync } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { seal, unseal } from "#modules/company";
import type { BlobFiles } from "#platform/blobs/blob-files";
import { type Blobs, createBlobs } from "#platform/blobs/blobs";
import { S3Failure } from "#platform/blobs/s3-client";
import type { Clock } from "#platform/clock";
import type { Database } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Log } from "#platform/log";

/** Shown by a browser as what they are; everything else is bytes to save. */
const SHOWABLE =
  /^(image\/(png|jpeg|gif|webp|avif)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+|text\/plain|application\/pdf)$/;

/** Blobs sealed under the accounts' keys; links are signed with a key made of the master key. */
export function blobStore(db: Database, files: BlobFiles, master: Uint8Array): Blobs {
  const linkKey = Buffer.from(hkdfSync("sha256", master, "", "hubbub blob links", 32));
  return createBlobs({ db, files, keys: { seal, unseal }, linkKey });
}

/** `GET /blobs/:hash`: what a signed link opens. The bytes are strangers': never a page of ours, never run. */
export function blobRoutes(app: FastifyInstance, db: Database, blobs: Blobs, clock: Clock, log: Log): void {
  app.get("/blobs/:hash", { schema: { hide: true } }, async (request, reply) => {
    const { hash } = request.params as { hash: string };
    const link = blobs.verify(hash, request.query as Record<string, unknown>, clock.now());
    if (!link)
      throw new AppError("not-found", "This link has ended or was changed. Open the message again to get a new one.");
    const { stream, bytes } = await db.withAccount(link.accountId, (tx) => blobs.open(tx, hash)).catch(away(log));
    stream.once("error", (error) =>
      log.warn({ err: error, traceId: request.id }, "a file broke off while it was sent"),
    );
    return reply
      .header("content-type", SHOWABLE.test(link.mime) ? link.mime : "application/octet-stream")
      .header("content-length", bytes)
      .header("content-disposition", "attachment")
      .header("x-content-type-options", "nosniff")
      .header("content-security-policy", "sandbox; default-src 'none'")
      .header("cross-origin-resource-policy", "same-origin")
      .header("cache-control", `private, max-age=${Math.floor(link.leftMs / 1_000)}, immutable`)
      .send(stream);
  });
}

/** A store that does not answer is a part of us that is down: come again. */
function away(log: Log): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof S3Failure)) throw error;
    log.error({ err: error }, "the store of files");
    throw new AppError(
      "not-ready",
      "The store of files does not answer. Try again in a moment.",
      {},
      { "retry-after": "5" },
    );
  };
}
