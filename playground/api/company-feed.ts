import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { updateProfile } from "../acts.ts";
import type { Context } from "../context.ts";
import { readFeed } from "../domain/feed.ts";
import { colourInput, findHandle } from "../domain/profiles.ts";
import type { TokenRights } from "../domain/records.ts";
import { DM_LIMIT, POST_LIMIT } from "../domain/text.ts";
import { instantText, presentEvent, presentProfile } from "../present.ts";
import { must, Problem } from "../problem.ts";
import { companyRoute } from "./company-call.ts";
import { idParams } from "./company-posts.ts";
import { limitInput, seqInput } from "./query.ts";

export const feedQuery = z.strictObject({ since: seqInput.default(0), limit: limitInput(500, 100) });
const meBody = z.strictObject({
  name: z.string().optional(),
  bio: z.string().optional(),
  colour: colourInput.optional(),
});

export function companyFeedRoutes(app: FastifyInstance, context: Context): void {
  const { net, links } = context;
  const { state } = net;

  app.get(
    "/events",
    companyRoute(context, ({ company, request }) => {
      const { since, limit } = feedQuery.parse(request.query);
      return { body: presentFeed(context, company.id, since, limit) };
    }),
  );

  app.get(
    "/dms/events",
    companyRoute(context, ({ company, request }) => {
      const { since, limit } = feedQuery.parse(request.query);
      return { body: presentFeed(context, company.id, since, limit, "dm.") };
    }),
  );

  app.get(
    "/me",
    companyRoute(context, ({ company }) => ({
      body: {
        profile: presentProfile(links, company),
        network: state.network,
        limits: { post: POST_LIMIT, dm: DM_LIMIT },
        token: presentRights(state.companies.get(company.id)),
      },
    })),
  );

  app.patch(
    "/me",
    companyRoute(context, async ({ company, request }) => {
      await updateProfile(net, { profile: company, via: "api" }, meBody.parse(request.body));
      return { body: presentProfile(links, company) };
    }),
  );

  app.get(
    "/profiles/by-id/:id",
    companyRoute(context, ({ request }) => {
      const profile = state.profiles.get(idParams.parse(request.params).id);
      if (!profile) throw new Problem("not-found", "There is no profile with this id.");
      return { body: presentProfile(links, profile) };
    }),
  );

  app.get(
    "/profiles/:id",
    companyRoute(context, ({ request }) => {
      return { body: presentProfile(links, must(findHandle(state, idParams.parse(request.params).id)).profile) };
    }),
  );
}

function presentRights(company: TokenRights | undefined) {
  const until = company?.tokenExpiresAt;
  return { scopes: company?.scopes ?? ["read", "write"], expiresAt: until === undefined ? null : instantText(until) };
}

/** A page of the feed. `only`: event types that begin so; the cursor passes over the others. */
export function presentFeed(context: Context, reader: string | null, since: number, limit: number, only = "") {
  const { net, links } = context;
  const { state } = net;
  const durable = net.durableEvents();
  const { head } = readFeed(state, durable, reader, 0, 0);
  if (since > head) {
    throw new Problem(
      "cursor-ahead",
      "The cursor is beyond the head: the network was started anew. Begin at 0 when `network` has changed.",
      { head, network: state.network },
    );
  }
  const found: ReturnType<typeof readFeed>["events"] = [];
  let next = since;
  while (next < head && found.length < limit) {
    const { events } = readFeed(state, durable, reader, next, only ? 500 : limit);
    for (const item of events) {
      if (found.length === limit) break;
      next = item.seq;
      if (item.event.type.startsWith(only)) found.push(item);
    }
  }
  const events = found.map(({ seq, event }) => presentEvent(state, links, event, seq));
  return { events, next, head, more: next < head, network: state.network };
}
