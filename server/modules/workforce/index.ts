/** The front door of `workforce`: who is here. */
import { CapacityChanged, PresenceChanged } from "#events/workforce";
import { type LiveMapping, live } from "#platform/journal/live";
import type { TimerHandler } from "#platform/timers";
import { capacityTimers } from "./capacity.ts";
import { deskTimers } from "./desks.ts";
import { timers as presenceTimers } from "./workforce.ts";

export { type CapacityKind, capacityRoutes } from "./api/capacity-routes.ts";
export {
  addCapacityProfile,
  applyCapacity,
  capacityProfiles,
  changeCapacityProfile,
  giveCapacity,
  takeCapacityBack,
} from "./capacity.ts";
export { desksSeen, useDesks } from "./desks.ts";
export {
  type Capacity,
  type CapacityProfile,
  type Given,
  type MediumKind,
  mediumKinds,
} from "./domain/capacity-profile.ts";
export { type Presence, type PresenceState, presenceStates } from "./domain/presence.ts";
export { DESK_LOST, type PresenceRules, returnsAt } from "./domain/presence-rules.ts";
export { type PresenceSpan, totalsOf } from "./domain/spans.ts";
export { presenceRules } from "./settings.ts";
export { goOffline, presenceSpans, presencesOf, presentOf, setCapacity, setPresence } from "./workforce.ts";

export const timers: Record<string, TimerHandler> = { ...presenceTimers, ...deskTimers, ...capacityTimers };

export const liveMappings: readonly LiveMapping[] = [
  live(PresenceChanged, (e) => {
    const notice = { kind: "presence", id: e.payload.agentId, version: e.entityVersion };
    return [
      { ...notice, needs: { verb: "work.read" } },
      { ...notice, needs: { agentId: e.payload.agentId } },
    ];
  }),
  live(CapacityChanged, ({ payload: { agentId }, entityVersion: version }) => [
    { kind: "presence", id: agentId, version, needs: { verb: "work.read" } },
    { kind: "presence", id: agentId, version, needs: { agentId } },
  ]),
];
