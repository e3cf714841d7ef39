import { AgentChanged } from "#events/people";
import { brandsOf } from "#modules/company";
import { HOUR } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { type AgentId, uuidv7 } from "#platform/ids";
import { can, isVerb, scopesOf, type Verb, type Where } from "./domain/access.ts";
import { hashPassword } from "./sign-in.ts";
import { type Rights, type RoutableAgent, staffOf } from "./staff.ts";
import {
  type Agent,
  allSkills,
  allTeams,
  type Clearance,
  deleteMember,
  findAgents,
  insertAgent,
  insertAudit,
  insertMembers,
  insertSkill,
  insertTeam,
  replaceSkills,
  type Skill,
  type SkillGiven,
  skillLevels,
  updateAgent,
  updateSkill,
} from "./store/agent-store.ts";
import { allApiKeys, deleteGrant, insertGrant } from "./store/grant-store.ts";
import { insertLook } from "./store/look-store.ts";
import { endSessionsOf } from "./store/session-store.ts";

/** Throws 403 with the sentence of the verb. */
export function need(actor: Actor, verb: Verb, where?: Where): void {
  if (!can(actor, verb, where)) throw notPermitted(`do this (it needs the right ${verb})`);
}

export async function agentsById(tx: Tx, ids: readonly (string | null | undefined)[]): Promise<Map<string, Agent>> {
  return new Map(
    (
      await findAgents(
        tx,
        ids.filter((i): i is string => !!i),
      )
    ).map((a) => [a.id, a]),
  );
}

/** Active agents with teams and skills: what routing chooses from. */
export async function activeAgents(tx: Tx): Promise<RoutableAgent[]> {
  return (await staffOf(tx)).agents.map((one) => one.routable);
}

export async function agentsWithGrant(tx: Tx, verb: Verb, where?: Where): Promise<Agent[]> {
  return (await agentsWithRights(tx)).filter(({ rights }) => can(rights, verb, where)).map(({ agent }) => agent);
}

/** Active agents with all they may do, their teams' rights included; ask with `can(rights, …)`. */
export async function agentsWithRights(tx: Tx): Promise<{ agent: Agent; rights: Rights }[]> {
  return (await staffOf(tx)).agents.map(({ agent, rights }) => ({ agent, rights }));
}

export async function addAgent(
  tx: Tx,
  agent: {
    name: string;
    email: string;
    initials: string;
    locale?: string;
    zone?: string;
    password: string | null;
    demo?: boolean;
    teamIds?: readonly string[];
  },
): Promise<AgentId> {
  const id = uuidv7<AgentId>(tx.now);
  const teams = new Set(agent.teamIds?.length ? (await allTeams(tx)).map((t) => t.id) : []);
  const strange = agent.teamIds?.find((t) => !teams.has(t));
  if (strange) throw new AppError("invalid-request", `There is no team ${strange}. GET /api/teams lists them.`);
  const inserted = await insertAgent(tx, {
    id,
    name: agent.name,
    email: agent.email.trim().toLowerCase(),
    initials: agent.initials,
    locale: agent.locale ?? "en",
    zone: agent.zone ?? "UTC",
    state: "active",
    demo: agent.demo ?? false,
    passwordHash: agent.password === null ? null : await hashPassword(agent.password),
  });
  if (!inserted) throw new AppError("not-now", "An agent with this e-mail address is here already.");
  await insertMembers(tx, id, agent.teamIds ?? []);
  changed(tx, id, 1, "added");
  return id;
}

function changed(
  tx: Tx,
  agentId: string,
  version: number,
  what: "added" | "changed" | "skills" | "teams" | "grants",
  subjectKind?: NewGrant["subjectKind"],
): void {
  tx.announce(AgentChanged, {
    key: agentId,
    entity: "agent",
    entityId: agentId,
    entityVersion: version,
    payload: { agentId, what, ...(subjectKind && { subjectKind }) },
  });
}

