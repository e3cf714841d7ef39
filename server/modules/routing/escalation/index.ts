/** Escalation, as the rest of `routing` and the front door see it. */
import {
  CrisisChanged,
  CrisisEnded,
  CrisisStarted,
  EscalationAcknowledged,
  EscalationAlarmed,
  EscalationChanged,
  EscalationEnded,
  EscalationOpened,
  EscalationPaged,
  EscalationRaised,
} from "#events/routing";
import type { Routes } from "#platform/http/routes";
import { type LiveMapping, type LiveNeed, live } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import type { TimerHandler } from "#platform/timers";
import { crisisRoutes } from "./api/crisis-routes.ts";
import { escalationRoutes as openRoutes } from "./api/escalation-routes.ts";
import { planRoutes } from "./api/plan-routes.ts";
import { reachRoutes } from "./api/reach-routes.ts";
import { escalationDue } from "./escalate.ts";
import { escalationReactions } from "./reactions.ts";
import { DUE } from "./record.ts";
import { SWEEP, sweep } from "./sweep.ts";

/** Beside the router: what somebody has to look at may wait a moment, and a fault in it holds no work up. */
export const escalationReader: Reader = {
  name: "escalation",
  reactions: escalationReactions,
  gatherMs: 200,
  batch: 2_000,
};
export const escalationTimers: Readonly<Record<string, TimerHandler>> = { [DUE]: escalationDue, [SWEEP]: sweep };

export function escalationRoutes(r: Routes, deps: { mayBeInside: boolean }): void {
  openRoutes(r);
  planRoutes(r);
  reachRoutes(r, deps);
  crisisRoutes(r);
}

const notice = (e: { entityId: string; entityVersion: number }, agents: readonly string[] = []) => {
  const needs: LiveNeed[] = [{ verb: "escalation.read" }, ...agents.map((agentId) => ({ agentId }))];
  return [{ kind: "escalation", id: e.entityId, version: e.entityVersion, needs }];
};
const crisis = (e: { entityId: string; entityVersion: number }) => [
  { kind: "crisis", id: e.entityId, version: e.entityVersion, needs: "any" as const },
];
export const escalationLive: readonly LiveMapping[] = [
  live(EscalationOpened, (e) => notice(e)),
  live(EscalationPaged, (e) => notice(e, e.payload.agentIds)),
  live(EscalationAcknowledged, (e) => notice(e, [e.payload.agentId])),
  live(EscalationRaised, (e) => notice(e)),
  live(EscalationAlarmed, (e) => notice(e)),
  live(EscalationChanged, (e) => notice(e)),
  live(EscalationEnded, (e) => notice(e)),
  live(CrisisStarted, crisis),
  live(CrisisChanged, crisis),
  live(CrisisEnded, crisis),
];
