import {
  attachedFiles,
  attachedTo,
  attachmentsOf,
  deliveriesById,
  type Message,
  messagesById,
  revisionsOf,
} from "#modules/channels";
import { brandsOf, settingsOf, stopOf } from "#modules/company";
import {
  burstGapsSetting,
  type ConversationFacts,
  channelWindowsSetting,
  conversationsOfCustomer,
  episodesOf,
  lastPlacementsOf,
  monthsOfCustomer,
  type Placement,
  placementsOf,
} from "#modules/conversations";
import { type CustomerFacts, customersById, factsOf, handlesById, handlesOfCustomers } from "#modules/customers";
import { understandingOf } from "#modules/listening";
import { agentsById, can } from "#modules/people";
import { decisionsOfConversation, offerOfWork, type Standing } from "#modules/routing";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { outcomesSetting, undoWindow } from "../settings.ts";
import { findDraft, notesOf, repliesOf } from "../store/desk-store.ts";
import { marksOf } from "../store/mark-store.ts";
import { accessConversation, readableOf } from "../work-acts.ts";
import { agentsInFacts } from "./customer-facts-view.ts";
import { channelsById } from "./work-rows.ts";

/** Entries of a page of the timeline. */
export const PAGE = 120;

/** Everything of a conversation that the desk shows, as its modules tell it. */
export type ConversationReads = Awaited<ReturnType<typeof readConversation>>;

/**
 * Reads a conversation in two rounds, a third for what is seldom there. What the first has read besides the standing is thrown
 * away where the actor may not read the conversation. `before` pages the timeline backwards.
 */
export async function readConversation(db: Tx, actor: Actor, conversationId: string, before: string | null) {
  const read = await readHere(db, actor, conversationId, before);
  if (read.leadsTo === undefined) return read;
  const there = await readHere(db, actor, read.leadsTo, before);
  if (there.leadsTo !== undefined) throw notFound("conversation");
  return there;
}

function readHere(db: Tx, actor: Actor, conversationId: string, before: string | null) {
  return db.together(async (tx) => {
    const [standing, first] = await Promise.all([
      accessConversation(tx, actor, conversationId),
      readByConversation(tx, actor, conversationId, before),
    ]);
    // The address of one that is part of another one now.
    if (standing.conversation.id !== conversationId) return { leadsTo: standing.conversation.id };
    const brand = first.brands.find((b) => b.id === standing.conversation.brandId);
    if (!brand) throw notFound("brand");
    const second = await readByFacts(tx, actor, standing, first, before);
    return { ...standing, ...first, ...second, ...(await readSeldom(tx, actor, first.page, second)), brand };
  });
}

/** What the conversation's id alone leads to. */
async function readByConversation(tx: Tx, actor: Actor, conversationId: string, before: string | null) {
  const [brands, channels, placements, last, episodes, replies, notes, decisions, draft, marks] = await Promise.all([
    brandsOf(tx),
    channelsById(tx),
    placementsOf(tx, conversationId, { limit: PAGE + 1, ...(before ? { before } : {}) }),
    before ? lastPlacementsOf(tx, [conversationId]) : new Map<string, Placement>(),
    episodesOf(tx, [conversationId]),
    before ? [] : repliesOf(tx, conversationId),
    before ? [] : notesOf(tx, conversationId),
    before ? [] : decisionsOfConversation(tx, conversationId),
    findDraft(tx, conversationId, actor.id),
    marksOf(tx, [conversationId], actor.id),
  ]);
  const page = placements.slice(0, PAGE);
  return {
    ...{ brands, channels, page, more: placements.length > PAGE, replies, notes, decisions, draft, marks },
    newestId: (last.get(conversationId) ?? page[0])?.messageId,
    episodes: episodes.get(conversationId) ?? [],
  };
}

