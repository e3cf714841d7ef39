import { z } from "zod";
import { id } from "#contracts/common";
import {
  crisisBind,
  crisisChange,
  crisisEnd,
  crisisList,
  crisisNote,
  crisisStart,
  crisisStory,
  crisisView,
} from "#contracts/escalation";
import { agentsById, can, need } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { bindToCrisis, changeCrisis, endCrisis, noteInCrisis, startCrisis } from "../crisis.ts";
import { type Crisis, crisisLog, findCrisis, pastCrises, runningCrises } from "../store/crisis-store.ts";
import { presentCrises } from "../views.ts";

const tag = "escalation";
const byId = z.object({ id });

/** The playbook for trouble in public. */
export function crisisRoutes(r: Routes): void {
  const one = async (tx: Tx, c: Crisis) => (await presentCrises(tx, [c]))[0]!;
  r.query(
    "/api/crises",
    { summary: "Crises that run, and the last that are over", tag, response: crisisList },
    async (tx, { actor }) => {
      need(actor, "work.read");
      const past = can(actor, "escalation.read", {}) ? await pastCrises(tx) : [];
      return { crises: await presentCrises(tx, [...(await runningCrises(tx)), ...past]) };
    },
  );
  r.query(
    "/api/crises/:id",
    { summary: "One crisis with all that happened", tag, params: byId, response: crisisStory },
    async (tx, { actor, params }) => {
      need(actor, "escalation.read", {});
      const found = await findCrisis(tx, params.id);
      if (!found) throw notFound("crisis");
      const log = await crisisLog(tx, found.id);
      const agents = await agentsById(
        tx,
        log.map((l) => l.agentId),
      );
      return {
        crisis: await one(tx, found),
        log: log.map((l) => ({
          ...{ at: iso(l.at), act: l.act, says: l.says, who: (l.agentId && agents.get(l.agentId)?.name) || null },
        })),
      };
    },
  );
  r.command(
    "POST",
    "/api/crises",
    { summary: "Start the crisis playbook for a brand", tag, body: crisisStart, response: crisisView, status: 201 },
    async (tx, { actor, body }) => one(tx, await startCrisis(tx, actor, body)),
  );
  r.command(
    "PATCH",
    "/api/crises/:id",
    {
      summary: "Change the spokesperson, the pause or the holding statement",
      tag,
      params: byId,
      body: crisisChange,
      response: crisisView,
    },
    async (tx, { actor, params, body }) => one(tx, await changeCrisis(tx, actor, params.id, body)),
  );
  r.command(
    "POST",
    "/api/crises/:id/conversations",
    {
      summary: "Put a conversation under the topic, or take it out",
      tag,
      params: byId,
      body: crisisBind,
      response: crisisView,
    },
    async (tx, { actor, params, body }) => one(tx, await bindToCrisis(tx, actor, params.id, body)),
  );
  r.command(
    "POST",
    "/api/crises/:id/log",
    { summary: "Write something into the crisis's log", tag, params: byId, body: crisisNote, response: crisisView },
    async (tx, { actor, params, body }) => one(tx, await noteInCrisis(tx, actor, params.id, body.says)),
  );
  r.command(
    "POST",
    "/api/crises/:id/end",
    {
      summary: "Stand down, with what is to be learned of it",
      tag,
      params: byId,
      body: crisisEnd,
      response: crisisView,
    },
    async (tx, { actor, params, body }) => one(tx, await endCrisis(tx, actor, params.id, body)),
  );
}
