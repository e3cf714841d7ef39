import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { AppError, type ErrorCode, errorCodes } from "../errors.ts";
import type { Log } from "../log.ts";
import { isUnavailable, lacksSpace } from "../unavailable.ts";
import { codeOf } from "./field-faults.ts";

/** The only place where a failure becomes HTTP: problem details with a stable code (RFC 9457). */
export function problemHandler(log: Log) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const { code, detail, extra, headers } = toProblem(error, log, request);
    const { status, title } = errorCodes[code];
    reply
      .code(status)
      .headers(headers)
      .type("application/problem+json")
      .send(
        JSON.stringify({
          type: `https://hubbub.invalid/errors/${code}`,
          title,
          status,
          code,
          detail,
          traceId: request.id,
          ...extra,
        }),
      );
  };
}

/** What is no readable HTTP, or has an address or headers beyond all measure, never becomes a request: it is answered on the line. */
export function refuseUnreadable(socket: Socket): void {
  if (socket.destroyed || !socket.writable) return;
  const code = "invalid-request";
  const { status, title } = errorCodes[code];
  const body = JSON.stringify({
    ...{ type: `https://hubbub.invalid/errors/${code}`, title, status, code },
    ...{ detail: "The request cannot be read, or its address or headers are too long.", traceId: randomUUID() },
  });
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

interface ProblemParts {
  code: ErrorCode;
  detail: string;
  extra: Readonly<Record<string, unknown>>;
  headers: Readonly<Record<string, string>>;
}

const FASTIFY_CODES: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [
    "invalid-json",
    "The body is not readable JSON. Check quotes, commas and the encoding (UTF-8).",
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["invalid-json", "The body is empty. Send a JSON object."],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ["invalid-json", "The body is shorter or longer than its Content-Length says."],
  FST_ERR_CTP_BODY_TOO_LARGE: ["too-large", "The body is larger than this address takes."],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["unsupported-media-type", "Send the body as application/json."],
};

function toProblem(error: unknown, log: Log, request: FastifyRequest): ProblemParts {
  const plain = (code: ErrorCode, detail: string, extra = {}): ProblemParts => ({ code, detail, extra, headers: {} });
  if (error instanceof AppError)
    return { code: error.code, detail: error.message, extra: error.extra, headers: error.headers };
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.slice(0, 20).map((v) => ({
      path: `${error.validationContext ?? "body"}${v.instancePath}`,
      message: v.message ?? "is not valid",
      ...codeOf(v),
    }));
    return plain("invalid-request", errors.map((e) => `${e.path}: ${e.message}`).join("; "), { errors });
  }
  const known = FASTIFY_CODES[String((error as { code?: string })?.code)];
  if (known) return plain(known[0], known[1]);
  const status = (error as { statusCode?: number })?.statusCode;
  if (status === 400 || error instanceof URIError)
    return plain("invalid-request", "The address or a header is malformed.");
  if (status === 403 || status === 404)
    return plain("not-found", "There is nothing at this address. The addresses are listed at /api/docs.");
  if (status === 429) return plain("too-many-requests", "Too many requests from this address. Wait a little.");
  if (isUnavailable(error)) {
    log.warn({ err: error, traceId: request.id, url: request.routeOptions?.url }, "the database is away or full");
    const words = lacksSpace(error) ? "The disk of the database is full." : "The database cannot be reached.";
    const detail = `${words} What you sent was not taken. Try again shortly.`;
    return { ...plain("not-ready", detail), headers: { "retry-after": "5" } };
  }
  // The driver's text may quote data: it goes to the log only.
  log.error(
    { err: error, traceId: request.id, url: request.routeOptions?.url, method: request.method },
    "unexpected failure",
  );
  return plain("internal", "Something broke on our side. It has been noted under this trace id.");
}