/** What the conversation's facts and the page of its timeline lead to. */
async function readByFacts(
  tx: Tx,
  actor: Actor,
  { conversation, where, work }: Standing,
  first: Awaited<ReturnType<typeof readByConversation>>,
  before: string | null,
) {
  const { page, episodes, newestId } = first;
  const { customerId, brandId } = conversation;
  const opening = episodes.find((e) => e.id === work?.episodeId)?.openedByMessage;
  const shown = page.map((p) => p.messageId);
  const mayKnow = can(actor, "customer.read", where);
  const mine = work?.offer?.agentId === actor.id;
  const [
    messages,
    attachments,
    filed,
    drafted,
    labels,
    customers,
    handles,
    heard,
    agents,
    settings,
    stop,
    offer,
    others,
    months,
    facts,
  ] = await Promise.all([
    messagesById(tx, [...shown, ...(newestId ? [newestId] : [])]),
    attachmentsOf(tx, shown),
    attachedTo(
      tx,
      first.replies.map((r) => r.deliveryId),
    ),
    attachedFiles(tx, first.draft?.files.map((f) => f.id) ?? []),
    understandingOf(tx, [...shown, ...(newestId ? [newestId] : []), ...(opening ? [opening] : [])]),
    customersById(tx, [customerId]),
    handlesOfCustomers(tx, [customerId]),
    handlesById(
      tx,
      page.flatMap((p) => p.handleId ?? []),
    ),
    agentsById(tx, [
      ...first.replies.map((r) => r.agentId),
      ...first.notes.map((n) => n.agentId),
      ...first.decisions.map((d) => d.agentId),
      ...page.map((p) => p.agentId),
      ...episodes.map((e) => e.doneBy),
      work?.ownerId,
    ]),
    settingsOf(
      tx,
      {
        outcomes: outcomesSetting,
        undoMs: undoWindow,
        burst: burstGapsSetting,
        channelWindows: channelWindowsSetting,
      },
      brandId,
    ),
    stopOf(tx, brandId),
    mine && !before ? offerOfWork(tx, work) : null,
    mayKnow ? conversationsOfCustomer(tx, customerId) : [conversation],
    mayKnow ? monthsOfCustomer(tx, customerId) : [],
    mayKnow && !before ? factsOf(tx, customerId) : null,
  ]);
  return {
    messages,
    attachments,
    filed,
    drafted,
    labels,
    customers,
    handles,
    heard,
    agents,
    ...settings,
    stop,
    offer,
    others,
    months,
    facts,
    mayKnow,
  };
}

/** Former texts of what was edited; which other conversations may be read; whose the posts are of which that was not known when they were placed. */
async function readSeldom(
  tx: Tx,
  actor: Actor,
  page: readonly Placement[],
  read: {
    messages: readonly Message[];
    others: readonly ConversationFacts[];
    agents: Map<string, Agent>;
    facts: CustomerFacts | null;
  },
) {
  const placed = new Map(page.map((p) => [p.messageId, p]));
  const unsure = read.messages.filter((m) => m.deliveryId !== null && !placed.get(m.id)?.agentId);
  const edited = read.messages.filter((m) => m.editedAt !== null).map((m) => m.id);
  const otherIds = read.others.map((c) => c.id);
  const [revisions, readable, senders, noters, earlier] = await Promise.all([
    revisionsOf(tx, edited),
    readableOf(tx, actor, otherIds),
    sendersOf(tx, unsure),
    agentsById(tx, read.facts ? agentsInFacts(read.facts) : []),
    episodesOf(tx, read.facts ? otherIds : []),
  ]);
  const agentIds = new Map(
    read.messages.flatMap((m): [string, string][] => {
      // A call that an agent wrote down was never delivered.
      const id =
        m.deliveryId === null
          ? m.author.about && placed.get(m.id)?.agentId
          : (placed.get(m.id)?.agentId ?? senders.of.get(m.deliveryId));
      return id ? [[m.id, id]] : [];
    }),
  );
  return { revisions, readable, agentIds, earlier, agents: new Map([...read.agents, ...senders.agents, ...noters]) };
}

type Agent = Awaited<ReturnType<typeof agentsById>> extends Map<string, infer A> ? A : never;

/** The agents who sent deliveries, by the deliveries. */
async function sendersOf(tx: Tx, posts: readonly Message[]) {
  const deliveries =
    posts.length === 0
      ? new Map()
      : await deliveriesById(
          tx,
          posts.flatMap((m) => m.deliveryId ?? []),
        );
  const of = new Map([...deliveries].map(([id, { agentId }]): [string, string | null] => [id, agentId]));
  return { of, agents: await agentsById(tx, [...of.values()]) };
}
