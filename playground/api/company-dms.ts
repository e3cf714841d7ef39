import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { createDm, deleteDm, editDm } from "../acts.ts";
import type { Context } from "../context.ts";
import { keyOf } from "../domain/apply.ts";
import { findDm, windowOf } from "../domain/dms.ts";
import { findHandle } from "../domain/profiles.ts";
import type { Dm } from "../domain/state.ts";
import { presentDm } from "../present.ts";
import { must, Problem } from "../problem.ts";
import { idempotencyKeyOf, mayDateBack } from "./auth.ts";
import { companyRoute } from "./company-call.ts";
import { editBody, idParams } from "./company-posts.ts";
import { mediaFacts, mediaInput } from "./media.ts";
import { instantInput, limitInput, textInput } from "./query.ts";

const createBody = z.strictObject({
  to: z.string().max(40),
  text: textInput,
  privateReplyTo: z.string().max(40).nullish(),
  media: mediaInput,
  createdAt: instantInput.optional(),
});
const ownQuery = z.strictObject({
  threadId: z.string().max(80).optional(),
  idempotencyKey: z.string().min(1).max(200).optional(),
  limit: limitInput(200, 200),
});
const windowQuery = z.strictObject({ handle: z.string().max(40) });

export function companyDmRoutes(app: FastifyInstance, context: Context): void {
  const { net, links } = context;
  const { state } = net;
  const show = (dm: Dm) => presentDm(state, links, dm);

  app.post(
    "/dms",
    companyRoute(context, async ({ company, request }) => {
      const { to, ...input } = createBody.parse(request.body);
      mayDateBack(request, context.simulatorKey, input.createdAt);
      const actor = { profile: company, via: "api" as const, key: idempotencyKeyOf(request) };
      const media = await mediaFacts(context, input.media);
      const { dm, replayed } = await createDm(net, actor, must(findHandle(state, to)).profile, { ...input, media });
      if (replayed) return { status: 200, headers: { "idempotency-replayed": "true" }, body: show(dm) };
      return { status: 201, body: show(dm) };
    }),
  );

  app.get(
    "/dms/:id",
    companyRoute(context, ({ company, request }) => {
      return { body: show(must(findDm(state, company.id, idParams.parse(request.params).id)).dm) };
    }),
  );

  app.patch(
    "/dms/:id",
    companyRoute(context, async ({ company, request }) => {
      const { text, expectedRevision } = editBody.parse(request.body);
      const actor = { profile: company, via: "api" as const };
      return { body: show(await editDm(net, actor, idParams.parse(request.params).id, text, expectedRevision)) };
    }),
  );

  app.delete(
    "/dms/:id",
    companyRoute(context, async ({ company, request }) => {
      const actor = { profile: company, via: "api" as const };
      return { body: show(await deleteDm(net, actor, idParams.parse(request.params).id)) };
    }),
  );

  app.get(
    "/me/dms",
    companyRoute(context, ({ company, request }) => {
      const { threadId, idempotencyKey, limit } = ownQuery.parse(request.query);
      if (idempotencyKey !== undefined) {
        const use = state.keys.get(keyOf(company.id, idempotencyKey));
        const dm = use?.kind === "dm" ? state.dms.get(use.objectId) : undefined;
        return { body: { dms: dm ? [show(dm)] : [] } };
      }
      if (!threadId) throw new Problem("validation", "Give threadId or idempotencyKey.");
      if (!state.threadsOf.get(company.id)?.has(threadId)) throw new Problem("not-found", "You have no such thread.");
      const all = state.threads.get(threadId) ?? [];
      return { body: { dms: all.slice(-limit).map(show), more: all.length > limit } };
    }),
  );

  app.get(
    "/dms/window",
    companyRoute(context, ({ company, request }) => {
      const { profile } = must(findHandle(state, windowQuery.parse(request.query).handle));
      const because = windowOf(state, company, profile);
      return { body: { open: because !== null, because } };
    }),
  );
}
