import { z } from "zod";
import { id, instant } from "#contracts/common";
import {
  type PresenceView,
  presenceHistory,
  presenceList,
  presenceView,
  setPresence as presenceWish,
} from "#contracts/workforce";
import { activeAgents, agentsById, audit, need, type RoutableAgent } from "#modules/people";
import { type Presence, presenceSpans, presencesOf, setPresence, totalsOf } from "#modules/workforce";
import { DAY, instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { loadOf } from "../read-work.ts";
import { permittedQueues, whereQueuesStand } from "../whereabouts.ts";
import { agentOnly } from "./routing-routes.ts";

const byAgent = z.object({ agentId: id });
const span = z.object({ from: instant, to: instant });
/** Asked about at a time. */
const LONGEST = 31 * DAY;
const tag = "presence";

/** Presence with load: it stands here because only routing knows what an agent carries. */
async function presentAll(tx: Tx, only: (agent: RoutableAgent) => boolean = () => true): Promise<PresenceView[]> {
  const agents = (await activeAgents(tx)).filter(only);
  const ids = agents.map((agent) => agent.id);
  const [presences, loads] = [await presencesOf(tx, ids), await loadOf(tx, ids)];
  return agents.map((agent) => {
    const { since, until, state, reason, budget, version } = presences.get(agent.id) as Presence;
    return {
      ...{
        agentId: agent.id,
        name: agent.name,
        initials: agent.initials,
        state,
        since: iso(version === 0 ? tx.now : since),
      },
      ...{ until: until === null ? null : iso(until), reason, load: loads.get(agent.id)?.used ?? 0, budget, version },
    };
  });
}

/** Who works in the queues that the asker may see, and the asker. */
async function colleaguesOf(tx: Tx, actor: Actor): Promise<(agent: RoutableAgent) => boolean> {
  const { queues } = await permittedQueues(tx, actor, "work.read");
  if (queues === "all") return () => true;
  const teams = new Set([...(await whereQueuesStand(tx, queues)).values()].map((where) => where.teamId));
  return (agent) => agent.id === actor.id || agent.teamIds.some((teamId) => teams.has(teamId));
}

async function change(
  tx: Tx,
  actor: Actor,
  agentId: string,
  wish: z.output<typeof presenceWish>,
): Promise<PresenceView> {
  const until = wish.until === null ? null : instantOf(wish.until);
  await setPresence(tx, { agentId, state: wish.state, until, reason: wish.reason, by: actor.id });
  const view = (await presentAll(tx, (agent) => agent.id === agentId))[0];
  if (!view) throw notFound("agent");
  return view;
}

export function presenceRoutes(r: Routes): void {
  r.query(
    "/api/presence",
    { summary: "Who is here, and what each carries", tag, response: presenceList },
    async (tx, { actor }) => {
      need(actor, "work.read");
      return { agents: await presentAll(tx, await colleaguesOf(tx, actor)) };
    },
  );
  r.command(
    "PUT",
    "/api/presence/me",
    { summary: "Say whether you are available", tag, body: presenceWish, response: presenceView },
    async (tx, { actor, body }) => {
      agentOnly(actor, "set a presence");
      return change(tx, actor, actor.id, body);
    },
  );
  r.command(
    "PUT",
    "/api/presence/:agentId",
    {
      summary: "Change another agent's presence, with a reason",
      tag,
      params: byAgent,
      body: presenceWish,
      response: presenceView,
    },
    async (tx, { actor, params, body }) => {
      need(actor, "presence.force", {});
      const view = await change(tx, actor, params.agentId, body);
      await audit(tx, actor, "presence.force", "agent", params.agentId, { state: body.state, reason: body.reason });
      return view;
    },
  );
  r.query(
    "/api/presence/:agentId/history",
    { summary: "How somebody was here, span by span", tag, params: byAgent, query: span, response: presenceHistory },
    async (tx, { actor, params, query }) => {
      if (actor.id !== params.agentId) need(actor, "presence.force", {});
      if (!(await agentsById(tx, [params.agentId])).has(params.agentId)) throw notFound("agent");
      const [from, to] = [instantOf(query.from) ?? 0, instantOf(query.to) ?? 0];
      if (from >= to || to - from > LONGEST)
        throw new AppError("invalid-request", "Ask about a time of at most 31 days, from an instant to a later one.");
      const spans = await presenceSpans(tx, params.agentId, from, to);
      const names = await agentsById(tx, [...new Set(spans.flatMap((s) => s.byAgent ?? []))]);
      return {
        agentId: params.agentId,
        spans: spans.map(({ state, reason, byAgent: by, ...s }) => ({
          ...{ state, reason, from: iso(s.from), to: iso(s.to) },
          by: by === null ? null : (names.get(by)?.name ?? ""),
        })),
        totals: totalsOf(spans),
      };
    },
  );
}
