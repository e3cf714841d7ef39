import { z } from "zod";
import { done, id } from "#contracts/common";
import {
  changeWorkView,
  deskActs,
  laterBoard,
  laterReplyView,
  newReminder,
  newWorkView,
  reminderView,
  sendLater,
  workViews,
} from "#contracts/work-loop";
import { settingOf } from "#modules/company";
import { need } from "#modules/people";
import type { Routes } from "#platform/http/routes";
import { actsFor, undoAct } from "../loop/acts.ts";
import { aboutOf, laterFor, presentLater, presentReminder } from "../loop/board.ts";
import { cancelLater, writeLater } from "../loop/later-replies.ts";
import { addReminder, endReminder } from "../loop/reminders.ts";
import { changeView, dropView, saveView, viewsFor } from "../loop/views.ts";
import { outcomesSetting } from "../settings.ts";

const tag = "desk";
const byId = z.object({ id });
const ok = { ok: true as const };
const outcomeList = z.object({ outcomes: z.array(z.object({ key: z.string(), name: z.string() })) });
const viewSaved = z.object({ id, version: z.int() });

/** The work loop around the conversation: acts taken back, what is put off, saved lists. */
export function loopRoutes(r: Routes): void {
  r.query(
    "/api/desk/outcomes",
    {
      summary: "What may come of an episode, for one brand or as the account has it",
      ...{ tag, query: z.object({ brandId: id.optional() }), response: outcomeList },
    },
    async (tx, { actor, query: { brandId } }) => {
      need(actor, "work.read");
      return { outcomes: (await settingOf(tx, outcomesSetting, brandId === undefined ? {} : { brandId })).value };
    },
  );
  r.query(
    "/api/desk/acts",
    { summary: "What I did with work in the last hour and can take back", tag, response: deskActs },
    (tx, { actor }) => actsFor(tx, actor),
  );
  r.command(
    "POST",
    "/api/desk/acts/:id/undo",
    { summary: "Take an act of mine on work back, while it stands as I left it", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      await undoAct(tx, actor, params.id);
      return ok;
    },
  );

  r.query(
    "/api/desk/later",
    { summary: "What I have put off: reminders, and replies that wait for their time", tag, response: laterBoard },
    (tx, { actor }) => laterFor(tx, actor),
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/reminders",
    {
      summary: "Remind me of a conversation",
      tag,
      params: byId,
      body: newReminder,
      response: reminderView,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      const made = await addReminder(tx, actor, params.id, body);
      return presentReminder(made, (await aboutOf(tx, [made.conversationId])).get(made.conversationId));
    },
  );
  r.command(
    "POST",
    "/api/desk/reminders/:id/done",
    { summary: "Be done with a reminder", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      await endReminder(tx, actor, params.id);
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/later",
    {
      summary: "Write a reply for a later time; it is looked at again then, and held when the customer wrote meanwhile",
      ...{ tag, params: byId, body: sendLater, response: laterReplyView, status: 201 as const },
    },
    async (tx, { actor, params, body }) => {
      const made = await writeLater(tx, actor, { conversationId: params.id, ...body });
      const about = (await aboutOf(tx, [made.conversationId])).get(made.conversationId);
      return presentLater(made, actor.name, about);
    },
  );
  r.command(
    "POST",
    "/api/desk/later/:id/cancel",
    { summary: "Take a reply back before its time; its words return to the draft", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      await cancelLater(tx, actor, params.id);
      return ok;
    },
  );

  r.query(
    "/api/desk/views",
    { summary: "Saved lists, mine and my teams', with how many stand in each", tag, response: workViews },
    (tx, { actor }) => viewsFor(tx, actor),
  );
  r.command(
    "POST",
    "/api/desk/views",
    { summary: "Save a list", tag, body: newWorkView, response: viewSaved, status: 201 },
    (tx, { actor, body }) => saveView(tx, actor, body),
  );
  r.command(
    "PUT",
    "/api/desk/views/:id",
    { summary: "Change a saved list", tag, params: byId, body: changeWorkView, response: viewSaved },
    (tx, { actor, params, body }) => changeView(tx, actor, params.id, body),
  );
  r.command(
    "DELETE",
    "/api/desk/views/:id",
    { summary: "Delete a saved list", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      await dropView(tx, actor, params.id);
      return ok;
    },
  );
}
