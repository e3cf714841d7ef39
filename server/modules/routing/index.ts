/** The front door of `routing`: whose turn it is. */
import { type From, OfferEnded, WorkAccepted, WorkChanged, WorkEnded, WorkOffered, WorkQueued } from "#events/routing";
import type { Routes } from "#platform/http/routes";
import { type LiveMapping, type LiveNotice, type LiveWhere, live } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import { presenceRoutes } from "./api/presence-routes.ts";
import { routingRoutes } from "./api/routing-routes.ts";
import { onAgentChanged, onPresenceChanged } from "./reactions/on-agents-moved.ts";
import {
  onCustomerChanged,
  onEpisodeAnswered,
  onEpisodeContinued,
  onEpisodeDone,
} from "./reactions/on-episode-moved.ts";
import { onEpisodeOpened } from "./reactions/on-episode-opened.ts";
import { whereConversationsStand, whereQueuesStand } from "./whereabouts.ts";

export type { Accepts } from "./domain/accepts.ts";
export type { ClockState, Load, Priority, Reason, WorkState } from "./domain/model.ts";
export { nextOwner } from "./domain/rearrange.ts";
export { addQueue, type NewQueue, type QueueFacts, queueOf, queuesOf } from "./queues.ts";
export {
  listWork,
  loadOf,
  type OfferFacts,
  offerOfConversation,
  offerOfWork,
  offersOf,
  teamQueues,
  type WorkList,
  workById,
  workCounts,
  workOfConversations,
} from "./read-work.ts";
export { type HadBefore, type Rearranged, rearrangeWork } from "./rearrange.ts";
export {
  acceptOffer,
  assignWork,
  declineOffer,
  endWork,
  releaseWork,
  snoozeWork,
  takeNext,
  takeWork,
} from "./routing.ts";
export { type DecisionRow, decisionsOf, decisionsOfConversation } from "./store/decision-store.ts";
export { placesInQueues, type QueuePlace } from "./store/place-store.ts";
export type { Work } from "./store/work-store.ts";
export { timers } from "./timers.ts";
export {
  type Permitted,
  permittedQueues,
  queueIsHere,
  type Standing,
  standingsOf,
  type Whereabouts,
  whereConversationsStand,
  whereQueuesStand,
  whereWorkStands,
} from "./whereabouts.ts";

/** Episodes become work, answers stop clocks, presence decides who is asked. */
export const reader: Reader = {
  name: "routing",
  reactions: [
    onEpisodeOpened,
    onEpisodeContinued,
    onEpisodeAnswered,
    onEpisodeDone,
    onCustomerChanged,
    onPresenceChanged,
    onAgentChanged,
  ],
};

export function routes(r: Routes): void {
  presenceRoutes(r);
  routingRoutes(r);
}

interface Head {
  entityId: string;
  entityVersion: number;
}
interface About {
  conversationId: string;
  from?: From;
}
/** To who may see the work or the conversation where it stands now; and to who could before, when it left there. */
function workNotice(e: Head, p: About): LiveNotice {
  const at = (of: string, id: string) => [
    { verb: "work.read", at: { of, id } },
    { verb: "conversation.read", at: { of, id } },
  ];
  const left = p.from ? [...at("queue", p.from.queueId), ...(p.from.ownerId ? [{ agentId: p.from.ownerId }] : [])] : [];
  return {
    ...{ kind: "work", id: e.entityId, version: e.entityVersion, conversationId: p.conversationId },
    needs: [...at("conversation", p.conversationId), ...left],
  };
}
function offerNotice(e: Head, p: About & { offerId: string; agentId: string }): LiveNotice {
  const { offerId: id, conversationId, agentId } = p;
  return { kind: "offer", id, version: e.entityVersion, conversationId, needs: { agentId } };
}

export const liveWhere: LiveWhere = { conversation: whereConversationsStand, queue: whereQueuesStand };
export const liveMappings: readonly LiveMapping[] = [
  live(WorkQueued, (e) => [workNotice(e, e.payload)]),
  live(WorkOffered, (e) => [workNotice(e, e.payload), offerNotice(e, e.payload)]),
  live(OfferEnded, (e) => [workNotice(e, e.payload), offerNotice(e, e.payload)]),
  live(WorkAccepted, (e) => [
    workNotice(e, e.payload),
    // An accepted offer is over, also on the agent's other screen.
    { kind: "offer", id: e.entityId, version: e.entityVersion, needs: { agentId: e.payload.agentId } },
    { kind: "presence", id: e.payload.agentId, version: e.entityVersion, needs: { verb: "work.read" } },
  ]),
  live(WorkChanged, (e) => [workNotice(e, e.payload)]),
  live(WorkEnded, (e) => [workNotice(e, e.payload)]),
];
