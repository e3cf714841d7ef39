import { z } from "zod";
import { id } from "#contracts/common";
import { whyRouted as view, type WhyRouted } from "#contracts/why-routed";
import { agentsById, can } from "#modules/people";
import { whyRouted } from "#modules/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { accessConversation } from "../work-acts.ts";

export function whyRoutes(r: Routes): void {
  r.query(
    "/api/desk/conversations/:id/routing",
    {
      summary: "Why its work is with whom it is, why not with the others, and what comes next",
      tag: "desk",
      params: z.object({ id }),
      response: view,
    },
    async (tx, { actor, params }) => ({ why: await whyFor(tx, actor, params.id) }),
  );
}

/** The others are told only to who sees the work of the queue. Who has it stands in the conversation anyway. */
async function whyFor(tx: Tx, actor: Actor, conversationId: string): Promise<WhyRouted["why"]> {
  const { conversation } = await accessConversation(tx, actor, conversationId);
  const found = await whyRouted(tx, conversation.id);
  if (!found) return null;
  const { work, queue, choice, before, now, more, next } = found;
  const seesAll = can(actor, "work.read", { queueId: queue.id, teamId: queue.teamId });
  const told = [
    ...(choice ? [choice.agentId, ...choice.others.map((o) => o.agentId)] : []),
    ...now.map((o) => o.agentId),
  ];
  const agents = await agentsById(tx, told);
  const other = (agentId: string, against: { code: string; text: string; at: number | null }) => ({
    ...{ name: agents.get(agentId)?.name ?? null, code: against.code, text: against.text },
    at: against.at === null ? null : iso(against.at),
  });
  return {
    ...{ workItemId: work.id, queue: queue.name, state: work.state, more },
    choice: choice && {
      ...{ at: iso(choice.at), agent: agents.get(choice.agentId)?.name ?? "", mine: choice.agentId === actor.id },
      ...{ reasons: choice.reasons.map((reason) => reason.text), admitted: choice.admitted },
      // Loads, skills and presence of others are for who sees the queue's work.
      others: seesAll ? choice.others.map((one) => other(one.agentId, one)) : [],
    },
    before: before.map(({ at, text }) => ({ at: iso(at), text })),
    now: seesAll ? now.map(({ agentId, against }) => other(agentId, against ?? FREE)) : [],
    next: next.map(({ at, ...one }) => ({ ...one, at: iso(at) })),
  };
}

const FREE = { code: "free", text: "could take it", at: null };
