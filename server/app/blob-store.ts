import { hkdfSync } from "node:crypto";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { seal, unseal } from "#modules/company";
import { type Blobs, createBlobs } from "#platform/blobs/blobs";
import type { Clock } from "#platform/clock";
import type { Database } from "#platform/db";
import { AppError } from "#platform/errors";

/** Shown by a browser as what they are; everything else is bytes to save. */
const SHOWABLE =
  /^(image\/(png|jpeg|gif|webp|avif)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+|text\/plain|application\/pdf)$/;

/** Blobs on the disk of the data folder, sealed under the accounts' keys; links are signed with a key made of the master key. */
export function blobStore(db: Database, dataDir: string, master: Uint8Array): Blobs {
  const linkKey = Buffer.from(hkdfSync("sha256", master, "", "hubbub blob links", 32));
  return createBlobs({ db, folder: join(dataDir, "blobs"), keys: { seal, unseal }, linkKey });
}

/** `GET /blobs/:hash`: what a signed link opens. The bytes are strangers': never a page of ours, never run. */
export function blobRoutes(app: FastifyInstance, db: Database, blobs: Blobs, clock: Clock): void {
  app.get("/blobs/:hash", { schema: { hide: true } }, async (request, reply) => {
    const { hash } = request.params as { hash: string };
    const link = blobs.verify(hash, request.query as Record<string, unknown>, clock.now());
    if (!link)
      throw new AppError("not-found", "This link has ended or was changed. Open the message again to get a new one.");
    const { stream, bytes } = await db.withAccount(link.accountId, (tx) => blobs.open(tx, hash));
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
