import type { Instant } from "#platform/clock";
import { mediumClasses } from "../medium-class.ts";
import {
  type Agent,
  type Item,
  type Need,
  noLoad,
  noTurns,
  type TermsAsked,
  usualPolicy,
  type World,
} from "../model.ts";
import type { PastAgent, PastItem, PastNeed, PastQueue, Setup } from "./model.ts";

/** A world as routing has it, made of a setup; nobody is here yet and nothing waits. */
export function pastWorld(setup: Setup, itemOf: (id: string) => PastItem): World {
  let offers = 0;
  return {
    queues: new Map([...setup.queues].map(([id, queue]) => [id, engineQueue(queue)])),
    agents: new Map([...setup.agents].map(([id, agent]) => [id, engineAgent(agent, setup)])),
    ...{ items: new Map(), touched: new Set(), silent: new Set(), decisions: [], moved: new Map() },
    policy: { ...usualPolicy, wrapUpMs: setup.wrapUp, maxTransfers: setup.maxTransfers },
    nextOfferId: () => `offer-${++offers}`,
    terms: (of) => termsIn(setup, of, of.item && itemOf(of.item.id)),
  };
}

const engineQueue = ({ id, team, autoServe, overflow, choice }: PastQueue) => ({
  ...{ id, name: id, teamId: team, autoServe, overflow, choice, serving: true, turns: noTurns() },
});

function engineAgent({ id, teams, skills, budget, limits }: PastAgent, { caps }: Setup): Agent {
  return {
    ...{ id, name: id, teams: new Set(teams), skills, budget, limits: { ...caps, ...limits } },
    ...{ presence: "offline", lastAssignedAt: null, load: noLoad() },
  };
}

function termsIn(setup: Setup, { queueId, priority, crisis, t0 }: TermsAsked, item: PastItem | undefined) {
  const queue = setup.queues.get(queueId) as PastQueue;
  const own = queue.targetsCount.includes(priority) || queueId !== item?.queue ? null : (item?.target ?? null);
  const target = own ?? queue.targets[priority];
  const after = (ms: number) => (queue.time === null || crisis ? t0 + ms : queue.time.after(t0, ms));
  return { due: after(target), ringsAt: queue.rings.map((part) => after(Math.round(target * part))) };
}

/** What a queue asks for and what the item itself does; skills that are asked for otherwise now. */
export function needsIn(setup: Setup, queueId: string, item: PastItem): Need[] {
  const ofQueue = (setup.queues.get(queueId) as PastQueue).needs;
  const own = item.needs.filter((need) => ofQueue.every((q) => q.skill !== need.skill));
  return [...ofQueue, ...own].map((need) => asNeed({ ...need, ...setup.skills.get(need.skill) }));
}
const asNeed = ({ skill, level, kind }: PastNeed): Need => ({ skillId: skill, name: skill, level, kind });

/** The work item of a past one, as it came. */
export function asWork(world: World, setup: Setup, past: PastItem): Item {
  const { id, medium, queue, priority, crisis, t0 } = past;
  const terms = world.terms({ queueId: queue, priority, crisis, t0, item: { id, mediumClass: medium } });
  return {
    ...{ id, conversationId: id, episodeId: id, queueId: queue, mediumClass: medium, weight: setup.weights[medium] },
    ...{ state: "queued", clock: "running", crisis, priority, needs: needsIn(setup, queue, past), t0, ...terms },
    ...{ ownerId: null, assignedAt: null, preferredId: past.preferred, stickyUntil: null, excluded: [], offer: null },
    ...{ wakesAt: null, parkReason: null, misses: 0, transfers: 0, knownIds: past.known, barred: [], guests: [] },
    ...{ behind: null, wrapUntil: null, wrapExtended: false, heldFor: null },
  };
}

/** Is a queue's work handed out now, and when is that to be asked again? */
export function servesAt(queue: PastQueue, now: Instant): { serving: boolean; again: Instant | null } {
  if (queue.time === null || queue.outOfHours === "work" || queue.time.isOpen(now))
    return { serving: true, again: null };
  return { serving: false, again: queue.time.nextOpening(now) };
}

/** Exclusive work fills all of an agent, whatever its weight. */
export const usualWeights = Object.fromEntries(
  Object.values(mediumClasses).map(({ name, weight }) => [name, weight]),
) as Setup["weights"];
