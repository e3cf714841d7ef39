import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
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
import type { Context } from "../context.ts";
import { findPost } from "../domain/posts.ts";
import { colourInput, findHandle, followersInput, handleInput, languageInput } from "../domain/profiles.ts";
import { presentDm, presentPost, presentProfile } from "../present.ts";
import { must } from "../problem.ts";
import { idempotencyKeyOf, personAs, requireSimulator } from "./auth.ts";
import { feedQuery, presentFeed } from "./company-feed.ts";
import { editBody, idParams, presentThread, threadQuery } from "./company-posts.ts";
import { mediaFacts, mediaInput, takeMedia } from "./media.ts";
import { instantInput, textInput } from "./query.ts";

const personFields = {
  name: z.string().optional(),
  bio: z.string().optional(),
  colour: colourInput.optional(),
  followers: followersInput.optional(),
  language: languageInput.nullish(),
};
const personBody = z.strictObject(personFields);
const peopleBody = z.strictObject({
  people: z
    .array(z.strictObject({ handle: handleInput, createdAt: instantInput.optional(), ...personFields }))
    .min(1)
    .max(500),
});
const postBody = z.strictObject({
  text: textInput,
  parentId: z.string().max(40).nullish(),
  language: languageInput.nullish(),
  media: mediaInput,
  createdAt: instantInput.optional(),
  raw: z.boolean().optional(),
});
const dmBody = z.strictObject({
  to: z.string().max(40),
  text: textInput,
  media: mediaInput,
  createdAt: instantInput.optional(),
  raw: z.boolean().optional(),
});
const handleParams = z.object({ handle: z.string().max(80) });

/** Where simulated people speak. Mounted at /sim/v1. */
export function simulatorRoutes(app: FastifyInstance, context: Context): void {
  const { net, links, simulatorKey } = context;
  const { state } = net;
  app.addHook("onRequest", async (request) => requireSimulator(request, simulatorKey));

  const acting = (request: FastifyRequest): Actor => ({
    profile: personAs(state, request),
    via: "sim",
    key: idempotencyKeyOf(request),
  });
  const withMedia = async <T extends { media?: z.infer<typeof mediaInput> }>(input: T) => ({
    ...input,
    media: await mediaFacts(context, input.media),
  });
  takeMedia(app, context, "/media", () => {});
  const idOf = (request: FastifyRequest) => idParams.parse(request.params).id;
  const named = (request: FastifyRequest) => must(findHandle(state, handleParams.parse(request.params).handle)).profile;

  app.put("/people", async (request) => {
    const { people } = peopleBody.parse(request.body);
    return { people: (await putPeople(net, "sim", people)).map((p) => presentProfile(links, p)) };
  });
  app.get("/people/:handle", async (request) => presentProfile(links, named(request)));
  app.patch("/people/:handle", async (request) => {
    const { handle } = named(request);
    const [profile] = await putPeople(net, "sim", [{ handle, ...personBody.parse(request.body) }]);
    return presentProfile(links, profile as NonNullable<typeof profile>);
  });
  for (const method of ["PUT", "DELETE"] as const) {
    app.route({
      method,
      url: "/people/:handle/follow",
      handler: async (request) => {
        const target = named(request);
        await followProfile(net, acting(request), target, method === "PUT");
        return presentProfile(links, target);
      },
    });
    app.route({
      method,
      url: "/posts/:id/like",
      handler: async (request) =>
        presentPost(state, links, await likePost(net, acting(request), idOf(request), method === "PUT")),
    });
  }

  app.post("/posts", async (request, reply) => {
    const { post, replayed } = await createPost(net, acting(request), await withMedia(postBody.parse(request.body)));
    return reply.code(replayed ? 200 : 201).send(presentPost(state, links, post));
  });
  app.get("/posts/:id", async (request) => presentPost(state, links, must(findPost(state, idOf(request))).post));
  app.get("/posts/:id/thread", async (request) => {
    const { post } = must(findPost(state, idOf(request)));
    return presentThread(context, post, threadQuery.parse(request.query).limit);
  });
  app.patch("/posts/:id", async (request) => {
    const { text, expectedRevision } = editBody.parse(request.body);
    return presentPost(state, links, await editPost(net, acting(request), idOf(request), text, expectedRevision));
  });
  app.delete("/posts/:id", async (request) =>
    presentPost(state, links, await deletePost(net, acting(request), idOf(request))),
  );

  app.post("/dms", async (request, reply) => {
    const { to, ...input } = dmBody.parse(request.body);
    const { dm, replayed } = await createDm(
      net,
      acting(request),
      must(findHandle(state, to)).profile,
      await withMedia(input),
    );
    return reply.code(replayed ? 200 : 201).send(presentDm(state, links, dm));
  });
  app.patch("/dms/:id", async (request) => {
    const { text, expectedRevision } = editBody.parse(request.body);
    return presentDm(state, links, await editDm(net, acting(request), idOf(request), text, expectedRevision));
  });
  app.delete("/dms/:id", async (request) =>
    presentDm(state, links, await deleteDm(net, acting(request), idOf(request))),
  );

  app.get("/events", async (request) => {
    const { since, limit } = feedQuery.parse(request.query);
    return presentFeed(context, null, since, limit);
  });
}
