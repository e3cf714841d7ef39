import { z } from "zod";
import { done, expectedVersion, id } from "#contracts/common";
import {
  assignWork as assignBody,
  conversationView,
  saveDraft as draftBody,
  draftSaved,
  handedOff,
  handOff,
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
import { assignWork, offersOf, permittedQueues, releaseWork, snoozeWork, takeWork } from "#modules/routing";
import { iso } from "#platform/clock";
import { conflict, notNow } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { dropDraft, keepDraft } from "../drafts.ts";
import { recordHandOff } from "../hand-off.ts";
import { conversationFor, draftView } from "../read/conversation-view.ts";
import { workListFor } from "../read/work-list.ts";
import { presentOffers } from "../read/work-rows.ts";
import { finish, needOutcome, settleReply, undoReply, writeReply } from "../replies.ts";
import { findDraft, noteSeen, type Reply } from "../store/desk-store.ts";
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
    (tx, { actor, query }) => workListFor(tx, actor, query),
  );

  r.query("/api/offers", { summary: "What is held out to me now", tag, response: offerList }, async (tx, { actor }) => {
    const offers = await tx.together(async (tx) => {
      const [{ queues }, all] = await Promise.all([permittedQueues(tx, actor, "work.take"), offersOf(tx, actor.id)]);
      const mine = all.filter((o) => queues === "all" || queues.includes(o.work.queueId));
      return presentOffers(tx, actor.id, mine);
    });
    return { offers };
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
      const view = await conversationFor(tx, actor, params.id, query.before ?? null);
      // Who looked at a customer is kept, once an hour; a program looks, too.
      if (await noteSeen(tx, view.id, actor.id))
        await audit(tx, actor, "conversation.opened", "customer", view.customer.id, { conversationId: view.id });
      return view;
    },
  );

  r.command(
    "PUT",
    "/api/desk/conversations/:id/draft",
    { summary: "Save my draft", tag, params: byId, body: draftBody, response: draftSaved },
    async (tx, { actor, params, body }) => {
      const { id } = (await accessConversation(tx, actor, params.id)).conversation;
      const version = await keepDraft(
        tx,
        actor.id,
        {
          conversationId: id,
          audience: body.audience,
          text: body.text,
          answersMessageId: body.answersMessageId,
          files: body.files,
        },
        body.expectedVersion,
      );
      if (version === null) throw conflict("draft", await draftView(tx, await findDraft(tx, id, actor.id)));
      return { version, savedAt: iso(tx.now) };
    },
  );
  r.command(
    "DELETE",
    "/api/desk/conversations/:id/draft",
    { summary: "Throw my draft away", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      const { id } = (await accessConversation(tx, actor, params.id)).conversation;
      await dropDraft(tx, id, actor.id);
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
    "/api/desk/conversations/:id/hand-offs",
    {
      summary: "Record what came of answering on the network's own page, where software may not",
      tag,
      params: byId,
      body: handOff,
      response: handedOff,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      const done = await recordHandOff(tx, actor, { conversationId: params.id, ...body });
      await audit(tx, actor, "reply.handed-off", "conversation", params.id, { outcome: body.outcome });
      return done;
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
      const { where, conversation } = await accessConversation(tx, actor, params.id);
      need(actor, "note.write", where);
      const note = await addNote(tx, actor, conversation.id, body.text);
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
      const { work: open, where, conversation } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      await needOutcome(tx, work.brandId, body.outcome);
      if (!(await finish(tx, actor.kind === "agent" ? actor.id : null, conversation.id, body.outcome)))
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
      if (body.note.trim()) await addNote(tx, actor, work.conversationId, body.note.trim());
      await audit(tx, actor, "work.assigned", "conversation", work.conversationId, { to: body.to });
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
      const { work, where, conversation } = await accessConversation(tx, actor, params.id);
      need(actor, "work.take", where);
      if (work) throw notNow("Work on this conversation is open already.");
      await openEpisodeByHand(tx, { conversationId: conversation.id, by: actor.id, reason: body.reason });
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
