import type { Instant } from "#platform/clock";
import { type Generated, json, sql, type Ts, type TsNull, type Tx, ts, tsOrNull } from "#platform/db";
import type { Grant } from "#platform/http/actor";
import type { AgentId } from "#platform/ids";

interface AgentTable {
  account_id: string;
  id: AgentId;
  email: string;
  name: string;
  initials: string;
  locale: Generated<string>;
  zone: Generated<string>;
  password_hash: string | null;
  state: "active" | "suspended";
  demo: Generated<boolean>;
  version: Generated<number>;
  created_at: Ts;
}
export interface PeopleTables {
  agent: AgentTable;
  team: { account_id: string; id: string; name: string; version: Generated<number> };
  team_member: { account_id: string; team_id: string; agent_id: string };
  skill: {
    account_id: string;
    id: string;
    name: string;
    kind: "hard" | "soft";
    clearance: Generated<Clearance>;
    brand_ids: import("#platform/db").Json<string[]>;
    version: Generated<number>;
  };
  agent_skill: {
    account_id: string;
    agent_id: string;
    skill_id: string;
    level: number;
    valid_from: TsNull;
    valid_until: TsNull;
  };
  access_grant: {
    account_id: string;
    id: string;
    subject_kind: "agent" | "team" | "api-key";
    subject_id: string;
    verb: string;
    scope_kind: Grant["scope"];
    scope_id: string | null;
  };
  session: {
    account_id: string;
    token_hash: Buffer;
    agent_id: string;
    created_at: Ts;
    seen_at: Ts;
    expires_at: Ts;
    ended_at: TsNull;
    user_agent: string;
  };
  api_key: {
    account_id: string;
    id: string;
    name: string;
    secret_hash: Buffer;
    created_by: string;
    created_at: Ts;
    expires_at: TsNull;
    revoked_at: TsNull;
    last_used_at: TsNull;
  };
  audit: {
    account_id: string;
    id: string;
    at: Ts;
    actor_kind: "agent" | "api-key" | "system";
    actor_id: string | null;
    act: string;
    entity: string;
    entity_id: string;
    detail: import("#platform/db").Json<Record<string, unknown>>;
    remote_ip: string | null;
    trace_id: string | null;
  };
}
export const people = (tx: Tx) => tx.tables<PeopleTables>();

export interface Agent {
  id: AgentId;
  email: string;
  name: string;
  initials: string;
  locale: string;
  zone: string;
  state: "active" | "suspended";
  demo: boolean;
  version: number;
}
const AGENT = ["id", "email", "name", "initials", "locale", "zone", "state", "demo", "version"] as const;

export async function allAgents(tx: Tx): Promise<Agent[]> {
  return people(tx)
    .selectFrom("agent")
    .select(AGENT)
    .where("account_id", "=", tx.accountId)
    .orderBy("name")
    .orderBy("id")
    .execute();
}
export async function findAgents(tx: Tx, ids: readonly string[]): Promise<Agent[]> {
  if (ids.length === 0) return [];
  return people(tx)
    .selectFrom("agent")
    .select(AGENT)
    .where("account_id", "=", tx.accountId)
    .where("id", "=", sql<AgentId>`any(${[...new Set(ids)]}::uuid[])`)
    .execute();
}
export async function insertAgent(
  tx: Tx,
  agent: Omit<Agent, "version"> & { passwordHash: string | null },
): Promise<boolean> {
  const { passwordHash, ...rest } = agent;
  const done = await people(tx)
    .insertInto("agent")
    .values({ account_id: tx.accountId, ...rest, password_hash: passwordHash, created_at: ts(tx.now) })
    .onConflict((c) => c.columns(["account_id", "email"]).doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0) > 0;
}
export async function updateAgent(
  tx: Tx,
  id: string,
  version: number,
  change: Partial<Pick<Agent, "name" | "initials" | "locale" | "state">>,
): Promise<boolean> {
  const done = await people(tx)
    .updateTable("agent")
    .set({ ...change, version: version + 1 })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id as AgentId)
    .where("version", "=", version)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

