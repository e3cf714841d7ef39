/** The front door of `routing`: whose turn it is. */
import { CalendarChanged, SettingChanged } from "#events/company";
import {
  CapacityExceeded,
  CapacityRestored,
  ClockBreached,
  ClockWarned,
  type From,
  GuestJoined,
  GuestLeft,
  OfferEnded,
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
import type { Routes } from "#platform/http/routes";
import { type LiveMapping, type LiveNotice, type LiveWhere, live } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import type { TimerHandler } from "#platform/timers";
import { clockRoutes } from "./api/clock-routes.ts";
import { presenceRoutes } from "./api/presence-routes.ts";
import { rehearseRoutes } from "./api/rehearse-routes.ts";
import { routingRoutes } from "./api/routing-routes.ts";
import { slaRoutes } from "./api/sla-routes.ts";
import { clocksReader } from "./clocks/clocks-reader.ts";
import { slaSetting } from "./clocks/settings.ts";
import { clockTimers } from "./clocks/timers.ts";
import { escalationLive, escalationReader, escalationTimers } from "./escalation/index.ts";
import { onAgentChanged, onCapacityChanged, onPresenceChanged } from "./reactions/on-agents-moved.ts";
import {
  onCustomerChanged,
  onEpisodeAnswered,
  onEpisodeContinued,
  onEpisodeDone,
} from "./reactions/on-episode-moved.ts";
import { onEpisodeOpened } from "./reactions/on-episode-opened.ts";
import { onlyTheRouter } from "./router/only-the-router.ts";
import { timers as routingTimers } from "./timers.ts";
import { whereConversationsStand, whereQueuesStand } from "./whereabouts.ts";

export { parkForApproval, unparkFromApproval } from "./await-approval.ts";
export { barFromWork } from "./barring.ts";
export { pauseClocks, resumeClocks } from "./clocks/pause-clocks.ts";
export { promiseReads, showPromise } from "./clocks/promise-shown.ts";
export { setSla } from "./clocks/sla.ts";
export type { Accepts } from "./domain/accepts.ts";
export {
  type ClearTime,
  clearTimeOf,
  forecastOf,
  holdTimeOf,
  keptInTime,
  lateOf,
  type QueueFlow,
  rateOf,
} from "./domain/clear-time.ts";
export type { Easing } from "./domain/easing.ts";
export { capacityKinds } from "./domain/medium-class.ts";
export {
  awaitsApproval,
  type ClockState,
  type Load,
  type Priority,
  type Reason,
  type WorkState,
} from "./domain/model.ts";
export { nextOwner } from "./domain/rearrange.ts";
export type { ReliefFacts, ReliefRule } from "./domain/relief.ts";
export { easeQueue, endEasing } from "./easing/ease.ts";
export { type AckLinks, ackLinks } from "./escalation/ack-links.ts";
export { ackPages } from "./escalation/api/ack-page.ts";
export { type TargetPeople, targetPeople } from "./escalation/approvers.ts";
export { noteInCrises } from "./escalation/crisis.ts";
export { causeIsGone, openEscalation } from "./escalation/escalate.ts";
export { escalationRoutes } from "./escalation/index.ts";
export { pageAgents } from "./escalation/page-agents.ts";
export { type Pager, type PagerDeps, type SendMail, startPager } from "./escalation/pager.ts";
export { saveLadder, saveRotas } from "./escalation/plans.ts";
export { alarmIsOver, raiseByAlarm, type VolumeAlarm } from "./escalation/raise-by-alarm.ts";
export { approversOfMatter, type MatterEscalated } from "./escalation/store/approver-store.ts";
export { type Crisis, crisesOfConversation } from "./escalation/store/crisis-store.ts";
export { useMail } from "./escalation/ways-out.ts";
export { bringForward } from "./floods.ts";
export { askGuest, dismissGuest, handOverWork } from "./guests.ts";
export { type Becomes, type ManyDone, supervise, type Wish } from "./many.ts";
export { queuesToWatch, stepReliefs } from "./peaks/relief.ts";
export { type PeakRules, peaksSetting } from "./peaks/settings.ts";
export { addQueue, helpersNow, type NewQueue, type QueueFacts, queueOf, queuesOf } from "./queues.ts";
export {
  countListed,
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
export { routeHistory } from "./route-history.ts";
export { NotTheRouter } from "./router/not-the-router.ts";
export { LEASE, type RouterRole, useRouter } from "./router/router.ts";
export {
  acceptOffer,
  acceptOffers,
  assignWork,
  declineOffer,
  endWork,
  releaseWork,
  snoozeWork,
  takeNext,
  takeWork,
} from "./routing.ts";
export { routingRules } from "./settings.ts";
export {
  boardItems,
  DUE_BINS,
  type QueueStanding,
  standingOfQueues,
  waitsOfQueue,
} from "./store/board-store.ts";
export { type DecisionRow, decisionsOf, decisionsOfConversation } from "./store/decision-store.ts";
export type { BehindGroup } from "./store/flood-store.ts";
export type { Narrow } from "./store/narrow.ts";
export { placesInQueues, type QueuePlace } from "./store/place-store.ts";
export { type ReliefLine, reliefLog } from "./store/relief-store.ts";
export { ROUTER_WANTED } from "./store/step-store.ts";
export type { Work } from "./store/work-store.ts";
export { wakeWork } from "./wake-work.ts";
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
export { type WhyRouted, whyRouted } from "./why-routed.ts";
export { wrapUpWork } from "./writing-up.ts";

/** Episodes become work, answers stop clocks, presence decides who is asked. */
export const reader: Reader = onlyTheRouter({
  name: "routing",
  reactions: [
    onEpisodeOpened,
    onEpisodeContinued,
    onEpisodeAnswered,
    onEpisodeDone,
    onCustomerChanged,
    onPresenceChanged,
    onCapacityChanged,
    onAgentChanged,
  ],
});

/** Beside `reader`: the promises to customers, and whom to call when they break. */
export const readers: readonly Reader[] = [clocksReader, escalationReader];
export const timers: Record<string, TimerHandler> = { ...routingTimers, ...clockTimers, ...escalationTimers };

export function routes(r: Routes): void {
  presenceRoutes(r);
  routingRoutes(r);
  slaRoutes(r);
  clockRoutes(r);
  rehearseRoutes(r);
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
/** News of a clock are news of its conversation. */
function clockNotice(e: Head, p: About): LiveNotice {
  const at = { of: "conversation", id: p.conversationId };
  const { entityId: id, entityVersion: version } = e;
  return { kind: "clock", id, version, conversationId: p.conversationId, needs: [{ verb: "conversation.read", at }] };
}
/** The head of a conversation shows another promise. */
function promiseNotice(e: Head, p: About): LiveNotice {
  return { ...clockNotice(e, p), kind: "promise" };
}
function promisesNotice({ entityId: id, entityVersion: version }: Head): LiveNotice {
  return { kind: "promise", id, version, needs: { verb: "conversation.read" } };
}
function offerNotice(e: Head, p: About & { offerId: string; agentId: string }): LiveNotice {
  const { offerId: id, conversationId, agentId } = p;
  return { kind: "offer", id, version: e.entityVersion, conversationId, needs: { agentId } };
}

/** How a queue's work is handed out now: who helps, what is easier. */
function queueNotice({ entityVersion: version }: Head, { queueId: id }: { queueId: string }): LiveNotice {
  return { kind: "setting", id, version, needs: { verb: "work.read", at: { of: "queue", id } } };
}
/** A guest sees it in the own list, and sees it go. */
function guestNotice(e: Head, { conversationId, agentId }: About & { agentId: string }): LiveNotice {
  return { kind: "work", id: e.entityId, version: e.entityVersion, conversationId, needs: { agentId } };
}
function loadNotice(e: Head, { agentId }: { agentId: string }): LiveNotice {
  return { kind: "presence", id: agentId, version: e.entityVersion, needs: { verb: "work.read" } };
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
  live(ClockWarned, (e) => [clockNotice(e, e.payload)]),
  live(ClockBreached, (e) => [clockNotice(e, e.payload)]),
  live(PromisesChanged, (e) =>
    e.payload.conversationIds.map((conversationId) =>
      promiseNotice({ ...e, entityId: conversationId }, { conversationId }),
    ),
  ),
  // Names of rows and calendars stand in every head.
  live(SettingChanged, (e) => (e.payload.key === slaSetting.key ? [promisesNotice(e)] : [])),
  live(CalendarChanged, (e) => [promisesNotice(e)]),
  live(WorkEnded, (e) => [workNotice(e, e.payload)]),
  live(WorkStuck, (e) => [workNotice(e, e.payload)]),
  live(GuestJoined, (e) => [workNotice(e, e.payload), guestNotice(e, e.payload), loadNotice(e, e.payload)]),
  live(GuestLeft, (e) => [workNotice(e, e.payload), guestNotice(e, e.payload), loadNotice(e, e.payload)]),
  live(CapacityExceeded, (e) => [loadNotice(e, e.payload)]),
  live(CapacityRestored, (e) => [loadNotice(e, e.payload)]),
  live(QueueReliefChanged, (e) => [queueNotice(e, e.payload)]),
  live(QueueEased, (e) => [queueNotice(e, e.payload)]),
  ...escalationLive,
];