export async function changeAgent(
  tx: Tx,
  id: string,
  expectedVersion: number,
  change: Partial<Pick<Agent, "name" | "initials" | "locale" | "state">>,
): Promise<Agent> {
  const ok = await updateAgent(tx, id, expectedVersion, change);
  const now = (await findAgents(tx, [id]))[0];
  if (!now) throw notFound("agent");
  if (!ok) throw conflict("agent", now);
  if (change.state === "suspended") await endSessionsOf(tx, id);
  changed(tx, id, now.version, "changed");
  return now;
}

export async function setAgentSkills(tx: Tx, agentId: string, skills: readonly SkillGiven[]): Promise<void> {
  const agent = (await findAgents(tx, [agentId]))[0];
  if (!agent) throw notFound("agent");
  const known = new Set((await allSkills(tx)).map((s) => s.id));
  const strange = skills.find((s) => !known.has(s.skillId));
  if (strange)
    throw new AppError("invalid-request", `There is no skill ${strange.skillId}. GET /api/skills lists them.`);
  if (skills.some((s) => s.validFrom && s.validUntil && s.validUntil <= s.validFrom))
    throw new AppError("invalid-request", "A skill ends after it begins: choose a later end.");
  await replaceSkills(tx, agentId, [...new Map(skills.map((s) => [s.skillId, s])).values()]);
  changed(tx, agentId, agent.version, "skills");
}

/** The skills of one agent, as they are now. */
export async function skillsOf(tx: Tx, agentId: string): Promise<Required<SkillGiven>[]> {
  return (await skillLevels(tx))
    .filter((skill) => skill.agentId === agentId)
    .map(({ skillId, level, validFrom, validUntil }) => ({ skillId, level, validFrom, validUntil }));
}

/** Into a team, with all that the team may do; false when the agent is in it already. */
export async function joinTeam(tx: Tx, agentId: string, teamId: string): Promise<boolean> {
  const joined = await insertMembers(tx, agentId, [teamId]);
  if (joined) await teamsChanged(tx, agentId);
  return joined;
}
/** Out of a team; false when the agent is not in it. */
export async function leaveTeam(tx: Tx, agentId: string, teamId: string): Promise<boolean> {
  const left = await deleteMember(tx, agentId, teamId);
  if (left) await teamsChanged(tx, agentId);
  return left;
}
async function teamsChanged(tx: Tx, agentId: string): Promise<void> {
  const agent = (await findAgents(tx, [agentId]))[0];
  if (!agent) throw notFound("agent");
  changed(tx, agentId, agent.version, "teams");
}

/** All teams with the ids of who is in them. */
export function teamsOf(tx: Tx): ReturnType<typeof allTeams> {
  return allTeams(tx);
}

export async function addTeam(tx: Tx, name: string): Promise<string> {
  const id = uuidv7(tx.now);
  await insertTeam(tx, id, name);
  return id;
}
export async function addSkill(
  tx: Tx,
  name: string,
  kind: "hard" | "soft",
  more: { clearance?: Clearance; brandIds?: readonly string[] } = {},
): Promise<string> {
  const skill = { id: uuidv7(tx.now), name, clearance: more.clearance ?? ("skill" as const), kind };
  await needBrands(tx, more.brandIds ?? []);
  if (!(await insertSkill(tx, { ...whole(skill), brandIds: [...(more.brandIds ?? [])] })))
    throw new AppError("not-now", `There is a skill ${name} already. Change that one, or choose another name.`);
  return skill.id;
}

/** What a clearance is about never relaxes. */
const whole = <S extends Pick<Skill, "kind" | "clearance">>(skill: S): S =>
  skill.clearance === "skill" ? skill : { ...skill, kind: "hard" };

async function needBrands(tx: Tx, brandIds: readonly string[]): Promise<void> {
  if (brandIds.length === 0) return;
  const known = new Set((await brandsOf(tx)).map((brand) => brand.id as string));
  const strange = brandIds.find((id) => !known.has(id));
  if (strange) throw new AppError("invalid-request", `There is no brand ${strange}. GET /api/brands lists them.`);
}

