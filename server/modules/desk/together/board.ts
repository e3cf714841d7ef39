import type { z } from "zod";
import type {
  colleagueList,
  followUpView,
  forMeBoard,
  forMeItem,
  sideQuestionView,
  togetherView,
} from "#contracts/together";
import { messagesById } from "#modules/channels";
import { settingOf } from "#modules/company";
import { episodesOf, lastPlacementsOf, partsOf, standIn } from "#modules/conversations";
import { agentsById, agentsWithRights, can, need } from "#modules/people";
import { DAY, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { callNames } from "#shared/mentions";
import { followedNews } from "../domain/followed-news.ts";
import { aboutOf } from "../loop/board.ts";
import { askOutside } from "../settings.ts";
import { accessConversation, readableOf } from "../work-acts.ts";
import type { SideLinks } from "./side-links.ts";
import { shutBecause } from "./side-questions.ts";
import { type FollowUp, followUpsFor, followUpsOn } from "./store/follow-up-store.ts";
import { followedBy, followersOf } from "./store/follower-store.ts";
import { callsOf, noteWords } from "./store/for-me-store.ts";
import { questionsById, questionsOn, questionsTo, type SideQuestion } from "./store/side-question-store.ts";

type Names = Map<string, { name: string }>;
type About = Awaited<ReturnType<typeof aboutOf>>;
type Item = z.input<typeof forMeItem>;
/** What was called longer ago has been seen, or stands in its conversation. */
const CALLED_WITHIN = 30 * DAY;

const named = (names: Names, id: string) => ({ id, name: names.get(id)?.name ?? "" });
const placed = (about: About, conversationId: string) => ({
  ...{ conversationId, number: about.get(conversationId)?.number ?? "" },
  customer: about.get(conversationId)?.customer ?? "",
});

/** Who may read the conversation, and by which name a note calls them. */
export async function colleaguesFor(
  tx: Tx,
  actor: Actor,
  conversationId: string,
): Promise<z.input<typeof colleagueList>> {
  const { where } = await accessConversation(tx, actor, conversationId);
  const staff = await agentsWithRights(tx);
  const names = callNames(staff.map(({ agent }) => agent));
  return {
    colleagues: staff
      .filter(({ agent, rights }) => agent.id !== actor.id && can(rights, "conversation.read", where))
      .map(({ agent: { id, name, initials } }) => ({ id, name, initials, callName: names.get(id) ?? name })),
  };
}

export function presentFollowUp(one: FollowUp, names: Names, about: About): z.input<typeof followUpView> {
  return {
    ...placed(about, one.conversationId),
    ...{ id: one.id, agent: named(names, one.agentId), madeBy: named(names, one.madeBy), text: one.text },
    ...{ dueAt: iso(one.dueAt), state: one.state, version: one.version },
    doneAt: one.doneAt === null ? null : iso(one.doneAt),
  };
}

/** `link`: how to hand it over, for who may. */
export function presentQuestion(
  tx: Tx,
  q: SideQuestion,
  names: Names,
  about: About,
  link: SideLinks | null,
): z.input<typeof sideQuestionView> {
  const open = shutBecause(q, tx.now) === null;
  return {
    ...placed(about, q.conversationId),
    ...{ id: q.id, askedBy: named(names, q.askedBy), question: q.question, shown: q.shown },
    to: { id: q.toAgent, name: q.toName, email: q.toAddress },
    ...{ madeAt: iso(q.madeAt), expiresAt: iso(q.expiresAt), answer: q.answer, version: q.version },
    state: open ? "open" : (shutBecause(q, tx.now) ?? "ended"),
    openedAt: q.openedAt === null ? null : iso(q.openedAt),
    mail: q.mail === "sending" ? "waiting" : q.mail,
    mailError: q.mailError,
    link: open && q.toAgent === null && link ? link.linkOf({ accountId: tx.accountId, questionId: q.id }) : null,
  };
}

/** One of them, as an answer to the command that made or changed it. */
export async function namesFor(tx: Tx, ids: readonly string[], conversationId: string): Promise<[Names, About]> {
  return tx.together((t) => Promise.all([agentsById(t, ids), aboutOf(t, [conversationId])]));
}

/** What hangs on one conversation, and on what became part of it. */
export async function togetherFor(
  tx: Tx,
  actor: Actor,
  conversationId: string,
  { links, mails }: { links: SideLinks; mails: boolean },
): Promise<z.input<typeof togetherView>> {
  const { conversation, where } = await accessConversation(tx, actor, conversationId);
  const ids = [conversation.id, ...(await partsOf(tx, conversation.id))];
  return tx.together(async (t) => {
    const [followers, followUps, questions, { value: mayAskOutside }, about] = await Promise.all([
      followersOf(t, ids),
      followUpsOn(t, ids),
      questionsOn(t, ids),
      settingOf(t, askOutside, { brandId: conversation.brandId }),
      aboutOf(t, [conversation.id]),
    ]);
    const here = <One extends { conversationId: string }>(one: One): One => ({
      ...one,
      conversationId: conversation.id,
    });
    const names = await agentsById(t, [
      ...followers.map((one) => one.agentId),
      ...followUps.flatMap((one) => [one.agentId, one.madeBy]),
      ...questions.map((one) => one.askedBy),
    ]);
    const hands = (q: SideQuestion) => q.askedBy === actor.id || can(actor, "work.assign", where);
    return {
      following: followers.some((one) => one.agentId === actor.id),
      followers: [...new Set(followers.map((one) => one.agentId))].map((id) => named(names, id)),
      followUps: followUps.map((one) => presentFollowUp(here(one), names, about)),
      questions: questions.map((one) => presentQuestion(tx, here(one), names, about, hands(one) ? links : null)),
      ...{ mails, mayAskOutside: mayAskOutside && can(actor, "note.write", where) },
    };
  });
}

/** Everything that wants to be seen by the one who asks, the newest first; three rounds and the rights. */
export async function forMe(db: Tx, actor: Actor): Promise<z.input<typeof forMeBoard>> {
  need(actor, "conversation.read");
  if (actor.kind !== "agent") return { items: [], unread: 0, followed: [] };
  return db.together(async (tx) => {
    const [calls, followed, followUps, asked] = await Promise.all([
      callsOf(tx, actor.id, tx.now - CALLED_WITHIN),
      followedBy(tx, actor.id),
      followUpsFor(tx, actor.id),
      questionsTo(tx, actor.id),
    ]);
    const mentionedIn = [...calls, ...followed, ...followUps].map((one) => one.conversationId);
    const [now, notes, answers] = await Promise.all([
      standIn(tx, mentionedIn),
      noteWords(
        tx,
        calls.flatMap((one) => (one.kind === "side-answer" ? [] : one.refId)),
      ),
      questionsById(
        tx,
        calls.flatMap((one) => (one.kind === "side-answer" ? one.refId : [])),
      ),
    ]);
    const root = (id: string) => now.get(id) ?? id;
    const roots = [...new Set(mentionedIn.map(root))];
    const watched = [...new Set(followed.map((one) => root(one.conversationId)))];
    const [readable, about, last, episodes] = await Promise.all([
      readableOf(tx, actor, roots),
      aboutOf(tx, roots),
      lastPlacementsOf(tx, watched),
      episodesOf(tx, watched),
    ]);
    const [messages, names] = await Promise.all([
      messagesById(
        tx,
        [...last.values()].map((one) => one.messageId),
      ),
      agentsById(tx, [
        ...calls.map((one) => one.byAgent),
        ...followUps.flatMap((one) => [one.agentId, one.madeBy]),
        ...[...asked, ...answers.values()].flatMap((one) => [one.askedBy, one.toAgent]),
        ...[...last.values()].map((one) => one.agentId),
        ...[...episodes.values()].flat().map((one) => one.doneBy),
      ]),
    ]);
    const texts = new Map(messages.map((m) => [m.id, m]));
    const empty = { followUp: null, question: null, what: null };
    const items: Item[] = [];
    for (const one of calls) {
      const conversationId = root(one.conversationId);
      if (!readable.has(conversationId)) continue;
      const answer = answers.get(one.refId);
      items.push({
        ...{ ...empty, ...placed(about, conversationId), id: one.id, kind: one.kind, at: iso(one.at) },
        by: answer ? answer.toName : one.byAgent === null ? null : named(names, one.byAgent).name,
        text: answer ? (answer.answer ?? "").slice(0, 400) : (notes.get(one.refId) ?? ""),
        unread: one.readAt === null,
      });
    }
    for (const one of followUps) {
      const conversationId = root(one.conversationId);
      // Who lost the right keeps the task itself, and not what it is about.
      const at = readable.has(conversationId) ? about : new Map();
      const followUp = presentFollowUp({ ...one, conversationId }, names, at);
      items.push({
        ...{ ...empty, ...placed(at, conversationId), id: one.id, kind: "follow-up", at: followUp.dueAt, followUp },
        ...{ by: one.madeBy === actor.id ? null : followUp.madeBy.name, text: one.text, unread: one.state === "due" },
      });
    }
    for (const one of asked) {
      // They see what was shown to them, and not of whom it speaks.
      const question = presentQuestion(tx, one, names, new Map(), null);
      items.push({
        ...{ ...empty, ...placed(new Map(), one.conversationId), id: one.id, kind: "side-question", question },
        ...{ at: iso(one.madeAt), by: question.askedBy.name, text: one.question, unread: true },
      });
    }
    for (const one of followed) {
      const conversationId = root(one.conversationId);
      const newest = last.get(conversationId);
      const message = newest && texts.get(newest.messageId);
      const news = followedNews(actor.id, {
        last: newest ? { at: newest.receivedAt, ours: newest.role === "us", agentId: newest.agentId } : null,
        episodes: episodes.get(conversationId) ?? [],
      });
      if (!readable.has(conversationId) || !news) continue;
      const said = (news.what === "wrote" || news.what === "answered") && message ? message.text.slice(0, 400) : "";
      items.push({
        ...{ ...empty, ...placed(about, conversationId), id: `followed-${conversationId}`, kind: "followed" },
        ...{ at: iso(news.at), by: news.by === null ? null : named(names, news.by).name, what: news.what, text: said },
        unread: news.at > one.seenAt,
      });
    }
    items.sort((a, b) => Number(b.unread) - Number(a.unread) || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
    return { items, unread: items.filter((one) => one.unread).length, followed: watched };
  });
}
