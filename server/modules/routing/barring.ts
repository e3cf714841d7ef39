import { storable, type Tx } from "#platform/db";
import { bar, unbar } from "./domain/barred.ts";
import { inRouting } from "./in-routing.ts";
import { itemOf, orRefuse, unknownAgent } from "./refusals.ts";
import type { Work } from "./store/work-store.ts";

/** Keeps an agent away from a matter in which he is the subject of a complaint, or lets him work on it again (`reason` null). */
export async function barFromWork(
  tx: Tx,
  asked: { workItemId: string; agentId: string; reason: string | null; expectedVersion?: number },
): Promise<Work> {
  const { workItemId, agentId, reason } = asked;
  const { work } = await inRouting(
    tx,
    { ids: [workItemId] },
    (session) => {
      const item = itemOf(session, workItemId, asked.expectedVersion);
      if (!session.agents.has(agentId)) throw unknownAgent();
      const done =
        reason === null
          ? unbar(session, item, agentId, session.now)
          : bar(session, item, agentId, storable(reason), session.now);
      orRefuse(session, item, done);
    },
    { named: [agentId] },
  );
  return work(workItemId);
}
