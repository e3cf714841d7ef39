import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problemFrom } from "../api/problems.ts";
import type { Context } from "../context.ts";
import { findDm } from "../domain/dms.ts";
import { findPost } from "../domain/posts.ts";
import { findHandle } from "../domain/profiles.ts";
import { DM_LIMIT, POST_LIMIT } from "../domain/text.ts";
import { must, Problem } from "../problem.ts";
import { assetRoutes } from "./assets.ts";
import { formRoutes } from "./forms.ts";
import { liveRoutes } from "./live.ts";
import { type Page, pageFor, sendPage, someone } from "./page-context.ts";
import { faultsPage } from "./page-faults.ts";
import { chatPage, messagesPage } from "./pages-messages.ts";
import { editProfilePage, peoplePage } from "./pages-people.ts";
import { editPage, errorPage, homePage, noticesPage, postPage, profilePage, searchPage } from "./pages-posts.ts";
import { markSeen } from "./session.ts";

type Get = FastifyRequest<{ Params: Record<string, string>; Querystring: Record<string, string | undefined> }>;

/** The web pages: what people see. Everything works without script. */
export function webRoutes(app: FastifyInstance, context: Context): void {
  const { state } = context.net;
  app.setErrorHandler((error, request, reply) => {
    const problem = problemFrom(error);
    if (problem !== error && problem.status >= 500)
      process.stderr.write(`playground: ${(error as Error)?.stack ?? error}\n`);
    const page = pageFor(context, request, reply);
    return sendPage(reply, errorPage(page, problem.status, problem.message), problem.status);
  });
  assetRoutes(app);
  liveRoutes(app, context);
  formRoutes(app, context);

  function get(path: string, draw: (page: Page, request: Get, reply: FastifyReply) => string): void {
    app.get<{ Params: Record<string, string>; Querystring: Record<string, string | undefined> }>(
      path,
      async (request, reply) => sendPage(reply, draw(pageFor(context, request, reply), request, reply)),
    );
  }

  get("/", (page, { query }) => homePage(page, { tab: one(query.tab), before: one(query.before) }));
  get("/search", (page, { query }) => searchPage(page, one(query.q) ?? ""));
  get("/faults", (page) => faultsPage(page));
  get("/people", (page) => peoplePage(page));
  get("/people/edit", (page) => editProfilePage(page, someone(page)));
  get("/notifications", (page, _request, reply) => {
    const drawn = noticesPage(page);
    if (page.me) markSeen(reply, "notices", page.now);
    return drawn;
  });
  get("/messages", (page) => messagesPage(page));
  get("/messages/:handle", (page, { params, query }, reply) => {
    const me = someone(page);
    const { profile } = must(findHandle(state, params.handle ?? ""));
    if (profile.id === me.id) throw new Problem("forbidden", "Nobody can write to themselves.");
    markSeen(reply, "messages", page.now);
    // A link may bring the first words along; whoever follows it reads them before they are sent.
    const text = one(query.text)?.slice(0, DM_LIMIT);
    return chatPage(page, me, profile, text ? { text } : undefined);
  });
  get("/messages/edit/:id", (page, { params }) => {
    const me = someone(page);
    const { dm } = must(findDm(state, me.id, params.id ?? ""));
    if (dm.from !== me.id || dm.deletedAt !== null) throw new Problem("forbidden", "You cannot edit this message.");
    const back = `/messages/${state.profiles.get(dm.to)?.handle}`;
    return editPage(page, "message", `/web/dms/${dm.id}/edit`, DM_LIMIT, back, { text: dm.texts.at(-1) ?? "" });
  });
  get("/posts/:id", (page, { params }) => postPage(page, must(findPost(state, params.id ?? "")).post));
  get("/posts/:id/edit", (page, { params }) => {
    const { post } = must(findPost(state, params.id ?? ""));
    if (post.author !== someone(page).id || post.deletedAt !== null) {
      throw new Problem("forbidden", "You cannot edit this post.");
    }
    const draft = { text: post.texts.at(-1) ?? "" };
    return editPage(page, "post", `/web/posts/${post.id}/edit`, POST_LIMIT, `/posts/${post.id}`, draft);
  });
  get("/@:handle", (page, { params, query }) => {
    return profilePage(page, must(findHandle(state, params.handle ?? "")).profile, { before: one(query.before) });
  });
}

/** A query parameter given twice is a list; we take the first. */
function one(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first : undefined;
}
