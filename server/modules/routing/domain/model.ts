import type { Instant, Millis } from "#platform/clock";
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
  /** Where less is asked for a time: the level otherwise. */
  readonly usual?: number | undefined;
  /** What a hard need stands for, where it is more than a skill: it is told so in reasons. */
  readonly clearance?: Clearance | undefined;
}
export type Clearance = "skill" | "brand" | "language" | "region" | "training";
/** Somebody who works on an item beside its owner: asked for advice, or in a conference. Takes capacity like an owner. */
export interface Guest {
  readonly agentId: string;
  readonly kind: "consult" | "conference";
  readonly since: Instant;
}
/** The agent declined, or was at other work until the offer ran out (`passed`): not offered to that agent again for a while. */
export interface Exclusion {
  readonly agentId: string;
  readonly at: Instant;
  readonly ring: number;
  /** Nothing was refused: whoever asks for the next item may have it. */
  readonly passed?: true;
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
  /** Who worked for this customer lately, the newest first: preferred, after the last owner. */
  knownIds: readonly string[];
  /** Subjects of a complaint in it: it is never given to them. */
  barred: readonly string[];
  guests: readonly Guest[];
  /** What it waits behind: `author:…` or `alike:…`. It is shown and not handed out until it comes forward. */
  behind: string | null;
  /** In `wrapup`: when that ends by itself. */
  wrapUntil: Instant | null;
  wrapExtended: boolean;
  /** The exclusive work that interrupts it. */
  heldFor: string | null;
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
  /** Of each group only one kind is in hands at a time. */
  readonly apart?: readonly (readonly string[])[];
  presence: PresenceState;
  lastAssignedAt: Instant | null;
  load: Load;
  /** When the skills that count change by themselves next. */
  readonly changesAt?: Instant | null;
  /** Carried more than there is room for when it was last looked at. */
  over?: boolean;
}
export interface Queue {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly autoServe: boolean;
  /** Teams that may take its work too from ring 1, 2 and 3 on. */
  readonly overflow: readonly (readonly string[])[];
  /** Teams that help out at once, for as long as it is needed. */
  readonly relief?: readonly string[];
  /** Among equals: who carries least, or who was given nothing for longest. */
  readonly choice: Choice;
  /** False while the calendar is closed and the queue holds its work until it opens. */
  serving: boolean;
  /** How near each priority is to its share of the turns while the head is past due; kept from pass to pass. */
  turns: Record<Priority, number>;
}

export const choices = ["least-loaded", "longest-idle"] as const;
export type Choice = (typeof choices)[number];

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
  | "stuck"
  | "joined"
  | "left"
  | "forward"
  | "barred"
  | "wrapped-up"
  | "interrupted"
  | "over-capacity"
  | "ended";
export type OfferEnd = "declined" | "timed-out" | "rescinded";
export type AssignHow = "offer" | "taken" | "assigned" | "sticky" | "handed-over";
export type LeftHow = "completed" | "cancelled" | "left" | "over";

export const isOpen = (item: Pick<Item, "state">): boolean => item.state !== "done" && item.state !== "withdrawn";

/** Why an item is put aside whose reply waits for other eyes. */
export const AWAITS_APPROVAL = "approval";

export const awaitsApproval = (item: Pick<Item, "state" | "parkReason">): boolean =>
  item.state === "parked" && item.parkReason === AWAITS_APPROVAL;

/** Whoever could be given the work in some ring. */
export const ANY_RING = 3;

/** May the agent be given work of this queue in this ring, skills and room aside? Overflow teams are added, never taken away. */
export const servesQueue = (
  agent: Pick<Agent, "teams" | "closed">,
  queue: Pick<Queue, "id" | "teamId" | "overflow" | "relief">,
  ring = 0,
): boolean =>
  !agent.closed?.has(queue.id) &&
  (agent.teams.has(queue.teamId) ||
    (queue.relief?.some((t) => agent.teams.has(t)) ?? false) ||
    queue.overflow.slice(0, ring).some((teams) => teams.some((t) => agent.teams.has(t))));

