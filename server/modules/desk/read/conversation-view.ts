import type { z } from "zod";
import type { conversationView } from "#contracts/desk";
import { type AttachedFile, attachedFiles, type Channel, type Message } from "#modules/channels";
import type { Brand, Stop } from "#modules/company";
import { isCopy, type Placement } from "#modules/conversations";
import type { Handle } from "#modules/customers";
import { type CourseOfMood, courseOf, type UnderstandingRow } from "#modules/listening";
import { can } from "#modules/people";
import { type Crisis, showPromise, type Work } from "#modules/routing";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { disclosureLine } from "#shared/disclosure";
import { replyWindow, windowRule } from "#shared/reply-window";
import { aheadOf, approvalLines, shownRequests } from "../approval/in-conversation.ts";
import { channelShut } from "../domain/channel-shut.ts";
import { type Answerable, type Door, doors } from "../domain/doors.ts";
import { influenceOf, languagesOf } from "../domain/influence.ts";
import { proposeOutcome } from "../domain/propose-outcome.ts";
import { moderationLines } from "../moderation/lines.ts";
import { disclosureStyle, preflightContext } from "../preflight-context.ts";
import type { Draft } from "../store/desk-store.ts";
import { signatureOf } from "../voice/settings.ts";
import { burstViews } from "./burst-views.ts";
import { closingEntries } from "./closing-entries.ts";
import { type ConversationReads, readConversation } from "./conversation-reads.ts";
import { presentFacts, presentInfluence } from "./customer-facts-view.ts";
import type { Cut } from "./cut.ts";
import { draftFiles } from "./file-views.ts";
import {
  type Entry,
  helpEntries,
  lineEntries,
  messageEntry,
  noteEntry,
  replyEntry,
  subjectEntries,
} from "./timeline-entries.ts";
import { type Known, markOf, presentOffers, presentWork } from "./work-rows.ts";

type View = z.input<typeof conversationView>;

