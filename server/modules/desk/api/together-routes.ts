import { z } from "zod";
import { done, id } from "#contracts/common";
import { askGuest, barAgent, bringForward as bringBody, broughtForward, handOver, wrapUp } from "#contracts/guests";
import { audit, can, need } from "#modules/people";
import {
  askGuest as askIn,
  barFromWork,
  bringForward,
  dismissGuest,
  handOverWork,
  permittedQueues,
  wrapUpWork,
} from "#modules/routing";
import { notPermitted } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { call } from "../together/calls.ts";
import { accessConversation, addNote, needOwner, needReader, openWork } from "../work-acts.ts";

const tag = "desk";
const byId = z.object({ id });
const byAgent = z.object({ id, agentId: id });
const ok = { ok: true as const };

/** Acts of who works on it together, of writing up, of who must not have it, and of floods. */
export function togetherRoutes(r: Routes): void {
  r.command(
    "POST",
    "/api/desk/conversations/:id/guests",
    { summary: "Ask a colleague in; the owner stays", tag, params: byId, body: askGuest, response: done },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      await needReader(tx, body.agentId, where, "guest");
      const note = body.note.trim();
      if (note) need(actor, "note.write", where);
      const mayExceed = can(actor, "work.over-capacity", where);
      await askIn(tx, { workItemId: work.id, agentId: body.agentId, kind: body.kind, mayExceed });
      const written = note ? await addNote(tx, actor, work.conversationId, note) : null;
      const { conversationId } = work;
      await call(tx, actor, { conversationId, kind: "asked-in", ...(written && { refId: written.id }) }, [
        body.agentId,
      ]);
      await audit(tx, actor, "work.guest-asked", "conversation", work.conversationId, {
        ...{ agentId: body.agentId, kind: body.kind },
      });
      return ok;
    },
  );
  r.command(
    "DELETE",
    "/api/desk/conversations/:id/guests/:agentId",
    { summary: "Let a guest go, or leave as a guest", tag, params: byAgent, response: done },
    async (tx, { actor, params }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, open?.version ?? 0);
      if (params.agentId !== actor.id) needOwner(actor, work, where);
      const how = params.agentId === actor.id ? "left" : "cancelled";
      await dismissGuest(tx, { workItemId: work.id, agentId: params.agentId, how });
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/guests/:agentId/hand-over",
    { summary: "Hand the work over to a guest, with a note", tag, params: byAgent, body: handOver, response: done },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      await needReader(tx, params.agentId, where);
      const note = body.note.trim();
      if (note) need(actor, "note.write", where);
      await handOverWork(tx, { workItemId: work.id, agentId: params.agentId });
      const written = note ? await addNote(tx, actor, work.conversationId, note) : null;
      const { conversationId } = work;
      await call(tx, actor, { conversationId, kind: "handed", ...(written && { refId: written.id }) }, [
        params.agentId,
      ]);
      await audit(tx, actor, "work.handed-over", "conversation", work.conversationId, { to: params.agentId });
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/wrap-up",
    {
      summary: "Say that it is written up, or take as long again once",
      tag,
      params: byId,
      body: wrapUp,
      response: done,
    },
    async (tx, { actor, params, body }) => {
      const { work: open } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      need(actor, "work.take");
      await wrapUpWork(tx, { workItemId: work.id, agentId: actor.id, act: body.act });
      return ok;
    },
  );
  r.command(
    "PUT",
    "/api/desk/conversations/:id/barred/:agentId",
    {
      ...{ summary: "Keep an agent away from it, because a complaint in it is about them", tag },
      ...{ params: byAgent, body: barAgent, response: done },
    },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      need(actor, "work.assign", where);
      // Whoever the complaint is about does not decide on it.
      if (params.agentId === actor.id) throw notPermitted("decide this about yourself; ask another supervisor");
      await barFromWork(tx, { workItemId: work.id, agentId: params.agentId, reason: body.reason });
      await audit(tx, actor, "work.barred", "conversation", work.conversationId, {
        ...{ agentId: params.agentId, reason: body.reason },
      });
      return ok;
    },
  );
  r.command(
    "DELETE",
    "/api/desk/conversations/:id/barred/:agentId",
    { summary: "Let an agent work on it again", tag, params: byAgent, response: done },
    async (tx, { actor, params }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, open?.version ?? 0);
      need(actor, "work.assign", where);
      if (params.agentId === actor.id) throw notPermitted("decide this about yourself; ask another supervisor");
      await barFromWork(tx, { workItemId: work.id, agentId: params.agentId, reason: null });
      await audit(tx, actor, "work.unbarred", "conversation", work.conversationId, { agentId: params.agentId });
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/work/forward",
    {
      ...{ summary: "Bring what waits behind an author or a text forward: the next, or all", tag },
      ...{ body: bringBody, response: broughtForward },
    },
    async (tx, { actor, body }) => {
      need(actor, "work.assign");
      const { queues: queueIds } = await permittedQueues(tx, actor, "work.assign");
      const count = await bringForward(tx, { key: body.key, all: body.all, queueIds, name: actor.name });
      await audit(tx, actor, "work.brought-forward", "work", tx.accountId, { key: body.key, count });
      return { count };
    },
  );
}
