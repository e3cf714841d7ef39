import type { Tx } from "#platform/db";
import { ensureTimer, setTimer } from "#platform/timers";
import { awaitApproval, backFromApproval } from "./domain/await-approval.ts";
import { inRouting } from "./in-routing.ts";
import { OWNER_GONE_MS } from "./reactions/on-agents-moved.ts";
import { itemOf } from "./refusals.ts";

/** The owner's reply waits for other eyes: the work is put aside until it comes back or leaves. Work that is not the agent's in hand stays as it is. */
export async function parkForApproval(tx: Tx, asked: { workItemId: string; agentId: string }): Promise<void> {
  await inRouting(tx, { ids: [asked.workItemId] }, (session) =>
    awaitApproval(session, itemOf(session, asked.workItemId), asked.agentId, session.now),
  );
}

/** The reply came back to its author. Whoever is not here has as long as for what they left behind. */
export async function unparkFromApproval(tx: Tx, asked: { workItemId: string; agentId: string }): Promise<void> {
  await inRouting(
    tx,
    { ids: [asked.workItemId] },
    async (session) => {
      const item = itemOf(session, asked.workItemId);
      if (item.ownerId !== asked.agentId) return;
      backFromApproval(session, item, session.now);
      const presence = session.agents.get(asked.agentId)?.presence;
      if (presence === undefined || presence === "available") return;
      // Who is away or on a break may have lost the rest of the work already: then nothing but this gives it back.
      const set = presence === "offline" ? setTimer : ensureTimer;
      await set(tx, "owner-gone", asked.agentId, session.now + OWNER_GONE_MS);
    },
    { named: [asked.agentId] },
  );
}
