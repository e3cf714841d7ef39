import { z } from "zod";
import { id } from "#contracts/common";
import {
  askModeration,
  messageModeration,
  moderationAct,
  settleModeration as settleBody,
  undoModeration,
} from "#contracts/moderation";
import type { Routes } from "#platform/http/routes";
import { moderateMessage, moderationFor, settleModerationOf, undoModerationOf } from "../moderation/moderation.ts";

const tag = "desk";
const byId = z.object({ id });

/** What is done about messages and their authors on the networks. */
export function moderationRoutes(r: Routes): void {
  r.query(
    "/api/desk/messages/:id/moderation",
    {
      summary: "What can be done about a message on its network, and what was done",
      ...{ tag, params: byId, response: messageModeration },
    },
    (tx, { actor, params }) => moderationFor(tx, actor, params.id),
  );
  r.command(
    "POST",
    "/api/desk/messages/:id/moderation",
    {
      summary: "Hide or delete a message, block or report its author; done once, by the outbox",
      ...{ tag, params: byId, body: askModeration, response: moderationAct, status: 201 },
    },
    (tx, { actor, params, body }) => moderateMessage(tx, actor, params.id, body),
  );
  r.command(
    "POST",
    "/api/desk/moderation/:id/undo",
    {
      summary: "Take such an act back, where the network can",
      ...{ tag, params: byId, body: undoModeration, response: moderationAct, status: 201 },
    },
    (tx, { actor, params, body }) => undoModerationOf(tx, actor, params.id, body.note),
  );
  r.command(
    "POST",
    "/api/desk/moderation/:id/settle",
    {
      summary: "Say what became of an act whose outcome is unknown, or try a failed one again",
      ...{ tag, params: byId, body: settleBody, response: moderationAct },
    },
    (tx, { actor, params, body }) => settleModerationOf(tx, actor, params.id, body.as, body.expectedVersion),
  );
}
