import type { z } from "zod";
import type { conversationView } from "#contracts/desk";
import { type Channel, channelsOf, deliveriesById, type Message, messagesById, revisionsOf } from "#modules/channels";
import { type Brand, brandOf, settingsOf, stopOf } from "#modules/company";
import {
  bursts,
  type ConversationFacts,
  conversationsOfCustomer,
  episodesOf,
  monthsOfCustomer,
  placementsOf,
} from "#modules/conversations";
import { type Customer, customersById, type Handle, handlesById, handlesOfCustomers } from "#modules/customers";
import { understandingOf } from "#modules/listening";
import { agentsById, can } from "#modules/people";
import { decisionsOf, offerOfConversation, type Standing, type Whereabouts, type Work } from "#modules/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { disclosureLine } from "#shared/disclosure";
import { replyWindow, windowRule } from "#shared/reply-window";
import { type Answerable, type Door, doors } from "../domain/doors.ts";
import { proposeOutcome } from "../domain/propose-outcome.ts";
import { disclosureStyle, preflightContext } from "../preflight-context.ts";
import { outcomesSetting, undoWindow } from "../settings.ts";
import { findDraft, notesOf, repliesOf } from "../store/desk-store.ts";
import { readableOf } from "../work-acts.ts";
import { type Entry, lineEntries, messageEntry, noteEntry, replyEntry } from "./timeline-entries.ts";
import { type Known, markOf, presentOffers, presentWork } from "./work-rows.ts";

type View = z.input<typeof conversationView>;
const PAGE = 120;

