import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import { setTimer } from "#platform/timers";
import { change } from "./domain/capacity.ts";
import type { Item, Priority } from "./domain/model.ts";
import { setPriority } from "./domain/set-priority.ts";
import { take, toQueue } from "./domain/transitions.ts";
import { inRouting } from "./in-routing.ts";
import { needsOfQueue } from "./new-work.ts";
import { OWNER_GONE_MS } from "./reactions/on-agents-moved.ts";
import { itemOf, orRefuse } from "./refusals.ts";
import type { Session } from "./session.ts";
import type { Work } from "./store/work-store.ts";

/** One item of many: what is to become of it. */
export interface Wish {
  workItemId: string;
  /** Left out where `permit` looks at what matters. */
  expectedVersion?: number;
  /** Throws when the asker may not. */
  permit: (work: Work) => void;
  to: (work: Work) => Becomes;
}
export type Becomes =
  | { kind: "agent"; agentId: string; mayExceed: boolean }
  | { kind: "queue"; queueId: string }
  | { kind: "priority"; priority: Priority }
  /** Where it was before an act that is taken back, with whoever had it; `due`: when that was so for the same first unanswered message. */
  | { kind: "back"; queueId: string; agentId: string | null; due: { t0: Instant; at: Instant } | null };
export interface ManyDone {
  done: { before: Work; after: Work }[];
  refused: { workItemId: string; code: string; why: string }[];
}

/** Many items in one act of routing; `named`: who is to get some. Each is done or refused by itself, with the reason; what was changed meanwhile is refused. */
export async function supervise(
  tx: Tx,
  wishes: readonly Wish[],
  asked: { by: string; named: readonly string[] },
): Promise<ManyDone> {
  const { by, named } = asked;
  const refused: ManyDone["refused"] = [];
  const ids = wishes.map((wish) => wish.workItemId);
  const { result, work } = await inRouting(
    tx,
    { ids },
    async (session) => {
      const name = session.agents.get(by)?.name ?? "Somebody";
      const before: Work[] = [];
      for (const wish of wishes)
        try {
          const was = session.read.get(wish.workItemId);
          if (!was) throw notFound("work item");
          wish.permit(was);
          const item = itemOf(session, wish.workItemId, wish.expectedVersion);
          one(session, item, wish.to(was), { by, name });
          before.push(was);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          refused.push({ workItemId: wish.workItemId, code: error.code, why: error.message });
        }
      // Given to somebody who is not here, it waits as long as what they left behind.
      for (const agentId of named)
        if (session.agents.get(agentId)?.presence === "offline")
          await setTimer(tx, "owner-gone", agentId, session.now + OWNER_GONE_MS);
      return before;
    },
    { named: [...named] },
  );
  return { done: result.map((before) => ({ before, after: work(before.id) })), refused };
}

function one(session: Session, item: Item, to: Becomes, { by, name }: { by: string; name: string }): void {
  const { now } = session;
  if (to.kind === "agent") {
    if (!session.agents.has(to.agentId))
      throw new AppError("invalid-request", "There is no active agent with this id.");
    orRefuse(session, item, take(session, item, to.agentId, "assigned", to.mayExceed, now));
  } else if (to.kind === "priority") {
    orRefuse(session, item, setPriority(session, item, { priority: to.priority, by, name }, now));
  } else {
    const had = to.kind === "back" ? to.agentId : null;
    // Whoever had it may be gone, or be what a complaint in it is about: then it waits where it was.
    const agentId = had !== null && session.agents.has(had) && !item.barred.includes(had) ? had : null;
    if (agentId === null || to.queueId !== item.queueId) toAnother(session, item, to.queueId, { by, name });
    if (agentId !== null) orRefuse(session, item, take(session, item, agentId, "assigned", true, now));
    // A move never gives more time; taken back, it has what it had.
    if (to.kind === "back" && to.due !== null && to.due.t0 === item.t0 && to.due.at !== item.due)
      change(session, item, { due: to.due.at });
  }
}

function toAnother(session: Session, item: Item, queueId: string, { by, name }: { by: string; name: string }): void {
  const queue = session.queueFacts.find((q) => q.id === queueId);
  if (!queue) throw new AppError("invalid-request", "There is no queue with this id. GET /api/queues lists them.");
  // The language stays asked for; what the old queue asked beside it does not.
  const old = session.queueFacts.find((q) => q.id === item.queueId);
  const kept = item.needs.filter((need) => !old?.skills.some((skill) => skill.skillId === need.skillId));
  const needs = [...kept, ...needsOfQueue(session, queue)];
  orRefuse(
    session,
    item,
    toQueue(
      session,
      item,
      { queueId: queue.id, needs, reason: `${name} moved it to ${queue.name}.`, by, bySupervisor: true },
      session.now,
    ),
  );
}
