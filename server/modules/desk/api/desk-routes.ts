import { z } from "zod";
import { done, expectedVersion, id } from "#contracts/common";
import {
  assignWork as assignBody,
  conversationView,
  saveDraft as draftBody,
  draftSaved,
  markLabel as markBody,
  newNote,
  offerList,
  openEpisode,
  replyMade,
  resolveWork,
  sendReply,
  settleReply as settleBody,
  snoozeWork as snoozeBody,
  timelineNote,
  workPage,
  workQuery,
} from "#contracts/desk";
import { openEpisodeByHand } from "#modules/conversations";
import { markLabel } from "#modules/listening";
import { agentsById, audit, can, need } from "#modules/people";
import {
  assignWork,
  listWork,
  offersOf,
  permittedQueues,
  releaseWork,
  snoozeWork,
  takeWork,
  teamQueues,
  type Work,
  workCounts,
} from "#modules/routing";
import { iso } from "#platform/clock";
import { conflict, notNow } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { conversationFor } from "../read/conversation-view.ts";
import { presentOffers, presentWork } from "../read/work-rows.ts";
import { finish, needOutcome, settleReply, undoReply, writeReply } from "../replies.ts";
import { deleteDraft, findDraft, noteSeen, type Reply, saveDraft } from "../store/desk-store.ts";
import { marksOf } from "../store/mark-store.ts";
import { accessConversation, accessMessage, addNote, needOwner, needReader, openWork } from "../work-acts.ts";

const tag = "desk";
const byId = z.object({ id });
const versioned = z.object({ expectedVersion });
const ok = { ok: true as const };

