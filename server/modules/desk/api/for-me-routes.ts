import { z } from "zod";
import { done, expectedVersion, id } from "#contracts/common";
import {
  changeFollowUp as changeBody,
  colleagueList,
  following,
  followUpView,
  forMeBoard,
  forMeRead,
  newFollowUp,
  newSideQuestion,
  sideAnswer,
  sideQuestionView,
  togetherView,
} from "#contracts/together";
import type { Tx } from "#platform/db";
import type { Routes } from "#platform/http/routes";
import { colleaguesFor, forMe, namesFor, presentFollowUp, presentQuestion, togetherFor } from "../together/board.ts";
import { follow, readForMe } from "../together/follow.ts";
import { addFollowUp, changeFollowUp } from "../together/follow-ups.ts";
import type { SideLinks } from "../together/side-links.ts";
import { answerMine, askAside, withdrawAside } from "../together/side-questions.ts";
import type { FollowUp } from "../together/store/follow-up-store.ts";
import type { SideQuestion } from "../together/store/side-question-store.ts";

const tag = "desk";
const byId = z.object({ id });
const ok = { ok: true as const };

export interface ForMeDeps {
  links: SideLinks;
  /** Can this server send mail by itself? */
  mails: boolean;
}

/** Working together on a conversation, and what wants to be seen by the one who asks. */
export function forMeRoutes(r: Routes, deps: ForMeDeps): void {
  const shownTask = async (tx: Tx, one: FollowUp) =>
    presentFollowUp(one, ...(await namesFor(tx, [one.agentId, one.madeBy], one.conversationId)));
  const shownQuestion = async (tx: Tx, one: SideQuestion, mine: boolean) => {
    const [names, about] = await namesFor(tx, [one.askedBy], one.conversationId);
    return presentQuestion(tx, one, names, mine ? about : new Map(), mine ? deps.links : null);
  };

  r.query(
    "/api/desk/for-me",
    {
      summary: "What wants to be seen by me: mentions, work handed to me, tasks, questions and answers, what I follow",
      ...{ tag, response: forMeBoard },
    },
    (tx, { actor }) => forMe(tx, actor),
  );
  r.command(
    "POST",
    "/api/desk/for-me/read",
    { summary: "I have seen what called me to one conversation, or all of it", tag, body: forMeRead, response: done },
    async (tx, { actor, body }) => {
      await readForMe(tx, actor, body.conversationId);
      return ok;
    },
  );
  r.query(
    "/api/desk/conversations/:id/together",
    { summary: "Who follows a conversation, its tasks, its side questions", tag, params: byId, response: togetherView },
    (tx, { actor, params }) => togetherFor(tx, actor, params.id, deps),
  );
  r.query(
    "/api/desk/conversations/:id/colleagues",
    { summary: "Who may read a conversation, and what a note calls them", tag, params: byId, response: colleagueList },
    (tx, { actor, params }) => colleaguesFor(tx, actor, params.id),
  );
  r.command(
    "PUT",
    "/api/desk/conversations/:id/following",
    { summary: "Follow a conversation, or leave it", tag, params: byId, body: following, response: done },
    async (tx, { actor, params, body }) => {
      await follow(tx, actor, params.id, body.following);
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/follow-ups",
    {
      summary: "Write down something to be done about a conversation by a time",
      ...{ tag, params: byId, body: newFollowUp, response: followUpView, status: 201 as const },
    },
    async (tx, { actor, params, body }) => shownTask(tx, await addFollowUp(tx, actor, params.id, body)),
  );
  r.command(
    "POST",
    "/api/desk/follow-ups/:id",
    {
      summary: "Say that a task is done, or is not after all",
      tag,
      params: byId,
      body: changeBody,
      response: followUpView,
    },
    async (tx, { actor, params, body }) => shownTask(tx, await changeFollowUp(tx, actor, params.id, body)),
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/questions",
    {
      summary: "Ask somebody who does not have the conversation: a colleague, or an expert outside by a signed link",
      ...{ tag, params: byId, body: newSideQuestion, response: sideQuestionView, status: 201 as const },
    },
    async (tx, { actor, params, body }) =>
      shownQuestion(tx, await askAside(tx, actor, params.id, body, deps.mails), true),
  );
  r.command(
    "POST",
    "/api/desk/questions/:id/answer",
    { summary: "Answer a question to me", tag, params: byId, body: sideAnswer, response: sideQuestionView },
    async (tx, { actor, params, body }) => shownQuestion(tx, await answerMine(tx, actor, params.id, body), false),
  );
  r.command(
    "POST",
    "/api/desk/questions/:id/withdraw",
    {
      summary: "Take a question back: its link opens nothing any more",
      ...{ tag, params: byId, body: z.object({ expectedVersion }), response: sideQuestionView },
    },
    async (tx, { actor, params, body }) =>
      shownQuestion(tx, await withdrawAside(tx, actor, params.id, body.expectedVersion), true),
  );
}
