import type { ApprovalRules } from "#contracts/approval";
import {
  attachedFiles,
  attachedTo,
  attachmentsOf,
  deliveriesById,
  type Message,
  messagesById,
  moderationOfMessages,
  revisionsOf,
} from "#modules/channels";
import { brandsOf, settingsOf, stopOf } from "#modules/company";
import {
  burstGapsSetting,
  type ConversationFacts,
  channelWindowsSetting,
  conversationsOfCustomer,
  episodesOf,
  type LastWords,
  lastWordsOf,
  monthsOfCustomer,
  placementsAfter,
  placementsOf,
} from "#modules/conversations";
import { type CustomerFacts, customersById, factsOf, handlesById, handlesOfCustomers } from "#modules/customers";
import { understandingOf } from "#modules/listening";
import { agentsById, can } from "#modules/people";
import {
  crisesOfConversation,
  decisionsOfConversation,
  offerOfWork,
  promiseReads,
  type Standing,
} from "#modules/routing";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { agentsInApproval, approvalReads, peopleOfApproval } from "../approval/in-conversation.ts";
import { approvalSetting } from "../approval/settings.ts";
import { outcomesSetting, reasonNeeded, undoWindow } from "../settings.ts";
import { findDraft, notesOf, repliesOf } from "../store/desk-store.ts";
import { marksOf } from "../store/mark-store.ts";
import { closingsOf } from "../together/store/closing-store.ts";
import { voiceSetting } from "../voice/settings.ts";
import { accessConversation, readableOf } from "../work-acts.ts";
import { agentsInFacts } from "./customer-facts-view.ts";
import { type Cut, edgesOf, notesCut } from "./cut.ts";
import { agentsOfWork, channelsById } from "./work-rows.ts";

/** Entries of a page of the timeline. */
export const PAGE = 120;

/** Everything of a conversation that the desk shows, as its modules tell it. */
export type ConversationReads = Awaited<ReturnType<typeof readConversation>>;

/**
 * Reads a conversation in two rounds, a third for what is seldom there. What the first has read besides the standing is thrown
 * away where the actor may not read the conversation. `cut`: the page of its timeline.
 */
export async function readConversation(db: Tx, actor: Actor, conversationId: string, cut: Cut) {
  const read = await readHere(db, actor, conversationId, cut);
  if (read.leadsTo === undefined) return read;
  const there = await readHere(db, actor, read.leadsTo, cut);
  if (there.leadsTo !== undefined) throw notFound("conversation");
  return there;
}

function readHere(db: Tx, actor: Actor, conversationId: string, cut: Cut) {
  return db.together(async (tx) => {
    const [standing, first] = await Promise.all([
      accessConversation(tx, actor, conversationId),
      readByConversation(tx, actor, conversationId, cut),
    ]);
    // The address of one that is part of another one now.
    if (standing.conversation.id !== conversationId) return { leadsTo: standing.conversation.id };
    const brand = first.brands.find((b) => b.id === standing.conversation.brandId);
    if (!brand) throw notFound("brand");
    const second = await readByFacts(tx, actor, standing, first, cut);
    return { ...standing, ...first, ...second, ...(await readSeldom(tx, actor, first, second)), brand };
  });
}

/** What the conversation's id alone leads to. */
async function readByConversation(tx: Tx, actor: Actor, conversationId: string, cut: Cut) {
  const [
    brands,
    channels,
    placements,
    last,
    episodes,
    replies,
    notes,
    decisions,
    draft,
    marks,
    crises,
    approval,
    promise,
  ] = await Promise.all([
    brandsOf(tx),
    channelsById(tx),
    cut && "after" in cut
      ? placementsAfter(tx, conversationId, { after: cut.after, limit: PAGE + 1 })
      : placementsOf(tx, conversationId, { limit: PAGE + 1, ...cut }),
    lastWordsOf(tx, [conversationId]),
    episodesOf(tx, [conversationId]),
    cut ? [] : repliesOf(tx, conversationId),
    notesOf(tx, conversationId, notesCut(cut)),
    cut ? [] : decisionsOfConversation(tx, conversationId),
    findDraft(tx, conversationId, actor.id),
    marksOf(tx, [conversationId], actor.id),
    crisesOfConversation(tx, conversationId),
    approvalReads(tx, conversationId),
    cut ? null : promiseReads(tx, conversationId),
  ]);
  const page = placements.slice(0, PAGE);
  if (cut && "after" in cut) page.reverse();
  return {
    edges: edgesOf(cut, page, placements.length > PAGE),
    ...{ brands, channels, page, more: placements.length > PAGE, replies, notes, decisions, draft, marks, crises },
    ...{ approval, promise },
    last,
    lastIds: idsOf(last.get(conversationId)),
    episodes: episodes.get(conversationId) ?? [],
  };
}

