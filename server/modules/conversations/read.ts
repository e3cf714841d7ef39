import type { Tx } from "#platform/db";
import { isAbsorbed } from "./domain/join-model.ts";
import { standIn } from "./joins/redirects.ts";
import { type Conversation, conversationsOf, findConversations, findNumber } from "./store/conversation-store.ts";
import { type Episode, findEpisodes } from "./store/episode-store.ts";
import { lastWordsIn } from "./store/last-words-store.ts";
import {
  countMonths,
  placedAmong as findPlacedAmong,
  findPlacements,
  newestOf,
  type Placement,
  pageAfter,
  pageOfConversation,
  pageOfConversations,
} from "./store/placement-store.ts";
import { linksOfConversation, type ThreadLink } from "./store/thread-store.ts";

/** A conversation as other modules see it: its number is what people say, `C-20481`. */
export type ConversationFacts = Omit<Conversation, "number"> & { number: string };

function present(c: Conversation): ConversationFacts {
  return { ...c, number: `C-${c.number}` };
}

export async function conversationsById(tx: Tx, ids: readonly string[]): Promise<Map<string, ConversationFacts>> {
  return new Map((await findConversations(tx, ids)).map((c) => [c.id, present(c)]));
}

/** By the number people read to one another: `C-20481` or `20481`. The number of one that is part of another leads to that one. */
export async function conversationByNumber(tx: Tx, said: string): Promise<ConversationFacts | null> {
  const number = /^(?:C-)?([1-9]\d{0,14})$/i.exec(said)?.[1];
  const id = number ? await findNumber(tx, Number(number)) : null;
  if (!id) return null;
  const now = (await standIn(tx, [id])).get(id) ?? id;
  return (await conversationsById(tx, [now])).get(now) ?? null;
}

/** The newest forty of a customer. */
export async function conversationsOfCustomer(tx: Tx, customerId: string): Promise<ConversationFacts[]> {
  return (await conversationsOf(tx, [customerId], 0, 40)).map(present);
}

/** Placements of a conversation, newest first; `before` is the message id at which the page before ended. */
export async function placementsOf(
  tx: Tx,
  conversationId: string,
  page: { before?: string | null; limit: number },
): Promise<Placement[]> {
  return pageOfConversation(tx, conversationId, page.before ?? null, page.limit);
}

/** The other way: the first ones behind a message, oldest first; an id made of a time alone is as good as one of a message. */
export async function placementsAfter(
  tx: Tx,
  conversationId: string,
  page: { after: string; limit: number },
): Promise<Placement[]> {
  return pageAfter(tx, conversationId, page.after, page.limit);
}

/** Placements of several conversations on one line of time, newest first; `before` as above. */
export async function placementsAcross(
  tx: Tx,
  conversationIds: readonly string[],
  page: { before?: string | null; limit: number },
): Promise<Placement[]> {
  return pageOfConversations(tx, conversationIds, page.before ?? null, page.limit);
}

export async function placementsOfMessages(tx: Tx, messageIds: readonly string[]): Promise<Map<string, Placement>> {
  return new Map((await findPlacements(tx, messageIds)).map((p) => [p.messageId, p]));
}

/** Which of these messages have their place. */
export async function placedAmong(tx: Tx, messageIds: readonly string[]): Promise<Set<string>> {
  return findPlacedAmong(tx, messageIds);
}

/** The newest message of each conversation. */
export async function lastPlacementsOf(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, Placement>> {
  return new Map((await newestOf(tx, conversationIds, false)).map((p) => [p.conversationId!, p]));
}

/** What the people of a matter said last. */
export interface LastWords {
  /** By the customer, by us or by a program; null where only bystanders spoke. */
  said: Placement | null;
  /** By the customer: whose mood and risks are the conversation's. */
  customers: Placement | null;
}

/** The last words of each conversation; what bystanders say in its thread is not the customer's word. */
export async function lastWordsOf(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, LastWords>> {
  const found = Map.groupBy(await lastWordsIn(tx, conversationIds), (p) => p.conversationId!);
  return new Map(
    [...found].map(([id, words]) => {
      const said = words.reduce((last, p) => (p.messageId > last.messageId ? p : last));
      return [id, { said, customers: words.find((p) => p.role === "customer") ?? null }];
    }),
  );
}

/** Episodes by conversation, oldest first; without those that another one goes on for. */
export async function episodesOf(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, Episode[]>> {
  const found = await findEpisodes(tx, "conversation_id", conversationIds);
  return Map.groupBy(
    found.filter((e) => !isAbsorbed(e)),
    (e) => e.conversationId,
  );
}

export async function episodesById(tx: Tx, ids: readonly string[]): Promise<Map<string, Episode>> {
  return new Map((await findEpisodes(tx, "id", ids)).map((e) => [e.id, e]));
}

/** The network threads a conversation lives in, newest first. */
export async function threadsOf(tx: Tx, conversationId: string): Promise<ThreadLink[]> {
  return linksOfConversation(tx, conversationId);
}

/** Messages of a customer for each of the last months (UTC) by audience, newest first. */
export async function monthsOfCustomer(
  tx: Tx,
  customerId: string,
  months = 12,
): Promise<{ month: string; public: number; private: number }[]> {
  return countMonths(tx, customerId, months);
}
