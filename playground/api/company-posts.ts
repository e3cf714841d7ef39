import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { createPost, deletePost, editPost, likePost } from "../acts.ts";
import type { Context } from "../context.ts";
import { keyOf } from "../domain/apply.ts";
import { findPost } from "../domain/posts.ts";
import { languageInput } from "../domain/profiles.ts";
import type { Post } from "../domain/state.ts";
import { foldText, holdsWords } from "../domain/text.ts";
import { presentPost } from "../present.ts";
import { must } from "../problem.ts";
import { treeOf } from "../tree.ts";
import { idempotencyKeyOf, mayDateBack } from "./auth.ts";
import { companyRoute } from "./company-call.ts";
import { mediaFacts, mediaInput } from "./media.ts";
import { instantInput, limitInput, pageOf, seqInput, textInput } from "./query.ts";

const createBody = z.strictObject({
  text: textInput,
  parentId: z.string().max(40).nullish(),
  language: languageInput.nullish(),
  media: mediaInput,
  createdAt: instantInput.optional(),
});
export const editBody = z.strictObject({ text: textInput, expectedRevision: z.int().min(1).optional() });
const listQuery = z.strictObject({ since: seqInput.default(0), limit: limitInput(200, 50) });
const ownQuery = listQuery.extend({ idempotencyKey: z.string().min(1).max(200).optional() });
const searchQuery = listQuery.extend({ q: z.string().min(1).max(200) });
export const threadQuery = z.strictObject({ limit: limitInput(500, 200) });
export const idParams = z.object({ id: z.string().max(80) });

export function companyPostRoutes(app: FastifyInstance, context: Context): void {
  const { net, links } = context;
  const { state } = net;
  const show = (post: Post) => presentPost(state, links, post);

  app.post(
    "/posts",
    companyRoute(context, async ({ company, request }) => {
      const input = createBody.parse(request.body);
      mayDateBack(request, context.simulatorKey, input.createdAt);
      const actor = { profile: company, via: "api" as const, key: idempotencyKeyOf(request) };
      const media = await mediaFacts(context, input.media);
      const { post, replayed } = await createPost(net, actor, { ...input, media });
      if (replayed) return { status: 200, headers: { "idempotency-replayed": "true" }, body: show(post) };
      return { status: 201, body: show(post) };
    }),
  );

  app.get(
    "/posts/:id",
    companyRoute(context, ({ request }) => {
      return { body: show(must(findPost(state, idParams.parse(request.params).id)).post) };
    }),
  );

  app.get(
    "/posts/:id/thread",
    companyRoute(context, ({ request }) => {
      const { post } = must(findPost(state, idParams.parse(request.params).id));
      return { body: presentThread(context, post, threadQuery.parse(request.query).limit) };
    }),
  );

  app.patch(
    "/posts/:id",
    companyRoute(context, async ({ company, request }) => {
      const { text, expectedRevision } = editBody.parse(request.body);
      const actor = { profile: company, via: "api" as const };
      return { body: show(await editPost(net, actor, idParams.parse(request.params).id, text, expectedRevision)) };
    }),
  );

  app.delete(
    "/posts/:id",
    companyRoute(context, async ({ company, request }) => {
      const actor = { profile: company, via: "api" as const };
      return { body: show(await deletePost(net, actor, idParams.parse(request.params).id)) };
    }),
  );

  for (const method of ["PUT", "DELETE"] as const) {
    app.route({
      method,
      url: "/posts/:id/like",
      handler: companyRoute(context, async ({ company, request }) => {
        const actor = { profile: company, via: "api" as const };
        return { body: show(await likePost(net, actor, idParams.parse(request.params).id, method === "PUT")) };
      }),
    });
  }

  app.get(
    "/me/posts",
    companyRoute(context, ({ company, request }) => {
      const { since, limit, idempotencyKey } = ownQuery.parse(request.query);
      if (idempotencyKey !== undefined) {
        const use = state.keys.get(keyOf(company.id, idempotencyKey));
        const post = use?.kind === "post" ? state.posts.get(use.objectId) : undefined;
        return { body: { posts: post ? [show(post)] : [] } };
      }
      return { body: listPosts(state.postsBy.get(company.id) ?? [], since, limit, () => true) };
    }),
  );

  app.get(
    "/me/mentions",
    companyRoute(context, ({ company, request }) => {
      const { since, limit } = listQuery.parse(request.query);
      return { body: listPosts(state.mentionsOf.get(company.id) ?? [], since, limit, isLive) };
    }),
  );

  app.get(
    "/search/posts",
    companyRoute(context, ({ request }) => {
      const { q, since, limit } = searchQuery.parse(request.query);
      return { body: listPosts(state.postOrder, since, limit, matcher(context, q)) };
    }),
  );

  function listPosts(list: Post[], since: number, limit: number, keep: (post: Post) => boolean) {
    const { items, next, more } = pageOf(list, since, limit, keep);
    return { posts: items.map(show), next, more };
  }
}

export function presentThread(context: Context, post: Post, limit: number) {
  const { net, links } = context;
  const root = net.state.posts.get(post.rootId) as Post;
  const all = treeOf(net.state, root).map((node) => node.post);
  all.sort((a, b) => a.createdAt - b.createdAt);
  const posts = all.slice(0, limit).map((p) => presentPost(net.state, links, p));
  return { root: presentPost(net.state, links, root), posts, more: all.length > limit };
}

function isLive(post: Post): boolean {
  return post.deletedAt === null;
}

/** Does a live post hold all words of the question? `from:handle` asks for the author. */
export function matcher(context: Pick<Context, "net">, question: string): (post: Post) => boolean {
  const { state } = context.net;
  const parts = foldText(question).split(/\s+/).filter(Boolean);
  const authors = parts.filter((p) => p.startsWith("from:")).map((p) => p.slice(5).replace(/^@/, ""));
  const words = parts
    .filter((p) => !p.startsWith("from:"))
    .flatMap((p) => p.split(/[^\p{L}\p{M}\p{N}_@#]+/u))
    .filter(Boolean);
  if (words.length === 0 && authors.length === 0) return () => false;
  return (post) =>
    isLive(post) &&
    authors.every((handle) => state.profiles.get(post.author)?.handle === handle) &&
    holdsWords(post.line, words);
}
