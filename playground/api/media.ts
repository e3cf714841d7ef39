import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Context } from "../context.ts";
import type { MediaFacts } from "../domain/records.ts";
import { presentMedia } from "../present.ts";
import { Problem } from "../problem.ts";

export const MEDIA_LIMIT = 10 * 1_048_576;
const TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "video/mp4", "audio/mpeg"];

/** Media of a post or message, named by the id of their upload. */
export const mediaInput = z
  .array(
    z.strictObject({
      id: z.string().max(40),
      alt: z.string().max(2_000).optional(),
      name: z.string().max(200).optional(),
    }),
  )
  .max(4)
  .optional();

export async function mediaFacts(
  context: Context,
  named: z.infer<typeof mediaInput>,
): Promise<MediaFacts[] | undefined> {
  if (!named || named.length === 0) return undefined;
  return Promise.all(
    named.map(async ({ id, alt = "", name = "" }) => {
      const media = await context.media.get(id);
      if (!media) throw new Problem("validation", `media: there is no upload ${id}.`);
      return { id, alt, name, mime: media.mime, bytes: media.bytes.length };
    }),
  );
}

/** An address that takes the bytes themselves. `allow` throws for whoever may not. */
export function takeMedia(
  app: FastifyInstance,
  context: Context,
  path: string,
  allow: (request: FastifyRequest, reply: FastifyReply) => void,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MEDIA_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    scope.post(path, { bodyLimit: MEDIA_LIMIT }, async (request, reply) => {
      allow(request, reply);
      const mime = (request.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
      if (!TYPES.includes(mime)) throw new Problem("validation", `Content-Type must be one of ${TYPES.join(", ")}.`);
      if (!Buffer.isBuffer(request.body) || request.body.length === 0)
        throw new Problem("validation", "The body is empty.");
      const media = await context.media.put(request.body, mime);
      const shown = presentMedia(context.links, { id: media.id, mime, bytes: media.bytes.length, alt: "", name: "" });
      return reply.code(201).send(shown);
    });
  });
}

/** Where everybody sees them. */
export function mediaRoutes(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { id: string } }>("/media/:id", async (request, reply) => {
    const media = await context.media.get(request.params.id);
    if (!media) throw new Problem("not-found", "There is no such picture.");
    return reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .header("content-security-policy", "sandbox; default-src 'none'")
      .type(media.mime)
      .send(media.bytes);
  });
}