export function deskRoutes(r: Routes): void {
  r.query(
    "/api/desk/work",
    {
      summary: "The work list: mine, my queues', or all I may see, by due time",
      tag,
      query: workQuery,
      response: workPage,
    },
    async (tx, { actor, query }) => {
      need(actor, "work.read");
      const { queues, own } = await permittedQueues(tx, actor, "work.read");
      const teamQueueIds = await teamQueues(tx, actor.id);
      const page = await listWork(tx, {
        teamQueueIds,
        view: query.view,
        agentId: actor.id,
        queues,
        own,
        queueId: query.queueId,
        cursor: query.cursor,
        limit: query.limit,
      });
      const conversationIds = page.items.map((w) => w.conversationId);
      const marks = await marksOf(tx, conversationIds, actor.id);
      const ending = (w: Work) => marks.get(w.conversationId)?.ending === true;
      const counts = await workCounts(tx, { agentId: actor.id, queues, own, teamQueueIds });
      const mine = page.items.filter((w) => w.ownerId === actor.id && ending(w)).length;
      return {
        items: await presentWork(
          tx,
          actor.id,
          page.items.filter((w) => !ending(w)),
          { marks },
        ),
        next: page.next,
        counts: { ...counts, mine: Math.max(0, counts.mine - mine) },
      };
    },
  );

  r.query("/api/offers", { summary: "What is held out to me now", tag, response: offerList }, async (tx, { actor }) => {
    const { queues } = await permittedQueues(tx, actor, "work.take");
    const mine = (await offersOf(tx, actor.id)).filter((o) => queues === "all" || queues.includes(o.work.queueId));
    return { offers: await presentOffers(tx, actor.id, mine) };
  });

  r.query(
    "/api/desk/conversations/:id",
    {
      summary: "A conversation as the desk shows it",
      tag,
      params: byId,
      query: z.object({ before: id.optional() }),
      response: conversationView,
    },
    async (tx, { actor, params, query }) => {
      const standing = await accessConversation(tx, actor, params.id);
      const view = await conversationFor(tx, actor, params.id, query.before ?? null, standing);
      // Who looked at a customer is kept, once an hour; a program looks, too.
      if (await noteSeen(tx, params.id, actor.id))
        await audit(tx, actor, "conversation.opened", "customer", view.customer.id, { conversationId: params.id });
      return view;
    },
  );

  r.command(
    "PUT",
    "/api/desk/conversations/:id/draft",
    { summary: "Save my draft", tag, params: byId, body: draftBody, response: draftSaved },
    async (tx, { actor, params, body }) => {
      await accessConversation(tx, actor, params.id);
      const version = await saveDraft(
        tx,
        actor.id,
        {
          conversationId: params.id,
          audience: body.audience,
          text: body.text,
          answersMessageId: body.answersMessageId,
        },
        body.expectedVersion,
      );
      if (version === null) throw conflict("draft", (await findDraft(tx, params.id, actor.id)) ?? null);
      return { version, savedAt: iso(tx.now) };
    },
  );
  r.command(
    "DELETE",
    "/api/desk/conversations/:id/draft",
    { summary: "Throw my draft away", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      await accessConversation(tx, actor, params.id);
      await deleteDraft(tx, params.id, actor.id);
      return ok;
    },
  );

  const shown = (reply: Reply) => ({
    replyId: reply.id,
    deliveryId: reply.deliveryId,
    state: reply.state,
    goesAt: iso(reply.goesAt),
    version: reply.version,
  });
  r.command(
    "POST",
    "/api/desk/conversations/:id/replies",
    {
      summary: "Send a reply on its way: preflight, disclosure, outbox",
      tag,
      params: byId,
      body: sendReply,
      response: replyMade,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      return shown(await writeReply(tx, actor, { conversationId: params.id, ...body }));
    },
  );
  r.command(
    "POST",
    "/api/desk/replies/:id/undo",
    { summary: "Take a reply back before it leaves", tag, params: byId, response: replyMade },
    async (tx, { actor, params }) => shown(await undoReply(tx, actor, params.id)),
  );
  r.command(
    "POST",
    "/api/desk/replies/:id/settle",
    {
      summary: "Decide about a reply whose fate is unknown, or that failed",
      tag,
      params: byId,
      body: settleBody,
      response: replyMade,
    },
    async (tx, { actor, params, body }) => {
      const reply = await settleReply(tx, actor, params.id, body.expectedVersion, body.as);
      await audit(tx, actor, "reply.settled", "reply", params.id, { as: body.as });
      return shown(reply);
    },
  );

  r.command(
    "POST",
    "/api/desk/conversations/:id/notes",
    {
      summary: "Write a note that only the team reads",
      tag,
      params: byId,
      body: newNote,
      response: timelineNote,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      need(actor, "note.write", (await accessConversation(tx, actor, params.id)).where);
      const note = await addNote(tx, actor, params.id, body.text);
      const agent = (await agentsById(tx, [actor.id])).get(actor.id);
      return {
        type: "note" as const,
        id: note.id,
        at: iso(note.at),
        agent: { id: actor.id, name: actor.name, initials: agent?.initials ?? "" },
        text: note.text,
        version: 1,
      };
    },
  );

  r.command(
    "POST",
    "/api/desk/conversations/:id/resolve",
    { summary: "End the episode with its outcome", tag, params: byId, body: resolveWork, response: done },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      await needOutcome(tx, work.brandId, body.outcome);
      if (!(await finish(tx, actor.kind === "agent" ? actor.id : null, params.id, body.outcome)))
        throw notNow("The episode is done already.");
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/take",
    { summary: "Take waiting work from the list", tag, params: byId, body: versioned, response: done },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      need(actor, "work.take", where);
      await takeWork(tx, {
        workItemId: work.id,
        agentId: actor.id,
        mayExceed: can(actor, "work.over-capacity", where),
      });
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/assign",
    { summary: "Give the work to an agent or a queue", tag, params: byId, body: assignBody, response: done },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      if (body.to.kind === "agent") await needReader(tx, body.to.agentId, where);
      if (body.note.trim()) need(actor, "note.write", where);
      await assignWork(tx, {
        workItemId: work.id,
        to: body.to,
        by: actor.id,
        mayExceed: can(actor, "work.over-capacity", where),
      });
      if (body.note.trim()) await addNote(tx, actor, params.id, body.note.trim());
      await audit(tx, actor, "work.assigned", "conversation", params.id, { to: body.to });
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/snooze",
    { summary: "Put the work away until a time", tag, params: byId, body: snoozeBody, response: done },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      await snoozeWork(tx, { workItemId: work.id, until: Date.parse(body.until), agentId: work.ownerId ?? actor.id });
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/release",
    { summary: "Give the work back to its queue", tag, params: byId, body: versioned, response: done },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      await releaseWork(tx, { workItemId: work.id, agentId: work.ownerId ?? actor.id });
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/open",
    { summary: "Begin an episode by hand, with a reason", tag, params: byId, body: openEpisode, response: done },
    async (tx, { actor, params, body }) => {
      const { work, where } = await accessConversation(tx, actor, params.id);
      need(actor, "work.take", where);
      if (work) throw notNow("Work on this conversation is open already.");
      await openEpisodeByHand(tx, { conversationId: params.id, by: actor.id, reason: body.reason });
      return ok;
    },
  );

  r.command(
    "POST",
    "/api/desk/messages/:id/mark",
    {
      summary: "Correct a label; the account's models learn from it",
      tag,
      params: byId,
      body: markBody,
      response: done,
    },
    async (tx, { actor, params, body }) => {
      need(actor, "label.mark", (await accessMessage(tx, actor, params.id)).where);
      await markLabel(tx, { messageId: params.id, task: body.task, value: body.value, agentId: actor.id });
      return ok;
    },
  );
}
