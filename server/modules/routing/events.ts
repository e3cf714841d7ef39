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
/** One owner from now on: by accepting an offer, by taking, or by assignment. */
export const WorkAccepted = eventType<{
  workItemId: string;
  episodeId: string;
  conversationId: string;
  queueId: string;
  agentId: string;
  how: "offer" | "taken" | "assigned" | "sticky";
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
  what: "due" | "parked" | "woken" | "requeued" | "transferred" | "clock";
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
