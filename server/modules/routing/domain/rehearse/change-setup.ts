import type { Instant, Millis } from "#platform/clock";
import type { MediumClassName } from "../medium-class.ts";
import type { Priority } from "../model.ts";
import type { Behaviour, PastAgent, PastNeed, PastQueue, PastSpan, Setup } from "./model.ts";

/** What a draft changes; what it does not name stays as it was. */
export interface SetupChange {
  readonly queues: ReadonlyMap<string, QueueDraft>;
  readonly agents: ReadonlyMap<string, AgentDraft>;
  readonly media: Partial<Record<MediumClassName, { weight?: number | undefined; cap?: number | undefined }>>;
  readonly skills: ReadonlyMap<string, Partial<Pick<PastNeed, "level" | "kind">>>;
  readonly staffing: readonly Staffing[];
  readonly absent: readonly { readonly agent: string; readonly from: Instant; readonly to: Instant }[];
  readonly behaviour: Partial<Behaviour>;
  readonly wrapUp: Partial<Record<MediumClassName, Millis>>;
  readonly maxTransfers?: number | undefined;
}
export type QueueDraft = Partial<Omit<PastQueue, "id" | "targets" | "targetsCount">> & {
  targets?: Partial<Record<Priority, Millis>>;
};
export type AgentDraft = Partial<Pick<PastAgent, "teams" | "skills" | "budget" | "limits">>;
/** So many more people in a team for some times, in order and not overlapping. */
export interface Staffing {
  readonly team: string;
  readonly add: number;
  readonly here: readonly { readonly from: Instant; readonly to: Instant }[];
  readonly skills: ReadonlyMap<string, number>;
  readonly budget: number;
  readonly limits: PastAgent["limits"];
}

export const noChange: SetupChange = {
  ...{ queues: new Map(), agents: new Map(), media: {}, skills: new Map(), staffing: [], absent: [] },
  ...{ behaviour: {}, wrapUp: {} },
};

/** The draft put over what is; names that are not there are refused by who reads the draft. */
export function changeSetup(setup: Setup, draft: SetupChange): Setup {
  const agents = [...setup.agents.values()].map((agent) => changedAgent(agent, draft));
  const more = draft.staffing.flatMap((staff, n) => newPeople(staff, n, setup.agents));
  return {
    queues: new Map([...setup.queues].map(([id, queue]) => [id, changedQueue(queue, draft.queues.get(id))])),
    agents: new Map([...agents, ...more].map((agent) => [agent.id, agent])),
    weights: { ...setup.weights, ...told(draft.media, "weight") },
    caps: { ...setup.caps, ...told(draft.media, "cap") },
    wrapUp: { ...setup.wrapUp, ...draft.wrapUp },
    maxTransfers: draft.maxTransfers ?? setup.maxTransfers,
    skills: new Map([...setup.skills, ...draft.skills]),
    behaviour: { ...setup.behaviour, ...draft.behaviour },
  };
}

function told(media: SetupChange["media"], what: "weight" | "cap"): Partial<Record<MediumClassName, number>> {
  return Object.fromEntries(
    Object.entries(media).flatMap(([medium, draft]) => (draft?.[what] === undefined ? [] : [[medium, draft[what]]])),
  );
}

function changedQueue(queue: PastQueue, draft: QueueDraft | undefined): PastQueue {
  if (!draft) return queue;
  const { targets, ...rest } = draft;
  const changed = targets ? { targets: { ...queue.targets, ...targets }, targetsCount: keysOf(targets) } : {};
  return { ...queue, ...rest, ...changed };
}

const keysOf = (targets: object) => Object.keys(targets) as Priority[];

function changedAgent(agent: PastAgent, draft: SetupChange): PastAgent {
  const { teams, skills, budget, limits } = draft.agents.get(agent.id) ?? {};
  const away = draft.absent.filter((one) => one.agent === agent.id);
  return {
    ...agent,
    teams: teams ?? agent.teams,
    skills: skills ? new Map([...agent.skills, ...skills]) : agent.skills,
    budget: budget ?? agent.budget,
    limits: { ...agent.limits, ...limits },
    here: away.reduce<readonly PastSpan[]>((spans, { from, to }) => without(spans, from, to), agent.here),
  };
}

/** Spans with a stretch cut out. */
function without(spans: readonly PastSpan[], from: Instant, to: Instant): PastSpan[] {
  return spans.flatMap((span) => {
    const parts = [
      { ...span, to: Math.min(span.to, from) },
      { ...span, from: Math.max(span.from, to) },
    ];
    return parts.filter((part) => part.from < part.to);
  });
}

function newPeople(staff: Staffing, nth: number, taken: Setup["agents"]): PastAgent[] {
  const { team, add, here, skills, budget, limits } = staff;
  const spans = here.map((span) => ({ ...span, state: "available" as const }));
  const free = (id: string): string => (taken.has(id) ? free(`${id}'`) : id);
  return Array.from({ length: add }, (_, n) => ({
    id: free(`${team} +${nth + 1}.${n + 1}`),
    ...{ teams: [team], skills, budget, limits, here: spans },
  }));
}
