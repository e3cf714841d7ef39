import { activeAgents, agentsWithGrant, type RoutableAgent } from "#modules/people";
import { presencesOf } from "#modules/workforce";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { fitRefuses } from "./domain/admit.ts";
import { capacityRefuses } from "./domain/capacity.ts";
import { laneOf } from "./domain/lane.ts";
import { mediumClasses } from "./domain/medium-class.ts";
import { type Agent, type Item, type Load, noLoad } from "./domain/model.ts";
import { serve } from "./domain/serve.ts";
import { loadQueues, queuesForEngine, termsOf } from "./queues.ts";
import { save } from "./save.ts";
import type { Session } from "./session.ts";
import { type LoadRow, lastTurns, loadRows } from "./store/load-store.ts";
import { type Find, findWork, headsOf, type Lane, lockRouting, type Work, waitingLanes } from "./store/work-store.ts";

/** Looked at of each lane at a time. */
const PAGE = 16;

/**
 * One act of routing: lock, read what is concerned, decide, hold out what waits, save, announce. One writer per account
 * at a time; whatever the pure engine keeps true (domain/invariants.test.ts) is therefore true of the tables.
 */
export async function inRouting<T>(
  tx: Tx,
  find: Find,
  act: (session: Session) => T | Promise<T>,
  opts: { serve?: boolean } = {},
): Promise<{ result: T; work(id: string): Work }> {
  await lockRouting(tx);
  const session = await open(tx, find);
  const result = await act(session);
  if (opts.serve !== false) await serveAll(session);
  const saved = await save(session);
  return { result, work: (id) => saved.get(id) as Work };
}

async function open(tx: Tx, find: Find): Promise<Session> {
  const queueFacts = await loadQueues(tx);
  const byId = new Map(queueFacts.map((queue) => [queue.id, queue]));
  const people = await activeAgents(tx);
  const ids = people.map((agent) => agent.id);
  const takers = new Set((await agentsWithGrant(tx, "work.take")).map((agent) => agent.id));
  const [presences, loads, turns] = [await presencesOf(tx, ids), await loadRows(tx, ids), await lastTurns(tx)];
  const agents = people.map((agent): Agent => {
    const presence = presences.get(agent.id);
    return {
      // Nothing is held out to who may not take it; by hand it can still be given to them.
      ...{ id: agent.id, name: agent.name, teams: new Set(takers.has(agent.id) ? agent.teamIds : []) },
      skills: new Map(agent.skills.map((skill) => [skill.skillId, skill.level])),
      ...{ budget: presence?.budget ?? 100, limits: presence?.limits ?? {}, presence: presence?.state ?? "offline" },
      ...{ lastAssignedAt: turns.get(agent.id) ?? null, load: loadFrom(loads.filter((l) => l.agentId === agent.id)) },
    };
  });
  const session: Session = {
    ...{ tx, now: tx.now, queueFacts, queues: await queuesForEngine(tx, queueFacts) },
    agents: new Map(agents.map((agent) => [agent.id, agent])),
    agentSkills: new Map(people.flatMap((a) => a.skills.map((s) => [s.skillId, { name: s.name, kind: s.kind }]))),
    ...{ items: new Map(), touched: new Set(), silent: new Set(), decisions: [], read: new Map(), made: new Map() },
    waitForOpening: new Set(),
    nextOfferId: () => uuidv7(tx.now),
    terms: (of) => termsOf(byId.get(of.queueId) ?? noQueue(of.queueId), of),
  };
  know(session, await findWork(tx, find));
  return session;
}

function noQueue(id: string): never {
  throw new AppError("internal", `There is no queue ${id}.`);
}

/** Teams and skills of active agents. */
export async function agentFacts(tx: Tx, ids: readonly string[]): Promise<Map<string, RoutableAgent>> {
  const wanted = new Set(ids);
  return new Map((await activeAgents(tx)).filter((agent) => wanted.has(agent.id)).map((agent) => [agent.id, agent]));
}

export function loadFrom(rows: readonly LoadRow[]): Load {
  const load = noLoad();
  for (const row of rows) {
    const medium = mediumClasses[row.medium];
    if (row.parked) load.parked += row.items;
    else {
      load.used += row.weight;
      load.counts[row.medium] = (load.counts[row.medium] ?? 0) + row.items;
      if (medium.exclusive) load.exclusive += row.items;
      else if (!medium.interruptible) load.firm += row.items;
    }
  }
  return load;
}

function know(session: Session, found: readonly Work[]): Work[] {
  const fresh = found.filter((work) => !session.items.has(work.id));
  for (const work of fresh) {
    session.read.set(work.id, work);
    session.items.set(work.id, { ...work });
  }
  return fresh;
}

/**
 * Brings waiting work into the session, the heads of all lanes first and more of a lane only while somebody could
 * still take its items; `after` is called when there is something new and answers whether to look for more.
 */
export async function look(
  session: Session,
  queueIds: ReadonlySet<string>,
  wants: (lane: Item) => boolean,
  after: () => boolean,
): Promise<void> {
  const waiting = await waitingLanes(session.tx);
  for (const { queueId } of waiting)
    if (session.queues.get(queueId)?.serving === false) session.waitForOpening.add(queueId);
  let lanes: (Lane & { after: Work | null })[] = waiting
    .filter((lane) => queueIds.has(lane.queueId))
    .map((lane) => ({ ...lane, after: null }));
  if (!after()) return;
  while (lanes.length > 0) {
    const heads = await headsOf(session.tx, lanes, PAGE);
    know(session, heads);
    if (!after()) return;
    lanes = lanes.flatMap((lane) => {
      const page = heads.filter((h) => h.queueId === lane.queueId && laneOf(h) === lane.lane);
      const last = page.reduce<Work | null>((a, b) => (a && compare(a, b) > 0 ? a : b), null);
      return last && page.length >= PAGE && wants({ ...last }) ? [{ ...lane, after: last }] : [];
    });
  }
}

const compare = (a: Work, b: Work) => a.due - b.due || a.t0 - b.t0 || (a.id < b.id ? -1 : 1);

async function serveAll(session: Session): Promise<void> {
  const free = [...session.agents.values()].filter((agent) => agent.presence === "available");
  if (free.length === 0) return;
  const queueIds = new Set(
    [...session.queues.values()].filter((q) => free.some((a) => a.teams.has(q.teamId))).map((q) => q.id),
  );
  const could = (item: Item) =>
    free.some((a) => fitRefuses(item, a, session, session.now) === null && capacityRefuses(item, a) === null);
  await look(session, queueIds, could, () => {
    serve(session, session.now);
    return true;
  });
}
