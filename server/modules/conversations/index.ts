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
import { type LiveMapping, live } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import { policyRoutes } from "./api/policies.ts";
import { onMessageDeleted } from "./reactions/on-message-deleted.ts";
import { onMessageUnderstood } from "./reactions/on-message-understood.ts";

export { finishEpisode, openEpisodeByHand } from "./conversations.ts";
export { type Burst, type BurstEntry, bursts, mediaShifts } from "./domain/bursts.ts";
export type { Medium } from "./domain/medium.ts";
export { dryRun, policyOf, setPolicy } from "./policies.ts";
export {
  type ConversationFacts,
  conversationsById,
  conversationsOfCustomer,
  episodesById,
  episodesOf,
  lastPlacementsOf,
  monthsOfCustomer,
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

const changed = (conversationId: string, version: number) => [
  { kind: "conversation", id: conversationId, version, conversationId, needs: { verb: "conversation.read" } },
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
            needs: { verb: "conversation.read" },
          },
        ],
  ),
  live(EpisodeOpened, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeContinued, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeAnswered, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(EpisodeDone, (e) => changed(e.payload.conversationId, e.entityVersion)),
  live(PolicyChanged, (e) => [
    { kind: "policy", id: e.payload.brandId, version: e.entityVersion, needs: { verb: "work.read" } },
  ]),
];
