/** The front door of `workforce`: who is here. */
import { PresenceChanged } from "#events/workforce";
import { type LiveMapping, live } from "#platform/journal/live";

export { type Presence, type PresenceState, presenceStates } from "./domain/presence.ts";
export { goOffline, presencesOf, presentOf, setCapacity, setPresence, timers } from "./workforce.ts";

export const liveMappings: readonly LiveMapping[] = [
  live(PresenceChanged, (e) => {
    const notice = { kind: "presence", id: e.payload.agentId, version: e.entityVersion };
    return [
      { ...notice, needs: { verb: "work.read" } },
      { ...notice, needs: { agentId: e.payload.agentId } },
    ];
  }),
];
