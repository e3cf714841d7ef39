import type { Tx } from "#platform/db";
import { wake } from "./domain/transitions.ts";
import { inRouting } from "./in-routing.ts";
import { itemOf, orRefuse } from "./refusals.ts";
import type { Work } from "./store/work-store.ts";

/** Takes back what was put aside: it is its owner's work again at once where there is room, else as if its time had come. */
export async function wakeWork(tx: Tx, asked: { workItemId: string; agentId: string }): Promise<Work> {
  const { work } = await inRouting(tx, { ids: [asked.workItemId] }, (session) => {
    const item = itemOf(session, asked.workItemId);
    if (item.ownerId !== asked.agentId || item.state !== "parked")
      orRefuse(session, item, { ok: false, why: "not-yours" });
    wake(session, item, session.now);
  });
  return work(asked.workItemId);
}
