import { figureRows, figureRowsQuery, figuresQuery, figuresView } from "#contracts/insights";
import { type InviteMoves, inviteMoves } from "#contracts/invites";
import { conversationsById } from "#modules/conversations";
import { agentsById, can } from "#modules/people";
import { whereConversationsStand } from "#modules/routing";
import { iso } from "#platform/clock";
import { AppError } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { definitionOf, isFigure } from "../domain/figures.ts";
import { figuresOf } from "../insights.ts";
import { rows } from "../store/figure-store.ts";
import { movesOf } from "../store/invite-fact-store.ts";
import { cursorOf, filterOf } from "./asked.ts";

export function insightsRoutes(r: Routes): void {
  const tag = "insights";
  r.query(
    "/api/insights/figures",
    {
      summary: "The figures of a span of time, beside the span before it",
      tag,
      query: figuresQuery,
      response: figuresView,
    },
    async (tx, { actor, query }) => {
      const { zone, figures } = await figuresOf(tx, await filterOf(tx, actor, query));
      return {
        from: query.from,
        to: query.to,
        zone,
        asOf: iso(tx.now),
        figures: figures.map((f) => {
          const d = definitionOf(f.key);
          return {
            key: f.key,
            group: d.group,
            unit: d.unit,
            measure: d.measure,
            value: f.value,
            before: f.before,
            parts: d.measure === "milliseconds" ? { median: f.median, p90: f.p90, inTarget: f.inTarget, n: f.n } : null,
            goal: d.goal,
            definition: d.definition,
            settled: f.settled,
            provisionalUntil: f.provisionalUntil === null ? null : iso(f.provisionalUntil),
            rows: f.n,
            series: f.series.map((p) => ({ at: iso(p.at), value: p.value })),
          };
        }),
      };
    },
  );

  r.query(
    "/api/insights/moves",
    {
      summary:
        "From public to private, by the place customers were asked to come to: invited, opened, came, what came of it",
      tag,
      query: figuresQuery,
      response: inviteMoves,
    },
    async (tx, { actor, query }) => ({
      rows: (await movesOf(tx, await filterOf(tx, actor, query))) as InviteMoves["rows"],
    }),
  );

  r.query(
    "/api/insights/rows",
    {
      summary: "Exactly the rows a figure is made of, the largest first",
      tag,
      query: figureRowsQuery,
      response: figureRows,
    },
    async (tx, { actor, query }) => {
      const filter = await filterOf(tx, actor, query);
      if (!isFigure(query.key))
        throw new AppError("not-found", `There is no figure ${query.key}. GET /api/insights/figures lists them.`);
      const found = await rows(tx, query.key, filter, cursorOf(query.cursor), query.limit + 1);
      const page = found.slice(0, query.limit);
      const ids = [...new Set(page.flatMap((p) => p.conversationId ?? []))];
      const [agents, conversations, stands] = [
        await agentsById(
          tx,
          page.map((p) => p.agentId),
        ),
        await conversationsById(tx, ids),
        await whereConversationsStand(tx, ids),
      ];
      // It counts, but what it was about is for who may read it.
      const readable = (id: string | null) => id !== null && can(actor, "conversation.read", stands.get(id) ?? {});
      const last = page.at(-1);
      return {
        items: page.map((p) => ({
          episodeId: p.episodeId,
          conversationId: readable(p.conversationId) ? p.conversationId : null,
          number: (p.conversationId && readable(p.conversationId) && conversations.get(p.conversationId)?.number) || "",
          at: iso(p.at),
          value: p.value,
          agent: (p.agentId && agents.get(p.agentId)?.name) || null,
          network: p.network,
          note: p.note,
        })),
        next: found.length > query.limit && last ? `${last.value ?? 0}/${last.tie}` : null,
      };
    },
  );
}
