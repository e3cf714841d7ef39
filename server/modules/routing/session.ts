import type { Staff } from "#modules/people";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Policy, World } from "./domain/model.ts";
import type { Mirror } from "./mirror/mirror.ts";
import type { LoadedQueue } from "./queues.ts";
import type { Stood } from "./store/arrival-store.ts";
import type { Work, WorkFacts } from "./store/work-store.ts";

/** The part of the world that one act of routing needs, read under the account's lock. */
export interface Session extends World {
  readonly now: Instant;
  readonly tx: Tx;
  /** The account's own rules. */
  readonly policy: Policy;
  readonly queueFacts: readonly LoadedQueue[];
  readonly agentSkills: Staff["skills"];
  readonly mirror: Mirror;
  /** Agents whom the act weighs. */
  readonly concerned: readonly string[];
  readonly actedAt: Map<string, Instant>;
  /** Agents whose presence the act itself has set. */
  readonly woken: Set<string>;
  /** Items as they were read. */
  readonly read: Map<string, Work>;
  /** Facts of items made here. */
  readonly made: Map<string, WorkFacts>;
  /** Where the conversation of an item made here stood before. */
  readonly before: Map<string, Stood>;
  /** Queues in which something waits for the opening. */
  readonly waitForOpening: Set<string>;
}
