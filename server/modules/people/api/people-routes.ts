import { z } from "zod";
import { cursor, done, id, pageOf } from "#contracts/common";
import {
  agentView,
  apiKeyMade,
  apiKeyView,
  auditRow,
  changeAgent as changeBody,
  changeSkill as changeSkillBody,
  grantRow,
  newAgent,
  newApiKey,
  newGrant,
  newSkill,
  setSkills,
  skillView,
  teamView,
  verbView,
} from "#contracts/people";
import { type Instant, instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { uuidv7 } from "#platform/ids";
import { can, scopesOf, type Verb, verbs } from "../domain/access.ts";
import { levelFrom, type SkillScale } from "../domain/skill-scale.ts";
import {
  addAgent,
  addSkill,
  audit,
  changeAgent,
  changeSkill,
  grant,
  need,
  type QueueIsHere,
  revoke,
  setAgentSkills,
} from "../people.ts";
import { type Agent, allAgents, allSkills, allTeams, auditPage, skillLevels } from "../store/agent-store.ts";
import { type ApiKey, allApiKeys, allGrants, insertApiKey, revokeApiKey } from "../store/grant-store.ts";
import { hashOf, makeApiSecret } from "../tokens.ts";

const tag = "people";
const byId = z.object({ id });
/** Our level, wherever the scale has its best. */
function levelOf(told: number, scale: SkillScale | undefined): number {
  const level = scale ? levelFrom(told, scale) : told;
  if (level === null)
    throw new AppError("invalid-request", `Level ${told} is not on the scale you named: tell its best and its worst.`);
  return level;
}
const isoOrNull = (at: Instant | null) => (at === null ? null : iso(at));

async function presentAgents(
  tx: Tx,
  agents: readonly Agent[],
  withEmail: boolean,
): Promise<z.input<typeof agentView>[]> {
  const [teams, levels] = [await allTeams(tx), await skillLevels(tx)];
  return agents.map((a) => ({
    id: a.id,
    name: a.name,
    email: withEmail ? a.email : "",
    initials: a.initials,
    locale: a.locale,
    state: a.state,
    version: a.version,
    teams: teams.filter((t) => t.members.includes(a.id)).map((t) => ({ id: t.id, name: t.name })),
    skills: levels
      .filter((s) => s.agentId === a.id)
      .map((s) => ({
        ...{ id: s.skillId, name: s.name, level: s.level },
        ...{ validFrom: isoOrNull(s.validFrom), validUntil: isoOrNull(s.validUntil) },
      })),
  }));
}
const presentKey = (k: ApiKey) =>
  ({
    id: k.id,
    name: k.name,
    createdAt: iso(k.createdAt),
    expiresAt: k.expiresAt && iso(k.expiresAt),
    revokedAt: k.revokedAt && iso(k.revokedAt),
    lastUsedAt: k.lastUsedAt && iso(k.lastUsedAt),
  }) as z.input<typeof apiKeyView>;

export function peopleRoutes(r: Routes, deps: { queueIsHere: QueueIsHere }): void {
  r.query(
    "/api/agents",
    {
      summary: "The agents; e-mail addresses only for who manages people",
      tag,
      response: z.object({ agents: z.array(agentView) }),
    },
    async (tx, { actor }) => {
      need(actor, "work.read");
      return { agents: await presentAgents(tx, await allAgents(tx), can(actor, "people.manage", {})) };
    },
  );
  r.command(
    "POST",
    "/api/agents",
    { summary: "Add an agent", tag, body: newAgent, response: agentView, status: 201 },
    async (tx, { actor, body }) => {
      need(actor, "people.manage", {});
      const agentId = await addAgent(tx, body);
      await audit(tx, actor, "agent.added", "agent", agentId);
      return (
        await presentAgents(
          tx,
          (await allAgents(tx)).filter((a) => a.id === agentId),
          true,
        )
      )[0]!;
    },
  );
  r.command(
    "PATCH",
    "/api/agents/:id",
    {
      summary: "Change an agent; suspending ends all sessions",
      tag,
      params: byId,
      body: changeBody,
      response: agentView,
    },
    async (tx, { actor, params, body }) => {
      need(actor, "people.manage", {});
      const { expectedVersion, ...change } = body;
      const agent = await changeAgent(
        tx,
        params.id,
        expectedVersion,
        Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined)),
      );
      await audit(tx, actor, "agent.changed", "agent", params.id, change);
      return (await presentAgents(tx, [agent], true))[0]!;
    },
  );
  r.command(
    "PUT",
    "/api/agents/:id/skills",
    { summary: "Set an agent's skills and levels", tag, params: byId, body: setSkills, response: done },
    async (tx, { actor, params, body }) => {
      need(actor, "people.manage", {});
      const skills = body.skills.map((s) => ({
        ...{ skillId: s.skillId, level: levelOf(s.level, body.scale) },
        ...{ validFrom: instantOf(s.validFrom ?? ""), validUntil: instantOf(s.validUntil ?? "") },
      }));
      await setAgentSkills(tx, params.id, skills);
      await audit(tx, actor, "agent.skills", "agent", params.id, body);
      return { ok: true as const };
    },
  );
  r.query(
    "/api/teams",
    { summary: "The teams", tag, response: z.object({ teams: z.array(teamView) }) },
    async (tx, { actor }) => {
      need(actor, "work.read");
      return {
        teams: (await allTeams(tx)).map((t) => ({
          id: t.id,
          name: t.name,
          members: t.members.length,
          version: t.version,
        })),
      };
    },
  );
  r.query(
    "/api/skills",
    { summary: "The skills", tag, response: z.object({ skills: z.array(skillView) }) },
    async (tx, { actor }) => {
      need(actor, "work.read");
      return { skills: await allSkills(tx) };
    },
  );
  r.command(
    "POST",
    "/api/skills",
    {
      ...{ summary: "Add a skill or a clearance", tag, body: newSkill, response: skillView, status: 201 },
    },
    async (tx, { actor, body }) => {
      need(actor, "people.manage", {});
      const skillId = await addSkill(tx, body.name, body.kind, body);
      await audit(tx, actor, "skill.added", "skill", skillId, body);
      return (await allSkills(tx)).find((skill) => skill.id === skillId)!;
    },
  );
  r.command(
    "PATCH",
    "/api/skills/:id",
    { summary: "Change what a skill stands for", tag, params: byId, body: changeSkillBody, response: skillView },
    async (tx, { actor, params, body }) => {
      need(actor, "people.manage", {});
      const { expectedVersion, ...change } = body;
      const given = Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined));
      const skill = await changeSkill(tx, params.id, expectedVersion, given);
      await audit(tx, actor, "skill.changed", "skill", params.id, given);
      return skill;
    },
  );

  r.query(
    "/api/grants",
    {
      summary: "All rights that were given, and all there are",
      tag,
      response: z.object({
        grants: z.array(grantRow),
        verbs: z.array(verbView),
      }),
    },
    async (tx, { actor }) => {
      need(actor, "people.manage", {});
      return {
        grants: await allGrants(tx),
        verbs: Object.entries(verbs).map(([verb, says]) => ({ verb, says, scopes: [...scopesOf[verb as Verb]] })),
      };
    },
  );
  r.command(
    "POST",
    "/api/grants",
    { summary: "Give a right", tag, body: newGrant, response: byId, status: 201 },
    async (tx, { actor, body }) => {
      need(actor, "people.manage", {});
      const grantId = await grant(tx, body, deps.queueIsHere);
      await audit(tx, actor, "grant.given", "grant", grantId, body);
      return { id: grantId };
    },
  );
  r.command(
    "DELETE",
    "/api/grants/:id",
    { summary: "Take a right back", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      need(actor, "people.manage", {});
      await revoke(tx, params.id);
      await audit(tx, actor, "grant.taken", "grant", params.id);
      return { ok: true as const };
    },
  );

  r.query(
    "/api/api-keys",
    { summary: "API keys, without their secrets", tag, response: z.object({ keys: z.array(apiKeyView) }) },
    async (tx, { actor }) => {
      need(actor, "people.manage", {});
      return { keys: (await allApiKeys(tx)).map(presentKey) };
    },
  );
  r.command(
    "POST",
    "/api/api-keys",
    {
      summary: "Make an API key; the secret is shown this once. Give it rights with POST /api/grants.",
      tag,
      body: newApiKey,
      response: apiKeyMade,
      status: 201,
    },
    async (tx, { actor, body }) => {
      need(actor, "people.manage", {});
      const keyId = uuidv7(tx.now);
      const secret = makeApiSecret(tx.accountId, keyId);
      await insertApiKey(tx, {
        id: keyId,
        name: body.name,
        hash: hashOf(secret),
        createdBy: actor.id,
        expiresAt: body.expiresAt === null ? null : instantOf(body.expiresAt),
      });
      await audit(tx, actor, "api-key.made", "api-key", keyId, { name: body.name });
      return {
        id: keyId,
        name: body.name,
        createdAt: iso(tx.now),
        expiresAt: body.expiresAt,
        revokedAt: null,
        lastUsedAt: null,
        secret,
      };
    },
  );
  r.command(
    "DELETE",
    "/api/api-keys/:id",
    { summary: "Revoke an API key at once", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      need(actor, "people.manage", {});
      if (!(await revokeApiKey(tx, params.id))) throw notFound("API key");
      await audit(tx, actor, "api-key.revoked", "api-key", params.id);
      return { ok: true as const };
    },
  );

  r.query(
    "/api/audit",
    {
      summary: "Who did what and who looked, newest first",
      tag,
      query: z.object({ cursor, limit: z.coerce.number().int().min(1).max(200).default(50) }),
      response: pageOf(auditRow),
    },
    async (tx, { actor, query }) => {
      need(actor, "audit.read", {});
      const before = query.cursor && id.safeParse(query.cursor).success ? query.cursor : null;
      const rows = await auditPage(tx, before, query.limit + 1);
      const items = rows.slice(0, query.limit).map((row) => ({ ...row, at: iso(row.at) }));
      return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
    },
  );
}
