import { z } from "zod";
import { id } from "#contracts/common";
import {
  boardItemsPage,
  boardItemsQuery,
  calledIn,
  callIn,
  ease,
  lend,
  queueCloseUp,
  supervised,
  superviseWork,
  takeBack,
  wallboard,
  wallboardQuery,
} from "#contracts/supervision";
import type { Routes } from "#platform/http/routes";
import { superviseMany, takeBackAct } from "../supervision/acts.ts";
import { boardFor } from "../supervision/board.ts";
import { boardItemsFor, closeUpOf } from "../supervision/close-up.ts";
import { easeFor } from "../supervision/ease.ts";
import { lendTo } from "../supervision/loans.ts";
import { callHelpersIn } from "../supervision/surge.ts";

const tag = "supervision";
const byId = z.object({ id });

export function supervisionRoutes(r: Routes): void {
  r.query(
    "/api/wallboard",
    {
      summary: "How everything stands that I may see: what waits, when it clears, who is here, what would help",
      ...{ tag, query: wallboardQuery, response: wallboard },
    },
    (tx, { actor, query }) => boardFor(tx, actor, query),
  );
  r.query(
    "/api/wallboard/items",
    { summary: "The items behind a number of the wallboard", tag, query: boardItemsQuery, response: boardItemsPage },
    (tx, { actor, query }) => boardItemsFor(tx, actor, query),
  );
  r.query(
    "/api/wallboard/queues/:id",
    { summary: "A queue close up", tag, params: byId, response: queueCloseUp },
    (tx, { actor, params }) => closeUpOf(tx, actor, params.id),
  );
  r.command(
    "POST",
    "/api/supervision/acts",
    {
      summary:
        "Give up to 500 items to an agent or a queue, or set how urgent they are; each is done or refused by itself",
      ...{ tag, body: superviseWork, response: supervised },
    },
    (tx, { actor, body }) => superviseMany(tx, actor, body),
  );
  r.command(
    "POST",
    "/api/supervision/acts/:id/take-back",
    { summary: "Take an act of supervision back", tag, params: byId, body: takeBack, response: supervised },
    (tx, { actor, params, body }) => takeBackAct(tx, actor, { actId: params.id, ...body }),
  );
  r.command(
    "POST",
    "/api/supervision/surge",
    {
      summary: "Call in who is marked as a helper: told by their own ways, in the queue's team until the time is over",
      ...{ tag, body: callIn, response: calledIn },
    },
    (tx, { actor, body }) => callHelpersIn(tx, actor, body),
  );
  r.command(
    "POST",
    "/api/supervision/easings",
    {
      summary: "Stretch a queue's targets, or ask less of a skill in it, for a time; it is as before by itself",
      ...{ tag, body: ease, response: supervised },
    },
    async (tx, { actor, body }) => {
      const act = await easeFor(tx, actor, body);
      return { actId: act.id, version: act.version, done: [body.queueId], refused: [] };
    },
  );
  r.command(
    "POST",
    "/api/supervision/loans",
    {
      summary: "Lend an agent a skill or a team for a time; it goes back by itself",
      ...{ tag, body: lend, response: supervised },
    },
    async (tx, { actor, body }) => {
      const act = await lendTo(tx, actor, body);
      return { actId: act.id, version: act.version, done: [body.agentId], refused: [] };
    },
  );
}
