import { z } from "zod";
import { answerAsk, askAnswered, askList, askPage, asksQuery } from "#contracts/asks";
import { id } from "#contracts/common";
import { notPermitted } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { decideAsk } from "../asks.ts";
import { asksOfConversation, asksPage } from "../read/ask-views.ts";
import { presentAct } from "../read/join-views.ts";
import { accessConversation, accessMessage } from "../work-acts.ts";

const tag = "desk";
const byId = z.object({ id });

/** Close calls of the stitcher: what is open, and a person's answer. */
export function askRoutes(r: Routes): void {
  r.query(
    "/api/desk/asks",
    {
      summary: "To be decided: messages that may belong to another conversation, newest first",
      ...{ tag, query: asksQuery, response: askPage },
    },
    (tx, { actor, query }) => {
      if (!actor.grants.some((g) => g.verb === "conversation.read")) throw notPermitted("read conversations");
      return asksPage(tx, actor, query);
    },
  );
  r.query(
    "/api/desk/conversations/:id/asks",
    {
      summary: "What is to be decided about a conversation: about its messages, and about others that may belong to it",
      ...{ tag, params: byId, response: askList },
    },
    async (tx, { actor, params }) => {
      const { conversation } = await accessConversation(tx, actor, params.id);
      return { asks: await asksOfConversation(tx, actor, conversation.id) };
    },
  );
  r.command(
    "POST",
    "/api/desk/asks/:id/answer",
    {
      summary: "Say whether the message of this id belongs there or stays here; it is not asked again",
      ...{ tag, params: byId, body: answerAsk, response: askAnswered },
    },
    async (tx, { actor, params, body }) => {
      await accessMessage(tx, actor, params.id);
      const { conversationId, act } = await decideAsk(tx, actor, params.id, body.answer, body.expected);
      return { answer: body.answer, conversationId, act: act && (await presentAct(tx, actor, act)) };
    },
  );
}
