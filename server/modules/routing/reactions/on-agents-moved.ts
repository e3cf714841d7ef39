import { AgentChanged } from "#events/people";
import { PresenceChanged } from "#events/workforce";
import { MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { reaction } from "#platform/journal/reader";
import { setTimer } from "#platform/timers";
import { ownerGone, withdrawOffers } from "../domain/transitions.ts";
import { inRouting } from "../in-routing.ts";

/** An agent who is offline this long gives back what waits for an answer. */
export const OWNER_GONE_MS = 15 * MINUTE;

/** Present or not is read from the table, not from the event: what counts is how it is now. */
async function lookAtAgents(tx: Tx, agentIds: readonly string[]): Promise<void> {
  await inRouting(tx, { offeredTo: agentIds }, async (session) => {
    for (const agentId of agentIds) {
      const agent = session.agents.get(agentId);
      if (agent?.presence === "available") continue;
      withdrawOffers(session, agentId, session.now, `${agent?.name ?? "The agent"} is not available any more.`);
      if (!agent || agent.presence === "offline")
        await setTimer(tx, "owner-gone", agentId, session.now + (agent ? OWNER_GONE_MS : 0));
    }
  });
}

/** Offers to who left come back; what waits is held out to who came. */
export const onPresenceChanged = reaction(PresenceChanged, (tx, events) =>
  lookAtAgents(tx, [...new Set(events.map((e) => e.payload.agentId))]),
);
/** Skills, teams, rights or the agent's state changed: more or fewer may take what waits. */
export const onAgentChanged = reaction(AgentChanged, (tx, events) =>
  lookAtAgents(tx, [...new Set(events.map((e) => e.payload.agentId))]),
);

/** Still away: active work with a running clock goes back to the queue, with the owner preferred when back in time. */
export async function giveBackOf(tx: Tx, agentId: string): Promise<void> {
  await inRouting(tx, { activeOf: [agentId] }, (session) => {
    const agent = session.agents.get(agentId);
    if (agent && agent.presence !== "offline") return;
    for (const item of session.items.values())
      ownerGone(session, item, session.now, `${agent?.name ?? "The owner"} is not here any more.`);
  });
}
