import { z } from "zod";
import { id } from "#contracts/common";
import { foundConversation, joinAsk, joinBoard, joinBody, joinDone, joinPreview, whyHere } from "#contracts/joins";
import { conversationByNumber, conversationsById, type JoinAsk, type Joined, standIn } from "#modules/conversations";
import { customersById } from "#modules/customers";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { joinConversations, undoConversationJoin } from "../joins.ts";
import { joinBoardOf, presentAct, previewFor, whyHereOf } from "../read/join-views.ts";
import { accessConversation, accessMessage } from "../work-acts.ts";

const tag = "desk";
const byId = z.object({ id });

/** Of a merge the other one becomes part of the one that is looked at; of the rest the one that is looked at is the source. */
function askOf(conversationId: string, body: z.output<typeof joinAsk>): JoinAsk {
  const { kind, otherId, messageIds } = body;
  const wrong = (text: string) => new AppError("invalid-request", text);
  if (kind !== "split" && otherId === null) throw wrong("Name the other conversation as otherId.");
  if (kind === "split" && otherId !== null) throw wrong("A split makes a new conversation: leave otherId out.");
  if ((kind === "split" || kind === "move") && messageIds.length === 0) throw wrong("Name the messages as messageIds.");
  if (kind === "merge") return { kind, sourceId: otherId as string, targetId: conversationId, messageIds: [] };
  return { kind, sourceId: conversationId, targetId: otherId, messageIds: kind === "link" ? [] : messageIds };
}

/** Merge, split, move, link; why a message is where it is; and all of it back. */
export function joinRoutes(r: Routes): void {
  r.query(
    "/api/desk/conversations/:id/joins",
    {
      summary: "What was put together and apart here, what it is linked with, what may belong to it",
      ...{ tag, params: byId, response: joinBoard },
    },
    async (tx, { actor, params }) => {
      const { conversation } = await accessConversation(tx, actor, params.id);
      return joinBoardOf(tx, actor, conversation.id);
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/joins/preview",
    {
      summary: "What a merge, split, move or link would change; it changes nothing",
      ...{ tag, params: byId, body: joinAsk, response: joinPreview },
    },
    (tx, { actor, params, body }) => previewFor(tx, actor, askOf(params.id, body)),
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/joins",
    {
      summary: "Merge another conversation into this one, split or move messages of it, or link the two",
      ...{ tag, params: byId, body: joinBody, response: joinDone, status: 201 },
    },
    async (tx, { actor, params, body }) => {
      const ask = askOf(params.id, body);
      for (const named of [ask.sourceId, ask.targetId])
        if (named !== null && body.expected[named] === undefined)
          throw new AppError("invalid-request", "Send in expected the version you saw of each conversation you name.");
      return done(tx, actor, await joinConversations(tx, actor, ask, body.expected));
    },
  );
  r.command(
    "POST",
    "/api/desk/joins/:id/undo",
    { summary: "Take an act back, whenever it was made", ...{ tag, params: byId, response: joinDone } },
    async (tx, { actor, params }) => done(tx, actor, await undoConversationJoin(tx, actor, params.id)),
  );
  r.query(
    "/api/desk/messages/:id/why",
    {
      summary: "Why a message is in its conversation, where else it could be, and what people did with it",
      ...{ tag, params: byId, response: whyHere },
    },
    async (tx, { actor, params }) => {
      await accessMessage(tx, actor, params.id);
      return whyHereOf(tx, actor, params.id);
    },
  );
  r.query(
    "/api/desk/numbers/:number",
    {
      summary:
        "The conversation of a number as people say it; the number of one that was merged leads to where it is now",
      ...{ tag, params: z.object({ number: z.string().min(1).max(20) }), response: foundConversation },
    },
    async (tx, { actor, params }) => {
      const found = await conversationByNumber(tx, params.number);
      if (!found) throw notFound("conversation");
      const { conversation: c } = await accessConversation(tx, actor, found.id);
      const customer = (await customersById(tx, [c.customerId])).get(c.customerId);
      const { id, number, subject, state, version } = c;
      return { id, number, subject, state, version, customer: customer?.name ?? "" };
    },
  );
}

async function done(tx: Tx, actor: Actor, joined: Joined): Promise<z.input<typeof joinDone>> {
  const act = joined.act!;
  const ids = [...new Set([act.targetId, act.sourceId, ...joined.conversations.map((c) => c.id)])];
  const conversations = await conversationsById(tx, ids);
  const now = await standIn(tx, [act.targetId]);
  return {
    act: await presentAct(tx, actor, act),
    conversationId: now.get(act.targetId) ?? act.targetId,
    versions: Object.fromEntries([...conversations.values()].map((c) => [c.id, c.version])),
  };
}
