import { z } from "zod";
import { id } from "#contracts/common";
import {
  identityDone,
  identityPreview,
  identityView,
  joinCustomersBody,
  joinPreviewQuery,
  markSharedBody,
  partHandlesBody,
  partPreviewQuery,
  undoIdentityBody,
} from "#contracts/identity";
import { conversationByNumber, conversationsOfCustomer, followHandles, joinsBecauseOf } from "#modules/conversations";
import {
  answerSuggestion,
  customersOfJoin,
  type IdentityDone,
  joinCustomers,
  markHandleShared,
  partHandles,
  presentCustomer,
  previewJoin,
  previewPart,
  previewUndo,
  undoJoin,
} from "#modules/customers";
import { audit } from "#modules/people";
import { standingsOf } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError, notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { mayWithCustomer } from "../customer-access.ts";
import { identityFor, presentPreview } from "../read/identity-view.ts";
import { partStitched, rejoinParted } from "../stitched.ts";
import { accessConversation } from "../work-acts.ts";

const tag = "customers";
const byId = z.object({ id });

/** Who is who: how a customer's handles hang together, joining and parting them with preview, and taking it back any time. */
export function identityRoutes(r: Routes): void {
  r.query(
    "/api/customers/:id/identity",
    {
      summary: "A customer's handles with how sure and why, what may be the same person, and what was decided about it",
      tag,
      params: byId,
      response: identityView,
    },
    async (tx, { actor, params }) => {
      const { customerId, mayJoin } = await seeCustomer(tx, actor, params.id);
      return identityFor(tx, actor, customerId, mayJoin);
    },
  );
  r.query(
    "/api/customers/:id/join-preview",
    {
      summary: "What joining with another customer would change, and what speaks against it",
      tag,
      params: byId,
      query: joinPreviewQuery,
      response: identityPreview,
    },
    async (tx, { actor, params, query }) => {
      await seeCustomer(tx, actor, params.id);
      const otherId = query.with ?? (await customerOfNumber(tx, actor, query.number ?? ""));
      await seeCustomer(tx, actor, otherId);
      const preview = await previewJoin(tx, params.id, otherId);
      if (!preview) throw notNow("These are one customer already, or one of them was joined to another.");
      return presentPreview(tx, actor, preview);
    },
  );
  r.query(
    "/api/customers/:id/part-preview",
    {
      summary: "What parting a handle from its customer would change",
      tag,
      params: byId,
      query: partPreviewQuery,
      response: identityPreview,
    },
    async (tx, { actor, params, query }) => {
      await seeCustomer(tx, actor, params.id);
      const preview = await previewPart(tx, params.id, [query.handleId]);
      if (!preview) throw notNow("This handle is not one of several of this customer.");
      return presentPreview(tx, actor, preview);
    },
  );
  r.command(
    "POST",
    "/api/customers/:id/joins",
    {
      summary: "Say that two customers are one; taken back by the act's id",
      tag,
      params: byId,
      body: joinCustomersBody,
      response: identityDone,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      await needJoin(tx, actor, params.id);
      await needJoin(tx, actor, body.otherId);
      const act = await joinCustomers(tx, { customerId: params.id, ...body, by: agentOf(actor) });
      return done(tx, actor, act, "customer.joined", { customers: [params.id, body.otherId] });
    },
  );
  r.command(
    "POST",
    "/api/customers/:id/partings",
    {
      summary: "Say that some handles of a customer are somebody else; taken back by the act's id",
      tag,
      params: byId,
      body: partHandlesBody,
      response: identityDone,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      await needJoin(tx, actor, params.id);
      const act = await partHandles(tx, { customerId: params.id, ...body, by: agentOf(actor) });
      const detail = { customerId: params.id, handleIds: body.handleIds };
      return done(tx, actor, act, "customer.parted", detail, body.stitched);
    },
  );
  r.command(
    "POST",
    "/api/customers/:id/handles/:handleId/shared",
    {
      summary: "Say that several people write from a handle: what is said there joins nobody",
      tag,
      params: byId.extend({ handleId: id }),
      body: markSharedBody,
      response: identityDone,
      status: 201,
    },
    async (tx, { actor, params: { id: customerId, handleId }, body }) => {
      await needJoin(tx, actor, customerId);
      const act = await markHandleShared(tx, { customerId, handleId, ...body, by: agentOf(actor) });
      return done(tx, actor, act, "customer.handle-shared", { customerId, handleId });
    },
  );
  r.command(
    "POST",
    "/api/customer-joins/:id/undo",
    {
      summary: "Take back a join, a parting, a mark or a refusal; what holds without it holds again",
      tag,
      params: byId,
      body: undoIdentityBody,
      response: identityDone,
    },
    async (tx, { actor, params, body }) => {
      await needJoinOf(tx, actor, params.id);
      const before = await joinsBecauseOf(tx, params.id);
      const act = await undoJoin(tx, { id: params.id, by: agentOf(actor) });
      const undone = await done(tx, actor, act, "customer.join-undone", { of: params.id }, body.stitched);
      await rejoinParted(tx, actor, before);
      return undone;
    },
  );
  r.query(
    "/api/customer-joins/:id/undo-preview",
    {
      summary: "What taking back a join, a parting or a mark would change",
      tag,
      params: byId,
      response: identityPreview,
    },
    async (tx, { actor, params }) => {
      await needJoinOf(tx, actor, params.id);
      const preview = await previewUndo(tx, params.id);
      if (!preview) throw notNow("This was taken back already.");
      return presentPreview(tx, actor, preview);
    },
  );
  for (const [word, as, summary] of [
    ["accept", "accepted", "Say that a suggestion is right: they are one customer"],
    ["refuse", "refused", "Say that a suggestion is wrong: they are two people, and it is not asked again"],
  ] as const)
    r.command(
      "POST",
      `/api/customer-suggestions/:id/${word}`,
      { summary, tag, params: byId, response: identityDone },
      async (tx, { actor, params }) => {
        await needJoinOf(tx, actor, params.id);
        const act = await answerSuggestion(tx, { suggestionId: params.id, as, by: agentOf(actor) });
        return done(tx, actor, act, `customer.suggestion-${as}`, { suggestionId: params.id });
      },
    );
}

