import { mediumClasses } from "../../server/modules/routing/domain/medium-class.ts";
import {
  type Agent,
  type Item,
  noLoad,
  noTurns,
  type Policy,
  type Priority,
  type Queue,
  type World,
} from "../../server/modules/routing/domain/model.ts";
import { HOUR, type Instant, MINUTE } from "../../server/platform/clock.ts";

export const TARGETS: Record<Priority, number> = {
  urgent: 15 * MINUTE,
  high: HOUR,
  normal: 4 * HOUR,
  low: 24 * HOUR,
};

/** Terms of a queue that is always open. */
export function plainTerms(priority: Priority, t0: Instant): { due: Instant; ringsAt: Instant[] } {
  const target = TARGETS[priority];
  return { due: t0 + target, ringsAt: [0.3, 0.6, 0.9].map((part) => t0 + part * target) };
}

export function buildQueue(over: Partial<Queue> & { id: string }): Queue {
  return {
    name: over.id,
    teamId: "team",
    autoServe: true,
    serving: true,
    overflow: [],
    choice: "least-loaded",
    turns: noTurns(),
    ...over,
  };
}
export function buildAgent(
  over: Partial<Omit<Agent, "skills" | "teams">> & { id: string; skills?: Record<string, number>; teams?: string[] },
): Agent {
  return {
    ...{ name: over.id, budget: 100, limits: {}, presence: "available", lastAssignedAt: null, load: noLoad() },
    ...over,
    teams: new Set(over.teams ?? ["team"]),
    skills: new Map(Object.entries(over.skills ?? {})),
  };
}
export function buildItem(over: Partial<Item> & { id: string; t0: Instant }): Item {
  const priority = over.priority ?? "normal";
  const mediumClass = over.mediumClass ?? "public";
  return {
    ...{ conversationId: `conversation of ${over.id}`, episodeId: `episode of ${over.id}`, queueId: "queue" },
    ...{ state: "queued", clock: "running", crisis: false, needs: [], ownerId: null, assignedAt: null },
    ...{ preferredId: null, stickyUntil: null, excluded: [], offer: null, wakesAt: null, parkReason: null },
    ...{ misses: 0, transfers: 0, knownIds: [], barred: [], guests: [], behind: null },
    ...{ wrapUntil: null, wrapExtended: false, heldFor: null },
    ...plainTerms(priority, over.t0),
    ...over,
    priority,
    mediumClass,
    weight: over.weight ?? mediumClasses[mediumClass].weight,
  };
}
export function buildWorld(of: { agents?: Agent[]; queues?: Queue[]; policy?: Policy } = {}): World {
  let offers = 0;
  return {
    queues: new Map((of.queues ?? [buildQueue({ id: "queue" })]).map((q) => [q.id, q])),
    agents: new Map((of.agents ?? []).map((a) => [a.id, a])),
    ...{ items: new Map(), touched: new Set(), silent: new Set(), decisions: [], moved: new Map() },
    ...(of.policy && { policy: of.policy }),
    nextOfferId: () => `offer ${++offers}`,
    terms: ({ priority, t0 }) => plainTerms(priority, t0),
  };
}
