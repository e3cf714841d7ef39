import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Routes } from "#platform/http/routes";
import type { Receiver } from "../inbound/receive.ts";

/** Networks push up to a hundred events in one body. */
const BODY_LIMIT = 16 * 1_048_576;

/** `POST|GET /hooks/:hookId`: where networks knock. Nobody is signed in here; the signature over the raw bytes is the proof. */
export function hookRoutes(r: Pick<Routes, "app">, receiver: Receiver): void {
  // A scope of its own: here no body is parsed, whatever it says it is, because the signature is over the bytes.
  r.app.register(async (scope: FastifyInstance) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.route({
      method: ["GET", "POST"],
      url: "/hooks/:hookId",
      bodyLimit: BODY_LIMIT,
      schema: { summary: "Where networks deliver; verified over the raw bytes", tags: ["channels"] },
      handler: async (request: FastifyRequest, reply: FastifyReply) => {
        const answer = await receiver.take(
          (request.params as { hookId: string }).hookId,
          rawRequest(request),
          request.id,
        );
        return reply.code(answer.status).headers(answer.headers).send(answer.body);
      },
    });
  });
}

function rawRequest(request: FastifyRequest) {
  const single = (values: Record<string, unknown>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    );
  return {
    method: request.method,
    query: single(request.query as Record<string, unknown>),
    headers: single(request.headers),
    body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
  };
}