/** A join is an agent's judgement: it bears a name. */
function agentOf(actor: Actor): string {
  if (actor.kind !== "agent") throw new AppError("not-permitted", "Only an agent decides who is who; a key cannot.");
  return actor.id;
}

/** Conversations and words go along in the same transaction; who did it is kept. */
async function done(
  tx: Tx,
  actor: Actor,
  act: IdentityDone,
  what: string,
  detail: Record<string, unknown>,
  stitched: "part" | "leave" = "leave",
): Promise<z.input<typeof identityDone>> {
  await followHandles(tx, act.moved);
  const parted = stitched === "part" ? await partStitched(tx, actor, act.moved, act.actId) : 0;
  await audit(tx, actor, what, "customer", act.customerId, { actId: act.actId, ...detail, parted });
  return { actId: act.actId, customerId: act.customerId, moved: act.moved.length, parted };
}

async function customerOfNumber(tx: Tx, actor: Actor, number: string): Promise<string> {
  const found = await conversationByNumber(tx, number);
  if (!found) throw notFound("conversation");
  return (await accessConversation(tx, actor, found.id)).conversation.customerId;
}

/** The customer whom an address leads to, where the actor may see him. */
async function seeCustomer(tx: Tx, actor: Actor, asked: string): Promise<{ customerId: string; mayJoin: boolean }> {
  const customerId = await presentCustomer(tx, asked);
  if (customerId === null) throw notFound("customer");
  const ids = (await conversationsOfCustomer(tx, customerId)).map((c) => c.id);
  const standings = [...(await standingsOf(tx, ids)).values()];
  if (!mayWithCustomer(actor, "customer.read", standings)) throw notFound("customer");
  return { customerId, mayJoin: mayWithCustomer(actor, "customer.join", standings) };
}

async function needJoin(tx: Tx, actor: Actor, customerId: string): Promise<void> {
  if (!(await seeCustomer(tx, actor, customerId)).mayJoin) throw notPermitted("say who this customer is");
}

/** All customers whom an act, a statement or a suggestion is about. */
async function needJoinOf(tx: Tx, actor: Actor, joinId: string): Promise<void> {
  const customers = await customersOfJoin(tx, joinId);
  if (customers.length === 0) throw notFound("join");
  for (const customerId of customers) await needJoin(tx, actor, customerId);
}
