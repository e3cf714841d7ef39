import { z } from "zod";
import { done, expectedVersion, id, instant } from "#contracts/common";
import {
  assignWork as assignBody,
  conversationView,
  saveDraft as draftBody,
  draftSaved,
  handedOff,
  handOff,
  markLabel as markBody,
  newNote,
  noteMade,
  offerList,
  openEpisode,
  replyMade,
  resolveWork,
  sendReply,
  settleReply as settleBody,
  snoozeWork as snoozeBody,
  workPage,
  workQuery,
} from "#contracts/desk";
import { acted } from "#contracts/work-loop";
import { openEpisodeByHand } from "#modules/conversations";
import { markLabel } from "#modules/listening";
import { agentsById, audit, can, need } from "#modules/people";
import { assignWork, offersOf, permittedQueues, releaseWork, snoozeWork, takeWork } from "#modules/routing";
import { iso } from "#platform/clock";
import { conflict, notNow } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { dropDraft, keepDraft } from "../drafts.ts";
import { recordHandOff } from "../hand-off.ts";
import { handsOf, noteAct } from "../loop/acts.ts";
import { conversationFor, draftView } from "../read/conversation-view.ts";
import { cutOf } from "../read/cut.ts";
import { workListFor } from "../read/work-list.ts";
import { presentOffers } from "../read/work-rows.ts";
import { finish, settleReply, undoReply } from "../replies.ts";
import { writeReply } from "../send-reply.ts";
import { findDraft, noteSeen, type Reply, replyOnItsWay } from "../store/desk-store.ts";
import { call } from "../together/calls.ts";
import { needClosing, noteClosing } from "../together/closing.ts";
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
      query: z.object({ before: id.optional(), after: id.optional(), from: instant.optional() }),
      response: conversationView,
    },
    async (tx, { actor, params, query }) => {
      const view = await conversationFor(tx, actor, params.id, cutOf(query));
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
          copies: body.copies ?? null,
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
      response: noteMade,
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
        ...(note.mentions.length > 0 && { mentions: note.mentions }),
        version: 1,
        ...note.calls,
      };
    },
  );

  r.command(
    "POST",
    "/api/desk/conversations/:id/resolve",
    { summary: "End the episode with its outcome", tag, params: byId, body: resolveWork, response: acted },
    async (tx, { actor, params, body }) => {
      const { work: open, where, conversation } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      await needClosing(tx, work, body.outcome, body.closing ?? null);
      if (body.closing) await noteClosing(tx, actor, work, body.outcome, body.closing);
      const onItsWay = await replyOnItsWay(tx, conversation.id);
      if (!(await finish(tx, actor.kind === "agent" ? actor.id : null, conversation.id, body.outcome)))
        throw notNow("The episode is done already.");
      const detail = { kind: "resolve" as const, outcome: body.outcome, replyId: onItsWay?.id ?? null };
      return noteAct(tx, actor, conversation.id, detail);
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
    { summary: "Give the work to an agent or a queue", tag, params: byId, body: assignBody, response: acted },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      if (body.to.kind === "agent") await needReader(tx, body.to.agentId, where);
      if (body.note.trim()) need(actor, "note.write", where);
      const after = await assignWork(tx, {
        workItemId: work.id,
        to: body.to,
        by: actor.id,
        mayExceed: can(actor, "work.over-capacity", where),
      });
      const note = body.note.trim() ? await addNote(tx, actor, work.conversationId, body.note.trim()) : null;
      if (body.to.kind === "agent")
        await call(
          tx,
          actor,
          { conversationId: work.conversationId, kind: "handed", ...(note && { refId: note.id }) },
          [body.to.agentId],
        );
      await audit(tx, actor, "work.assigned", "conversation", work.conversationId, { to: body.to });
      const to = body.to.kind === "agent" ? (await agentsById(tx, [body.to.agentId])).get(body.to.agentId)?.name : "";
      const hands = { before: handsOf(work), after: handsOf(after) };
      return noteAct(tx, actor, work.conversationId, { kind: "assign", ...hands, to: to ?? "" });
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/snooze",
    { summary: "Put the work away until a time", tag, params: byId, body: snoozeBody, response: acted },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      const until = Date.parse(body.until);
      await snoozeWork(tx, { workItemId: work.id, until, agentId: work.ownerId ?? actor.id });
      const after = { ownerId: work.ownerId, wakesAt: until };
      return noteAct(tx, actor, work.conversationId, { kind: "snooze", before: { wakesAt: work.wakesAt }, after });
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/release",
    { summary: "Give the work back to its queue", tag, params: byId, body: versioned, response: acted },
    async (tx, { actor, params, body }) => {
      const { work: open, where } = await accessConversation(tx, actor, params.id);
      const work = openWork(open, body.expectedVersion);
      needOwner(actor, work, where);
      const after = await releaseWork(tx, { workItemId: work.id, agentId: work.ownerId ?? actor.id });
      const hands = { before: handsOf(work), after: handsOf(after) };
      return noteAct(tx, actor, work.conversationId, { kind: "release", ...hands, to: "" });
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
