import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { AgentId } from "#platform/ids";
import {
  type Agent,
  allAgents,
  allSkills,
  allTeams,
  type Skill,
  type SkillLevel,
  skillLevels,
} from "./store/agent-store.ts";
import { allGrants } from "./store/grant-store.ts";
import { staffStamp } from "./store/staff-store.ts";

export interface RoutableAgent {
  id: AgentId;
  name: string;
  initials: string;
  teamIds: readonly string[];
  /** All there are, also those that have not begun or are over: `skillsAt` says which count. */
  skills: readonly Omit<SkillLevel, "agentId">[];
}
/** The skills that count at an instant, and when that changes next. */
export function skillsAt(
  skills: RoutableAgent["skills"],
  at: Instant,
): { levels: Map<string, number>; changesAt: Instant | null } {
  const counts = skills.filter((s) => (s.validFrom ?? at) <= at && (s.validUntil === null || s.validUntil > at));
  const coming = skills.flatMap((s) => [s.validFrom, s.validUntil]).filter((t) => t !== null && t > at) as Instant[];
  return {
    levels: new Map(counts.map((s) => [s.skillId, s.level])),
    changesAt: coming.length === 0 ? null : Math.min(...coming),
  };
}

/** Who, and what they may do: what `can` wants to know. */
export type Rights = Pick<Actor, "id" | "grants">;

/** The active agents of an account, with teams, skills and all they may do, their teams' rights included. */
export interface Staff {
  readonly agents: readonly { readonly agent: Agent; readonly routable: RoutableAgent; readonly rights: Rights }[];
  readonly byId: ReadonlyMap<string, Staff["agents"][number]>;
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  /** All skills; `had`: somebody has it. */
  readonly skills: ReadonlyMap<string, Omit<Skill, "id" | "version"> & { had: boolean }>;
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
  const [everybody, teams, levels, grants, skills] = await Promise.all([
    allAgents(tx),
    allTeams(tx),
    skillLevels(tx),
    allGrants(tx),
    allSkills(tx),
  ]);
  const teamsOf = new Map<string, string[]>();
  for (const team of teams) for (const id of team.members) teamsOf.set(id, [...(teamsOf.get(id) ?? []), team.id]);
  const skillsOf = Map.groupBy(levels, (s) => s.agentId);
  const grantsOf = Map.groupBy(grants, (g) => g.subjectId);
  const agents = everybody
    .filter((agent) => agent.state === "active")
    .map((agent) => {
      const teamIds = Object.freeze(teamsOf.get(agent.id) ?? []);
      const skills = (skillsOf.get(agent.id) ?? []).map(({ agentId: _, ...skill }) => skill);
      const given = [agent.id, ...teamIds].flatMap((id) => grantsOf.get(id) ?? []);
      return Object.freeze({
        agent,
        routable: { id: agent.id, name: agent.name, initials: agent.initials, teamIds, skills: Object.freeze(skills) },
        rights: { id: agent.id, grants: given },
      });
    });
  const had = new Set(agents.flatMap((one) => one.routable.skills.map((s) => s.skillId)));
  return {
    agents: Object.freeze(agents),
    byId: new Map(agents.map((one) => [one.agent.id, one])),
    teams: Object.freeze(teams.map(({ id, name }) => Object.freeze({ id, name }))),
    skills: new Map(skills.map(({ id, version: _, ...skill }) => [id, { ...skill, had: had.has(id) }])),
  };
}
