import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Context } from "../context.ts";
import { readFeed } from "../domain/feed.ts";
import type { Webhook } from "../domain/state.ts";
import { instantText } from "../present.ts";
import { must, Problem } from "../problem.ts";
import { checkSubscriberUrl } from "../webhooks/url-guard.ts";
import { companyRoute } from "./company-call.ts";
import { idParams } from "./company-posts.ts";

const createBody = z.strictObject({ url: z.string().max(500), from: z.enum(["now", "start"]).default("now") });
const MAX_PER_COMPANY = 20;

export function companyWebhookRoutes(app: FastifyInstance, context: Context): void {
  const { net } = context;
  const { state } = net;

  function own(companyId: string): Webhook[] {
    return [...state.webhooks.values()].filter((w) => w.company === companyId);
  }

  app.post(
    "/webhooks",
    companyRoute(context, async ({ company, request }) => {
      const body = createBody.parse(request.body);
      const { url } = must(checkSubscriberUrl(body.url, context.allowWebhookHosts));
      const known = own(company.id).find((w) => w.url === url);
      if (known) return { status: 200, body: presentWebhook(known) };
      if (own(company.id).length >= MAX_PER_COMPANY) {
        throw new Problem("validation", `A company may have ${MAX_PER_COMPANY} webhooks: remove one first.`);
      }
      const id = net.newId("wh");
      const cursor = body.from === "start" ? 0 : readFeed(state, net.durableEvents(), company.id, 0, 0).head;
      const by = { via: "system", caller: company.id } as const;
      await net.write(by, { type: "webhook.add", id, company: company.id, url, cursor });
      return { status: 201, body: presentWebhook(state.webhooks.get(id) as Webhook) };
    }),
  );

  app.get(
    "/webhooks",
    companyRoute(context, ({ company }) => ({
      body: { webhooks: own(company.id).map((w) => ({ ...presentWebhook(w), ...context.couriers.status(w.id) })) },
    })),
  );

  app.delete(
    "/webhooks/:id",
    companyRoute(context, async ({ company, request }) => {
      const { id } = idParams.parse(request.params);
      if (state.webhooks.get(id)?.company !== company.id) throw new Problem("not-found", "You have no such webhook.");
      await net.write({ via: "system", caller: company.id }, { type: "webhook.remove", id });
      return { status: 204 };
    }),
  );
}

function presentWebhook(w: Webhook) {
  return { id: w.id, url: w.url, cursor: w.cursor, createdAt: instantText(w.createdAt) };
}
