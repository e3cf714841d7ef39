import type { Tx } from "#platform/db";
import { extendWrapUp, finishWrapUp } from "./domain/wrap-up.ts";
import { inRouting } from "./in-routing.ts";
import { itemOf, orRefuse } from "./refusals.ts";
import type { Work } from "./store/work-store.ts";

/** The agent has written done work up, or takes as long again (once). Without either the clock ends it. */
export async function wrapUpWork(
  tx: Tx,
  asked: { workItemId: string; agentId: string; act: "finish" | "extend"; expectedVersion?: number },
): Promise<Work> {
  const { work } = await inRouting(tx, { ids: [asked.workItemId] }, (session) => {
    const item = itemOf(session, asked.workItemId, asked.expectedVersion);
    const act = asked.act === "finish" ? finishWrapUp : extendWrapUp;
    orRefuse(session, item, act(session, item, asked.agentId, session.now));
  });
  return work(asked.workItemId);
}
