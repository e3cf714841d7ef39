import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { World } from "./domain/model.ts";
import type { LoadedQueue } from "./queues.ts";
import type { Stood, Work, WorkFacts } from "./store/work-store.ts";

/** The part of the world that one act of routing needs, read under the account's lock. */
export interface Session extends World {
  readonly now: Instant;
  readonly tx: Tx;
  readonly queueFacts: readonly LoadedQueue[];
  readonly agentSkills: ReadonlyMap<string, { name: string; kind: "hard" | "soft" }>;
  /** Items as they were read. */
  readonly read: Map<string, Work>;
  /** Facts of items made here. */
  readonly made: Map<string, WorkFacts>;
  /** Where the conversation of an item made here stood before. */
  readonly before: Map<string, Stood>;
  /** Queues in which something waits for the opening. */
  readonly waitForOpening: Set<string>;
}
