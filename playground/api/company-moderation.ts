import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { blockProfile, hidePost, reportPost } from "../acts.ts";
import type { Context } from "../context.ts";
import { REPORT_REASONS } from "../domain/moderation.ts";
import { presentPost } from "../present.ts";
import { Problem } from "../problem.ts";
import { idempotencyKeyOf } from "./auth.ts";
import { companyRoute } from "./company-call.ts";
import { idParams } from "./company-posts.ts";

const reportBody = z.strictObject({
  postId: z.string().max(40),
  reason: z.enum(REPORT_REASONS),
  text: z.string().max(2_000).default(""),
});

/** API §3.6: what a page does about the posts of others. */
export function companyModerationRoutes(app: FastifyInstance, context: Context): void {
  const { net, links } = context;
  for (const method of ["PUT", "DELETE"] as const) {
    app.route({
      method,
      url: "/posts/:id/hidden",
      handler: companyRoute(context, async ({ company, request }) => {
        const actor = { profile: company, via: "api" as const };
        const post = await hidePost(net, actor, idParams.parse(request.params).id, method === "PUT");
        return { body: presentPost(net.state, links, post) };
      }),
    });
    app.route({
      method,
      url: "/blocks/:id",
      handler: companyRoute(context, async ({ company, request }) => {
        const target = net.state.profiles.get(idParams.parse(request.params).id);
        if (!target) throw new Problem("not-found", "There is nobody with this id.");
        await blockProfile(net, { profile: company, via: "api" }, target, method === "PUT");
        return { body: { profileId: target.id, blocked: method === "PUT" } };
      }),
    });
  }
  app.post(
    "/reports",
    companyRoute(context, async ({ company, request }) => {
      const input = reportBody.parse(request.body);
      const actor = { profile: company, via: "api" as const, key: idempotencyKeyOf(request) };
      const { id, replayed } = await reportPost(net, actor, input);
      return { status: replayed ? 200 : 201, body: { id, postId: input.postId } };
    }),
  );
}
