import { z } from "zod";
import { id } from "#contracts/common";
import { replayAsked, stitchReplay, stitchReplayAsked, windowReplay } from "#contracts/windows";
import { messagesById } from "#modules/channels";
import { brandOf } from "#modules/company";
import { conversationsById, replayStitching, replayWindows, windowsOfForm } from "#modules/conversations";
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
      const [from, to] = spanOf(body);
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

/** `/api/policies/:brandId/stitching/replay`: the past under other limits of what belongs together, beside those in force. */
export function stitchReplayRoutes(r: Routes): void {
  r.command(
    "POST",
    "/api/policies/:brandId/stitching/replay",
    {
      summary:
        "Stitch the past anew under draft limits: what would be joined or parted, with both sides; changes nothing",
      tag: "policies",
      params: z.object({ brandId: id }),
      body: stitchReplayAsked,
      response: stitchReplay,
    },
    async (tx, { actor, params: { brandId }, body }) => {
      need(actor, "policy.manage", { brandId });
      await brandOf(tx, brandId);
      const [from, to] = spanOf(body);
      const run = await replayStitching(tx, { brandId, from, to, limits: body.limits });
      const shown = run.changes.slice(0, SHOWN);
      const named = await namesOf(
        tx,
        actor,
        shown.flatMap((c) => [c.conversationId, c.otherConversationId]).filter((one) => one !== null),
      );
      const messages = new Map(
        (
          await messagesById(
            tx,
            shown.flatMap((c) => [c.messageId, c.otherId]),
          )
        ).map((m) => [m.id, m]),
      );
      const side = (messageId: string, conversationId: string | null) => {
        const name = conversationId === null ? NOWHERE : named(conversationId);
        const m = messages.get(messageId);
        const seen = name.conversationId !== null && m !== undefined;
        const text = seen ? [...m.text.slice(0, 4 * FIRST_WORDS)].slice(0, FIRST_WORDS).join("") : "";
        return { ...name, by: seen ? m.authorName || m.authorHandle : "", text, at: iso(m?.sentAt ?? from) };
      };
      const count = (how: string) => run.changes.filter((c) => c.how === how).length;
      return {
        ...{ from: body.from, to: body.to, looked: run.looked, cut: run.cut, before: run.before, after: run.after },
        changes: shown.map((c) => ({
          ...{ how: c.how, afterMs: c.afterMs },
          message: side(c.messageId, c.conversationId),
          other: side(c.otherId, c.otherConversationId),
        })),
        ...{ joinedInAll: count("joined"), partedInAll: count("parted") },
      };
    },
  );
}

const NOWHERE = { conversationId: null, number: "", subject: "" };
/** First words of a message, in signs. */
const FIRST_WORDS = 140;

function spanOf(body: { from: string; to: string }): [number, number] {
  const [from, to] = [Date.parse(body.from), Date.parse(body.to)];
  if (from >= to) throw new AppError("invalid-request", "`from` has to lie before `to`.");
  if (to - from > LONGEST) throw new AppError("invalid-request", "Ask for 92 days at most.");
  return [from, to];
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
