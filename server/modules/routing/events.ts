import { eventType } from "#platform/journal/event";

/** Where the conversation stood before, when that was another queue or another owner's: they have to learn that it is gone. */
export interface From {
  queueId: string;
  ownerId: string | null;
}
/** An episode became a work item of a queue, with its due time. */
export const WorkQueued = eventType<{
  workItemId: string;
  episodeId: string;
  conversationId: string;
  queueId: string;
  dueAt: string;
  priority: string;
  reasons: string[];
  from?: From;
}>("WorkQueued");
/** Held out to one agent until `expiresAt`. */
export const WorkOffered = eventType<{
  workItemId: string;
  conversationId: string;
  queueId: string;
  offerId: string;
  agentId: string;
  expiresAt: string;
  reasons: string[];
}>("WorkOffered");
export const OfferEnded = eventType<{
  workItemId: string;
  conversationId: string;
  queueId: string;
  offerId: string;
  agentId: string;
  how: "declined" | "timed-out" | "rescinded";
  reason: string | null;
}>("OfferEnded");
/** One owner from now on: by accepting an offer, by taking, by assignment, or handed over to a guest. */
export const WorkAccepted = eventType<{
  workItemId: string;
  episodeId: string;
  conversationId: string;
  queueId: string;
  agentId: string;
  how: "offer" | "taken" | "assigned" | "sticky" | "handed-over";
  overCapacity: boolean;
  from?: From;
}>("WorkAccepted");
/** Its place or clock changed: due time, priority, queue, parked, woken. */
export const WorkChanged = eventType<{
  workItemId: string;
  episodeId?: string;
  conversationId: string;
  queueId: string;
  state: string;
  ownerId: string | null;
  dueAt: string;
  what:
    | "due"
    | "parked"
    | "woken"
    | "requeued"
    | "transferred"
    | "clock"
    | "forward"
    | "barred"
    | "wrapup"
    | "interrupted";
  from?: From;
}>("WorkChanged");
/** Done, or withdrawn because nothing is left to answer. */
export const WorkEnded = eventType<{
  workItemId: string;
  episodeId: string;
  conversationId: string;
  queueId: string;
  ownerId: string | null;
  how: "done" | "withdrawn";
  reason: string;
}>("WorkEnded");
interface OfWork {
  workItemId: string;
  conversationId: string;
  queueId: string;
}
/** A supervisor has to look: all who could take it have declined, or it was handed on too often. */
export const WorkStuck = eventType<
  OfWork & { episodeId: string; why: "all-declined" | "ping-pong"; transfers: number; reasons: string[] }
>("WorkStuck");
/** Somebody works on it beside its owner, who stays the one owner; the room of the guest is taken. */
export const GuestJoined = eventType<OfWork & { agentId: string; kind: "consult" | "conference" }>("GuestJoined");
export const GuestLeft = eventType<OfWork & { agentId: string; how: "completed" | "cancelled" | "left" | "over" }>(
  "GuestLeft",
);
/** An agent carries more than there is room for, from `at` until `CapacityRestored` of the same agent. `used` and `budget` of 100. */
export const CapacityExceeded = eventType<OfWork & { agentId: string; used: number; budget: number; at: string }>(
  "CapacityExceeded",
);
export const CapacityRestored = eventType<OfWork & { agentId: string; used: number; budget: number; at: string }>(
  "CapacityRestored",
);

/** Something that a person has to look at in time. `key` of all its events is the escalation's id. */
interface EscalationHead {
  escalationId: string;
  trigger: string;
  severity: number;
  brandId: string | null;
  conversationId: string | null;
}
export const EscalationOpened = eventType<EscalationHead & { topic: string; by: string | null }>("EscalationOpened");
/** These people are asked now; `pages` counts the steps that were ever begun. */
export const EscalationPaged = eventType<EscalationHead & { agentIds: string[]; pages: number; dueAt: string }>(
  "EscalationPaged",
);
/** Somebody has it. */
export const EscalationAcknowledged = eventType<EscalationHead & { agentId: string }>("EscalationAcknowledged");
/** Nothing was done in time, or it got worse: `severity` is the new one. */
export const EscalationRaised = eventType<EscalationHead>("EscalationRaised");
/** Nobody in the chain answered, or there is nobody: all who manage are told. */
export const EscalationAlarmed = eventType<EscalationHead & { why: string }>("EscalationAlarmed");
export const EscalationChanged = eventType<
  EscalationHead & { what: "acted" | "handed-on" | "seen" | "gone" | "nobody"; agentId: string | null }
>("EscalationChanged");
export const EscalationEnded = eventType<EscalationHead & { by: string | null; endedAt: string }>("EscalationEnded");
/** A way by which somebody should have been reached did not work for good. */
export const PageFailed = eventType<{
  deliveryId: string;
  escalationId: string | null;
  agentId: string;
  way: "push" | "email" | "webhook";
  toId: string | null;
}>("PageFailed");
/** A crisis began, changed (its spokesperson, its pause, the conversations it binds) or is over. */
export const CrisisStarted = eventType<{
  crisisId: string;
  brandId: string;
  spokespersonId: string;
  by: string | null;
}>("CrisisStarted");
export const CrisisChanged = eventType<{
  crisisId: string;
  brandId: string;
  what: "spokesperson" | "pause" | "holding" | "bound" | "noted";
  agentId: string | null;
}>("CrisisChanged");
export const CrisisEnded = eventType<{ crisisId: string; brandId: string; by: string | null }>("CrisisEnded");

interface ClockStory {
  clockId: string;
  episodeId: string;
  conversationId: string;
  queueId: string;
  kind: "first-response" | "next-response" | "resolution" | "reply-window";
  priority: "urgent" | "high" | "normal" | "low";
  /** From when the customer waits, and when we heard of it. */
  startedAt: string;
  knownAt: string;
  /** By the customer's time; null while it stands still. */
  dueAt: string | null;
  /** The instant that came due, however late it is told. */
  at: string;
}
/** So much of a promise has run without an answer (`part` of the target); of a reply window the last quarter of an hour has begun. Once each. */
export const ClockWarned = eventType<ClockStory & { part: number }>("ClockWarned");
/** A promise was not kept in time; a reply window has closed without an answer. Once for each clock. */
export const ClockBreached = eventType<ClockStory>("ClockBreached");

/**
 * What the heads of these conversations show of their promises is another than before: which clock counts, its target, hours or pause.
 * A hundred at most in one, and one for all that changed together: it is for screens, and work that opens must not cost an event more.
 */
export const PromisesChanged = eventType<{ conversationIds: string[] }>("PromisesChanged");

/** Something of a queue is easier from now on until `until` (responses may take longer, less of a skill is asked), or no more. */
export const QueueEased = eventType<{
  queueId: string;
  actId: string;
  what: "target" | "skill";
  eased: boolean;
  until: string;
}>("QueueEased");

/** Other teams help a queue out from now on (`teamIds`), or no more. */
export const QueueReliefChanged = eventType<{
  queueId: string;
  helping: boolean;
  teamIds: string[];
  reasons: string[];
}>("QueueReliefChanged");
