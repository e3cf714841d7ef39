/** The front door of `people`: agents, teams, skills, rights, sign-in, API keys, audit. */
import { AgentChanged } from "#events/people";
import { type LiveMapping, live } from "#platform/journal/live";

export { peopleRoutes } from "./api/people-routes.ts";
export { noticesHideWords, preferenceRoutes } from "./api/preference-routes.ts";
export { type SessionRouteDeps, sessionRoutes } from "./api/session-routes.ts";
export { can, type Reach, reachOf, type Verb, verbs, type Where } from "./domain/access.ts";
export {
  activeAgents,
  addAgent,
  addSkill,
  addTeam,
  agentsById,
  agentsWithGrant,
  agentsWithRights,
  audit,
  auditLook,
  changeAgent,
  changeSkill,
  grant,
  joinTeam,
  leaveTeam,
  type NewGrant,
  need,
  type QueueIsHere,
  revoke,
  setAgentSkills,
  skillsOf,
  teamsOf,
} from "./people.ts";
export { authenticator, signIn } from "./sign-in.ts";
export { type Rights, type RoutableAgent, type Staff, skillsAt, staffOf } from "./staff.ts";
export type { Agent, Clearance, SkillGiven } from "./store/agent-store.ts";

export const liveMappings: readonly LiveMapping[] = [
  live(
    AgentChanged,
    (e) => [{ kind: "people", id: e.entityId, version: e.entityVersion, needs: { verb: "work.read" } }],
    // A right may be a team's; events written before the kind was told may be, too.
    ({ payload: { agentId, what, subjectKind = "team" } }) =>
      (what === "grants" && subjectKind === "team") || what === "teams" ? "many" : { agentId },
  ),
];