/** Everything the desk shows of a conversation. `before` pages the timeline backwards. */
export async function conversationFor(
  tx: Tx,
  actor: Actor,
  conversationId: string,
  before: string | null,
  standing: Standing,
): Promise<View> {
  const { conversation, where, work } = standing;
  const brand = await brandOf(tx, conversation.brandId);
  const channels = new Map((await channelsOf(tx)).map((c) => [c.id, c]));
  const placements = await placementsOf(tx, conversationId, { limit: PAGE + 1, ...(before ? { before } : {}) });
  const page = placements.slice(0, PAGE);
  const messages = await messagesById(
    tx,
    page.map((p) => p.messageId),
  );
  const byId = new Map(messages.map((m) => [m.id, m]));
  const labels = await understandingOf(
    tx,
    page.map((p) => p.messageId),
  );
  const episodes = (await episodesOf(tx, [conversationId])).get(conversationId) ?? [];
  const replies = before ? [] : await repliesOf(tx, conversationId);
  const notes = before ? [] : await notesOf(tx, conversationId);
  const decisions = work && !before ? await decisionsOf(tx, [work.id]) : [];
  const deliveries = await deliveriesById(
    tx,
    messages.flatMap((m) => m.deliveryId ?? []),
  );
  const agentOf = (m: Message) => (m.deliveryId ? (deliveries.get(m.deliveryId)?.agentId ?? null) : null);
  const agents = await agentsById(tx, [
    ...replies.map((r) => r.agentId),
    ...notes.map((n) => n.agentId),
    ...decisions.map((d) => d.agentId),
    ...messages.map(agentOf),
    ...episodes.map((e) => e.doneBy),
    work?.ownerId,
  ]);
  const customers = await customersById(tx, [conversation.customerId]);
  const handlesOf = await handlesOfCustomers(tx, [conversation.customerId]);
  const own = new Map(handlesOf.get(conversation.customerId)?.map((h) => [h.id, h]));
  const heard = new Set(page.flatMap((p) => p.handleId ?? []));
  const others = await handlesById(
    tx,
    [...heard].filter((id) => !own.has(id)),
  );
  const handles = new Map([...own, ...others].filter(([id]) => heard.has(id)));
  const revisions = await revisionsOf(
    tx,
    messages.filter((m) => m.editedAt !== null).map((m) => m.id),
  );

  const becameMessage = new Set(messages.flatMap((m) => m.deliveryId ?? []));
  // What was sent before this page lies, as a message, on an earlier one.
  const oldest = placements.length > PAGE ? (page.at(-1)?.sentAt ?? 0) : 0;
  const entries: Entry[] = [
    ...page.flatMap((p): Entry[] => {
      const m = byId.get(p.messageId);
      return m
        ? [
            messageEntry(m, p, {
              channel: channels.get(m.channelId),
              label: labels.get(m.id),
              handle: p.handleId ? handles.get(p.handleId) : undefined,
              agent: agents.get(agentOf(m) ?? ""),
              revisions: revisions.get(m.id) ?? [],
              brand,
              now: tx.now,
            }),
          ]
        : [];
    }),
    // A reply stands in the timeline as the message it became, as soon as that is placed, and as itself until then: never both, never neither.
    ...replies
      .filter((r) => r.state !== "withdrawn" && !becameMessage.has(r.deliveryId))
      .filter((r) => r.state !== "sent" || r.writtenAt >= oldest)
      .flatMap((r): Entry[] => {
        const agent = agents.get(r.agentId);
        const target = byId.get(r.answersMessageId);
        return agent
          ? [replyEntry(r, agent, markOf(target && channels.get(target.channelId), r.audience), tx.now)]
          : [];
      }),
    ...notes.flatMap((n): Entry[] => {
      const agent = agents.get(n.agentId);
      return agent ? [noteEntry(n, agent)] : [];
    }),
    ...(before ? [] : lineEntries(decisions, episodes, agents)),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));

  const proposed = work
    ? proposal(
        work,
        page,
        byId,
        labels,
        replies.some((r) => r.state === "undoable" || r.state === "sending"),
      )
    : null;
  const { outcomes, undoMs } = await settingsOf(tx, { outcomes: outcomesSetting, undoMs: undoWindow }, brand.id);
  const draft = await findDraft(tx, conversationId, actor.id);
  const offered = work?.offer?.agentId === actor.id ? await offerOfConversation(tx, conversationId) : null;
  const first = before ? undefined : byId.get(page[0]?.messageId ?? "");
  const known: Known = {
    ...{ channels, customers, handles: handlesOf, labels, agents },
    conversations: new Map([[conversationId, conversation]]),
    episodes: new Map(episodes.map((e) => [e.id, e])),
    ...(first && { newest: new Map([[conversationId, first]]) }),
  };
  return {
    id: conversation.id,
    number: conversation.number,
    subject: conversation.subject,
    brand: { id: brand.id, name: brand.name, disclosure: brand.disclosure },
    state: conversation.state,
    version: conversation.version,
    work: (await presentWork(tx, actor.id, work ? [work] : [], known))[0] ?? null,
    offer: (await presentOffers(tx, actor.id, offered?.agentId === actor.id ? [offered] : [], known))[0] ?? null,
    customer: await customerPane(tx, actor, conversation, where, handles, {
      customer: customers.get(conversation.customerId),
      handles: handlesOf.get(conversation.customerId) ?? [],
    }),
    episodes: episodes.map((e) => ({
      id: e.id,
      ordinal: e.ordinal,
      state: e.state,
      openedAt: iso(e.openedAt),
      firstReplyAt: isoOrNull(e.firstReplyAt),
      doneAt: isoOrNull(e.doneAt),
      outcome: e.outcome,
      reopens: e.reopens,
      windowUntil: isoOrNull(e.windowUntil),
    })),
    bursts: burstViews(messages, channels),
    timeline: entries,
    earlier: placements.length > PAGE ? (page.at(-1)?.messageId ?? null) : null,
    draft: draft
      ? {
          audience: draft.audience,
          text: draft.text,
          answersMessageId: draft.answersMessageId,
          version: draft.version,
          savedAt: iso(draft.savedAt),
        }
      : null,
    composer: await composerView(tx, actor, {
      conversationId,
      brand,
      channels,
      messages,
      undoMs,
      roles: new Map(page.map((p) => [p.messageId, p.role])),
    }),
    proposedOutcome: proposed && outcomes.some((o) => o.key === proposed.outcome) ? proposed : null,
    outcomes,
  };
}

const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

function proposal(
  work: Work,
  page: Awaited<ReturnType<typeof placementsOf>>,
  messages: Map<string, Message>,
  labels: Awaited<ReturnType<typeof understandingOf>>,
  replying: boolean,
): View["proposedOutcome"] {
  const said = page
    .filter((p) => p.episodeId === work.episodeId || p.sentAt >= work.t0)
    .toSorted((a, b) => a.sentAt - b.sentAt)
    .map((p) => ({
      by: messages.get(p.messageId)?.direction === "out" ? ("us" as const) : ("customer" as const),
      thanksOnly: labels.get(p.messageId)?.thanksOnly ?? false,
      noise: labels.get(p.messageId)?.noise ?? false,
    }));
  // A reply that is on its way is our last word already.
  return proposeOutcome(replying ? [...said, { by: "us", thanksOnly: false, noise: false }] : said);
}

