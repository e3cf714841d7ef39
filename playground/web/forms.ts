import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  type Actor,
  createDm,
  createPost,
  deleteDm,
  deletePost,
  editDm,
  editPost,
  followProfile,
  likePost,
  putPeople,
} from "../acts.ts";
import { mediaFacts, mediaInput, takeMedia } from "../api/media.ts";
import { problemFrom } from "../api/problems.ts";
import type { Context } from "../context.ts";
import { findDm } from "../domain/dms.ts";
import { FAULT_KINDS, faultInput } from "../domain/faults.ts";
import { findPost } from "../domain/posts.ts";
import { colourInput, findHandle, handleInput } from "../domain/profiles.ts";
import type { Profile } from "../domain/state.ts";
import { DM_LIMIT, POST_LIMIT } from "../domain/text.ts";
import { must, Problem } from "../problem.ts";
import { type Page, pageFor, sendPage, someone } from "./page-context.ts";
import { faultsPage } from "./page-faults.ts";
import { chatPage } from "./pages-messages.ts";
import { editProfilePage, peoplePage } from "./pages-people.ts";
import { editPage, homePage, postPage } from "./pages-posts.ts";
import { mayPlay, requireOwnForm, speakAs } from "./session.ts";

type Form = { page: Page; body: Record<string, string>; params: Record<string, string>; reply: FastifyReply };

/** What the pages' forms do. Each answers with a redirect, or with the page again and the reason. */
export function formRoutes(app: FastifyInstance, context: Context): void {
  const { net, faults } = context;
  const { state } = net;
  takeMedia(app, context, "/web/media", (request, reply) => {
    const { visitor } = pageFor(context, request, reply);
    if (request.headers["x-form-token"] !== visitor.formToken)
      throw new Problem("forbidden", "Send the token of this page's form.");
  });
  takeForms(app);

  /** `again` draws the page with what was typed when the network refuses it. */
  function form(
    path: string,
    act: (form: Form) => Promise<string> | string,
    again?: (form: Form, error: string) => string,
  ): void {
    app.post<{ Params: Record<string, string> }>(path, async (request, reply) => {
      const page = pageFor(context, request, reply);
      const body = formBody(request);
      requireOwnForm(request, page.visitor);
      const filled: Form = { page, body, params: request.params, reply };
      try {
        return reply.redirect(await act(filled), 303);
      } catch (error) {
        const problem = problemFrom(error);
        if (!again || problem.code === "server-error" || problem.status === 404) throw error;
        return sendPage(reply, again(filled, problem.message), problem.status);
      }
    });
  }

  form(
    "/web/posts",
    async ({ page, body, reply }) => {
      const profile = page.me ?? (await newPerson(context, page, body));
      const actor: Actor = { profile, via: "web", key: keyFrom(body) };
      const { post } = await createPost(net, actor, {
        ...{ text: body.text ?? "", parentId: body.parentId || null },
        media: await mediaFacts(context, mediaFrom(body)),
      });
      if (!page.me) speakAs(reply, profile);
      return `/posts/${post.parentId ?? post.id}`;
    },
    ({ page, body }, error) => {
      const draft = { text: body.text ?? "", error, handle: body.handle, name: body.name };
      const parent = body.parentId ? state.posts.get(body.parentId) : undefined;
      return parent ? postPage(page, parent, draft) : homePage(page, {}, draft);
    },
  );
  form(
    "/web/posts/:id/edit",
    async ({ page, body, params }) => {
      const post = await editPost(net, actorOf(page), params.id ?? "", body.text ?? "");
      return `/posts/${post.id}`;
    },
    ({ page, params, body }, error) => {
      const action = `/web/posts/${params.id}/edit`;
      return editPage(page, "post", action, POST_LIMIT, `/posts/${params.id}`, { text: body.text ?? "", error });
    },
  );
  form("/web/posts/:id/delete", async ({ page, params }) => {
    const post = await deletePost(net, actorOf(page), params.id ?? "");
    return post.parentId ? `/posts/${post.parentId}` : "/";
  });
  form("/web/posts/:id/like", async ({ page, params, body }) => {
    const { post } = must(findPost(state, params.id ?? ""));
    await likePost(net, actorOf(page), post.id, body.on === "1");
    return backTo(body, `/posts/${post.id}`);
  });
  form("/web/people/:handle/follow", async ({ page, params, body }) => {
    const { profile } = must(findHandle(state, params.handle ?? ""));
    await followProfile(net, actorOf(page), profile, body.on === "1");
    return `/@${profile.handle}`;
  });
  form(
    "/web/messages/:handle",
    async ({ page, params, body }) => {
      const { profile } = must(findHandle(state, params.handle ?? ""));
      await createDm(net, { ...actorOf(page), key: keyFrom(body) }, profile, {
        text: body.text ?? "",
        media: await mediaFacts(context, mediaFrom(body)),
      });
      return `/messages/${profile.handle}`;
    },
    ({ page, params, body }, error) => {
      const { profile } = must(findHandle(state, params.handle ?? ""));
      return chatPage(page, someone(page), profile, { text: body.text ?? "", error });
    },
  );
  form(
    "/web/dms/:id/edit",
    async ({ page, body, params }) => {
      const dm = await editDm(net, actorOf(page), params.id ?? "", body.text ?? "");
      return `/messages/${state.profiles.get(dm.to)?.handle}`;
    },
    ({ page, params, body }, error) => {
      const { dm } = must(findDm(state, someone(page).id, params.id ?? ""));
      const back = `/messages/${state.profiles.get(dm.to)?.handle}`;
      return editPage(page, "message", `/web/dms/${dm.id}/edit`, DM_LIMIT, back, { text: body.text ?? "", error });
    },
  );
  form("/web/dms/:id/delete", async ({ page, params }) => {
    const dm = await deleteDm(net, actorOf(page), params.id ?? "");
    return `/messages/${state.profiles.get(dm.to)?.handle}`;
  });
  form(
    "/web/people",
    async ({ page, body, reply }) => {
      speakAs(reply, await newPerson(context, page, body));
      return "/";
    },
    ({ page, body }, error) => peoplePage(page, { text: "", error, handle: body.handle, name: body.name }),
  );
  form("/web/people/:handle/choose", ({ page, params, reply }) => {
    const { profile } = must(findHandle(state, params.handle ?? ""));
    if (!mayPlay(profile, page.visitor.owner)) throw new Problem("forbidden", "This person belongs to somebody else.");
    speakAs(reply, profile);
    return "/";
  });
  form(
    "/web/me",
    async ({ page, body }) => {
      const { handle } = someone(page);
      const colour = colourInput.optional().parse(body.colour || undefined);
      await putPeople(net, "web", [{ handle, name: body.name ?? "", bio: body.bio ?? "", colour }]);
      return `/@${handle}`;
    },
    ({ page, body }, error) =>
      editProfilePage(page, someone(page), { name: body.name ?? "", bio: body.bio ?? "", error }),
  );

  form("/web/faults/clear", () => {
    faults.replace(faults.seed, []);
    return "/faults";
  });
  form("/web/faults/seed", ({ body }) => {
    faults.replace((body.seed ?? "1").slice(0, 100), faults.list);
    return "/faults";
  });
  form(
    "/web/faults/:kind",
    ({ body, params }) => {
      const kind = FAULT_KINDS.find((k) => k === params.kind);
      if (!kind) throw new Problem("not-found", "There is no such fault.");
      if (body.do === "off") faults.remove(kind);
      else {
        const next = body.next ? Number(body.next) : undefined;
        const rate = next === undefined ? Number(body.percent || 100) / 100 : undefined;
        const ms = body.ms ? Number(body.ms) : undefined;
        faults.add(faultInput.parse({ kind, rate, next, ms, on: body.on || undefined }));
      }
      return `/faults#${kind}`;
    },
    ({ page }, error) => faultsPage(page, error),
  );
}