export async function insertTeam(tx: Tx, id: string, name: string): Promise<void> {
  await people(tx).insertInto("team").values({ account_id: tx.accountId, id, name }).execute();
}
export async function allTeams(tx: Tx): Promise<{ id: string; name: string; version: number; members: string[] }[]> {
  const rows = await sql<{ id: string; name: string; version: number; members: string[] }>`
    select t.id, t.name, t.version, coalesce(array_agg(m.agent_id) filter (where m.agent_id is not null), '{}') as members
    from team t left join team_member m on m.account_id = t.account_id and m.team_id = t.id
    where t.account_id = ${tx.accountId} group by t.id, t.name, t.version order by t.name`.execute(tx.tables());
  return rows.rows;
}
/** True when the agent was not in all of them already. */
export async function insertMembers(tx: Tx, agentId: string, teamIds: readonly string[]): Promise<boolean> {
  if (teamIds.length === 0) return false;
  const done = await people(tx)
    .insertInto("team_member")
    .values(teamIds.map((team_id) => ({ account_id: tx.accountId, team_id, agent_id: agentId })))
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0) > 0;
}
export async function deleteMember(tx: Tx, agentId: string, teamId: string): Promise<boolean> {
  const done = await people(tx)
    .deleteFrom("team_member")
    .where("account_id", "=", tx.accountId)
    .where("team_id", "=", teamId)
    .where("agent_id", "=", agentId)
    .executeTakeFirst();
  return Number(done.numDeletedRows) > 0;
}
/** What a skill stands for: but for `skill` it is had or not had, and never relaxes. */
export type Clearance = "skill" | "brand" | "language" | "region" | "training";
export interface Skill {
  id: string;
  name: string;
  kind: "hard" | "soft";
  clearance: Clearance;
  /** Whatever is of these brands asks for it. */
  brandIds: string[];
  version: number;
}
export async function allSkills(tx: Tx): Promise<Skill[]> {
  const rows = await people(tx)
    .selectFrom("skill")
    .select(["id", "name", "kind", "clearance", "brand_ids", "version"])
    .where("account_id", "=", tx.accountId)
    .orderBy("name")
    .execute();
  return rows.map(({ brand_ids: brandIds, ...skill }) => ({ ...skill, brandIds }));
}
/** False when there is one of this name already. */
export async function insertSkill(tx: Tx, skill: Omit<Skill, "version">): Promise<boolean> {
  const { brandIds, ...rest } = skill;
  const done = await people(tx)
    .insertInto("skill")
    .values({ account_id: tx.accountId, ...rest, brand_ids: json(brandIds) })
    .onConflict((c) => c.columns(["account_id", "name"]).doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0) > 0;
}
export async function updateSkill(tx: Tx, skill: Skill): Promise<boolean> {
  const { id, version, brandIds, name, kind, clearance } = skill;
  const done = await people(tx)
    .updateTable("skill")
    .set({ name, kind, clearance, brand_ids: json(brandIds), version: version + 1 })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}
export interface SkillLevel {
  agentId: string;
  skillId: string;
  name: string;
  kind: "hard" | "soft";
  level: number;
  /** When it begins and ends by itself; null: it has always been there, it does not end. */
  validFrom: Instant | null;
  validUntil: Instant | null;
}
export async function skillLevels(tx: Tx): Promise<SkillLevel[]> {
  const rows = await sql<SkillLevel>`select a.agent_id as "agentId", a.skill_id as "skillId", s.name, s.kind, a.level,
      a.valid_from as "validFrom", a.valid_until as "validUntil"
    from agent_skill a join skill s on s.account_id = a.account_id and s.id = a.skill_id where a.account_id = ${tx.accountId}`.execute(
    tx.tables(),
  );
  return rows.rows;
}
export interface SkillGiven {
  skillId: string;
  level: number;
  validFrom?: Instant | null;
  validUntil?: Instant | null;
}
export async function replaceSkills(tx: Tx, agentId: string, skills: readonly SkillGiven[]): Promise<void> {
  await people(tx)
    .deleteFrom("agent_skill")
    .where("account_id", "=", tx.accountId)
    .where("agent_id", "=", agentId)
    .execute();
  if (skills.length > 0)
    await people(tx)
      .insertInto("agent_skill")
      .values(
        skills.map((s) => ({
          ...{ account_id: tx.accountId, agent_id: agentId, skill_id: s.skillId, level: s.level },
          ...{ valid_from: tsOrNull(s.validFrom ?? null), valid_until: tsOrNull(s.validUntil ?? null) },
        })),
      )
      .execute();
}
export async function insertAudit(
  tx: Tx,
  row: {
    id: string;
    actorKind: "agent" | "api-key" | "system";
    actorId: string | null;
    act: string;
    entity: string;
    entityId: string;
    detail: Record<string, unknown>;
  },
): Promise<void> {
  await people(tx)
    .insertInto("audit")
    .values({
      account_id: tx.accountId,
      id: row.id,
      at: ts(tx.now),
      actor_kind: row.actorKind,
      actor_id: row.actorId,
      act: row.act,
      entity: row.entity,
      entity_id: row.entityId,
      detail: json(row.detail),
      remote_ip: null,
      trace_id: tx.traceId ?? null,
    })
    .execute();
}
export async function auditPage(
  tx: Tx,
  before: string | null,
  limit: number,
): Promise<
  {
    id: string;
    at: Instant;
    actorKind: "agent" | "api-key" | "system";
    actorId: string | null;
    act: string;
    entity: string;
    entityId: string;
    detail: Record<string, unknown>;
  }[]
> {
  let q = people(tx)
    .selectFrom("audit")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .orderBy("id", "desc")
    .limit(limit);
  if (before) q = q.where("id", "<", before);
  return (await q.execute()).map((r) => ({
    id: r.id,
    at: r.at,
    actorKind: r.actor_kind,
    actorId: r.actor_id,
    act: r.act,
    entity: r.entity,
    entityId: r.entity_id,
    detail: r.detail,
  }));
}
