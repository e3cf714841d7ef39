import {
  AttachmentSettled,
  AuthorChanged,
  ChannelBack,
  ChannelChanged,
  ChannelGap,
  ChannelIll,
  ChannelOut,
  ChannelWell,
  DeliveryFailed,
  DeliverySent,
  DeliveryUnknown,
  MessageDeleted,
  MessageEdited,
  MessageReceived,
  ModerationChanged,
} from "#events/channels";
import { CalendarChanged, OutboundStopped, SettingChanged } from "#events/company";
import {
  AskAnswered,
  ConversationCustomerChanged,
  ConversationJoinUndone,
  ConversationSplit,
  ConversationsLinked,
  ConversationsMerged,
  EpisodeAnswered,
  EpisodeContinued,
  EpisodeDone,
  EpisodeOpened,
  EpisodeRecalled,
  InviteExpired,
  InviteOpened,
  InviteRefused,
  InviteReturned,
  InviteSent,
  LinkTried,
  MessagePlaced,
  MessagesMoved,
  PolicyChanged,
} from "#events/conversations";
import { HandleChanged, HandleJoined, HandleMet, HandleParted, JoinSuggested, JoinUndone } from "#events/customers";
import {
  ApprovalAsked,
  ApprovalChanged,
  ApprovalEnded,
  ClosingNoted,
  CustomerNoted,
  FilesChanged,
  FollowersChanged,
  FollowUpChanged,
  ForMeChanged,
  HandedOff,
  LaterChanged,
  NoteAdded,
  ReplyChanged,
  ReplySent,
  ReplyWritten,
  SideQuestionChanged,
} from "#events/desk";
import { FiguresChanged } from "#events/insights";
import { AlarmChanged, AlarmClosed, AlarmOpened, LabelMarked, MessageUnderstood } from "#events/listening";
import { AgentChanged } from "#events/people";
import {
  CapacityExceeded,
  CapacityRestored,
  ClockBreached,
  ClockWarned,
  CrisisChanged,
  CrisisEnded,
  CrisisStarted,
  EscalationAcknowledged,
  EscalationAlarmed,
  EscalationChanged,
  EscalationEnded,
  EscalationOpened,
  EscalationPaged,
  EscalationRaised,
  GuestJoined,
  GuestLeft,
  OfferEnded,
  PageFailed,
  PromisesChanged,
  QueueEased,
  QueueReliefChanged,
  WorkAccepted,
  WorkChanged,
  WorkEnded,
  WorkOffered,
  WorkQueued,
  WorkStuck,
} from "#events/routing";
import { CapacityChanged, PresenceChanged } from "#events/workforce";
import type { EventType } from "#platform/journal/event";

/** An event type and one payload in today's shape: the compiler holds the example to the type. */
export interface EventExample {
  readonly type: EventType<unknown>;
  readonly payload: unknown;
}

function example<P>(type: EventType<P>, payload: NoInfer<P>): EventExample {
  return { type: type as EventType<unknown>, payload };
}

