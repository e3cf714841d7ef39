import { activeAgents, type RoutableAgent, staffOf } from "#modules/people";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { fitRefuses } from "./domain/admit.ts";
import { capacityRefuses } from "./domain/capacity.ts";
import { laneOf } from "./domain/lane.ts";
import { type Item, servesQueue } from "./domain/model.ts";
import { serve } from "./domain/serve.ts";
import { loadQueues, queuesForEngine, termsOf } from "./queues.ts";
import { save } from "./save.ts";
import type { Session } from "./session.ts";
import { agentsFor } from "./session-agents.ts";
import { type Find, findWork, headsOf, type Lane, lockRouting, type Work, waitingLanes } from "./store/work-store.ts";

/** Looked at of each lane at a time. */
const PAGE = 16;

/**
 * One act of routing: lock, read what is concerned, decide, hold out what waits, save, announce. One writer per account
 * at a time; whatever the pure engine keeps true (domain/invariants.test.ts) is therefore true of the tables.
 * `named`: agents whose capacity the act weighs although they need not be here. `serve: false`: nothing is held out.
 */
export async function inRouting<T>(
  tx: Tx,
  find: Find,
  act: (session: Session) => T | Promise<T>,
  opts: { serve?: boolean; named?: readonly string[] } = {},
): Promise<{ result: T; work(id: string): Work }> {
  await lockRouting(tx);
  const session = await open(tx, find, opts.named ?? []);
  const result = await act(session);
  if (opts.serve !== false) await serveAll(session);
  const saved = await save(session);
  return { result, work: (id) => saved.get(id) as Work };
}

async function open(tx: Tx, find: Find, named: readonly string[]): Promise<Session> {
  const queueFacts = await loadQueues(tx);
  const byId = new Map(queueFacts.map((queue) => [queue.id, queue]));
  const found = await findWork(tx, find);
  const staff = await staffOf(tx);
  const holders = found.flatMap((work) => [work.ownerId, work.preferredId, work.offer?.agentId ?? null]);
  const concerned = [...holders, ...named, ...(find.offeredTo ?? []), ...(find.activeOf ?? [])];
  const session: Session = {
    ...{ tx, now: tx.now, queueFacts, queues: await queuesForEngine(tx, queueFacts) },
    agents: await agentsFor(tx, staff, queueFacts, [...new Set(concerned.filter((id) => id !== null))]),
    agentSkills: staff.skills,
    ...{ items: new Map(), touched: new Set(), silent: new Set(), decisions: [], read: new Map(), made: new Map() },
    ...{ waitForOpening: new Set(), before: new Map() },
    nextOfferId: () => uuidv7(tx.now),
    terms: (of) => termsOf(byId.get(of.queueId) ?? noQueue(of.queueId), of),
  };
  know(session, found);
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
    [...session.queues.values()].filter((q) => free.some((a) => servesQueue(a, q))).map((q) => q.id),
  );
  const could = (item: Item) =>
    free.some((a) => fitRefuses(item, a, session, session.now) === null && capacityRefuses(item, a) === null);
  await look(session, queueIds, could, () => {
    serve(session, session.now);
    return true;
  });
}
