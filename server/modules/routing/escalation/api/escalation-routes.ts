import { z } from "zod";
import { id } from "#contracts/common";
import {
  acknowledge,
  act,
  alertView,
  escalationList,
  escalationStory,
  escalationView,
  handOn,
  raise,
  standDown,
} from "#contracts/escalation";
import { agentsById, can, need } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { accessEscalation, acknowledgeIt, actOnIt, handItOn, raiseByHand, standItDown } from "../acts.ts";
import { type Escalation, endedEscalations, openEscalations, stepsOf } from "../store/escalation-store.ts";
import { alertsOf, presentEscalations } from "../views.ts";

const tag = "escalation";
const byId = z.object({ id });

export function escalationRoutes(r: Routes): void {
  const one = async (tx: Tx, actor: Actor, e: Escalation) => (await presentEscalations(tx, actor, [e]))[0]!;

  r.query(
    "/api/escalations",
    {
      summary: "What is escalated: open ones gravest first, or the last that ended",
      tag,
      query: z.object({ state: z.enum(["open", "over"]).default("open"), conversationId: id.optional() }),
      response: escalationList,
    },
    async (tx, { actor, query }) => {
      const list =
        query.state === "open" ? await openEscalations(tx, query.conversationId) : await endedEscalations(tx, 100);
      const all = can(actor, "escalation.read", {});
      const seen = list.filter((e) => all || e.paged.includes(actor.id) || e.owner === actor.id);
      return { items: await presentEscalations(tx, actor, seen) };
    },
  );
  r.query(
    "/api/escalations/:id",
    { summary: "One escalation with all that happened to it", tag, params: byId, response: escalationStory },
    async (tx, { actor, params }) => {
      const found = await accessEscalation(tx, actor, params.id);
      const steps = await stepsOf(tx, found.id);
      const agents = await agentsById(
        tx,
        steps.map((s) => s.agentId),
      );
      return {
        escalation: await one(tx, actor, found),
        steps: steps.map((s) => ({
          ...{ at: iso(s.at), act: s.act, says: s.says, who: (s.agentId && agents.get(s.agentId)?.name) || null },
        })),
      };
    },
  );
  r.command(
    "POST",
    "/api/escalations",
    { summary: "Escalate a conversation", tag, body: raise, response: escalationView, status: 201 },
    async (tx, { actor, body }) => {
      need(actor, "work.read");
      return one(tx, actor, await raiseByHand(tx, actor, body));
    },
  );
  r.command(
    "POST",
    "/api/escalations/:id/acknowledge",
    { summary: "I have it", tag, params: byId, body: acknowledge, response: escalationView },
    async (tx, { actor, params, body }) =>
      one(tx, actor, await acknowledgeIt(tx, actor, params.id, body.expectedVersion)),
  );
  r.command(
    "POST",
    "/api/escalations/:id/act",
    { summary: "Say what was done about it", tag, params: byId, body: act, response: escalationView },
    async (tx, { actor, params, body }) =>
      one(tx, actor, await actOnIt(tx, actor, params.id, body.expectedVersion, body.says)),
  );
  r.command(
    "POST",
    "/api/escalations/:id/hand-on",
    {
      summary: "Hand it on to somebody else, who is asked now",
      tag,
      params: byId,
      body: handOn,
      response: escalationView,
    },
    async (tx, { actor, params, body }) => one(tx, actor, await handItOn(tx, actor, params.id, body)),
  );
  r.command(
    "POST",
    "/api/escalations/:id/stand-down",
    { summary: "End it, with the reason", tag, params: byId, body: standDown, response: escalationView },
    async (tx, { actor, params, body }) =>
      one(tx, actor, await standItDown(tx, actor, params.id, body.expectedVersion, body.reason)),
  );
  r.query(
    "/api/alerts",
    { summary: "What stands over every page: crises, alarms, and what you are asked for", tag, response: alertView },
    (tx, { actor }) => alertsOf(tx, actor),
  );
}
