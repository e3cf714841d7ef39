import type { FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../context.ts";
import type { Post, Profile, State } from "../domain/state.ts";
import { Problem } from "../problem.ts";
import { type Visitor, visitorOf } from "./session.ts";

/** What a page needs to draw itself. */
export type Page = {
  context: Context;
  state: State;
  now: number;
  visitor: Visitor;
  me: Profile | null;
  /** Path and query of this page: where quiet forms come back to. */
  here: string;
};

export function pageFor(context: Context, request: FastifyRequest, reply: FastifyReply): Page {
  const { state, clock } = context.net;
  const visitor = visitorOf(state, request, reply);
  return { context, state, now: clock.now(), visitor, me: visitor.me, here: request.url };
}

export function authorOf(page: Page, post: Post): Profile {
  return page.state.profiles.get(post.author) as Profile;
}

/** What others did that concerns this person, newest first. */
export function noticesOf(state: State, me: Profile, limit: number): Post[] {
  const out: Post[] = [];
  for (let i = state.timeline.length - 1; i >= 0 && out.length < limit && i > state.timeline.length - 5000; i--) {
    const post = state.timeline[i] as Post;
    if (post.author === me.id || post.deletedAt !== null) continue;
    const parent = post.parentId ? state.posts.get(post.parentId) : undefined;
    if (post.mentions.includes(me.id) || parent?.author === me.id) out.push(post);
  }
  return out;
}

export function unread(page: Page): { notices: number; messages: number } {
  const { state, me, visitor } = page;
  if (!me) return { notices: 0, messages: 0 };
  const notices = noticesOf(state, me, 20).filter((p) => p.createdAt > visitor.seen.notices).length;
  let messages = 0;
  for (const thread of state.threadsOf.get(me.id) ?? []) {
    const last = state.threads.get(thread)?.at(-1);
    if (last && last.from !== me.id && last.createdAt > visitor.seen.messages) messages++;
  }
  return { notices, messages };
}

const HEADERS = {
  "content-security-policy":
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
};

export function sendPage(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply.code(status).type("text/html; charset=utf-8").headers(HEADERS).send(page);
}

/** The one who speaks, or a sentence that says how to become somebody. */
export function someone(page: Page): Profile {
  if (!page.me) throw new Problem("unauthorized", "First choose who you are, under Profile.");
  return page.me;
}
