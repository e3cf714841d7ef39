import { staffOf } from "#modules/people";
import { presentOf } from "#modules/workforce";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { compareScores, scoreOf } from "./domain/choose-agent.ts";
import { type Coming, whatNext } from "./domain/explain/what-next.ts";
import { type Against, type PassedOver, whyBehind, whyNot } from "./domain/explain/why-not.ts";
import { type Agent, ANY_RING, type Queue, type Reason, servesQueue, type World } from "./domain/model.ts";
import { type LoadedQueue, loadQueues, queuesForEngine } from "./queues.ts";
import { agentOf, loadFrom } from "./session-agents.ts";
import { lastTurns, loadRows } from "./store/load-store.ts";
import { type ToldDecision, toldDecisions } from "./store/why-store.ts";
import { findWork, type Work } from "./store/work-store.ts";

/** Of the others so many are told by name, the nearest first. */
const OTHERS_MOST = 12;

export interface WhyRouted {
  readonly work: Work;
  readonly queue: { readonly id: string; readonly name: string; readonly teamId: string };
  /** How it came to who has it or is asked; null while it waits for the first. */
  readonly choice: {
    readonly at: Instant;
    readonly agentId: string;
    readonly reasons: readonly Reason[];
    /** So many could have had it then; null where it was not chosen by the program. */
    readonly admitted: number | null;
    /** The next best of then, each with what spoke against them. */
    readonly others: readonly PassedOver[];
  } | null;
  /** What happened before that, or until now. */
  readonly before: readonly { readonly at: Instant; readonly text: string; readonly agentId: string | null }[];
  /** The others who may take work of this queue, as they stand now; null: nothing speaks against. */
  readonly now: readonly { readonly agentId: string; readonly against: Against | null }[];
  readonly more: number;
  readonly next: readonly Coming[];
}

/** Why the open work of a conversation is where it is, from what was stored when it was decided; null where no work is open. */
export async function whyRouted(tx: Tx, conversationId: string): Promise<WhyRouted | null> {
  const [work] = await findWork(tx, { conversationIds: [conversationId] });
  if (!work) return null;
  const [told, loaded] = await Promise.all([toldDecisions(tx, work.id), loadQueues(tx)]);
  const facts = loaded.find((queue) => queue.id === work.queueId) as LoadedQueue;
  const queues = await queuesForEngine(tx, loaded);
  const queue = queues.get(work.queueId) as Queue;
  const { agents, teams } = await peopleOf(tx, loaded, queue, work);
  const world = worldOf(queues, agents);
  const holder = work.offer?.agentId ?? work.ownerId;
  const choice = choiceOf(told, holder, queue);
  const nameOf = (id: string) => agents.get(id)?.name ?? teams.get(id) ?? "somebody";
  const others = asTheyStand(
    work,
    [...agents.values()].filter((a) => a.id !== holder && servesQueue(a, queue, ANY_RING)),
    world,
    tx.now,
  );
  return {
    ...{ work, choice, queue: { id: facts.id, name: facts.name, teamId: facts.teamId } },
    before: told
      .filter((one) => BEFORE.has(one.act) && one.at <= (choice?.at ?? tx.now))
      .map(({ at, reasons, agentId }) => ({ at, agentId, text: reasons.map((reason) => reason.text).join(" ") })),
    ...{ now: others.slice(0, OTHERS_MOST), more: Math.max(0, others.length - OTHERS_MOST) },
    next: whatNext(work, { ...facts, opensAt: queue.serving ? null : facts.opensAt }, nameOf, tx.now),
  };
}

const BEFORE: ReadonlySet<string> = new Set<ToldDecision["act"]>([
  ...(["queued", "held", "offer-ended", "tried-all", "requeued", "transferred", "woken", "forward", "stuck"] as const),
]);

/** The last time it came to its holder: an offer tells who else was thought of, also after it was accepted. */
function choiceOf(told: readonly ToldDecision[], holder: string | null, queue: Queue): WhyRouted["choice"] {
  if (holder === null) return null;
  const own = told.filter((one) => one.agentId === holder);
  const given = own.findLast((one) => one.act === "assigned" || one.act === "offered");
  if (!given) return null;
  const chosen = given.how === "offer" ? (own.findLast((one) => one.act === "offered") ?? given) : given;
  const [best, ...behind] = (chosen.figures?.scores ?? []).toSorted(compareScores);
  return {
    ...{ at: chosen.at, agentId: holder, reasons: chosen.reasons, admitted: chosen.figures?.admitted ?? null },
    others: [
      ...behind.flatMap((score) => (best ? [{ agentId: score[6], ...whyBehind(best, score, queue.choice) }] : [])),
      ...(chosen.figures?.passed ?? []),
    ],
  };
}

/** The nearest first: nothing against, then no room, then what passes, then who is not here. */
function asTheyStand(work: Work, agents: readonly Agent[], world: World, now: Instant): WhyRouted["now"] {
  const far = (against: Against | null) =>
    against === null ? 0 : against.code === "not-available" ? 3 : /skill|team|conflict/.test(against.code) ? 2 : 1;
  return agents
    .map((agent) => ({ agentId: agent.id, against: whyNot(work, agent, world, now), score: scoreOf(work, agent) }))
    .sort((a, b) => far(a.against) - far(b.against) || compareScores(a.score, b.score))
    .map(({ score: _, ...one }) => one);
}

/** Everybody who may ever have work of the queue, and whom the item names. */
async function peopleOf(tx: Tx, loaded: readonly LoadedQueue[], queue: Queue, work: Work) {
  const staff = await staffOf(tx);
  const teamIds = new Set([queue.teamId, ...(queue.relief ?? []), ...queue.overflow.flat()]);
  const named = new Set([work.preferredId, work.ownerId, ...work.knownIds, ...work.excluded.map((e) => e.agentId)]);
  const ids = staff.agents
    .filter(({ agent, routable }) => named.has(agent.id) || routable.teamIds.some((team) => teamIds.has(team)))
    .map(({ agent }) => agent.id as string);
  const [presences, rows, turns] = await Promise.all([presentOf(tx, ids), loadRows(tx, ids), lastTurns(tx, ids)]);
  const loads = Map.groupBy(rows, (row) => row.agentId);
  const agents = new Map(
    ids.map((id) => {
      const load = loadFrom(loads.get(id) ?? []);
      return [id, agentOf(staff, id, loaded, presences.get(id), load, turns.get(id) ?? null, tx.now)];
    }),
  );
  return { agents, teams: new Map(staff.teams.map((team) => [team.id, team.name])) };
}

/** As much of a world as it takes to ask the rules; nothing is decided in it. */
function worldOf(queues: Map<string, Queue>, agents: Map<string, Agent>): World {
  return {
    ...{ queues, agents, items: new Map(), touched: new Set(), silent: new Set(), decisions: [] },
    nextOfferId: () => "",
    terms: ({ t0 }) => ({ due: t0, ringsAt: [] }),
  };
}
