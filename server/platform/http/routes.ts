import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import type { z } from "zod";
import type { Database, Tx } from "../db.ts";
import { AppError } from "../errors.ts";
import { sameSecret } from "../secrets.ts";
import type { Actor, Authenticate } from "./actor.ts";
import { commandIdOf, doneBefore, once } from "./commands.ts";

type Shape = z.ZodType | undefined;
type Out<T extends Shape> = T extends z.ZodType ? z.output<T> : undefined;

export interface Asked<P extends Shape, Q extends Shape, B extends Shape> {
  readonly actor: Actor;
  readonly params: Out<P>;
  readonly query: Out<Q>;
  readonly body: Out<B>;
  readonly request: FastifyRequest;
}
interface Described {
  /** One sentence for the API documentation. */
  summary: string;
  tag: string;
}
interface QuerySpec<P extends Shape, Q extends Shape, R extends z.ZodType> extends Described {
  params?: P;
  query?: Q;
  response: R;
}
interface CommandSpec<P extends Shape, B extends Shape, R extends z.ZodType> extends Described {
  params?: P;
  body?: B;
  response: R;
  status?: 200 | 201;
}

/** How modules declare their addresses: thin routes that parse, ask for rights, call and present. */
export interface Routes {
  readonly app: FastifyInstance;
  readonly db: Database;
  /** GET in one transaction of the actor's account. */
  query<P extends Shape, Q extends Shape, R extends z.ZodType>(
    url: string,
    spec: QuerySpec<P, Q, R>,
    handle: (tx: Tx, asked: Asked<P, Q, undefined>) => Promise<z.input<R>>,
  ): void;
  /** A change: one transaction, once per Idempotency-Key. */
  command<P extends Shape, B extends Shape, R extends z.ZodType>(
    method: "POST" | "PUT" | "PATCH" | "DELETE",
    url: string,
    spec: CommandSpec<P, B, R>,
    handle: (tx: Tx, asked: Asked<P, undefined, B>) => Promise<z.input<R>>,
  ): void;
  /**
   * The same for what has to ask somebody outside first: `ask` runs before the transaction and holds none open, and what it found is
   * handed to `handle`. A repeated command is answered from its stored result and asks nobody.
   */
  commandAfter<P extends Shape, B extends Shape, R extends z.ZodType, F>(
    method: "POST" | "PUT" | "PATCH" | "DELETE",
    url: string,
    spec: CommandSpec<P, B, R> & {
      /** What tells one request from another; the body unless given. For bodies with secrets. */
      compared?: (tx: Tx, body: Out<B>) => Promise<unknown>;
    },
    ask: (asked: Asked<P, undefined, B>) => Promise<F>,
    handle: (tx: Tx, asked: Asked<P, undefined, B>, found: F) => Promise<z.input<R>>,
  ): void;
  /** The actor behind a request, or 401. For addresses that are neither (streams, sign-out). */
  actor(request: FastifyRequest): Promise<Actor>;
}

/** `checkReplies` validates what is sent as well: on in tests and development, off in production (it costs 1.8×). */
export function createRoutes(
  app: FastifyInstance,
  db: Database,
  authenticate: Authenticate,
  checkReplies: boolean,
): Routes {
  async function actor(request: FastifyRequest): Promise<Actor> {
    const found = await authenticate(request);
    if (!found)
      throw new AppError("sign-in-required", "Sign in at POST /api/session, or send an API key as a bearer token.");
    if (
      found.csrf !== null &&
      request.method !== "GET" &&
      request.method !== "HEAD" &&
      !sameSecret(String(request.headers["x-csrf-token"] ?? ""), found.csrf)
    )
      throw new AppError("bad-csrf-token", "Send the value of the cookie hubbub_csrf in the header X-CSRF-Token.");
    return found;
  }
  const shown = <R extends z.ZodType>(response: R, value: unknown): unknown =>
    checkReplies ? response.parse(value) : value;
  return {
    app,
    db,
    actor,
    query(url, spec, handle) {
      app.route({
        method: "GET",
        url,
        schema: {
          summary: spec.summary,
          tags: [spec.tag],
          ...(spec.params && { params: spec.params }),
          ...(spec.query && { querystring: spec.query }),
          response: { 200: spec.response },
        },
        handler: (async (request: FastifyRequest, reply: FastifyReply) => {
          const who = await actor(request);
          const result = await db.withAccount(
            who.accountId,
            (tx) =>
              handle(tx, {
                actor: who,
                params: request.params,
                query: request.query,
                body: undefined,
                request,
              } as never),
            { traceId: request.id },
          );
          reply.header("cache-control", "no-store");
          return shown(spec.response, result);
        }) as RouteHandlerMethod,
      });
    },
    command(method, url, spec, handle) {
      app.route({
        method,
        url,
        schema: {
          summary: spec.summary,
          tags: [spec.tag],
          ...(spec.params && { params: spec.params }),
          ...(spec.body && { body: spec.body }),
          response: { [spec.status ?? 200]: spec.response },
        },
        handler: (async (request: FastifyRequest, reply: FastifyReply) => {
          const who = await actor(request);
          const commandId = commandIdOf(request.headers["idempotency-key"]);
          const done = await db.withAccount(
            who.accountId,
            (tx) =>
              once(tx, who.id, commandId, [method, request.url, request.body ?? null], async () => ({
                status: spec.status ?? 200,
                result: await handle(tx, {
                  actor: who,
                  params: request.params,
                  query: undefined,
                  body: request.body,
                  request,
                } as never),
              })),
            { traceId: request.id },
          );
          if (done.repeated) reply.header("idempotent-replayed", "true");
          return reply.code(done.status).send(shown(spec.response, done.result));
        }) as RouteHandlerMethod,
      });
    },
    commandAfter(method, url, spec, ask, handle) {
      app.route({
        method,
        url,
        schema: {
          summary: spec.summary,
          tags: [spec.tag],
          ...(spec.params && { params: spec.params }),
          ...(spec.body && { body: spec.body }),
          response: { [spec.status ?? 200]: spec.response },
        },
        handler: (async (request: FastifyRequest, reply: FastifyReply) => {
          const who = await actor(request);
          const commandId = commandIdOf(request.headers["idempotency-key"]);
          const asked = { actor: who, params: request.params, query: undefined, body: request.body, request } as never;
          const compared = async (tx: Tx) => {
            const body = request.body ?? null;
            return [method, request.url, spec.compared ? await spec.compared(tx, body as never) : body];
          };
          const inAccount = <T>(run: (tx: Tx) => Promise<T>) =>
            db.withAccount(who.accountId, run, { traceId: request.id });
          const before = await inAccount(async (tx) => doneBefore(tx, who.id, commandId, await compared(tx)));
          const found = before ? null : await ask(asked);
          const done = await inAccount(async (tx) =>
            once(tx, who.id, commandId, await compared(tx), async () => ({
              status: spec.status ?? 200,
              result: await handle(tx, asked, found as never),
            })),
          );
          if (done.repeated) reply.header("idempotent-replayed", "true");
          return reply.code(done.status).send(shown(spec.response, done.result));
        }) as RouteHandlerMethod,
      });
    },
  };
}
