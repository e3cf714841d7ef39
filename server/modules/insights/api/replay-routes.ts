import { z } from "zod";
import { id } from "#contracts/common";
import { replayAsked, windowReplay } from "#contracts/windows";
import { brandOf } from "#modules/company";
import { conversationsById, replayWindows, windowsOfForm } from "#modules/conversations";
import { can, need } from "#modules/people";
import { whereConversationsStand } from "#modules/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";

const SHOWN = 200;
const LONGEST = 92 * 86_400_000;

/** `/api/policies/:brandId/windows/replay`: the past under other windows, beside those in force. */
export function replayRoutes(r: Routes): void {
  r.command(
    "POST",
    "/api/policies/:brandId/windows/replay",
    {
      summary: "Run the past under draft windows: what would be joined or parted; changes nothing",
      tag: "policies",
      params: z.object({ brandId: id }),
      body: replayAsked,
      response: windowReplay,
    },
    async (tx, { actor, params: { brandId }, body }) => {
      need(actor, "policy.manage", { brandId });
      await brandOf(tx, brandId);
      const [from, to] = [Date.parse(body.from), Date.parse(body.to)];
      if (from >= to) throw new AppError("invalid-request", "`from` has to lie before `to`.");
      if (to - from > LONGEST) throw new AppError("invalid-request", "Ask for 92 days at most.");
      const run = await replayWindows(tx, { brandId, from, to, windows: windowsOfForm(body.windows) });
      const changes = run.changes.slice(0, SHOWN);
      const bursts = run.bursts.slice(0, SHOWN);
      const named = await namesOf(
        tx,
        actor,
        [...changes, ...bursts].map((one) => one.conversationId),
      );
      return {
        ...{ from: body.from, to: body.to, looked: run.looked, cut: run.cut, before: run.before, after: run.after },
        changes: changes.map(({ conversationId, what, how, at, medium, channelId, afterMs }) => ({
          ...named(conversationId),
          ...{ what, how, at: iso(at), medium, channelId, afterMs },
        })),
        changesInAll: run.changes.length,
        bursts: bursts.map(({ conversationId, before, after }) => ({ ...named(conversationId), before, after })),
        burstsInAll: run.bursts.length,
      };
    },
  );
}

/** Conversations by number and subject; what may not be read counts and leads nowhere. */
async function namesOf(tx: Tx, actor: Actor, ids: readonly string[]) {
  const wanted = [...new Set(ids)];
  const [conversations, stands] = [await conversationsById(tx, wanted), await whereConversationsStand(tx, wanted)];
  return (id: string) => {
    const found = can(actor, "conversation.read", stands.get(id) ?? {}) ? conversations.get(id) : undefined;
    return { conversationId: found?.id ?? null, number: found?.number ?? "", subject: found?.subject ?? "" };
  };
}
