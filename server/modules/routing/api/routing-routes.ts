import { z } from "zod";
import { id } from "#contracts/common";
import { decline } from "#contracts/desk";
import {
  changeQueue,
  queueChanged,
  queueHelpers,
  queueList,
  reliefList,
  type WorkMoved,
  workMoved,
} from "#contracts/routing";
import { audit, can, need } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { changeQueue as changeQueueOf, helpersOf } from "../queue-settings.ts";
import { queuesOf } from "../queues.ts";
import { whereOffersStand } from "../read-work.ts";
import { acceptOffers, declineOffer, takeNext } from "../routing.ts";
import { queueFigures } from "../store/queue-store.ts";
import { reliefLog } from "../store/relief-store.ts";
import type { Work } from "../store/work-store.ts";
import { permittedQueues, type Whereabouts } from "../whereabouts.ts";

const byId = z.object({ id });
const tag = "routing";

/** Offers are held out to people; a program can read them but not take them. */
export function agentOnly(actor: Actor, what: string): void {
  if (actor.kind !== "agent") throw notPermitted(`${what} with an API key; it belongs to an agent`);
}

/** An offer outside of what its agent may take (the right was taken back meanwhile) is none any more. */
async function needOffer(tx: Tx, actor: Actor, offerId: string): Promise<void> {
  needIn(await whereOffersStand(tx, [offerId]), actor, offerId);
}
function needIn(stand: ReadonlyMap<string, Whereabouts>, actor: Actor, offerId: string): void {
  const where = stand.get(offerId);
  if (!where || !can(actor, "work.take", where)) throw notFound("offer");
}

/** What it throws of what may be told; null: nothing. */
function refusalOf(check: () => void): AppError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
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
          const { ringParts, overflow, choice } = queue;
          return {
            ...{ id, name, position, teamId, open, outOfHours, autoServe, targets, skills, version },
            ...{ ringParts, overflow, choice },
            ...{ opensAt: queue.opensAt === null ? null : iso(queue.opensAt), waiting: figure?.waiting ?? 0 },
            ...{ openWork: figure?.open ?? 0, firstDueAt: figure?.firstDue ? iso(figure.firstDue) : null },
          };
        }),
      };
    },
  );

  r.query(
    "/api/queue-relief",
    { summary: "When other teams began and ended to help queues out, and why", tag, response: reliefList },
    async (tx, { actor }) => {
      need(actor, "work.read");
      const { queues: permitted } = await permittedQueues(tx, actor, "work.read");
      const ids = permitted === "all" ? (await queuesOf(tx)).map((queue) => queue.id) : permitted;
      const lines = await reliefLog(tx, ids, 100);
      return {
        lines: lines.map(({ queueId, at, act, teamIds, reasons }) => ({
          ...{ queueId, at: iso(at), act, teamIds },
          reasons: reasons.map((reason) => reason.text),
        })),
      };
    },
  );
  r.query(
    "/api/queues/:id/helpers",
    { summary: "The teams that could help a queue out", tag, params: byId, response: queueHelpers },
    async (tx, { actor, params }) => {
      need(actor, "settings.manage", {});
      return { teams: await helpersOf(tx, params.id) };
    },
  );
  r.command(
    "PUT",
    "/api/queues/:id",
    {
      summary: "Change how a queue's work is handed out",
      tag,
      params: byId,
      body: changeQueue,
      response: queueChanged,
    },
    async (tx, { actor, params, body }) => {
      need(actor, "settings.manage", {});
      const { expectedVersion, ...change } = body;
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const { before, after } = await changeQueueOf(tx, params.id, expectedVersion, given);
      const was = Object.fromEntries(Object.keys(given).map((key) => [key, before[key as keyof typeof before]]));
      await audit(tx, actor, "queue.changed", "queue", params.id, { from: was, to: given });
      return { id: after.id, version: after.version };
    },
  );

  r.commandTogether(
    "POST",
    "/api/offers/:id/accept",
    {
      summary: "Accept an offer; refused with who has the work when it is too late",
      tag,
      params: byId,
      response: workMoved,
      inTurn: "routing",
    },
    async (tx, asked) => {
      const stand = await whereOffersStand(
        tx,
        asked.map(({ params }) => params.id),
      );
      const permitted = asked.map(({ actor, params }) =>
        refusalOf(() => {
          need(actor, "work.take");
          agentOnly(actor, "accept offers");
          needIn(stand, actor, params.id);
        }),
      );
      const may = asked.filter((_, n) => !permitted[n]);
      const taken = await acceptOffers(
        tx,
        may.map(({ actor, params }) => ({ offerId: params.id, agentId: actor.id })),
      );
      return permitted.map((refusal) => {
        if (refusal) return refusal;
        const work = taken.shift() as Work | AppError;
        return work instanceof AppError ? work : presentMoved(work);
      });
    },
  );
  r.command(
    "POST",
    "/api/offers/:id/decline",
    {
      ...{ summary: "Decline an offer with a reason", tag, params: byId, body: decline, response: workMoved },
      inTurn: "routing",
    },
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
      inTurn: "routing",
    },
    async (tx, { actor }) => {
      need(actor, "work.take");
      agentOnly(actor, "take work");
      return presentMoved(await takeNext(tx, actor.id));
    },
  );
}