/** What a skill is called, what it stands for, and which brands ask for it. What waits keeps what it asked for when it came. */
export async function changeSkill(
  tx: Tx,
  id: string,
  expectedVersion: number,
  change: Partial<Pick<Skill, "name" | "kind" | "clearance" | "brandIds">>,
): Promise<Skill> {
  const skill = (await allSkills(tx)).find((s) => s.id === id);
  if (!skill) throw notFound("skill");
  await needBrands(tx, change.brandIds ?? []);
  if (skill.version !== expectedVersion) throw conflict("skill", skill);
  const to = whole({ ...skill, ...change });
  if (!(await updateSkill(tx, to))) throw conflict("skill", skill);
  return { ...to, version: to.version + 1 };
}

export interface NewGrant {
  subjectKind: "agent" | "team" | "api-key";
  subjectId: string;
  verb: string;
  scope: "account" | "brand" | "team" | "queue" | "own";
  scopeId: string | null;
}
/** Is there such a queue in this account? Queues stand to the right of us, so whoever puts the house together hands this in. */
export type QueueIsHere = (tx: Tx, queueId: string) => Promise<boolean>;

/** Gives a right, for a place that exists and that the right knows. */
export async function grant(tx: Tx, g: NewGrant, queueIsHere: QueueIsHere = async () => false): Promise<string> {
  if (!isVerb(g.verb))
    throw new AppError("invalid-request", `There is no right ${g.verb}. GET /api/grants lists those there are.`);
  const scopes = scopesOf[g.verb];
  if (!scopes.includes(g.scope))
    throw new AppError(
      "scope-does-not-fit",
      `The right ${g.verb} cannot be given for one ${g.scope}. It can be given for: ${scopes.join(", ")}.`,
      { scopes },
    );
  if ((g.scope === "account" || g.scope === "own") !== (g.scopeId === null))
    throw new AppError("invalid-request", "The scopes account and own take no scopeId, the others need one.");
  if (!(await subjectIsHere(tx, g)))
    throw new AppError("no-such-subject", `There is no ${g.subjectKind} ${g.subjectId} here to give a right to.`);
  if (g.scopeId !== null && !(await placeIsHere(tx, g.scope, g.scopeId, queueIsHere)))
    throw new AppError("no-such-scope", `There is no ${g.scope} ${g.scopeId} here to give a right for.`);
  const id = uuidv7(tx.now);
  await insertGrant(tx, id, g);
  changed(tx, g.subjectId, 1, "grants", g.subjectKind);
  return id;
}
async function subjectIsHere(tx: Tx, { subjectKind, subjectId }: NewGrant): Promise<boolean> {
  if (subjectKind === "agent") return (await findAgents(tx, [subjectId])).length > 0;
  const all =
    subjectKind === "team" ? await allTeams(tx) : (await allApiKeys(tx)).filter((key) => key.revokedAt === null);
  return all.some((one) => one.id === subjectId);
}
async function placeIsHere(tx: Tx, scope: NewGrant["scope"], id: string, queueIsHere: QueueIsHere): Promise<boolean> {
  if (scope === "queue") return queueIsHere(tx, id);
  const places = scope === "brand" ? await brandsOf(tx) : await allTeams(tx);
  return places.some((place) => place.id === id);
}
export async function revoke(tx: Tx, grantId: string): Promise<void> {
  const subject = await deleteGrant(tx, grantId);
  if (!subject) throw notFound("grant");
  changed(tx, subject.id, 1, "grants", subject.kind);
}

/** Writes who did it, or who looked; `actor` null is the system itself. */
export async function audit(
  tx: Tx,
  actor: Pick<Actor, "kind" | "id"> | null,
  act: string,
  entity: string,
  entityId: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await insertAudit(tx, {
    id: uuidv7(tx.now),
    actorKind: actor?.kind ?? "system",
    actorId: actor?.id ?? null,
    act,
    entity,
    entityId,
    detail,
  });
}

/** Keeps who looked at something, once an hour for each who looks. */
export async function auditLook(
  tx: Tx,
  actor: Pick<Actor, "kind" | "id">,
  act: string,
  entity: string,
  entityId: string,
): Promise<void> {
  const { kind: actorKind, id: actorId } = actor;
  await insertLook(tx, { id: uuidv7(tx.now), actorKind, actorId, act, entity, entityId, since: tx.now - HOUR });
}
