import type { Tx } from "#platform/db";
import { askIn, seeOff } from "./domain/guests.ts";
import type { Guest } from "./domain/model.ts";
import { handOver } from "./domain/transitions.ts";
import { inRouting } from "./in-routing.ts";
import { itemOf, orRefuse, unknownAgent } from "./refusals.ts";
import type { Work } from "./store/work-store.ts";

interface OfGuest {
  workItemId: string;
  agentId: string;
  expectedVersion?: number;
}

/** Asks a colleague in, for advice or into a conference; the owner stays the one owner. The colleague's room is taken at once. */
export async function askGuest(tx: Tx, asked: OfGuest & { kind: Guest["kind"]; mayExceed: boolean }): Promise<Work> {
  const { workItemId, agentId } = asked;
  const { work } = await inRouting(
    tx,
    { ids: [workItemId] },
    (session) => {
      const item = itemOf(session, workItemId, asked.expectedVersion);
      if (!session.agents.has(agentId)) throw unknownAgent();
      orRefuse(session, item, askIn(session, item, asked, session.now));
    },
    { serve: false, named: [agentId] },
  );
  return work(workItemId);
}

/** A guest goes, by himself (`left`) or sent away (`cancelled`); with the room that comes back waiting work is held out. */
export async function dismissGuest(tx: Tx, asked: OfGuest & { how: "cancelled" | "left" }): Promise<Work> {
  const { workItemId, agentId } = asked;
  const { work } = await inRouting(tx, { ids: [workItemId] }, (session) => {
    const item = itemOf(session, workItemId, asked.expectedVersion);
    orRefuse(session, item, seeOff(session, item, agentId, asked.how, session.now));
  });
  return work(workItemId);
}

/** Warm: to a guest who knows it already. Nothing waits in between; t0 and the due time stay. */
export async function handOverWork(tx: Tx, asked: OfGuest): Promise<Work> {
  const { workItemId, agentId } = asked;
  const { work } = await inRouting(tx, { ids: [workItemId] }, (session) => {
    const item = itemOf(session, workItemId, asked.expectedVersion);
    orRefuse(session, item, handOver(session, item, agentId, session.now));
  });
  return work(workItemId);
}