function burstViews(messages: readonly Message[], channels: Map<string, Channel>): View["bursts"] {
  const of = new Map(messages.map((m) => [m.id, m]));
  return bursts(
    messages.map((m) => ({
      id: m.id,
      at: m.sentAt,
      medium: `${m.channelId}/${m.visibility === "private" ? "private" : "public"}`,
    })),
  ).map((b, i) => {
    const first = of.get(b.ids[0] ?? "");
    return {
      ordinal: i + 1,
      mark: markOf(first && channels.get(first.channelId), first?.visibility ?? "public"),
      from: iso(b.from),
      to: iso(b.to),
      messages: b.ids.length,
      gapBeforeMs: b.gapBeforeMs,
      entryIds: b.ids,
    };
  });
}

/**
 * Who speaks. Of the customer's other conversations the actor sees those that he may read, and of the rest how many there
 * are. Without the right to know the customer there is only what the conversation itself shows.
 */
async function customerPane(
  tx: Tx,
  actor: Actor,
  conversation: ConversationFacts,
  where: Whereabouts,
  heardHere: ReadonlyMap<string, Handle>,
  known: { customer: Customer | undefined; handles: readonly Handle[] },
): Promise<View["customer"]> {
  const { customerId } = conversation;
  const { customer } = known;
  const may = can(actor, "customer.read", where);
  const handles = may ? known.handles : known.handles.filter((h) => heardHere.has(h.id));
  const all = may ? await conversationsOfCustomer(tx, customerId) : [conversation];
  const readable = await readableOf(
    tx,
    actor,
    all.map((c) => c.id),
  );
  const conversations = all.filter((c) => readable.has(c.id));
  return {
    id: customerId,
    name: customer?.name || handles[0]?.name || handles[0]?.handle || "",
    language: customer?.language ?? null,
    firstSeenAt: iso(customer?.firstSeenAt ?? tx.now),
    handles: handles.map((h) => ({
      id: h.id,
      network: h.network,
      handle: h.handle,
      name: h.name,
      followers: h.followers,
      profileUrl: h.profileUrl,
      evidence: h.evidence,
    })),
    conversations: conversations.map((c) => ({
      id: c.id,
      number: c.number,
      subject: c.subject,
      lastAt: iso(c.lastMessageAt),
      state: c.state,
    })),
    conversationsHidden: may ? all.length - conversations.length : null,
    // A month counts everything the customer said; with something hidden it would tell of that.
    months: may && conversations.length === all.length ? await monthsOfCustomer(tx, customerId) : [],
  };
}

interface ComposerFacts {
  conversationId: string;
  brand: Brand;
  channels: Map<string, Channel>;
  messages: readonly Message[];
  roles: Map<string, Answerable["role"]>;
  undoMs: number;
}

async function composerView(tx: Tx, actor: Actor, f: ComposerFacts): Promise<View["composer"]> {
  const answerable = f.messages.map(
    (m): Answerable => ({
      id: m.id,
      channelId: m.channelId,
      visibility: m.visibility === "private" ? "private" : "public",
      role: f.roles.get(m.id) ?? "customer",
      direction: m.direction,
      state: m.state,
      at: m.sentAt,
    }),
  );
  const found = doors(answerable, (id) => f.channels.get(id)?.capabilities);
  const stop = await stopOf(tx, f.brand.id);
  const view = async (door: Door, audience: "public" | "private"): Promise<View["composer"]["public"]> => {
    if ("reason" in door) return { door: null, reason: door.reason };
    const target = f.messages.find((m) => m.id === door.target.id);
    const channel = f.channels.get(door.target.channelId);
    if (!target || !channel) return { door: null, reason: "The channel of this message is gone." };
    const context = await preflightContext(tx, {
      conversationId: f.conversationId,
      channel,
      target,
      brand: f.brand,
      agentName: actor.name,
      stop,
      messages: f.messages,
    });
    const window = replyWindow(windowRule(channel.capabilities, audience, door.privateReplyToPublic), {
      now: tx.now,
      human: true,
      lastInboundAt: context.lastInboundAt,
      sentInWindow: context.sentInWindow,
      targetAt: target.sentAt,
      alreadyAnswered: context.target?.alreadyAnswered,
      namesUs: context.target?.namesUs,
      recipientConsents: true,
    });
    return {
      door: {
        mark: markOf(channel, audience),
        answersMessageId: target.id,
        to: target.authorName || target.authorHandle,
        windowUntil: window.open && window.closesAt !== undefined ? iso(window.closesAt) : null,
        context: context as unknown as Record<string, unknown>,
        privateReplyToPublic: door.privateReplyToPublic,
      },
      reason: null,
    };
  };
  return {
    first: found.first,
    disclosureText: disclosureLine(disclosureStyle(f.brand.disclosure), actor.name, f.brand.name, f.brand.locale),
    public: await view(found.public, "public"),
    private: await view(found.private, "private"),
    undoMs: f.undoMs,
  };
}