/** One thing decided, with what it takes to follow it. All decisions of an item tell its story in order. */
export interface Decision {
  readonly act: Act;
  readonly itemId: string;
  readonly agentId: string | null;
  readonly at: Instant;
  readonly reasons: readonly Reason[];
  readonly how?: OfferEnd | AssignHow | LeftHow | StuckWhy | "done" | "withdrawn" | "began" | "extended" | "resumed";
  readonly offerId?: string;
  readonly until?: Instant;
  readonly overCapacity?: boolean;
  /** The figures behind the choice: ring, order, scores of the first three. */
  readonly figures?: Readonly<Record<string, unknown>>;
}

/** Why a supervisor has to look: everybody who could has declined; or it was handed on too often. */
export type StuckWhy = "all-declined" | "ping-pong";

/** Rules an account sets for itself. */
export interface Policy {
  /** Time to finish notes after work of a kind, and how much one extension and all of it may be. */
  readonly wrapUpMs: Readonly<Record<MediumClassName, Millis>>;
  readonly wrapUpMostMs: Millis;
  /** Handed on more often than this, it goes to the supervisors' queue; null: they are told only. */
  readonly maxTransfers: number;
  readonly supervisorQueueId: string | null;
  /** What one author, and what one text by many authors, may have in front at a time. */
  readonly authorCap: number;
  readonly alikeCap: number;
}
/** Caps and the limit of transfers: operations.md §1.2. Wrap-up: none where the agent goes on with something else anyway. */
export const usualPolicy: Policy = {
  wrapUpMs: { phone: 60_000, chat: 30_000, dm: 0, public: 0, email: 0 },
  ...{ wrapUpMostMs: 300_000, maxTransfers: 3, supervisorQueueId: null, authorCap: 5, alikeCap: 20 },
};
export const policyOf = (world: Pick<World, "policy">): Policy => world.policy ?? usualPolicy;

/** Whose terms are asked for. Without `item` those every item of the queue has; `next`: it was answered before in this episode. */
export interface TermsAsked {
  readonly queueId: string;
  readonly priority: Priority;
  readonly crisis: boolean;
  readonly t0: Instant;
  readonly item?: Pick<Item, "id" | "mediumClass"> & { readonly brandId?: string };
  readonly round?: "first" | "next";
}

/** Hears of every item and agent that may stand otherwise than before. Whoever changes one past `change` and `arrive` says so here. */
export interface Watch {
  itemMoved(item: Item): void;
  agentMoved(agentId: string): void;
}

/** Finds what an act has to go through, in the order in which it came into the world. */
export interface InHands {
  moved(item: Item): void;
  gone(id: string): void;
  of(agentId: string): readonly Item[];
  heldFor(itemId: string): readonly Item[];
  due(now: Instant): readonly Item[];
}

/** What one run of the engine works on. It is changed in place; `touched` and `decisions` say what has to be remembered. */
export interface World {
  readonly queues: Map<string, Queue>;
  readonly agents: Map<string, Agent>;
  readonly items: Map<string, Item>;
  readonly touched: Set<string>;
  /** Agents whose load moved since it was last looked at, each with the item that moved it last. */
  readonly moved?: Map<string, string>;
  /** Agents found not to respond. */
  readonly silent: Set<string>;
  /** When agents whose offers run out gave their last command, as the server knows it; whoever is missing gave none. */
  readonly actedAt?: ReadonlyMap<string, Instant>;
  readonly decisions: Decision[];
  readonly nextOfferId: () => string;
  /** Hears what moves: the index of what waits. */
  watch?: Watch;
  /** Of a world that is kept: who carries what, and what comes due. Without it all items of the world are gone through. */
  hands?: InHands;
  /** The account's own rules; without them the usual ones. */
  readonly policy?: Policy;
  readonly terms: (of: TermsAsked) => Terms;
}

export const noLoad = (): Load => ({ used: 0, parked: 0, exclusive: 0, firm: 0, counts: {} });
export const noTurns = (): Record<Priority, number> => ({ urgent: 0, high: 0, normal: 0, low: 0 });
