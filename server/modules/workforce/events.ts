import { eventType } from "#platform/journal/event";

/** An agent came, went, or was found not to respond. */
export const PresenceChanged = eventType<{
  agentId: string;
  state: string;
  was: string;
  until: string | null;
  reason: string;
  by: string | null;
}>("PresenceChanged");
/** An agent takes on more or less from now on: by another profile (null: none), or because the profile changed. */
export const CapacityChanged = eventType<{ agentId: string; profileId: string | null; budget: number }>(
  "CapacityChanged",
);
