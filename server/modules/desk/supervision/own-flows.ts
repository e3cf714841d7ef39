import { can, staffOf } from "#modules/people";
import { type QueueFacts, type QueueFlow, type QueueStanding, queuesOf, standingOfQueues } from "#modules/routing";
import { presencesOf } from "#modules/workforce";
import type { Tx } from "#platform/db";
import { minutesOf } from "../store/minute-store.ts";
import { flowsOf, LOOK_BACK, minuteOf } from "./flows.ts";

export interface QueueNow {
  readonly queue: QueueFacts;
  readonly standing: QueueStanding | undefined;
  /** By its own people alone. */
  readonly flow: QueueFlow;
}

/** How all queues of an account stand and go, whoever asks: helpers from other teams are not counted. */
export function queuesNow(db: Tx): Promise<QueueNow[]> {
  return db.together(async (tx) => {
    const [queues, staff] = await Promise.all([queuesOf(tx), staffOf(tx)]);
    const ids = queues.map((queue) => queue.id);
    const teams = new Set(queues.map((queue) => queue.teamId));
    const own = staff.agents.filter(({ routable }) => routable.teamIds.some((id) => teams.has(id)));
    const [standings, minutes, presences] = await Promise.all([
      standingOfQueues(tx, ids, tx.now),
      minutesOf(tx, ids, minuteOf(tx.now) - LOOK_BACK),
      presencesOf(
        tx,
        own.map(({ agent }) => agent.id),
      ),
    ]);
    const people = own.flatMap(({ routable: { id, teamIds }, rights }) => {
      const presence = presences.get(id);
      if (presence?.state !== "available") return [];
      const mine = queues.filter(
        (q) => teamIds.includes(q.teamId) && can(rights, "work.take", { queueId: q.id, teamId: q.teamId }),
      );
      return [{ id, budget: presence.budget, queueIds: mine.map((q) => q.id) }];
    });
    const flows = flowsOf(
      queues.map((q) => ({ id: q.id, opensAt: !q.open && q.outOfHours === "hold" ? q.opensAt : null })),
      standings,
      Map.groupBy(minutes, (m) => m.queueId),
      people,
      tx.now,
    );
    return queues.map((queue) => ({
      queue,
      standing: standings.get(queue.id),
      flow: flows.get(queue.id) as QueueFlow,
    }));
  });
}