/** Ids that tell what they are of by their last digits. */
const id = (n: number) => `019a8f00-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const [message, channel, brand, conversation, episode, customer, agent] = [1, 2, 3, 4, 5, 6, 7].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const [delivery, reply, work, queue, offer, other] = [8, 9, 10, 11, 12, 13].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const at = "2026-11-17T09:00:00.000Z";
const joined = {
  ...{ actId: id(30), conversationId: conversation, otherId: other, about: conversation, by: agent },
  conversationIds: [conversation, other],
};
const later = "2026-11-17T10:00:00.000Z";
const heard = {
  ...{ messageId: message, channelId: channel, brandId: brand, network: "playground", kind: "post" },
  ...{ visibility: "public", direction: "in" as const, threadKey: "post:p_17", sentAt: at, backfilled: false },
};
const sent = { deliveryId: delivery, channelId: channel, conversationId: conversation };
const ofWork = { workItemId: work, conversationId: conversation, queueId: queue };
const ofClock = {
  ...{
    clockId: id(50),
    episodeId: episode,
    conversationId: conversation,
    queueId: queue,
    kind: "first-response" as const,
  },
  ...{ priority: "normal" as const, startedAt: at, knownAt: at, dueAt: later, at: later },
};
const invite = {
  ...{ inviteId: other, conversationId: conversation, episodeId: episode, brandId: brand, network: "playground" },
  ...{ destination: "dm" as const, agentId: agent, madeAt: at, expiresAt: "2026-11-20T09:00:00.000Z", sentAt: at },
  ...{ openedAt: later, returnedAt: null, returnedBy: null, proof: null, messageId: null },
  ...{ endedAt: null, endedWhy: null },
};

const escalated = {
  ...{ escalationId: id(40), trigger: "by-hand", severity: 2, brandId: brand, conversationId: conversation },
};

export const examples: readonly EventExample[] = [
  example(SettingChanged, { scope: brand, key: "outbound.stop", version: 3 }),
  example(CalendarChanged, { calendarId: other, version: 4, openToo: true }),
  example(OutboundStopped, { brandId: brand, on: true, reason: "A wrong price is out", by: agent }),
  example(AgentChanged, { agentId: agent, what: "skills" }),
  example(MessageReceived, heard),
  example(MessageEdited, { messageId: message, channelId: channel, revision: "2" }),
  example(MessageDeleted, { messageId: message, channelId: channel, by: "author" }),
  example(DeliverySent, {
    ...sent,
    externalIds: ["p_18"],
    permalink: "https://playground.example/p_18",
    sentAt: later,
  }),
  example(DeliveryUnknown, { ...sent, part: 0, why: "The network did not answer in time." }),
  example(DeliveryFailed, { ...sent, errorClass: "refused", message: "The thread is locked." }),
  example(AttachmentSettled, { messageId: message, channelId: channel, n: 0, state: "here" }),
  example(AuthorChanged, {
    ...{ channelId: channel, network: "bluesky", scope: "atproto", authorId: "did:plc:carla0000000000000000000" },
    ...{ handle: "carla.example", name: "Carla Ruiz", at },
  }),
  example(ChannelChanged, { channelId: channel, state: "needs-reauth", trouble: "The token has run out." }),
  example(ChannelGap, {
    channelId: channel,
    gapId: other,
    reason: "The cursor is older than the network keeps.",
    filled: false,
  }),
  example(ChannelIll, { channelId: channel, alarmId: other, cause: "push-silent" }),
  example(ChannelWell, { channelId: channel }),
  example(ChannelOut, { channelId: channel, since: at }),
  example(ChannelBack, { channelId: channel }),
  example(MessageUnderstood, {
    ...heard,
    ...{ modelVersion: "cold-1", language: "en", noise: false, addressed: "mention", intent: "problem" },
    ...{ sentiment: "negative", risks: ["outage"], gratitude: false, thanksOnly: false },
  }),
  example(AlarmOpened, {
    ...{ alarmId: id(61), monitorId: id(62), monitor: "Outages", brandId: null, severity: 1, posts: 38, minutes: 15 },
    says: '"Outages": 38 posts in 15 minutes, 6 are usual; 24 people so far, 62 % angry.',
  }),
  example(AlarmChanged, { alarmId: id(61), monitorId: id(62), what: "acknowledged", agentId: agent }),
  example(AlarmClosed, { alarmId: id(61), monitorId: id(62), how: "dealt-with", agentId: agent }),
  example(LabelMarked, { messageId: message, task: "intent", value: "question", agentId: agent }),
  example(HandleMet, { handleId: other, customerId: customer, network: "playground" }),
  example(HandleChanged, { handleId: other, customerId: customer }),
  example(HandleJoined, {
    ...{ handleId: other, customerId: customer, fromCustomerId: id(14), actId: null },
    ...{ rung: "stated", code: "stated-handle", confidence: 0.95 },
  }),
  example(HandleParted, { handleId: other, customerId: id(14), fromCustomerId: customer, actId: id(15) }),
  example(JoinUndone, { of: id(15), customerId: customer, by: agent }),
  example(JoinSuggested, {
    ...{ suggestionId: id(16), handleIds: [other, id(17)], customerIds: [customer, id(14)] },
    ...{ kind: "same", state: "open" },
  }),
  example(ConversationCustomerChanged, {
    ...{ conversationId: conversation, customerId: customer, fromCustomerId: id(14) },
  }),
  example(MessagePlaced, {
    ...{ messageId: message, conversationId: conversation, episodeId: episode, customerId: customer },
    ...{ role: "customer", direction: "in", network: "playground", medium: "public", visibility: "public", sentAt: at },
    ...{ language: "en", noise: false, gratitude: false, actionable: true, rule: "problems", outside: null },
    backfilled: false,
  }),
  example(EpisodeOpened, {
    ...{ episodeId: episode, conversationId: conversation, customerId: customer, brandId: brand, channelId: channel },
    ...{ network: "playground", medium: "public", visibility: "public", messageId: message, t0: at, priority: "high" },
    ...{ language: "en", risks: ["outage"], reopens: other, lastOwnerId: agent, rule: "problems" },
    says: "A problem of a customer: it needs an answer.",
  }),
  example(EpisodeContinued, {
    ...{ episodeId: episode, conversationId: conversation, messageId: message, medium: "dm", visibility: "private" },
    ...{ channelId: channel, t0: at, waits: true, priority: "normal" },
  }),
  example(EpisodeAnswered, {
    ...{ episodeId: episode, conversationId: conversation, messageId: other, replyId: reply, agentId: agent },
    ...{ visibility: "public", answeredAt: later, first: true, askedMessageId: message, askedAt: at },
  }),
  example(EpisodeDone, {
    ...{ episodeId: episode, conversationId: conversation, outcome: "solved", by: agent, doneAt: later },
    windowUntil: "2026-11-20T10:00:00.000Z",
  }),
  example(EpisodeRecalled, {
    ...{ episodeId: episode, conversationId: conversation, gone: false, customerId: customer, brandId: brand },
    ...{ network: "x", medium: "public", visibility: "public", language: "en", openedAt: at, reopens: null },
    ...{ reopenedBy: null, firstReplyAt: later, firstPublicReplyAt: later, firstReplyBy: agent, doneAt: later },
    ...{ doneBy: agent, outcome: "resolved", windowUntil: "2026-11-20T10:00:00.000Z" },
    responses: [{ messageId: message, askedAt: at, answeredAt: later, answeredBy: agent }],
  }),
  example(ConversationsMerged, { ...joined, messages: 3, episodeIds: [episode] }),
  example(ConversationSplit, { ...joined, messages: 1, episodeIds: [episode] }),
  example(MessagesMoved, { ...joined, messages: 1, episodeIds: [] }),
  example(ConversationsLinked, { ...joined, messages: 0, episodeIds: [] }),
  example(ConversationJoinUndone, { ...joined, kind: "merge", messages: 3, episodeIds: [episode] }),
  example(AskAnswered, {
    ...{ messageId: message, about: conversation, conversationId: conversation, otherId: other, answer: "here" },
    by: agent,
  }),
  example(LinkTried, {
    ...{ messageId: message, conversationId: conversation, brandId: brand, channelId: channel, givenMessageId: other },
    ...{ link: "https://help.example/reset", effect: "worked", afterMs: 7_200_000, saidAt: at },
  }),
  example(PolicyChanged, { brandId: brand, version: 2 }),
  example(QueueEased, { queueId: queue, actId: other, what: "target", eased: true, until: later }),
  example(QueueReliefChanged, {
    queueId: other,
    helping: true,
    teamIds: [agent],
    reasons: ["Somebody has waited 41 minutes; the limit is 40."],
  }),
  example(CapacityChanged, { agentId: agent, profileId: other, budget: 80 }),
  example(PresenceChanged, {
    agentId: agent,
    state: "away",
    was: "available",
    until: later,
    reason: "Lunch",
    by: agent,
  }),
  example(WorkQueued, {
    ...ofWork,
    ...{ episodeId: episode, dueAt: later, priority: "high", reasons: ["Care takes everything."] },
  }),
  example(WorkOffered, {
    ...ofWork,
    offerId: offer,
    agentId: agent,
    expiresAt: later,
    reasons: ["Has waited longest."],
  }),
  example(OfferEnded, { ...ofWork, offerId: offer, agentId: agent, how: "declined", reason: "On a call" }),
  example(WorkAccepted, { ...ofWork, episodeId: episode, agentId: agent, how: "offer", overCapacity: false }),
  example(WorkChanged, { ...ofWork, state: "parked", ownerId: agent, dueAt: later, what: "parked" }),
  example(WorkStuck, {
    ...{ ...ofWork, episodeId: episode, why: "ping-pong", transfers: 4 },
    reasons: [],
  }),
  example(GuestJoined, { ...ofWork, agentId: agent, kind: "consult" }),
  example(GuestLeft, { ...ofWork, agentId: agent, how: "completed" }),
  example(CapacityExceeded, { ...ofWork, agentId: agent, used: 120, budget: 100, at }),
  example(CapacityRestored, { ...ofWork, agentId: agent, used: 100, budget: 100, at: later }),
  example(WorkEnded, { ...ofWork, episodeId: episode, ownerId: agent, how: "done", reason: "solved" }),
  example(ClockWarned, { ...ofClock, part: 0.75 }),
  example(ClockBreached, ofClock),
  example(PromisesChanged, { conversationIds: [conversation] }),
  example(ReplyWritten, {
    ...{ replyId: reply, conversationId: conversation, episodeId: episode, agentId: agent, audience: "public" },
    ...{ deliveryId: delivery, goesAt: later },
  }),
  example(ReplySent, {
    ...{ replyId: reply, conversationId: conversation, episodeId: episode, agentId: agent, audience: "public" },
    ...{ answersMessageId: message, sentAt: later },
  }),
  example(ReplyChanged, { replyId: reply, conversationId: conversation, agentId: agent, state: "failed" }),
  example(InviteSent, { ...invite, openedAt: null }),
  example(InviteOpened, invite),
  example(InviteReturned, {
    ...{ ...invite, returnedAt: later, returnedBy: "email", proof: "other-network", messageId: message },
  }),
  example(InviteExpired, { ...invite, endedAt: later, endedWhy: "time" }),
  example(InviteRefused, {
    ...{ inviteId: other, conversationId: conversation, messageId: message, why: "another-handle" },
  }),
  example(CustomerNoted, { customerId: customer, actId: other, conversationIds: [conversation] }),
  example(HandedOff, {
    ...{ conversationId: conversation, channelId: other, agentId: agent, answersMessageId: other },
    ...{ outcome: "answered", messageId: other },
  }),
  example(ModerationChanged, {
    ...{ actId: other, messageId: message, channelId: other, conversationId: conversation, agentId: agent },
    ...{ verb: "hide", state: "done" },
  }),
  example(FilesChanged, { conversationId: conversation, messageId: message }),
  example(LaterChanged, { conversationId: conversation, agentId: agent, what: "reminder", state: "due" }),
  example(ApprovalAsked, { requestId: other, conversationId: conversation, agentId: agent, askedIds: [agent] }),
  example(ApprovalChanged, {
    ...{ requestId: other, conversationId: conversation, agentId: agent, askedIds: [agent], what: "stale" },
  }),
  example(ApprovalEnded, {
    ...{ requestId: other, conversationId: conversation, episodeId: episode, brandId: other, agentId: agent },
    ...{ askedIds: [agent], how: "approved", by: agent, askedAt: at, endedAt: at, waitedMs: 240_000, edited: true },
  }),
  example(ForMeChanged, { agentId: agent, conversationId: conversation }),
  example(FollowersChanged, { conversationId: conversation, agentId: agent, following: true }),
  example(FollowUpChanged, { followUpId: other, conversationId: conversation, agentId: agent, state: "due" }),
  example(SideQuestionChanged, {
    ...{ questionId: other, conversationId: conversation, askedBy: agent, toAgent: null, what: "answered" },
  }),
  example(ClosingNoted, {
    ...{ episodeId: episode, conversationId: conversation, outcome: "solved", reason: ["delivery", "late"] },
    ...{ feedback: true, lead: false, by: agent },
  }),
  example(NoteAdded, { noteId: other, conversationId: conversation, agentId: agent }),
  example(FiguresChanged, { episodeId: episode }),
  example(EscalationOpened, { ...escalated, topic: `by-hand:${conversation}`, by: agent }),
  example(EscalationPaged, { ...escalated, agentIds: [agent], pages: 1, dueAt: later }),
  example(EscalationAcknowledged, { ...escalated, agentId: agent }),
  example(EscalationRaised, { ...escalated, severity: 3 }),
  example(EscalationAlarmed, { ...escalated, why: "Nobody in the chain has acknowledged it." }),
  example(EscalationChanged, { ...escalated, what: "handed-on", agentId: agent }),
  example(EscalationEnded, { ...escalated, by: agent, endedAt: later }),
  example(PageFailed, { deliveryId: delivery, escalationId: id(40), agentId: agent, way: "webhook", toId: id(41) }),
  example(CrisisStarted, { crisisId: id(42), brandId: brand, spokespersonId: agent, by: id(43) }),
  example(CrisisChanged, { crisisId: id(42), brandId: brand, what: "bound", agentId: agent }),
  example(CrisisEnded, { crisisId: id(42), brandId: brand, by: agent }),
];
