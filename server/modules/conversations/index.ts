/** The front door of `conversations`: which messages are one matter, and which of it is work. */
import {
  EpisodeAnswered,
  EpisodeContinued,
  EpisodeDone,
  EpisodeOpened,
  MessagePlaced,
  PolicyChanged,
} from "#events/conversations";
import type { Routes } from "#platform/http/routes";
import { type LiveMapping, type LiveNeed, live } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import { policyRoutes } from "./api/policies.ts";
import { onMessageDeleted } from "./reactions/on-message-deleted.ts";
import { onMessageUnderstood } from "./reactions/on-message-understood.ts";

export { finishEpisode, openEpisodeByHand } from "./conversations.ts";
export { type Burst, type BurstEntry, bursts, mediaShifts } from "./domain/bursts.ts";
export type { Medium } from "./domain/medium.ts";
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
  lastPlacementsOf,
  monthsOfCustomer,
  placedAmong,
  placementsOf,
  placementsOfMessages,
  threadsOf,
} from "./read.ts";
export type { Episode } from "./store/episode-store.ts";
export type { Placement } from "./store/placement-store.ts";

export const reader: Reader = { name: "conversations", reactions: [onMessageUnderstood, onMessageDeleted] };

export function routes(r: Routes): void {
  policyRoutes(r);
}

/** The list shows a line of it, too. */
const readers = (id: string): LiveNeed[] => [
  { verb: "conversation.read", at: { of: "conversation", id } },
  { verb: "work.read", at: { of: "conversation", id } },
];
const changed = (conversationId: string, version: number) => [
  { kind: "conversation", id: conversationId, version, conversationId, needs: readers(conversationId) },
];
export const liveMappings: readonly LiveMapping[] = [
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
  live(EpisodeOpened, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeContinued, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeAnswered, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeDone, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(PolicyChanged, (e) => [
    {
      ...{ kind: "policy", id: e.payload.brandId, version: e.entityVersion },
      needs: ["work.read", "policy.manage"].map((verb) => ({ verb, at: { of: "brand", id: e.payload.brandId } })),
    },
  ]),
];
