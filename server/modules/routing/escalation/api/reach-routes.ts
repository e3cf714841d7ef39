import { z } from "zod";
import { done, id } from "#contracts/common";
import {
  pageWebhook,
  pageWebhookMade,
  pageWebhookNew,
  pushEndpoint,
  pushSubscription,
  reachSave,
  reachView,
  testPage,
} from "#contracts/escalation";
import { seal } from "#modules/company";
import { agentsById, audit, need, staffOf } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { uuidv7 } from "#platform/ids";
import { checkOutside } from "#platform/outside";
import { agentOnly } from "../../api/routing-routes.ts";
import { USUAL_WISH } from "../domain/ways.ts";
import { keepWish } from "../plans.ts";
import {
  browsersOf,
  deleteWebhook,
  dropBrowser,
  dropEndpoint,
  insertWebhook,
  keepBrowser,
  type PageWebhook,
  webhooksOf,
  wishesOf,
} from "../store/reach-store.ts";
import { canMail, sendPages } from "../ways-out.ts";
import { pushKeys } from "../web-push.ts";
import { newWebhookSecret } from "../webhook-out.ts";

const tag = "escalation";
const byId = z.object({ id });
const MOST_BROWSERS = 10;
const MOST_WEBHOOKS = 10;

/** How people are reached: their own wishes and browsers, and the company's webhooks. */
export function reachRoutes(r: Routes, deps: { mayBeInside: boolean }): void {
  const view = async (tx: Tx, agentId: string) => {
    const found = (await wishesOf(tx, [agentId])).get(agentId);
    const browsers = await browsersOf(tx, [agentId]);
    const agent = (await agentsById(tx, [agentId])).get(agentId);
    return {
      ...{ wish: found?.wish ?? USUAL_WISH, version: found?.version ?? 0, email: agent?.email ?? "", mails: canMail() },
      push: {
        publicKey: (await pushKeys(tx)).publicKey,
        browsers: browsers.map((b) => ({ id: b.id, name: b.name, since: iso(b.since) })),
      },
      webhooks: (await webhooksOf(tx)).filter((w) => w.state === "on").length,
    };
  };
  r.query(
    "/api/reach",
    { summary: "How you are reached when something is escalated to you", tag, response: reachView },
    (tx, { actor }) => {
      reached(actor);
      return view(tx, actor.id);
    },
  );
  r.command(
    "PUT",
    "/api/reach",
    {
      summary: "Choose the ways from which severity on, and your quiet hours",
      tag,
      body: reachSave,
      response: reachView,
    },
    async (tx, { actor, body }) => {
      reached(actor);
      await keepWish(tx, actor.id, body.wish, body.expectedVersion);
      return view(tx, actor.id);
    },
  );
  r.command(
    "POST",
    "/api/reach/push",
    { summary: "Let this browser take notices (Web Push)", tag, body: pushSubscription, response: reachView },
    async (tx, { actor, body }) => {
      reached(actor);
      outside(body.endpoint, deps.mayBeInside);
      if ((await browsersOf(tx, [actor.id])).length >= MOST_BROWSERS)
        throw notNow("Ten browsers take notices for you already. Remove one first.");
      const { endpoint, keys, name } = body;
      await keepBrowser(tx, { id: uuidv7(tx.now), agentId: actor.id, endpoint, ...keys, name, since: tx.now });
      return view(tx, actor.id);
    },
  );
  r.command(
    "DELETE",
    "/api/reach/push/:id",
    { summary: "This browser takes no more notices", tag, params: byId, response: reachView },
    async (tx, { actor, params }) => {
      reached(actor);
      if (!(await dropBrowser(tx, params.id, actor.id))) throw notFound("browser of yours");
      return view(tx, actor.id);
    },
  );
  r.command(
    "POST",
    "/api/reach/push/end",
    {
      summary: "The browser of this address takes no more notices for you: asked when you sign out of it",
      tag,
      body: pushEndpoint,
      response: done,
    },
    async (tx, { actor, body }) => {
      reached(actor);
      await dropEndpoint(tx, body.endpoint, actor.id);
      return { ok: true as const };
    },
  );
  r.command(
    "POST",
    "/api/reach/test",
    { summary: "Send yourself a test page on one way", tag, body: testPage, response: z.object({ sent: z.int() }) },
    async (tx, { actor, body }) => {
      reached(actor);
      if (body.way === "desk") return { sent: 1 };
      const payload = {
        severity: 0,
        says: `This is a test, asked for by ${actor.name}. Nothing happened.`,
        test: true,
      };
      const page = { escalationId: null, pages: 0, agentIds: [actor.id], payload };
      const sent = await sendPages(tx, await staffOf(tx), page, body.way);
      if (sent === 0) throw notNow(NO_WAY[body.way]);
      return { sent };
    },
  );

  const presented = (w: PageWebhook) => ({
    ...{ id: w.id, name: w.name, url: w.url, state: w.state, trouble: w.trouble },
    lastOkAt: w.lastOkAt === null ? null : iso(w.lastOkAt),
  });
  r.query(
    "/api/page-webhooks",
    {
      summary: "The company's tools that are told of pages",
      tag,
      response: z.object({ webhooks: z.array(pageWebhook) }),
    },
    async (tx, { actor }) => {
      need(actor, "escalation.manage", {});
      return { webhooks: (await webhooksOf(tx)).map(presented) };
    },
  );
  r.command(
    "POST",
    "/api/page-webhooks",
    {
      summary: "Tell one more tool of pages; its secret is shown once",
      tag,
      body: pageWebhookNew,
      response: pageWebhookMade,
      status: 201,
    },
    async (tx, { actor, body }) => {
      need(actor, "escalation.manage", {});
      outside(body.url, deps.mayBeInside);
      if ((await webhooksOf(tx)).length >= MOST_WEBHOOKS)
        throw notNow("There are ten webhooks already. Remove one first.");
      const secret = newWebhookSecret();
      const made = { id: uuidv7(tx.now), ...body, secret: await seal(tx, Buffer.from(secret)) };
      await insertWebhook(tx, made);
      await audit(tx, actor, "escalation.webhook-added", "page-webhook", made.id);
      return { ...presented({ ...made, state: "on", trouble: null, lastOkAt: null }), secret };
    },
  );
  r.command(
    "DELETE",
    "/api/page-webhooks/:id",
    { summary: "This tool is told of no more pages", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      need(actor, "escalation.manage", {});
      if (!(await deleteWebhook(tx, params.id))) throw notFound("webhook");
      await audit(tx, actor, "escalation.webhook-removed", "page-webhook", params.id);
      return { ok: true as const };
    },
  );
}

const NO_WAY = {
  push: "No browser of yours takes notices yet. Allow them in this one first.",
  email: "This server has no way to send mail, or you have no address. Ask whoever runs it to set HUBBUB_SMTP_URL.",
  webhook: "There is no webhook. Whoever manages escalations can add one.",
} as const;

/** Whoever may see nothing of the work is asked nothing about it. */
function reached(actor: Actor): void {
  need(actor, "work.read");
  agentOnly(actor, "be reached");
}

/** Looked at again when it is called: a name can change what it stands for. */
function outside(address: string, mayBeInside: boolean): void {
  if (mayBeInside && /^https?:/.test(address)) return;
  try {
    checkOutside(new URL(address));
  } catch (error) {
    throw new AppError("invalid-request", (error as Error).message);
  }
}
