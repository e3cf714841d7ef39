import type { Instant, Millis } from "#platform/clock";
import type { TimeKeeper } from "../clocks/count-time.ts";
import type { MediumClassName } from "../medium-class.ts";
import type { Choice, PresenceState, Priority } from "../model.ts";

/** What is asked of an agent; a skill goes by its name. */
export interface PastNeed {
  readonly skill: string;
  readonly level: number;
  readonly kind: "hard" | "soft";
}
/** After so long in hands it went on to another queue. */
export interface PastMove {
  readonly after: Millis;
  readonly queue: string;
}
/** One stretch of work as it came. Who had it then is not told: that is what is decided anew. */
export interface PastItem {
  readonly id: string;
  /** When it came to the queue; `t0`: the customer's first unanswered message. */
  readonly at: Instant;
  readonly t0: Instant;
  readonly medium: MediumClassName;
  readonly queue: string;
  readonly priority: Priority;
  readonly crisis: boolean;
  /** Beside what its queue asks for. */
  readonly needs: readonly PastNeed[];
  /** In the hands of the one who answered it. */
  readonly handle: Millis;
  /** What was promised to it, where that is not the queue's own target. */
  readonly target: Millis | null;
  readonly preferred: string | null;
  readonly known: readonly string[];
  readonly moves: readonly PastMove[];
}
/** An agent was here in this way from an instant to another; outside of all spans, offline. */
export interface PastSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly state: PresenceState;
}
export interface PastAgent {
  readonly id: string;
  readonly teams: readonly string[];
  readonly skills: ReadonlyMap<string, number>;
  readonly budget: number;
  readonly limits: Partial<Record<MediumClassName, number>>;
  /** In order, not overlapping. */
  readonly here: readonly PastSpan[];
}
/** When a queue is open, and how its targets are counted. */
export interface QueueTime extends TimeKeeper {
  isOpen(at: Instant): boolean;
  nextOpening(at: Instant): Instant | null;
}
export interface PastQueue {
  readonly id: string;
  readonly team: string;
  readonly targets: Readonly<Record<Priority, Millis>>;
  /** Parts of the target after which its rings open; teams that are added from each on. */
  readonly rings: readonly number[];
  readonly overflow: readonly (readonly string[])[];
  readonly choice: Choice;
  readonly autoServe: boolean;
  readonly outOfHours: "hold" | "work";
  /** Null: always open. */
  readonly time: QueueTime | null;
  readonly needs: readonly PastNeed[];
  /** Of these priorities no item's own target counts: the queue's was changed on purpose. */
  readonly targetsCount: readonly Priority[];
}
/** How people answer offers, said openly: every offer is a throw of its own, the same before and after. */
export interface Behaviour {
  /** From the offer to the click. */
  readonly accept: Millis;
  /** Parts of all offers that are declined, and that nobody reacts to. */
  readonly declines: number;
  readonly misses: number;
  /** Who did not react is back after so long. */
  readonly returns: Millis;
}
/** Everything that decides about the items of a past week. */
export interface Setup {
  readonly queues: ReadonlyMap<string, PastQueue>;
  readonly agents: ReadonlyMap<string, PastAgent>;
  readonly weights: Readonly<Record<MediumClassName, number>>;
  /** At most so many of a kind in hands, unless the agent has a limit of the own. */
  readonly caps: Partial<Record<MediumClassName, number>>;
  readonly wrapUp: Readonly<Record<MediumClassName, Millis>>;
  readonly maxTransfers: number;
  /** A skill asked for otherwise than it was, by its name. */
  readonly skills: ReadonlyMap<string, Partial<Pick<PastNeed, "level" | "kind">>>;
  readonly behaviour: Behaviour;
}

/** What became of an item. */
export interface ItemCourse {
  readonly item: PastItem;
  /** The queue it came to last. */
  queue: string;
  due: Instant;
  /** First taken in hand, and by whom. */
  takenAt: Instant | null;
  by: string | null;
  answeredAt: Instant | null;
  offers: number;
  declines: number;
  misses: number;
  transfers: number;
}
/** How an agent's time was filled; points of capacity times milliseconds. */
export interface AgentCourse {
  readonly id: string;
  readonly teams: readonly string[];
  filled: number;
  room: number;
  /** Work in hand while not here. */
  overtime: Millis;
}
export interface Course {
  /** Where the history ends: what is not answered then, waits. */
  readonly until: Instant;
  readonly items: readonly ItemCourse[];
  readonly agents: readonly AgentCourse[];
}
