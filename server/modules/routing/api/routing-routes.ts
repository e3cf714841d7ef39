import { z } from "zod";
import { id } from "#contracts/common";
import { decline } from "#contracts/desk";
import { queueList, type WorkMoved, workMoved } from "#contracts/routing";
import { can, need } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { queuesOf } from "../queues.ts";
import { whereOfferStands } from "../read-work.ts";
import { acceptOffer, declineOffer, takeNext } from "../routing.ts";
import { queueFigures } from "../store/queue-store.ts";
import type { Work } from "../store/work-store.ts";
import { permittedQueues } from "../whereabouts.ts";

const byId = z.object({ id });
const tag = "routing";

/** Offers are held out to people; a program can read them but not take them. */
export function agentOnly(actor: Actor, what: string): void {
  if (actor.kind !== "agent") throw notPermitted(`${what} with an API key; it belongs to an agent`);
}

/** An offer outside of what its agent may take (the right was taken back meanwhile) is none any more. */
async function needOffer(tx: Tx, actor: Actor, offerId: string): Promise<void> {
  const where = await whereOfferStands(tx, offerId);
  if (!where || !can(actor, "work.take", where)) throw notFound("offer");
}

export function presentMoved(work: Work): WorkMoved {
  return {
    ...{ ok: true, workItemId: work.id, conversationId: work.conversationId, episodeId: work.episodeId },
    ...{ queueId: work.queueId, state: work.state, ownerId: work.ownerId, dueAt: iso(work.due), version: work.version },
  };
}

export function routingRoutes(r: Routes): void {
  r.query(
    "/api/queues",
    { summary: "Queues, their targets and what waits in them", tag, response: queueList },
    async (tx, { actor }) => {
      need(actor, "work.read");
      const { queues: permitted } = await permittedQueues(tx, actor, "work.read");
      const shown = (await queuesOf(tx)).filter((queue) => permitted === "all" || permitted.includes(queue.id));
      const figures = await queueFigures(
        tx,
        shown.map((queue) => queue.id),
      );
      return {
        queues: shown.map((queue) => {
          const figure = figures.get(queue.id);
          const { id, name, position, teamId, open, outOfHours, autoServe, targets, skills, version } = queue;
          return {
            ...{ id, name, position, teamId, open, outOfHours, autoServe, targets, skills, version },
            ...{ opensAt: queue.opensAt === null ? null : iso(queue.opensAt), waiting: figure?.waiting ?? 0 },
            ...{ openWork: figure?.open ?? 0, firstDueAt: figure?.firstDue ? iso(figure.firstDue) : null },
          };
        }),
      };
    },
  );

  r.command(
    "POST",
    "/api/offers/:id/accept",
    {
      summary: "Accept an offer; refused with who has the work when it is too late",
      tag,
      params: byId,
      response: workMoved,
    },
    async (tx, { actor, params }) => {
      need(actor, "work.take");
      agentOnly(actor, "accept offers");
      await needOffer(tx, actor, params.id);
      return presentMoved(await acceptOffer(tx, { offerId: params.id, agentId: actor.id }));
    },
  );
  r.command(
    "POST",
    "/api/offers/:id/decline",
    { summary: "Decline an offer with a reason", tag, params: byId, body: decline, response: workMoved },
    async (tx, { actor, params, body }) => {
      need(actor, "work.take");
      agentOnly(actor, "decline offers");
      await needOffer(tx, actor, params.id);
      return presentMoved(await declineOffer(tx, { offerId: params.id, agentId: actor.id, ...body }));
    },
  );
  r.command(
    "POST",
    "/api/work/next",
    {
      summary: "Take the next: your oldest offer, else the most urgent work you have room and skills for",
      tag,
      response: workMoved,
    },
    async (tx, { actor }) => {
      need(actor, "work.take");
      agentOnly(actor, "take work");
      return presentMoved(await takeNext(tx, actor.id));
    },
  );
}
