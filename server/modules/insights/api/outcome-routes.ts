import type { z } from "zod";
import { figuresQuery, outcomeRows, outcomeRowsQuery, outcomesView } from "#contracts/insights";
import { conversationsById } from "#modules/conversations";
import { closingsOf } from "#modules/desk";
import { agentsById, can } from "#modules/people";
import { whereConversationsStand } from "#modules/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { outcomeNames, outcomesOf } from "../outcomes.ts";
import { type Picked, type Resolution, resolutionRows } from "../store/closing-fact-store.ts";
import type { Filter } from "../store/fact-store.ts";
import { cursorOf, filterOf } from "./asked.ts";

/** Epoch ms: what a date can hold. */
const LAST_INSTANT = 8.64e15;

/** `/api/insights/outcomes`: what came of the work and why, and the conversations behind each of these figures. */
export function outcomeRoutes(r: Routes): void {
  const tag = "insights";
  r.query(
    "/api/insights/outcomes",
    {
      summary: "What came of the conversations resolved in a span, and why, beside the span before it",
      tag,
      query: figuresQuery,
      response: outcomesView,
    },
    async (tx, { actor, query }) => {
      const found = await outcomesOf(tx, await filterOf(tx, actor, query));
      return { ...(found as z.input<typeof outcomesView>), from: query.from, to: query.to, asOf: iso(tx.now) };
    },
  );

  r.query(
    "/api/insights/outcomes/rows",
    {
      summary: "Exactly the conversations behind a figure of outcomes, the last resolved first",
      tag,
      query: outcomeRowsQuery,
      response: outcomeRows,
    },
    async (tx, { actor, query }) => {
      const filter = await filterOf(tx, actor, query);
      const after = cursorOf(query.cursor);
      if (after && Math.abs(after.value) > LAST_INSTANT)
        throw new AppError("invalid-request", "The cursor is none of ours. Begin without one.");
      const found = await resolutionRows(
        tx,
        filter,
        pickedOf(query),
        after && { at: after.value, episodeId: after.tie },
        query.limit + 1,
      );
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      return {
        items: await present(tx, actor, filter, page),
        next: found.length > query.limit && last ? `${last.at}/${last.episodeId}` : null,
      };
    },
  );
}

function pickedOf({ outcome, reason, finer, mark }: z.output<typeof outcomeRowsQuery>): Picked {
  if (mark !== undefined && outcome !== undefined)
    throw new AppError("invalid-request", "Name an outcome or a mark, not both.");
  if ((reason !== undefined && outcome === undefined) || (finer !== undefined && reason === undefined))
    throw new AppError("invalid-request", "A reason is one of an outcome, a finer one of a reason: name that, too.");
  return { outcome: outcome ?? null, reason: reason ?? null, finer: finer ?? null, mark: mark ?? null };
}

async function present(tx: Tx, actor: Actor, filter: Filter, page: readonly Resolution[]) {
  const ids = page.map((p) => p.conversationId);
  const [agents, conversations, stands] = [
    await agentsById(
      tx,
      page.map((p) => p.agentId),
    ),
    await conversationsById(tx, ids),
    await whereConversationsStand(tx, ids),
  ];
  // It counts, but what it was about is for who may read it.
  const readable = page.filter((p) => can(actor, "conversation.read", stands.get(p.conversationId) ?? {}));
  const closings = await closingsOf(
    tx,
    readable.map((p) => p.episodeId),
  );
  const feedback = new Map(closings.map((c) => [c.episodeId, c.feedback]));
  const nameOf = await outcomeNames(tx, filter);
  return page.map((p) => {
    const conversation = readable.includes(p) ? conversations.get(p.conversationId) : undefined;
    const path = [p.outcome, p.reason, p.finer].filter((key) => key !== "");
    return {
      episodeId: p.episodeId,
      conversationId: conversation?.id ?? null,
      number: conversation?.number ?? "",
      at: iso(p.at),
      tookMs: p.tookMs,
      agent: (p.agentId && agents.get(p.agentId)?.name) || null,
      network: p.network,
      outcome: p.outcome === "" ? "" : nameOf([p.outcome]).name,
      reason: path.slice(1).map((_, depth) => nameOf(path.slice(0, depth + 2)).name),
      lead: p.lead,
      feedback: feedback.get(p.episodeId) ?? "",
    };
  });
}
