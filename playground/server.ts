import cookie from "@fastify/cookie";
import fastify, { type FastifyInstance } from "fastify";
import { adminRoutes } from "./api/admin.ts";
import { companyOf } from "./api/auth.ts";
import { companyDmRoutes } from "./api/company-dms.ts";
import { companyFeedRoutes } from "./api/company-feed.ts";
import { companyModerationRoutes } from "./api/company-moderation.ts";
import { companyPostRoutes } from "./api/company-posts.ts";
import { companyWebhookRoutes } from "./api/company-webhooks.ts";
import { mediaRoutes, takeMedia } from "./api/media.ts";
import { answerWithProblems, sendProblem } from "./api/problems.ts";
import { simulatorRoutes } from "./api/simulator.ts";
import type { Context } from "./context.ts";
import { Problem } from "./problem.ts";
import { pageFor, sendPage } from "./web/page-context.ts";
import { errorPage } from "./web/pages-posts.ts";
import { webRoutes } from "./web/routes.ts";

const BODY_LIMIT = 64 * 1024;

export function buildServer(context: Context): FastifyInstance {
  const app = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true, routerOptions: { maxParamLength: 200 } });
  answerWithProblems(app);
  app.register(cookie);
  app.setNotFoundHandler((request, reply) => {
    if (/^\/(api|sim|admin)\//.test(request.url)) {
      return sendProblem(reply, new Problem("not-found", "There is no such call; API.md lists them."));
    }
    return sendPage(reply, errorPage(pageFor(context, request, reply), 404, "No page has this address."), 404);
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff");
    // By the network's own clock: clients see by it how far theirs is off.
    reply.header("date", new Date(context.net.clock.now()).toUTCString());
  });
  takeJson(app);

  app.get("/healthz", async (_request, reply) => {
    const failure = context.net.failure();
    if (failure) return reply.code(503).send({ status: "failing", why: failure.message });
    return { status: "ok", network: context.net.state.network };
  });
  app.register(
    async (api) => {
      takeMedia(api, context, "/media", (request) => companyOf(context.net.state, request));
      companyPostRoutes(api, context);
      companyModerationRoutes(api, context);
      companyDmRoutes(api, context);
      companyFeedRoutes(api, context);
      companyWebhookRoutes(api, context);
    },
    { prefix: "/api/v1" },
  );
  app.register(async (sim) => simulatorRoutes(sim, context), { prefix: "/sim/v1" });
  app.register(async (admin) => adminRoutes(admin, context), { prefix: "/admin" });
  mediaRoutes(app, context);
  app.register(async (web) => webRoutes(web, context));
  return app;
}

/** JSON as usual, refusing `__proto__`; an empty body is no body. */
function takeJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, undefined);
    else parse(request, body as string, done);
  });
}
