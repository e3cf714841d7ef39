import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import type { z } from "zod";
import { Batches, type Settled } from "../batches.ts";
import type { Database, Tx } from "../db.ts";
import { AppError } from "../errors.ts";
import type { AccountId } from "../ids.ts";
import { sameSecret } from "../secrets.ts";
import type { Actor, Authenticate } from "./actor.ts";
import { commandIdOf, doneBefore, once, onceEach } from "./commands.ts";

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
  /** What it waits for in its account anyway, such as the lock of routing: commands of one name begin one after the other (`withAccount`). */
  inTurn?: string;
}

type AnySpec = Described & {
  params?: Shape;
  query?: Shape;
  body?: Shape;
  response: z.ZodType;
  status?: number;
  inTurn?: string;
};
/** A command as it was sent. */
interface Requested {
  readonly who: Actor;
  readonly request: FastifyRequest;
  readonly commandId: string;
}
type InAccount = <T>(act: (tx: Tx) => Promise<T>) => Promise<T>;

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
   * The same for what many ask for at a time and each would wait for the last: commands of one account that come meanwhile are done in one
   * transaction (`Batches`). `handle` answers for each; what it refuses (`AppError`) may have changed nothing. When it throws or the
   * commit fails, each is done by itself.
   */
  commandTogether<P extends Shape, R extends z.ZodType>(
    method: "POST" | "PUT" | "PATCH" | "DELETE",
    url: string,
    spec: CommandSpec<P, undefined, R>,
    handle: (tx: Tx, asked: readonly Asked<P, undefined, undefined>[]) => Promise<readonly (z.input<R> | AppError)[]>,
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
  /** What a handler is given: of a query its parameters, of a command its body. */
  const askedBy = (who: Actor, request: FastifyRequest, part: "query" | "body") =>
    ({
      actor: who,
      params: request.params,
      query: undefined,
      body: undefined,
      [part]: request[part],
      request,
    }) as never;

  function add(
    method: string,
    url: string,
    spec: AnySpec,
    handle: (who: Actor, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  ): void {
    app.route({
      ...{ method, url },
      schema: {
        summary: spec.summary,
        tags: [spec.tag],
        ...(spec.params && { params: spec.params }),
        ...(spec.query && { querystring: spec.query }),
        ...(spec.body && { body: spec.body }),
        response: { [spec.status ?? 200]: spec.response },
      },
      handler: (async (request: FastifyRequest, reply: FastifyReply) =>
        handle(await actor(request), request, reply)) as RouteHandlerMethod,
    });
  }

  /** `run` does it, or finds that it was done: the same key gets the same answer. */
  function addCommand(
    method: string,
    url: string,
    spec: AnySpec,
    run: (who: Actor, request: FastifyRequest, commandId: string, inAccount: InAccount) => ReturnType<typeof once>,
  ): void {
    add(method, url, spec, async (who, request, reply) => {
      const commandId = commandIdOf(request.headers["idempotency-key"]);
      const done = await run(who, request, commandId, (act) =>
        db.withAccount(who.accountId, act, { traceId: request.id, inTurn: spec.inTurn }),
      );
      if (done.repeated) reply.header("idempotent-replayed", "true");
      return reply.code(done.status).send(shown(spec.response, done.result));
    });
  }

  return {
    app,
    db,
    actor,
    query(url, spec, handle) {
      add("GET", url, spec, async (who, request, reply) => {
        const result = await db.withAccount(who.accountId, (tx) => handle(tx, askedBy(who, request, "query")), {
          traceId: request.id,
        });
        reply.header("cache-control", "no-store");
        return shown(spec.response, result);
      });
    },
    command(method, url, spec, handle) {
      addCommand(method, url, spec, (who, request, commandId, inAccount) =>
        inAccount((tx) =>
          once(tx, who.id, commandId, [method, request.url, request.body ?? null], async () => ({
            status: spec.status ?? 200,
            result: await handle(tx, askedBy(who, request, "body")),
          })),
        ),
      );
    },
    commandTogether(method, url, spec, handle) {
      const status = spec.status ?? 200;
      const batches = new Batches<Requested, Awaited<ReturnType<typeof once>>>((accountId, all) => {
        const commands = all.map(({ who, request, commandId }) => ({
          ...{ actorId: who.id, commandId },
          request: [method, request.url, request.body ?? null],
        }));
        // A trace is one input's; of several each announces what its own work carries.
        const traceId = all.length === 1 ? all[0]?.request.id : undefined;
        return db.withAccount(
          accountId as AccountId,
          (tx) =>
            onceEach(tx, commands, async (fresh) => {
              const asked = fresh.map((n) => all[n] as Requested);
              const results = await handle(
                tx,
                asked.map(({ who, request }) => askedBy(who, request, "body")),
              );
              return results.map(
                (result): Settled<{ status: number; result: unknown }> =>
                  result instanceof AppError ? { ok: false, error: result } : { ok: true, value: { status, result } },
              );
            }),
          { traceId, inTurn: spec.inTurn },
        );
      });
      addCommand(method, url, spec, (who, request, commandId) =>
        batches.ask(who.accountId, { who, request, commandId }),
      );
    },
    commandAfter(method, url, spec, ask, handle) {
      addCommand(method, url, spec, async (who, request, commandId, inAccount) => {
        const asked = askedBy(who, request, "body");
        const compared = async (tx: Tx) => {
          const body = request.body ?? null;
          return [method, request.url, spec.compared ? await spec.compared(tx, body as never) : body];
        };
        const before = await inAccount(async (tx) => doneBefore(tx, who.id, commandId, await compared(tx)));
        const found = before ? null : await ask(asked);
        return inAccount(async (tx) =>
          once(tx, who.id, commandId, await compared(tx), async () => ({
            status: spec.status ?? 200,
            result: await handle(tx, asked, found as never),
          })),
        );
      });
    },
  };
}
