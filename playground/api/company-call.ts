import type { FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../context.ts";
import type { Profile } from "../domain/state.ts";
import { Problem } from "../problem.ts";
import { checkToken, companyOf } from "./auth.ts";

export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };
export type CompanyCall = { company: Profile; request: FastifyRequest };

/** A company route: token, rate limit, faults before, the work, faults after, answer. */
export function companyRoute(context: Context, work: (call: CompanyCall) => Answer | Promise<Answer>) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const company = companyOf(context.net.state, request);
    const bucket = request.method === "GET" || request.method === "HEAD" ? "read" : "write";
    checkToken(context.net.state, company, bucket, context.net.clock.now());
    const hit = (kind: Parameters<Context["faults"]["draw"]>[0]) => context.faults.draw(kind, company.handle, bucket);

    takeFromLimit(context, company, bucket, reply);
    const limited = hit("api-429");
    if (limited) {
      reply.header("retry-after", Math.max(1, Math.ceil(limited.ms / 1000)));
      throw new Problem("rate-limited", "Too many calls (a fault that is switched on).");
    }
    if (hit("api-503")) throw new Problem("unavailable", "Not available (a fault that is switched on).");

    const answer = await work({ company, request });
    if (bucket === "read") await context.net.settled(); // show nothing that a kill could still undo

    const slow = hit("api-slow");
    if (slow) await new Promise((resolve) => setTimeout(resolve, slow.ms).unref());
    if (hit("api-hang")) return reply.hijack();
    if (hit("api-reset-after-write")) {
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return reply;
    }
    if (hit("api-500-after-write"))
      throw new Problem("server-error", "Broken after the write (a fault that is switched on).");
    return reply
      .code(answer.status ?? 200)
      .headers(answer.headers ?? {})
      .send(answer.body);
  };
}

function takeFromLimit(context: Context, company: Profile, bucket: "read" | "write", reply: FastifyReply): void {
  const now = context.net.clock.now();
  const { allowed, limit, remaining, resetAt } = context.limiter.take(company.id, bucket, now);
  reply.headers({
    "x-ratelimit-limit": limit,
    "x-ratelimit-remaining": remaining,
    "x-ratelimit-reset": Math.ceil(resetAt / 1000),
  });
  if (allowed) return;
  reply.header("retry-after", Math.max(1, Math.ceil((resetAt - now) / 1000)));
  throw new Problem("rate-limited", `More than ${limit} ${bucket} calls in this window: wait for Retry-After.`);
}
