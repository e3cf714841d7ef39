import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ZodError } from "zod";
import { Problem } from "../problem.ts";

const BY_FASTIFY: Record<string, () => Problem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Problem("body-too-large", "The body is larger than 64 KiB: send less."),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new Problem("unsupported-media-type", "Send JSON with the header Content-Type: application/json."),
};

/** Any error → a problem that is safe to show. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    const where = issue?.path.length ? `${issue.path.join(".")}: ` : "";
    return new Problem("validation", `${where}${issue?.message ?? "the request is not valid"}`.slice(0, 300));
  }
  const { code, statusCode, message } = error as FastifyError;
  const known = BY_FASTIFY[code ?? ""];
  if (known) return known();
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return new Problem("bad-request", String(message).slice(0, 300));
  if (/ENOSPC|EIO|EROFS|Another program/.test(`${code} ${message}`)) {
    return new Problem("unavailable", "The network cannot write its log: see to its disk, then start it again.");
  }
  return new Problem("server-error", "Something broke here. The call may have been carried out: look it up.");
}

function problemBody(problem: Problem): Record<string, unknown> {
  const { status, code, message: detail, extra } = problem;
  return { type: "about:blank", title: STATUS_CODES[status], status, code, detail, ...extra };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type("application/problem+json").send(problemBody(problem));
}

/** Errors of a group of routes as problem details. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, _request: FastifyRequest, reply) => {
    const problem = problemFrom(error);
    if (problem !== error && problem.status >= 500)
      process.stderr.write(`playground: ${(error as Error)?.stack ?? error}\n`);
    return sendProblem(reply, problem);
  });
}
