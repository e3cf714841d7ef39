import type { z } from "zod";
import type { agentView, grantRow, newGrant } from "#contracts/people";

export type Grant = z.infer<typeof grantRow>;
export type NewGrant = z.infer<typeof newGrant>;
export type SubjectKind = Grant["subjectKind"];
export type Subject = { kind: SubjectKind; id: string };
type Agent = Pick<z.infer<typeof agentView>, "id" | "state" | "teams">;

export const subjectKey = (subject: Subject): string => `${subject.kind} ${subject.id}`;

export function subjectOf(key: string): Subject | null {
  const [kind, id] = key.split(" ");
  return id && (kind === "agent" || kind === "team" || kind === "api-key") ? { kind, id } : null;
}

/** Rights given to the subject itself, and for an agent those that come by a team. */
export function rightsOf(
  subject: Subject,
  grants: readonly Grant[],
  teams: readonly string[],
): { own: Grant[]; byTeam: Grant[] } {
  const key = (grant: Grant) => `${grant.verb} ${grant.subjectId} ${grant.id}`;
  const ordered = [...grants].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return {
    own: ordered.filter((grant) => grant.subjectKind === subject.kind && grant.subjectId === subject.id),
    byTeam:
      subject.kind === "agent"
        ? ordered.filter((grant) => grant.subjectKind === "team" && teams.includes(grant.subjectId))
        : [],
  };
}

/** Whether this right is there already, for the same place. */
export function alreadyGiven(wanted: NewGrant, grants: readonly Grant[]): boolean {
  return grants.some(
    (grant) =>
      grant.subjectKind === wanted.subjectKind &&
      grant.subjectId === wanted.subjectId &&
      grant.verb === wanted.verb &&
      grant.scope === wanted.scope &&
      grant.scopeId === wanted.scopeId,
  );
}

const holds = (grant: Grant, agent: Agent): boolean =>
  (grant.subjectKind === "agent" && grant.subjectId === agent.id) ||
  (grant.subjectKind === "team" && agent.teams.some((team) => team.id === grant.subjectId));

/**
 * What taking this right back would lock: "everybody" when no active agent could manage people afterwards,
 * "me" when I could not, null when nothing is locked.
 */
export function locksOut(
  taken: Grant,
  grants: readonly Grant[],
  agents: readonly Agent[],
  me: string,
): "everybody" | "me" | null {
  if (taken.verb !== "people.manage" || taken.scope !== "account") return null;
  const left = grants.filter(
    (grant) => grant.id !== taken.id && grant.verb === "people.manage" && grant.scope === "account",
  );
  const managers = agents.filter((agent) => agent.state === "active" && left.some((grant) => holds(grant, agent)));
  if (managers.length === 0) return "everybody";
  const mine = agents.find((agent) => agent.id === me);
  return mine && holds(taken, mine) && !managers.includes(mine) ? "me" : null;
}
