import { AgentChanged } from "#events/people";
import { PresenceChanged } from "#events/workforce";
import { activeAgents } from "#modules/people";
import { MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { reaction } from "#platform/journal/reader";
import { setTimers } from "#platform/timers";
import { servesQueue } from "../domain/model.ts";
import { ownerGone, rescind, withdrawOffers } from "../domain/transitions.ts";
import { inRouting } from "../in-routing.ts";

/** An agent who is offline this long gives back what waits for an answer. */
export const OWNER_GONE_MS = 15 * MINUTE;

/** Present or not is read from the table, not from the event: what counts is how it is now. */
async function lookAtAgents(tx: Tx, agentIds: readonly string[]): Promise<void> {
  await inRouting(tx, { offeredTo: agentIds }, async (session) => {
    const gone: { kind: string; ref: string; dueAt: number }[] = [];
    for (const agentId of agentIds) {
      const agent = session.agents.get(agentId);
      if (agent?.presence === "available") {
        for (const item of session.items.values()) {
          const queue = session.queues.get(item.queueId);
          if (item.offer?.agentId === agentId && queue && !servesQueue(agent, queue))
            rescind(session, item, session.now, `${agent.name} has no right to take it any more.`);
        }
        continue;
      }
      withdrawOffers(session, agentId, session.now, `${agent?.name ?? "The agent"} is not available any more.`);
      if (!agent || agent.presence === "offline")
        gone.push({ kind: "owner-gone", ref: agentId, dueAt: session.now + (agent ? OWNER_GONE_MS : 0) });
    }
    await setTimers(tx, gone);
  });
}

/** Offers to who left come back; what waits is held out to who came. */
export const onPresenceChanged = reaction(PresenceChanged, (tx, events) =>
  lookAtAgents(tx, [...new Set(events.map((e) => e.payload.agentId))]),
);
/** Skills, teams, rights or the agent's state changed: more or fewer may take what waits. */
export const onAgentChanged = reaction(AgentChanged, async (tx, events) => {
  const subjects = new Set(events.map((e) => e.payload.agentId));
  // A right may be a team's; then it is its members who are concerned.
  const byTeam = events.some(({ payload: { what, subjectKind } }) => what === "grants" && subjectKind !== "agent");
  const members = byTeam ? (await activeAgents(tx)).filter((a) => a.teamIds.some((id) => subjects.has(id))) : [];
  await lookAtAgents(tx, [...new Set([...subjects, ...members.map((agent) => agent.id)])]);
});

/** Still away: active work with a running clock goes back to the queue, with the owner preferred when back in time. */
export async function giveBackOf(tx: Tx, agentId: string): Promise<void> {
  await inRouting(tx, { activeOf: [agentId] }, (session) => {
    const agent = session.agents.get(agentId);
    if (agent && agent.presence !== "offline") return;
    for (const item of session.items.values())
      ownerGone(session, item, session.now, `${agent?.name ?? "The owner"} is not here any more.`);
  });
}
