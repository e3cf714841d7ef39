/** The front door of `conversations`: which messages are one matter, and which of it is work. */
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
  InviteExpired,
  InviteOpened,
  InviteRefused,
  InviteReturned,
  InviteSent,
  MessagePlaced,
  MessagesMoved,
  PolicyChanged,
} from "#events/conversations";
import type { Routes } from "#platform/http/routes";
import { type LiveMapping, type LiveNeed, live } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import type { TimerHandler } from "#platform/timers";
import { policyRoutes } from "./api/policies.ts";
import { setAsideRoutes } from "./api/set-aside.ts";
import { stitchingRoutes } from "./api/stitching.ts";
import { windowRoutes } from "./api/windows.ts";
import { INVITE_TIMER, onInviteEnds } from "./invites/invites.ts";
import { onMessageDeleted } from "./reactions/on-message-deleted.ts";
import { onMessageUnderstood } from "./reactions/on-message-understood.ts";
import { drawWeekly, SAMPLE_TIMER } from "./set-aside/samples.ts";

export { windowsOfForm } from "./api/windows.ts";
export { answerAsk, asksAfter, asksOf, askToAnswer } from "./asks/asks.ts";
export { finishEpisode, openEpisodeByHand } from "./conversations.ts";
export { type Burst, type BurstEntry, bursts, mediaShifts } from "./domain/bursts.ts";
export { isCopy } from "./domain/evidence.ts";
export { codesIn, spokenCode } from "./domain/invite-code.ts";
export type { Place as InvitePlace } from "./domain/invite-places.ts";
export { type Destination, destinations } from "./domain/invite-use.ts";
export type { Medium } from "./domain/medium.ts";
export { type BurstGaps, burstGapOn, type ChannelWindows, type Windows } from "./domain/windows.ts";
export { followHandles } from "./follow.ts";
export { askForCall, type CallAsked, noteCall, phoneNumber } from "./invites/calls.ts";
export {
  INVITE_TIMER,
  invitesOf,
  isLive as isLiveInvite,
  makeInvite,
  noteOpened as noteInviteOpened,
  placesOfBrand as invitePlaces,
  withdrawInvite,
} from "./invites/invites.ts";
export { hashOfCode, type InviteLinks, inviteLinks } from "./invites/links.ts";
export { checkCodes, inviteByCode, inviteById, openedLink } from "./invites/look-up.ts";
export { closingWords, inviteSetting, inviteWords } from "./invites/settings.ts";
export { type EpisodeNow, episodesNow, placesNow } from "./joins/facts.ts";
export { type ActOn, actsOfMessage, joinAct, joinsBecauseOf, joinsOf, linkedWith } from "./joins/history.ts";
export {
  type Ask as JoinAsk,
  join,
  previewJoin,
  previewUndo,
  type Refused as JoinRefused,
  undoJoin,
} from "./joins/joins.ts";
export type { Joined, JoinedEpisodeFacts } from "./joins/outcome.ts";
export { partsOf, standIn } from "./joins/redirects.ts";
export { type Stitched, stitchedThrough } from "./joins/stitched.ts";
export {
  endingsAfter,
  noteOutcomes,
  type OutcomePage,
  type PastOutcome,
  pastOutcomesAfter,
  stretchesOfPast,
  tellPast,
} from "./past.ts";
export { dryRun, policyOf, setPolicy } from "./policies.ts";
export {
  type ConversationFacts,
  conversationByNumber,
  conversationsById,
  conversationsOfCustomer,
  episodesById,
  episodesOf,
  type LastWords,
  lastPlacementsOf,
  lastWordsOf,
  monthsOfCustomer,
  placedAmong,
  placementsAcross,
  placementsAfter,
  placementsOf,
  placementsOfMessages,
  threadsOf,
} from "./read.ts";
export { replayStitching } from "./replay-stitching.ts";
export {
  REPLAY_MOST,
  replayWindows,
  type WindowReplay,
} from "./replay-windows.ts";
export { burstGapsSetting, channelWindowsSetting } from "./settings.ts";
export type { Ask as StitchAsk } from "./store/ask-store.ts";
export type { Episode } from "./store/episode-store.ts";
export type { Invite } from "./store/invite-store.ts";
export { type JoinAct, type JoinKind, noteWork, type WorkBefore } from "./store/join-store.ts";
export type { Placement } from "./store/placement-store.ts";

export const reader: Reader = { name: "conversations", reactions: [onMessageUnderstood, onMessageDeleted] };

export function routes(r: Routes): void {
  policyRoutes(r);
  windowRoutes(r);
  stitchingRoutes(r);
  setAsideRoutes(r);
}

export const timers: Readonly<Record<string, TimerHandler>> = {
  [INVITE_TIMER]: onInviteEnds,
  [SAMPLE_TIMER]: drawWeekly,
};

/** The list shows a line of it, too. */
const readers = (id: string): LiveNeed[] => [
  { verb: "conversation.read", at: { of: "conversation", id } },
  { verb: "work.read", at: { of: "conversation", id } },
];
const changed = (conversationId: string, version: number) => [
  { kind: "conversation", id: conversationId, version, conversationId, needs: readers(conversationId) },
];
const invited = (id: string, version: number, conversationId: string) => [
  {
    ...{ kind: "invite", id, version, conversationId },
    needs: { verb: "conversation.read", at: { of: "conversation", id: conversationId } },
  },
];
/** Of one that is part of another now, whoever may read that one is told: its screen goes there. */
const joined = (p: { about: string; conversationId: string }, version: number) => [
  {
    ...{ kind: "conversation", id: p.about, version, conversationId: p.about },
    needs: [...readers(p.about), ...readers(p.conversationId)],
  },
];
export const liveMappings: readonly LiveMapping[] = [
  live(ConversationsMerged, (e) => joined(e.payload, e.entityVersion)),
  live(ConversationSplit, (e) => joined(e.payload, e.entityVersion)),
  live(MessagesMoved, (e) => joined(e.payload, e.entityVersion)),
  live(ConversationsLinked, (e) => changed(e.payload.about, e.entityVersion)),
  live(AskAnswered, (e) => changed(e.payload.about, e.entityVersion)),
  live(ConversationJoinUndone, (e) => changed(e.payload.about, e.entityVersion)),
  live(MessagePlaced, (e) =>
    e.payload.conversationId === null
      ? []
      : [
          {
            kind: "message",
            id: e.payload.messageId,
            version: e.entityVersion,
            conversationId: e.payload.conversationId,
            needs: readers(e.payload.conversationId),
          },
        ],
  ),
  live(ConversationCustomerChanged, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeOpened, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeContinued, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeAnswered, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeDone, (e) => changed(e.payload.conversationId, e.entityVersion)),
  ...[InviteSent, InviteOpened, InviteReturned, InviteExpired].map((type) =>
    live(type, (e) => invited(e.entityId, e.entityVersion, e.payload.conversationId)),
  ),
  live(InviteRefused, (e) => invited(e.entityId, e.entityVersion, e.payload.conversationId)),
  live(PolicyChanged, (e) => [
    {
      ...{ kind: "policy", id: e.payload.brandId, version: e.entityVersion },
      needs: ["work.read", "policy.manage"].map((verb) => ({ verb, at: { of: "brand", id: e.payload.brandId } })),
    },
  ]),
];
