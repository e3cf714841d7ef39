import { z } from "zod";
import { id } from "#contracts/common";
import {
  callNoted,
  inviteBoard,
  inviteMade,
  inviteView,
  newCall,
  newInvite,
  withdrawInvite as withdrawBody,
} from "#contracts/invites";
import { messagesById } from "#modules/channels";
import { brandOf, settingOf } from "#modules/company";
import {
  type InviteLinks,
  inviteById,
  inviteSetting,
  inviteWords,
  makeInvite,
  noteCall,
  spokenCode,
  withdrawInvite,
} from "#modules/conversations";
import { labelsOfMessages } from "#modules/listening";
import { agentsById, audit, need } from "#modules/people";
import { notFound } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { inviteBoardOf, presentInvite } from "../read/invite-board.ts";
import { accessConversation } from "../work-acts.ts";

const tag = "desk";
const byId = z.object({ id });

/** Taking a conversation private: invites and calls. */
export function inviteRoutes(r: Routes, links: InviteLinks): void {
  r.query(
    "/api/desk/conversations/:id/invites",
    {
      summary: "The invitations of a conversation, where the customer can be asked to come to, and when that is wise",
      tag,
      params: byId,
      response: inviteBoard,
    },
    async (tx, { actor, params }) => {
      const { brandId, conversation } = await accessConversation(tx, actor, params.id);
      return inviteBoardOf(tx, actor, { conversationId: conversation.id, brandId });
    },
  );

  r.command(
    "POST",
    "/api/desk/conversations/:id/invites",
    {
      summary: "Invite the author of a public post to go on in private; the code is told once, for the public reply",
      tag,
      params: byId,
      body: newInvite,
      response: inviteMade,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      const { where, brandId, conversation } = await accessConversation(tx, actor, params.id);
      need(actor, "reply.public", where);
      const { invite, code } = await makeInvite(tx, {
        ...{
          conversationId: conversation.id,
          messageId: body.answersMessageId,
          destination: body.destination,
          by: actor.id,
        },
      });
      await audit(tx, actor, "invite.made", "conversation", conversation.id, {
        inviteId: invite.id,
        to: invite.destination,
      });
      const { value } = await settingOf(tx, inviteSetting, { brandId });
      const brand = await brandOf(tx, brandId);
      const [message] = await messagesById(tx, [invite.messageId]);
      const language = (await labelsOfMessages(tx, [invite.messageId])).get(invite.messageId)?.language;
      const link = links.linkOf(code);
      return {
        invite: presentInvite(invite, actor.name, tx.now),
        code: spokenCode(code),
        link,
        text: inviteWords(value.words, [message?.language ?? language ?? brand.locale, brand.locale], {
          ...{ link, code: spokenCode(code), agent: actor.name },
        }),
      };
    },
  );

  r.command(
    "POST",
    "/api/desk/invites/:id/withdraw",
    {
      summary: "Take an invitation back: its link and code do nothing any more",
      tag,
      params: byId,
      body: withdrawBody,
      response: inviteView,
    },
    async (tx, { actor, params, body }) => {
      const found = await inviteById(tx, params.id);
      if (!found) throw notFound("invite");
      const { where } = await accessConversation(tx, actor, found.conversationId);
      need(actor, "reply.public", where);
      const invite = await withdrawInvite(tx, params.id, body.expectedVersion);
      await audit(tx, actor, "invite.withdrawn", "conversation", invite.conversationId, { inviteId: invite.id });
      const agent = (await agentsById(tx, [invite.madeBy])).get(invite.madeBy);
      return presentInvite(invite, agent?.name ?? "", tx.now);
    },
  );

  r.command(
    "POST",
    "/api/desk/conversations/:id/calls",
    {
      summary: "Write down a call: it becomes a message on the telephone in this conversation",
      tag,
      params: byId,
      body: newCall,
      response: callNoted,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      const { where, conversation } = await accessConversation(tx, actor, params.id);
      need(actor, "reply.private", where);
      const { messageId } = await noteCall(tx, {
        conversationId: conversation.id,
        direction: body.direction,
        endedAt: Date.parse(body.startedAt) + body.durationMs,
        durationMs: body.durationMs,
        number: body.number,
        text: body.text,
        agent: { id: actor.id, name: actor.name },
        inviteId: body.inviteId,
      });
      await audit(tx, actor, "call.noted", "conversation", conversation.id, { messageId, direction: body.direction });
      return { messageId };
    },
  );
}
