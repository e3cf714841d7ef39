import type { RequestListener, Server } from "node:http";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance } from "fastify";
import { jsonSchemaTransform, validatorCompiler } from "fastify-type-provider-zod";
import { type Clock, systemClock } from "../clock.ts";
import type { Log } from "../log.ts";
import { newTrace, traceIn, traceparent } from "../trace.ts";
import { problemHandler, refuseUnreadable } from "./problem.ts";
import { refuseUnstorableText } from "./storable-text.ts";

const BODY_LIMIT = 1_048_576;

/** The HTTP server without addresses: parsing, problem details, security headers, OpenAPI. It listens already; `handler` takes over when all addresses are there. */
export async function createHttp(
  log: Log,
  server: Server,
  clock: Clock = systemClock,
): Promise<{ fastify: FastifyInstance; handler: RequestListener }> {
  let handler: RequestListener = () => {};
  const app = Fastify({
    logger: false,
    serverFactory: (real) => {
      handler = real as RequestListener;
      return server;
    },
    bodyLimit: BODY_LIMIT,
    genReqId: (request) => traceIn(request.headers.traceparent) ?? newTrace(clock.now()),
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 400, ignoreTrailingSlash: true },
    // A NUL or a broken escape in an address is the caller's fault, not a crash.
    clientErrorHandler: (_error, socket) => refuseUnreadable(socket),
    frameworkErrors: (error, request, reply) => problemHandler(log)(error, request as never, reply as never),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(problemHandler(log));
  // JSON is the only language spoken here; Fastify would take plain text as well.
  app.removeContentTypeParser("text/plain");
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
      },
    },
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: false,
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Hubbub",
        version: "1",
        description:
          "Every command carries the header Idempotency-Key; state changes carry expectedVersion; problems are RFC 9457 with the codes of docs/errors.md.",
      },
    },
    transform: jsonSchemaTransform,
  });
  app.addHook("preValidation", async (request) => refuseUnstorableText(request));
  app.addHook("onSend", async (request, reply) => {
    reply.header("x-trace-id", request.id);
    reply.header("traceparent", traceparent(request.id));
  });
  // The address as declared: what stands in its place may be a secret (a hook's name, a link).
  app.addHook("onResponse", async (request, reply) => {
    const { method, id: traceId, routeOptions } = request;
    log.info(
      { traceId, method, url: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      "request",
    );
  });
  return { fastify: app, handler: (request, response) => handler(request, response) };
}
