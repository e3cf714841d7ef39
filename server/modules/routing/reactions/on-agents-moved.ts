import { AgentChanged } from "#events/people";
import { CapacityChanged, PresenceChanged } from "#events/workforce";
import { settingOf } from "#modules/company";
import { activeAgents } from "#modules/people";
import { applyCapacity, presenceRules, presencesOf, returnsAt } from "#modules/workforce";
import { MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { reaction } from "#platform/journal/reader";
import { setTimer, setTimers } from "#platform/timers";
import { fitRefuses } from "../domain/admit.ts";
import { seeOff } from "../domain/guests.ts";
import { ownerGone, rescind, withdrawOffers } from "../domain/transitions.ts";
import { dropBrowsersOf } from "../escalation/store/reach-store.ts";
import { inRouting } from "../in-routing.ts";
import { workWithGuests } from "../store/guest-store.ts";

/** Given by hand to somebody who is not here, it waits so long for them. */
export const OWNER_GONE_MS = 15 * MINUTE;

/** Present or not is read from the table, not from the event: what counts is how it is now. */
export async function lookAtAgents(tx: Tx, agentIds: readonly string[]): Promise<void> {
  const [{ value: rules }, presences] = await tx.together((t) =>
    Promise.all([settingOf(t, presenceRules), presencesOf(t, agentIds)]),
  );
  const { result } = await inRouting(tx, { offeredTo: agentIds }, async (session) => {
    const gone: string[] = [];
    const later: { kind: string; ref: string; dueAt: number }[] = [];
    for (const agentId of agentIds) {
      const agent = session.agents.get(agentId);
      if (agent?.changesAt != null) later.push({ kind: "skills-change", ref: agentId, dueAt: agent.changesAt });
      if (agent?.presence === "available") {
        for (const item of session.items.values()) {
          if (item.offer?.agentId === agentId && fitRefuses(item, agent, session, session.now) !== null)
            rescind(session, item, session.now, `${agent.name} may not take it any more.`);
        }
        continue;
      }
      withdrawOffers(session, agentId, session.now, `${agent?.name ?? "The agent"} is not available any more.`);
      if (!agent || agent.presence === "offline") gone.push(agentId);
      const present = presences.get(agentId);
      const dueAt = agent && present ? returnsAt(rules, present, session.now) : session.now;
      if (dueAt !== null) later.push({ kind: "owner-gone", ref: agentId, dueAt });
    }
    await setTimers(tx, later);
    return gone;
  });
  await guestsGone(tx, result);
}

/** Whoever is not here any more advises nobody. */
async function guestsGone(tx: Tx, agentIds: readonly string[]): Promise<void> {
  const ids = agentIds.length === 0 ? [] : await workWithGuests(tx, agentIds);
  if (ids.length === 0) return;
  await inRouting(tx, { ids }, (session) => {
    for (const item of session.items.values())
      for (const agentId of agentIds) seeOff(session, item, agentId, "left", session.now);
  });
}

/** Offers to who left come back; what waits is held out to who came. */
export const onPresenceChanged = reaction(PresenceChanged, (tx, events) =>
  lookAtAgents(tx, [...new Set(events.map((e) => e.payload.agentId))]),
);
/** Whoever takes on more may be given what waits; what was held out to somebody who takes on less stays until it is answered. */
export const onCapacityChanged = reaction(CapacityChanged, (tx, events) =>
  lookAtAgents(tx, [...new Set(events.map((e) => e.payload.agentId))]),
);
/** Skills, teams, rights or the agent's state changed: more or fewer may take what waits. */
export const onAgentChanged = reaction(AgentChanged, async (tx, events) => {
  const subjects = new Set(events.map((e) => e.payload.agentId));
  // A right may be a team's; then it is its members who are concerned.
  const byTeam = events.some(({ payload: { what, subjectKind } }) => what === "grants" && subjectKind !== "agent");
  const members = byTeam ? (await activeAgents(tx)).filter((a) => a.teamIds.some((id) => subjects.has(id))) : [];
  // Suspended, they are signed out everywhere; what was to reach them there goes with that.
  const changed = events.flatMap(({ payload: { what, agentId } }) => (what === "changed" ? [agentId] : []));
  if (changed.length > 0) {
    const active = new Set<string>((await activeAgents(tx)).map((agent) => agent.id));
    await dropBrowsersOf(
      tx,
      changed.filter((id) => !active.has(id)),
    );
  }
  const concerned = [...new Set([...subjects, ...members.map((agent) => agent.id)])];
  // A profile may be the team's.
  await applyCapacity(tx, concerned);
  await lookAtAgents(tx, concerned);
});

const NOT_HERE: Readonly<Record<string, string>> = {
  ...{ busy: "busy", break: "on a break", training: "in training", away: "away" },
  ...{ "not-responding": "not responding", offline: "not here" },
};

/** Still not available: active work with a running clock goes back to the queue, with the owner preferred when back in time. */
export async function giveBackOf(tx: Tx, agentId: string): Promise<void> {
  const [{ value: rules }, presences] = [await settingOf(tx, presenceRules), await presencesOf(tx, [agentId])];
  const present = presences.get(agentId);
  await inRouting(tx, { activeOf: [agentId] }, async (session) => {
    const agent = session.agents.get(agentId);
    if (agent && present && present.state !== "offline") {
      const at = returnsAt(rules, present, session.now);
      // Came and went again since: that has its own time.
      if (at !== null && at > session.now) await setTimer(tx, "owner-gone", agentId, at);
      if (at === null || at > session.now) return;
    }
    for (const item of session.items.values())
      ownerGone(
        session,
        item,
        session.now,
        agent
          ? `${agent.name} is ${NOT_HERE[agent.presence] ?? "not here"}, and the customer waits.`
          : "The owner is not here any more.",
      );
  });
}
