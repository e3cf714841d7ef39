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
