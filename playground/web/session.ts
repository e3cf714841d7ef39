import { createHash, createHmac, randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sameSecret } from "../api/auth.ts";
import type { Profile, State } from "../domain/state.ts";
import { Problem } from "../problem.ts";

const SESSION = "pg_session";
const AS = "pg_as";
const YEAR_S = 365 * 24 * 3600;
const COOKIE = { path: "/", httpOnly: true, sameSite: "lax", maxAge: YEAR_S } as const;

/** One browser. `owner` marks the people it made; `me` is the one it speaks as now. */
export type Visitor = {
  owner: string;
  me: Profile | null;
  /** Goes into every form and must come back with it. */
  formToken: string;
  /** Until when what others did has been seen, epoch ms. */
  seen: { notices: number; messages: number };
};

/** Reads the visitor's cookies; a new visitor gets a session. */
export function visitorOf(state: State, request: FastifyRequest, reply: FastifyReply): Visitor {
  let session = request.cookies[SESSION];
  if (!session || !/^[\w-]{32}$/.test(session)) {
    session = randomBytes(24).toString("base64url");
    reply.setCookie(SESSION, session, COOKIE);
  }
  const owner = createHash("sha256").update(session).digest("base64url").slice(0, 22);
  const chosen = state.byHandle.get(request.cookies[AS] ?? "");
  return {
    owner,
    me: chosen && mayPlay(chosen, owner) ? chosen : null,
    formToken: createHmac("sha256", state.secret).update(`form ${session}`).digest("base64url"),
    seen: { notices: seenAt(request, "notices"), messages: seenAt(request, "messages") },
  };
}

/** May this browser speak as that profile? Its own people, and simulated ones that belong to nobody; never a company. */
export function mayPlay(profile: Profile, owner: string): boolean {
  return profile.kind === "person" && (profile.owner === null || profile.owner === owner);
}

export function speakAs(reply: FastifyReply, profile: Profile): void {
  reply.setCookie(AS, profile.handle, COOKIE);
}

export function markSeen(reply: FastifyReply, what: keyof Visitor["seen"], now: number): void {
  reply.setCookie(`pg_seen_${what}`, String(now), COOKIE);
}

function seenAt(request: FastifyRequest, what: keyof Visitor["seen"]): number {
  const at = Number(request.cookies[`pg_seen_${what}`] ?? 0);
  return Number.isSafeInteger(at) && at > 0 ? at : 0;
}

/** Refuses a form that another site sent: it cannot know the token, and browsers tell where a form comes from. */
export function requireOwnForm(request: FastifyRequest, visitor: Visitor): void {
  const { token } = request.body as Record<string, string>;
  const from = request.headers["sec-fetch-site"];
  const origin = request.headers.origin;
  const foreign =
    (from !== undefined && from !== "same-origin" && from !== "none") ||
    (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.headers.host));
  if (foreign || typeof token !== "string" || !sameSecret(token, visitor.formToken)) {
    throw new Problem("forbidden", "This form has expired or comes from another site: reload the page and try again.");
  }
}
