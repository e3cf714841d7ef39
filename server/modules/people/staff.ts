import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { AgentId } from "#platform/ids";
import { type Agent, allAgents, allTeams, skillLevels } from "./store/agent-store.ts";
import { allGrants } from "./store/grant-store.ts";
import { staffStamp } from "./store/staff-store.ts";

export interface RoutableAgent {
  id: AgentId;
  name: string;
  initials: string;
  teamIds: readonly string[];
  skills: readonly { skillId: string; name: string; kind: "hard" | "soft"; level: number }[];
}
/** Who, and what they may do: what `can` wants to know. */
export type Rights = Pick<Actor, "id" | "grants">;

/** The active agents of an account, with teams, skills and all they may do, their teams' rights included. */
export interface Staff {
  readonly agents: readonly { readonly agent: Agent; readonly routable: RoutableAgent; readonly rights: Rights }[];
  readonly byId: ReadonlyMap<string, Staff["agents"][number]>;
  /** Skills that somebody has. */
  readonly skills: ReadonlyMap<string, { name: string; kind: "hard" | "soft" }>;
}

/** Accounts whose staff is kept in memory. */
const KEPT = 200;
const kept = new Map<string, { stamp: number; staff: Staff }>();

/**
 * One statement when nothing changed since it was read last. Never older than the caller's transaction: the stamp is read in it, and
 * every change of staff commits a stamp that was never there before.
 */
export async function staffOf(tx: Tx): Promise<Staff> {
  const stamp = await staffStamp(tx);
  const known = kept.get(tx.accountId);
  if (stamp !== null && known?.stamp === stamp) return known.staff;
  // Read after the stamp: what another transaction commits in between is newer than it says, and is read again at the next look.
  const staff = await readStaff(tx);
  kept.delete(tx.accountId);
  if (stamp === null) return staff;
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value as string);
  kept.set(tx.accountId, { stamp, staff });
  return staff;
}

async function readStaff(tx: Tx): Promise<Staff> {
  const [everybody, teams, levels, grants] = await Promise.all([
    allAgents(tx),
    allTeams(tx),
    skillLevels(tx),
    allGrants(tx),
  ]);
  const teamsOf = new Map<string, string[]>();
  for (const team of teams) for (const id of team.members) teamsOf.set(id, [...(teamsOf.get(id) ?? []), team.id]);
  const skillsOf = Map.groupBy(levels, (s) => s.agentId);
  const grantsOf = Map.groupBy(grants, (g) => g.subjectId);
  const agents = everybody
    .filter((agent) => agent.state === "active")
    .map((agent) => {
      const teamIds = Object.freeze(teamsOf.get(agent.id) ?? []);
      const skills = (skillsOf.get(agent.id) ?? []).map(({ skillId, name, kind, level }) => ({
        ...{ skillId, name, kind, level },
      }));
      const given = [agent.id, ...teamIds].flatMap((id) => grantsOf.get(id) ?? []);
      return Object.freeze({
        agent,
        routable: { id: agent.id, name: agent.name, initials: agent.initials, teamIds, skills: Object.freeze(skills) },
        rights: { id: agent.id, grants: given },
      });
    });
  return {
    agents: Object.freeze(agents),
    byId: new Map(agents.map((one) => [one.agent.id, one])),
    skills: new Map(
      agents.flatMap((one) => one.routable.skills.map(({ skillId, name, kind }) => [skillId, { name, kind }])),
    ),
  };
}