function actorOf(page: Page): Actor {
  return { profile: someone(page), via: "web" };
}

/** Somebody new, belonging to this browser. */
async function newPerson(context: Context, page: Page, body: Record<string, string>): Promise<Profile> {
  const handle = handleInput.parse(body.handle ?? "");
  const known = context.net.state.byHandle.get(handle);
  if (known?.owner === page.visitor.owner) return known; // the same form sent twice
  if (known) throw new Problem("handle-taken", `@${handle} is taken: choose another handle.`);
  const name = (body.name ?? "").trim() || handle;
  const [profile] = await putPeople(context.net, "web", [{ handle, name, owner: page.visitor.owner }]);
  return profile as Profile;
}

/** What the page's script uploaded: ids with the words that describe them. */
function mediaFrom(body: Record<string, string>): { id: string; alt: string }[] {
  if (!body.media) return [];
  try {
    return mediaInput.parse(JSON.parse(body.media))?.map(({ id, alt = "" }) => ({ id, alt })) ?? [];
  } catch {
    throw new Problem("validation", "media: take the picture out and add it again.");
  }
}

/** One sending of one form counts once; another text in the same form is another sending. */
function keyFrom(body: Record<string, string>): string | undefined {
  if (!/^[\w-]{8,64}$/.test(body.command ?? "")) return undefined;
  const print = createHash("sha256")
    .update(JSON.stringify([body.text, body.parentId, ...(body.media ? [body.media] : [])]))
    .digest("base64url");
  return `web-${body.command}-${print.slice(0, 16)}`;
}

/** Back to the page the form stood on, never to another site. */
function backTo(body: Record<string, string>, otherwise: string): string {
  const back = body.back ?? "";
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}$/.test(back) ? back : otherwise;
}

function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    const fields: Record<string, string> = Object.create(null);
    for (const [name, value] of new URLSearchParams(body as string)) fields[name] = value;
    done(null, fields);
  });
}

function formBody(request: FastifyRequest): Record<string, string> {
  const { body } = request;
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  if (!isForm || typeof body !== "object" || body === null) {
    throw new Problem("unsupported-media-type", "Send this as a web form.");
  }
  return body as Record<string, string>;
}
