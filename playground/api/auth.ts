import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Scope } from "../domain/records.ts";
import type { Profile, State } from "../domain/state.ts";
import { Problem } from "../problem.ts";

/** The company behind the bearer token. */
export function companyOf(state: State, request: FastifyRequest): Profile {
  const [, token] = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? "") ?? [];
  const company = token ? state.byToken.get(token) : undefined;
  const profile = company ? state.profiles.get(company.id) : undefined;
  if (!profile) throw new Problem("unauthorized", "Send the company's token as Authorization: Bearer <token>.");
  return profile;
}

/** What the token of a company may do: nothing once it has run out, and only what its scopes name. */
export function checkToken(state: State, company: Profile, scope: Scope, now: number): void {
  const { scopes, tokenExpiresAt } = state.companies.get(company.id) ?? {};
  if (tokenExpiresAt !== undefined && tokenExpiresAt <= now)
    throw new Problem(
      "token-expired",
      `The token ran out at ${new Date(tokenExpiresAt).toISOString()}: make a new one.`,
    );
  if (scopes && !scopes.includes(scope))
    throw new Problem("scope-missing", `The token may not ${scope}: make one with this scope.`, { scope });
}

/** Lets only the simulator through: its key, from this machine. */
export function requireSimulator(request: FastifyRequest, key: string): void {
  const from = request.socket.remoteAddress ?? "";
  if (!/^(127\.|::1$|::ffff:127\.)/.test(from)) {
    throw new Problem("forbidden", "This interface answers only on the machine it runs on.");
  }
  const given = request.headers["x-playground-key"];
  if (typeof given !== "string" || !sameSecret(given, key)) {
    throw new Problem("unauthorized", "Send the simulator key as X-Playground-Key.");
  }
}

/** A company may date a write back only together with the simulator's key: the history of a demonstration. */
export function mayDateBack(request: FastifyRequest, key: string, createdAt: unknown): void {
  if (createdAt !== undefined) requireSimulator(request, key);
}

/** The person named by X-Playground-As. */
export function personAs(state: State, request: FastifyRequest): Profile {
  const handle = request.headers["x-playground-as"];
  if (typeof handle !== "string") throw new Problem("bad-request", "Name the acting person as X-Playground-As.");
  const profile = state.byHandle.get(handle.replace(/^@/, "").toLowerCase());
  if (!profile) throw new Problem("not-found", "X-Playground-As names nobody: register the person first.");
  if (profile.kind !== "person") throw new Problem("forbidden", "Companies act by their own token.");
  return profile;
}

export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return undefined;
  if (typeof key !== "string" || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Problem("bad-request", "Idempotency-Key must be 1 to 200 printable ASCII characters.");
  }
  return key;
}

/** Equal, in a time that does not tell where they differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
