import { z } from "zod";
import { done, id } from "#contracts/common";
import { deskTyping, theirTyping, theirVisit } from "#contracts/webchat";
import { channelsOf, markTyping, visitOf, visitorsOfThreads } from "#modules/channels";
import { brandOf } from "#modules/company";
import { threadsOf } from "#modules/conversations";
import { need } from "#modules/people";
import type { Tx } from "#platform/db";
import type { Routes } from "#platform/http/routes";
import { accessConversation } from "../work-acts.ts";

const params = z.object({ id });
const tag = "desk";

/** Who is writing now, to the customer and from the customer, on networks that show it. `types`: whether a chat's visitor writes. */
export function typingRoutes(r: Routes, types: (visitorId: string) => boolean): void {
  r.command(
    "POST",
    "/api/desk/conversations/:id/typing",
    {
      summary: "I am writing an answer, or have stopped: the customer sees it where the network shows such things",
      tag,
      params,
      body: deskTyping,
      response: done,
    },
    async (tx, { actor, params, body }) => {
      const { conversation, where } = await accessConversation(tx, actor, params.id);
      need(actor, "reply.private", where);
      const threads = await typingThreads(tx, conversation.id);
      if (threads.length === 0) return { ok: true as const };
      const brand = await brandOf(tx, conversation.brandId);
      const name = brand.disclosure === "full-name" ? actor.name : brand.name;
      for (const thread of threads) await markTyping(tx, thread, { on: body.on, name });
      return { ok: true as const };
    },
  );
  r.query(
    "/api/desk/conversations/:id/typing",
    { summary: "Whether the customer is writing now", tag, params, response: theirTyping },
    async (tx, { actor, params }) => {
      const { conversation } = await accessConversation(tx, actor, params.id);
      return { typing: visitorsOfThreads(await typingThreads(tx, conversation.id)).some(types) };
    },
  );
}

/** On which page of the site the customer is, for conversations that have a chat in them. */
export function visitRoutes(r: Routes): void {
  r.query(
    "/api/desk/conversations/:id/visit",
    {
      summary: "On which page of the site a chat's visitor is, and was before in this visit",
      tag,
      params,
      response: theirVisit,
    },
    async (tx, { actor, params }) => {
      const { conversation } = await accessConversation(tx, actor, params.id);
      return { visit: await visitOf(tx, await threadsOf(tx, conversation.id)) };
    },
  );
}

/** The threads of a conversation on networks that show who is writing. */
async function typingThreads(tx: Tx, conversationId: string): Promise<{ channelId: string; threadKey: string }[]> {
  const able = new Set((await channelsOf(tx)).filter((c) => c.capabilities.canType.supported).map((c) => c.id));
  return able.size === 0 ? [] : (await threadsOf(tx, conversationId)).filter((t) => able.has(t.channelId));
}
