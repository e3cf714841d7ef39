import type { Instant } from "#platform/clock";
import type { MediumClassName } from "./medium-class.ts";

export const priorities = ["urgent", "high", "normal", "low"] as const;
export type Priority = (typeof priorities)[number];
export type WorkState = "queued" | "offered" | "active" | "parked" | "wrapup" | "done" | "withdrawn";
export type ClockState = "running" | "paused" | "stopped";
export type PresenceState = "available" | "busy" | "break" | "training" | "away" | "not-responding" | "offline";

/** Why something was decided: a stable code and the sentence a person reads. */
export interface Reason {
  readonly code: string;
  readonly text: string;
}
/** A hard need never relaxes; a soft one does as the rings open. Levels are 0 to 100, higher is better. */
export interface Need {
  readonly skillId: string;
  readonly name: string;
  readonly level: number;
  readonly kind: "hard" | "soft";
}
/** The agent declined: not offered to that agent again for a while. */
export interface Exclusion {
  readonly agentId: string;
  readonly at: Instant;
  readonly ring: number;
}
export interface PendingOffer {
  readonly id: string;
  readonly agentId: string;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
}
/** When an item is due and when its rings open. Computed in the business time of its queue. */
export interface Terms {
  readonly due: Instant;
  /** Three instants: after .3, .6 and .9 of the target. */
  readonly ringsAt: readonly Instant[];
}

export interface Item {
  readonly id: string;
  readonly conversationId: string;
  readonly episodeId: string;
  readonly mediumClass: MediumClassName;
  readonly weight: number;
  queueId: string;
  state: WorkState;
  clock: ClockState;
  crisis: boolean;
  priority: Priority;
  needs: readonly Need[];
  /** The customer's first unanswered message: nothing but an answer moves it forward. */
  t0: Instant;
  due: Instant;
  ringsAt: readonly Instant[];
  ownerId: string | null;
  assignedAt: Instant | null;
  /** Who had it last: preferred, and until `stickyUntil` the only one. */
  preferredId: string | null;
  stickyUntil: Instant | null;
  excluded: readonly Exclusion[];
  offer: PendingOffer | null;
  wakesAt: Instant | null;
  parkReason: string | null;
  misses: number;
  transfers: number;
}

export interface Load {
  used: number;
  parked: number;
  exclusive: number;
  /** Items that may not be interrupted, exclusive ones not counted. */
  firm: number;
  counts: Partial<Record<MediumClassName, number>>;
}
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly teams: ReadonlySet<string>;
  /** Queues of these teams that the agent's right to take work does not cover. */
  readonly closed?: ReadonlySet<string>;
  readonly skills: ReadonlyMap<string, number>;
  readonly budget: number;
  readonly limits: Partial<Record<MediumClassName, number>>;
  presence: PresenceState;
  lastAssignedAt: Instant | null;
  load: Load;
}
export interface Queue {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly autoServe: boolean;
  /** False while the calendar is closed and the queue holds its work until it opens. */
  serving: boolean;
  /** Weighted turns of the priorities while the head is past due; kept from pass to pass. */
  turns: Record<Priority, number>;
}

export type Act =
  | "queued"
  | "offered"
  | "offer-ended"
  | "assigned"
  | "held"
  | "parked"
  | "woken"
  | "requeued"
  | "transferred"
  | "changed"
  | "tried-all"
  | "ended";
export type OfferEnd = "declined" | "timed-out" | "rescinded";
export type AssignHow = "offer" | "taken" | "assigned" | "sticky";

export const isOpen = (item: Pick<Item, "state">): boolean => item.state !== "done" && item.state !== "withdrawn";

/** May the agent be given work of this queue, skills and room aside? */
export const servesQueue = (agent: Pick<Agent, "teams" | "closed">, queue: Pick<Queue, "id" | "teamId">): boolean =>
  agent.teams.has(queue.teamId) && !agent.closed?.has(queue.id);

/** One thing decided, with what it takes to follow it. All decisions of an item tell its story in order. */
export interface Decision {
  readonly act: Act;
  readonly itemId: string;
  readonly agentId: string | null;
  readonly at: Instant;
  readonly reasons: readonly Reason[];
  readonly how?: OfferEnd | AssignHow | "done" | "withdrawn";
  readonly offerId?: string;
  readonly until?: Instant;
  readonly overCapacity?: boolean;
  /** The figures behind the choice: ring, order, scores of the first three. */
  readonly figures?: Readonly<Record<string, unknown>>;
}

/** What one run of the engine works on. It is changed in place; `touched` and `decisions` say what has to be remembered. */
export interface World {
  readonly queues: Map<string, Queue>;
  readonly agents: Map<string, Agent>;
  readonly items: Map<string, Item>;
  readonly touched: Set<string>;
  /** Agents found not to respond. */
  readonly silent: Set<string>;
  readonly decisions: Decision[];
  readonly nextOfferId: () => string;
  readonly terms: (of: { queueId: string; priority: Priority; crisis: boolean; t0: Instant }) => Terms;
}

export const noLoad = (): Load => ({ used: 0, parked: 0, exclusive: 0, firm: 0, counts: {} });
export const noTurns = (): Record<Priority, number> => ({ urgent: 0, high: 0, normal: 0, low: 0 });