/** The messages a row of work shows and is labelled by. */
function idsOf(last: LastWords | undefined): string[] {
  return [last?.said, last?.customers].flatMap((one) => one?.messageId ?? []);
}

/** What the conversation's facts and the page of its timeline lead to. */
async function readByFacts(
  tx: Tx,
  actor: Actor,
  { conversation, where, work }: Standing,
  first: Awaited<ReturnType<typeof readByConversation>>,
  cut: Cut,
) {
  const { page, episodes, lastIds } = first;
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
    moderated,
    closings,
  ] = await Promise.all([
    messagesById(tx, [...shown, ...lastIds]),
    attachmentsOf(tx, shown),
    attachedTo(
      tx,
      first.replies.map((r) => r.deliveryId),
    ),
    attachedFiles(
      tx,
      [...(first.draft?.files ?? []), ...first.approval.requests.flatMap((r) => r.files)].map((f) => f.id),
    ),
    understandingOf(tx, [...shown, ...lastIds, ...(opening ? [opening] : [])]),
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
      ...agentsInApproval(first.approval),
      ...(work ? agentsOfWork(work) : []),
    ]),
    settingsOf(
      tx,
      {
        outcomes: outcomesSetting,
        undoMs: undoWindow,
        reasonNeeded,
        approvalRules: approvalSetting,
        voice: voiceSetting,
        burst: burstGapsSetting,
        channelWindows: channelWindowsSetting,
      },
      brandId,
    ),
    stopOf(tx, brandId),
    mine && !cut ? offerOfWork(tx, work) : null,
    mayKnow ? conversationsOfCustomer(tx, customerId) : [conversation],
    mayKnow ? monthsOfCustomer(tx, customerId) : [],
    mayKnow && !cut ? factsOf(tx, customerId) : null,
    moderationOfMessages(tx, shown),
    cut
      ? []
      : closingsOf(
          tx,
          episodes.map((e) => e.id),
        ),
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
    moderated,
    closings,
    mayKnow,
  };
}

/** Former texts of what was edited; which other conversations may be read; whose the posts are of which that was not known when they were placed. */
async function readSeldom(
  tx: Tx,
  actor: Actor,
  { page, approval }: Pick<Awaited<ReturnType<typeof readByConversation>>, "page" | "approval">,
  read: {
    approvalRules: ApprovalRules;
    messages: readonly Message[];
    others: readonly ConversationFacts[];
    agents: Map<string, Agent>;
    facts: CustomerFacts | null;
    moderated: readonly { agentId: string }[];
  },
) {
  const placed = new Map(page.map((p) => [p.messageId, p]));
  const unsure = read.messages.filter((m) => m.deliveryId !== null && !placed.get(m.id)?.agentId);
  const edited = read.messages.filter((m) => m.editedAt !== null).map((m) => m.id);
  const otherIds = read.others.map((c) => c.id);
  const [revisions, readable, senders, noters, earlier, approvers] = await Promise.all([
    revisionsOf(tx, edited),
    readableOf(tx, actor, otherIds),
    sendersOf(tx, unsure),
    agentsById(tx, [...(read.facts ? agentsInFacts(read.facts) : []), ...read.moderated.map((a) => a.agentId)]),
    episodesOf(tx, read.facts ? otherIds : []),
    peopleOfApproval(tx, approval, read.approvalRules),
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
  return {
    revisions,
    readable,
    agentIds,
    earlier,
    approvers,
    agents: new Map([...read.agents, ...senders.agents, ...noters]),
  };
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
