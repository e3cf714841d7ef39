import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { done } from "#contracts/common";
import { demoAccounts, sessionView, signIn as signInBody, signInDemo as signInDemoBody } from "#contracts/session";
import { accountOf } from "#modules/company";
import type { Clock } from "#platform/clock";
import { AppError } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import type { AccountId } from "#platform/ids";
import { agentsById } from "../people.ts";
import { bySession, CSRF_COOKIE, SESSION_COOKIE, type SignedIn, signIn, signInDemo, signOut } from "../sign-in.ts";
import { findDemoAgents } from "../store/session-store.ts";
import { preferencesOf } from "./preference-routes.ts";

export interface SessionRouteDeps {
  clock: Clock;
  /** True while the demo company runs: its agents may be signed in with one click. */
  demo: boolean;
  /** Cookies are marked Secure when the desk is reached by https. */
  secure: boolean;
  playgroundUrl: string | null;
  /** The role of a demo agent and the place on the sign-in page. */
  roleOf(email: string): { role: string; place: number };
  /** Called after an agent signed in. */
  onCame(accountId: AccountId, agentId: string): Promise<void>;
  /** Called after an agent's last session ended. */
  onGone(accountId: AccountId, agentId: string): Promise<void>;
}

/** Sign-in, the session, sign-out. Sign-in itself needs no CSRF token, but a JSON body, which no foreign form can send. */
export function sessionRoutes(r: Routes, deps: SessionRouteDeps): void {
  const tag = "session";
  const cookieFlags = { path: "/", sameSite: "lax" as const, secure: deps.secure };

  async function welcome(reply: FastifyReply, s: SignedIn): Promise<z.input<typeof sessionView>> {
    reply.setCookie(SESSION_COOKIE, s.token, { ...cookieFlags, httpOnly: true });
    reply.setCookie(CSRF_COOKIE, s.csrf, cookieFlags);
    await deps.onCame(s.accountId, s.agentId);
    const actor = await bySession(r.db, deps.clock, s.token);
    return view(s.accountId, s.agentId, s.csrf, actor?.grants ?? []);
  }
  async function view(
    accountId: AccountId,
    agentId: string,
    csrf: string,
    grants: readonly { verb: string; scope: "account" | "brand" | "team" | "queue" | "own"; scopeId: string | null }[],
  ): Promise<z.input<typeof sessionView>> {
    return r.db.withAccount(accountId, async (tx) => {
      const [agents, account, preferences] = await tx.together((tx) =>
        Promise.all([agentsById(tx, [agentId]), accountOf(tx), preferencesOf(tx, agentId)]),
      );
      const agent = agents.get(agentId);
      if (!agent) throw new AppError("sign-in-required", "This agent is gone.");
      return {
        agent: { id: agent.id, name: agent.name, email: agent.email, initials: agent.initials, locale: agent.locale },
        account: { id: account.id, name: account.name, mission: account.mission },
        grants: grants.map((g) => ({ ...g })),
        demo: account.demo,
        csrf,
        playgroundUrl: account.demo ? deps.playgroundUrl : null,
        preferences,
      };
    });
  }

  r.app.route({
    method: "POST",
    url: "/api/session",
    schema: {
      summary: "Sign in with e-mail and password",
      tags: [tag],
      body: signInBody,
      response: { 200: sessionView },
    },
    handler: async (request: FastifyRequest, reply) => {
      const body = request.body as z.output<typeof signInBody>;
      return welcome(
        reply,
        await signIn(r.db, deps.clock, { ...body, ip: request.ip, userAgent: request.headers["user-agent"] ?? "" }),
      );
    },
  });

  r.app.route({
    method: "GET",
    url: "/api/session/demo",
    schema: {
      summary: "Demo agents that may be signed in with one click; empty without the demo",
      tags: [tag],
      response: { 200: demoAccounts },
    },
    handler: async () => ({
      accounts: deps.demo
        ? (await findDemoAgents(r.db))
            .map((a) => ({ name: a.name, email: a.email, ...deps.roleOf(a.email) }))
            .sort((a, b) => a.place - b.place)
            .map(({ place: _, ...account }) => account)
        : [],
    }),
  });

  r.app.route({
    method: "POST",
    url: "/api/session/demo",
    schema: { summary: "Sign a demo agent in", tags: [tag], body: signInDemoBody, response: { 200: sessionView } },
    handler: async (request: FastifyRequest, reply) => {
      if (!deps.demo) throw new AppError("not-found", "The demo is off.");
      return welcome(
        reply,
        await signInDemo(
          r.db,
          deps.clock,
          (request.body as z.output<typeof signInDemoBody>).email,
          request.headers["user-agent"] ?? "",
        ),
      );
    },
  });

  r.app.route({
    method: "GET",
    url: "/api/session",
    schema: { summary: "Who is signed in, with all rights", tags: [tag], response: { 200: sessionView } },
    handler: async (request: FastifyRequest, reply) => {
      const actor = await r.actor(request);
      if (actor.kind !== "agent" || actor.csrf === null)
        throw new AppError("not-permitted", "An API key has no session. Ask the addresses you need directly.");
      reply.header("cache-control", "no-store");
      return view(actor.accountId, actor.id, actor.csrf, actor.grants);
    },
  });

  r.app.route({
    method: "DELETE",
    url: "/api/session",
    schema: { summary: "Sign out", tags: [tag], response: { 200: done } },
    handler: async (request: FastifyRequest, reply) => {
      await r.actor(request);
      const ended = await signOut(r.db, request.cookies[SESSION_COOKIE] ?? "");
      reply.clearCookie(SESSION_COOKIE, cookieFlags).clearCookie(CSRF_COOKIE, cookieFlags);
      if (ended?.last) await deps.onGone(ended.accountId, ended.agentId);
      return { ok: true };
    },
  });
}
