import { activeAgents, type RoutableAgent, staffOf } from "#modules/people";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { loadQueues, queuesForEngine, termsOf } from "./queues.ts";
import { leaveToRouter } from "./router/leave.ts";
import { isRouters } from "./router/only-the-router.ts";
import { begin, type Opened } from "./router/router.ts";
import { save } from "./save.ts";
import type { Session } from "./session.ts";
import { SessionAgents } from "./session-agents.ts";
import { rulesOf } from "./settings.ts";
import { type Find, findWork, type Work } from "./store/work-store.ts";
import { agentsOf, holdersOf } from "./whom-it-moved.ts";

/** Looked at of each lane at a time by an agent who asks for work. */
const PAGE = 16;

export interface ActOptions {
  /** False: nothing is held out. */
  readonly serve?: boolean;
  /** Agents whose capacity the act weighs although they need not be here. */
  readonly named?: readonly string[];
}

/**
 * One act of routing: lock, read what is concerned, decide, hold out what waits, save, announce. One writer per account at a time, so
 * whatever the pure engine keeps true (domain/invariants.test.ts) is true of the tables. Where another process leads, a verb decides its
 * own item and calls that process to serve.
 */
export async function inRouting<T>(
  tx: Tx,
  find: Find,
  act: (session: Session) => T | Promise<T>,
  opts: ActOptions = {},
): Promise<{ result: T; work(id: string): Work }> {
  const opened = await begin(tx, isRouters(tx));
  const { mirror } = opened;
  let session: Session | undefined;
  try {
    session = await open(tx, opened, find, opts);
    const result = await act(session);
    if (opts.serve !== false) await serveAll(session, opened);
    const { works, ...ended } = await save(session);
    mirror.end(ended);
    return { result, work: (id) => works.get(id) as Work };
  } catch (error) {
    mirror.fail([...(session?.items.keys() ?? []), ...(session?.touched ?? [])], session ? agentsOf(session) : []);
    throw error;
  }
}

async function open(tx: Tx, { mirror, serves }: Opened, find: Find, opts: ActOptions): Promise<Session> {
  const [queueFacts, queues, staff, found, policy] = await tx.together(async (t) => {
    const facts = loadQueues(t);
    return Promise.all([facts, queuesForEngine(t, facts), staffOf(t), findWork(t, find), rulesOf(t)]);
  });
  const byId = new Map(queueFacts.map((queue) => [queue.id, queue]));
  const holders = found.flatMap((work) => [...holdersOf(work), work.preferredId]);
  const asked = [...holders, ...(opts.named ?? []), ...(find.offeredTo ?? []), ...(find.activeOf ?? [])];
  const concerned = [...new Set(asked.filter((id) => id !== null))].filter((id) => staff.byId.has(id));
  await mirror.agents.know(tx, concerned, serves && opts.serve !== false);
  mirror.agents.make(staff, queueFacts, tx.now);
  const session: Session = {
    watch: mirror.waiting.index,
    ...{ tx, now: tx.now, queueFacts, queues: mirror.waiting.queues(queues), mirror, concerned, policy },
    agents: new SessionAgents(mirror.agents.all, staff, queueFacts, tx.now),
    agentSkills: staff.skills,
    ...{
      items: new Map(),
      touched: new Set(),
      silent: new Set(),
      woken: new Set(),
      actedAt: new Map(),
      decisions: [],
      moved: new Map(),
      read: new Map(),
      made: new Map(),
    },
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

/** Brings items into an act that it did not name at first. */
export async function bringIn(session: Session, find: Find): Promise<void> {
  know(session, await findWork(session.tx, find));
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
 * Brings waiting work into the session, the heads of these queues' lanes first and then the rest of them; `after` is called when there is
 * something new and answers whether to look for more.
 */
export async function look(session: Session, queueIds: ReadonlySet<string>, after: () => boolean): Promise<void> {
  const { tx, mirror } = session;
  let lanes = await waitingLanes(session);
  lanes = lanes.filter((lane) => queueIds.has(lane.queueId));
  for (let from = 0; ; from += PAGE) {
    await mirror.lanes.fill(
      tx,
      lanes.filter((lane) => lane.items.length < from + PAGE),
      PAGE,
    );
    know(
      session,
      lanes.flatMap((lane) => lane.items.slice(from, from + PAGE)),
    );
    lanes = lanes.filter((lane) => lane.items.length > from + PAGE || lane.upTo !== null);
    if (!after() || lanes.length === 0) return;
  }
}

/** Also notes in which queues something waits for the opening. */
async function waitingLanes(session: Session) {
  const lanes = await session.mirror.lanes.all(session.tx);
  for (const { queueId } of lanes)
    if (session.queues.get(queueId)?.serving === false) session.waitForOpening.add(queueId);
  return lanes;
}

async function serveAll(session: Session, { mirror, serves }: Opened): Promise<void> {
  const { tx, now } = session;
  if (!serves) return leaveToRouter(tx);
  if (!session.agents.values().some((agent) => agent.presence === "available")) return;
  await waitingLanes(session);
  await mirror.waiting.serve(tx, session, now, mirror.lanes, agentsOf(session));
}