/** Everything the desk shows of a conversation that the actor may read. `cut`: the page of its timeline. */
export async function conversationFor(tx: Tx, actor: Actor, asked: string, cut: Cut): Promise<View> {
  const read = await readConversation(tx, actor, asked, cut);
  const conversationId = read.conversation.id;
  const { conversation, work, brand, channels, page, labels, episodes, replies, notes, agents, undoMs, outcomes } =
    read;
  const byId = new Map(read.messages.map((m) => [m.id, m]));
  // The same mail in a second mailbox is shown with the first.
  const copies = page.filter((p) => isCopy(p.evidence));
  const shown = copies.length === 0 ? page : page.filter((p) => !isCopy(p.evidence));
  const alsoBy = Map.groupBy(copies, (p) => p.externalId);
  const messages = shown.toReversed().flatMap((p) => byId.get(p.messageId) ?? []);
  const decisions = read.decisions.filter((d) => d.workItemId === work?.id);
  const own = read.handles.get(conversation.customerId) ?? [];
  const heard = new Set(page.flatMap((p) => p.handleId ?? []));
  const handles = new Map(
    [...own, ...read.heard.values()].filter((h) => heard.has(h.id)).map((h) => [h.id, h] as const),
  );

  const becameMessage = new Set(messages.flatMap((m) => m.deliveryId ?? []));
  // What was sent before this page lies, as a message, on an earlier one.
  const oldest = read.more ? (page.at(-1)?.sentAt ?? 0) : 0;
  const entries: Entry[] = [
    ...shown.flatMap((p): Entry[] => {
      const m = byId.get(p.messageId);
      return m
        ? [
            messageEntry(m, p, {
              channel: channels.get(m.channelId),
              attachments: read.attachments.get(m.id) ?? [],
              label: labels.get(m.id),
              handle: p.handleId ? handles.get(p.handleId) : undefined,
              agent: agents.get(read.agentIds.get(m.id) ?? ""),
              revisions: read.revisions.get(m.id) ?? [],
              brand,
              now: tx.now,
              alsoBy: (alsoBy.get(m.externalId) ?? []).flatMap((c) => channels.get(c.channelId)?.handle ?? []),
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
          ? [
              replyEntry(
                r,
                agent,
                markOf(target && channels.get(target.channelId), r.audience),
                read.filed.get(r.deliveryId) ?? [],
                tx.now,
              ),
            ]
          : [];
      }),
    ...notes.flatMap((n): Entry[] => {
      if (n.at < read.edges.from || n.at >= read.edges.to) return [];
      const agent = agents.get(n.agentId);
      return agent ? [noteEntry(n, agent)] : [];
    }),
    ...helpEntries(page),
    ...subjectEntries(messages),
    ...moderationLines(read.moderated, agents),
    ...(cut
      ? []
      : [
          ...lineEntries(decisions, episodes, agents),
          ...approvalLines(read),
          ...closingEntries(read.closings, { outcomes, episodes, agents }),
        ]),
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
  const approvals = shownRequests(actor, read, byId, read.drafted);
  const known: Known = {
    ...{ channels, customers: read.customers, handles: read.handles, labels, agents, marks: read.marks },
    conversations: new Map([[conversationId, conversation]]),
    episodes: new Map(episodes.map((e) => [e.id, e])),
    last: { words: read.last, messages: byId },
  };
  return {
    id: conversation.id,
    number: conversation.number,
    subject: conversation.subject,
    brand: { id: brand.id, name: brand.name, disclosure: brand.disclosure },
    state: conversation.state,
    version: conversation.version,
    work: (await presentWork(tx, actor.id, work ? [work] : [], known))[0] ?? null,
    promise: work && read.promise ? showPromise(read.promise, work.episodeId) : null,
    offer: (await presentOffers(tx, actor.id, read.offer ? [read.offer] : [], known))[0] ?? null,
    customer: customerPane(actor, read, own, handles, tx.now),
    ...(cut === null && courseHere(read)),
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
    bursts: burstViews(shown, byId, read),
    timeline: entries,
    earlier: read.edges.earlier,
    later: read.edges.later,
    draft: read.draft ? presentDraft(read.draft, read.drafted) : null,
    composer: await composerView(tx, actor, {
      conversationId,
      brand,
      channels,
      messages,
      undoMs,
      stop: read.stop,
      crises: read.crises,
      read,
      roles: new Map(page.map((p) => [p.messageId, p.role])),
    }),
    ...(approvals.length > 0 && { approvals }),
    proposedOutcome: proposed && outcomes.some((o) => o.key === proposed.outcome) ? proposed : null,
    outcomes,
    ...(work && read.reasonNeeded.includes(work.queueId) && { reasonNeeded: true }),
  };
}

function presentDraft(draft: Draft, files: readonly AttachedFile[]): NonNullable<View["draft"]> {
  const { audience, text, answersMessageId, copies, version, savedAt } = draft;
  return {
    ...{ audience, text, answersMessageId, copies: copies ?? null },
    ...{ files: draftFiles(draft.files, files), version, savedAt: iso(savedAt) },
  };
}

/** As the screen knows it. */
export async function draftView(tx: Tx, draft: Draft | undefined): Promise<View["draft"]> {
  return draft
    ? presentDraft(
        draft,
        await attachedFiles(
          tx,
          draft.files.map((f) => f.id),
        ),
      )
    : null;
}

const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

function proposal(
  work: Work,
  page: readonly Placement[],
  messages: Map<string, Message>,
  labels: ReadonlyMap<string, UnderstandingRow>,
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

/** The course of the customer's mood over what this page shows of them; what agents said of a sentiment is sure. */
function courseHere({ page, labels }: ConversationReads): { course?: CourseOfMood } {
  const moods = page.flatMap(({ messageId, sentAt, role, deletedAt }) => {
    const label = labels.get(messageId);
    if (role !== "customer" || deletedAt !== null || !label) return [];
    const score = label.detail.marked?.sentiment ? 1 : (label.detail.sentiment?.score ?? 0.5);
    return [{ messageId, at: sentAt, sentiment: { value: label.sentiment, score } }];
  });
  const course = courseOf(moods);
  return course ? { course } : {};
}

/**
 * Who speaks. Of the customer's other conversations the actor sees those that he may read, and of the rest how many there
 * are. Without the right to know the customer there is only what the conversation itself shows.
 */
function customerPane(
  actor: Actor,
  read: ConversationReads,
  own: readonly Handle[],
  heardHere: ReadonlyMap<string, Handle>,
  now: Instant,
): View["customer"] {
  const { customerId } = read.conversation;
  const customer = read.customers.get(customerId);
  const handles = read.mayKnow ? own : own.filter((h) => heardHere.has(h.id));
  const conversations = read.others.filter((c) => read.readable.has(c.id));
  const all = conversations.length === read.others.length;
  return {
    id: customerId,
    name: customer?.name || handles[0]?.name || handles[0]?.handle || "",
    language: customer?.language ?? null,
    firstSeenAt: iso(customer?.firstSeenAt ?? now),
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
      outcome: outcomeOf(read, c.id),
    })),
    conversationsHidden: read.mayKnow ? read.others.length - conversations.length : null,
    // A month counts everything the customer said; with something hidden it would tell of that.
    months: all ? read.months : [],
    facts: read.facts && presentFacts(read.facts, read.agents),
    influence:
      read.facts && customer
        ? presentInfluence(
            influenceOf(own, all ? read.months.reduce((n, m) => n + m.public, 0) : null, customer.lastSeenAt),
          )
        : [],
    languages: languagesOf(
      read.page.filter((p) => p.role === "customer").map((p) => read.labels.get(p.messageId)?.language ?? "und"),
    ),
    mayWrite: read.mayKnow && can(actor, "customer.write", read.where),
  };
}

/** What came of the last work on another conversation of the customer, by name. */
function outcomeOf(read: ConversationReads, conversationId: string): string | null {
  const last = read.earlier.get(conversationId)?.findLast((e) => e.state === "done" && e.outcome !== "merged");
  return read.outcomes.find((o) => o.key === last?.outcome)?.name ?? last?.outcome ?? null;
}

interface ComposerFacts {
  conversationId: string;
  brand: Brand;
  channels: Map<string, Channel>;
  messages: readonly Message[];
  roles: Map<string, Answerable["role"]>;
  undoMs: number;
  stop: Stop | null;
  crises: readonly Crisis[];
  read: ConversationReads;
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
  const { public: open } = found;
  const openId =
    "target" in open ? open.target.channelId : f.messages.find((m) => m.id === open.handOff?.id)?.channelId;
  const publicly = signatureOf(f.brand, f.read.voice, (openId && f.channels.get(openId)?.network) || "");
  const view = async (door: Door, audience: "public" | "private"): Promise<View["composer"]["public"]> => {
    if ("reason" in door)
      return { door: null, reason: door.reason, handOff: handOffOf(f.messages.find((m) => m.id === door.handOff?.id)) };
    const target = f.messages.find((m) => m.id === door.target.id);
    const channel = f.channels.get(door.target.channelId);
    if (!target || !channel) return { door: null, reason: "The channel of this message is gone.", handOff: null };
    const shut = channelShut(channel);
    if (shut !== null) return { door: null, reason: shut, handOff: null };
    const context = await preflightContext(tx, {
      conversationId: f.conversationId,
      channel,
      target,
      brand: f.brand,
      signed: signatureOf(f.brand, f.read.voice, channel.network),
      agentName: actor.name,
      stop: f.stop,
      agentId: actor.id,
      crises: f.crises,
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
    const ahead = aheadOf(actor, f.read, audience, target, tx.now);
    return {
      door: {
        mark: markOf(channel, audience),
        answersMessageId: target.id,
        to: target.authorName || target.authorHandle,
        windowUntil: window.open && window.closesAt !== undefined ? iso(window.closesAt) : null,
        context: context as unknown as Record<string, unknown>,
        privateReplyToPublic: door.privateReplyToPublic,
        ...(ahead && { approval: ahead }),
      },
      reason: null,
      handOff: null,
    };
  };
  return {
    first: found.first,
    disclosureText: disclosureLine(disclosureStyle(publicly), actor.name, f.brand.name, f.brand.locale),
    public: await view(found.public, "public"),
    private: await view(found.private, "private"),
    undoMs: f.undoMs,
  };
}

/** The page where a person can answer, where the network told us one that a browser may open. */
function handOffOf(message: Message | undefined): View["composer"]["public"]["handOff"] {
  const url = message?.permalink ?? "";
  if (!message || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  return {
    answersMessageId: message.id,
    url,
    place: new URL(url).host,
    to: message.authorName || message.authorHandle,
  };
}
