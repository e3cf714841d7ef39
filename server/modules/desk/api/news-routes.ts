import { z } from "zod";
import { done, id } from "#contracts/common";
import { conversationNews, readPosition } from "#contracts/news";
import type { Routes } from "#platform/http/routes";
import { keepPosition, newsFor } from "../read/news.ts";

const tag = "desk";
const byId = z.object({ id });

/** How far an agent has read, and what is new to him. */
export function newsRoutes(r: Routes): void {
  r.query(
    "/api/desk/conversations/:id/news",
    { summary: "What happened since I read it last", tag, params: byId, response: conversationNews },
    (tx, { actor, params }) => newsFor(tx, actor, params.id),
  );
  r.command(
    "PUT",
    "/api/desk/conversations/:id/position",
    { summary: "Keep how far I have read, and where I stood", tag, params: byId, body: readPosition, response: done },
    async (tx, { actor, params, body }) => {
      await keepPosition(tx, actor, params.id, body);
      return { ok: true as const };
    },
  );
}
