import { z } from "zod";
import { expectedVersion, id, instant, locale } from "./common.ts";
import { grantView } from "./session.ts";

/** What a skill stands for; whatever is no mere skill is had or not had, and never relaxes. */
export const clearance = z.enum(["skill", "brand", "language", "region", "training"]);
/** `brandIds`: whatever is of these brands asks for it. */
export const skillView = z.object({
  ...{ id, name: z.string(), kind: z.enum(["hard", "soft"]), clearance, brandIds: z.array(id), version: z.int() },
});
export const newSkill = z.object({
  name: z.string().trim().min(1).max(120),
  kind: skillView.shape.kind,
  clearance: clearance.default("skill"),
  brandIds: z.array(id).max(100).default([]),
});
export const changeSkill = z.object({
  expectedVersion,
  name: newSkill.shape.name.optional(),
  kind: skillView.shape.kind.optional(),
  clearance: clearance.optional(),
  brandIds: z.array(id).max(100).optional(),
});
export const agentView = z.object({
  id,
  name: z.string(),
  email: z.string(),
  initials: z.string(),
  locale,
  state: z.enum(["active", "suspended"]),
  teams: z.array(z.object({ id, name: z.string() })),
  /** It counts from `validFrom` to `validUntil`; null: it has always been there, it does not end. */
  skills: z.array(
    z.object({ id, name: z.string(), level: z.int(), validFrom: instant.nullable(), validUntil: instant.nullable() }),
  ),
  version: z.int(),
});
export type AgentView = z.infer<typeof agentView>;
export const newAgent = z.object({
  name: z.string().trim().min(1).max(120),
  email: z.email().max(320),
  initials: z.string().trim().min(1).max(6),
  locale: locale.default("en"),
  password: z.string().min(10).max(1_000),
  teamIds: z.array(id).max(50).default([]),
});
export const changeAgent = z.object({
  expectedVersion,
  name: z.string().trim().min(1).max(120).optional(),
  initials: z.string().trim().min(1).max(6).optional(),
  locale: locale.optional(),
  state: z.enum(["active", "suspended"]).optional(),
});
export const setSkills = z.object({
  skills: z
    .array(
      z.object({
        ...{ skillId: id, level: z.int().min(0).max(100) },
        ...{ validFrom: instant.nullable().default(null), validUntil: instant.nullable().default(null) },
      }),
    )
    .max(200),
  /** The levels are told on another system's scale, such as best 1 and worst 20; without it they are 0 to 100, higher is better. */
  scale: z.object({ best: z.int().min(0).max(100), worst: z.int().min(0).max(100) }).optional(),
});
export const teamView = z.object({ id, name: z.string(), members: z.int(), version: z.int() });
export const newGrant = z.object({
  subjectKind: z.enum(["agent", "team", "api-key"]),
  subjectId: id,
  verb: z.string().min(1).max(60),
  scope: grantView.shape.scope,
  scopeId: id.nullable(),
});
/** A right there is, and where it can be given. */
export const verbView = z.object({ verb: z.string(), says: z.string(), scopes: z.array(grantView.shape.scope) });
export const grantRow = newGrant.extend({ id });
export const newApiKey = z.object({
  name: z.string().trim().min(1).max(120),
  expiresAt: instant.nullable().default(null),
});
/** The secret is shown once, in the answer that makes the key. */
export const apiKeyView = z.object({
  id,
  name: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export const apiKeyMade = apiKeyView.extend({ secret: z.string() });
export const auditRow = z.object({
  id,
  at: instant,
  actorKind: z.enum(["agent", "api-key", "system"]),
  actorId: id.nullable(),
  act: z.string(),
  entity: z.string(),
  entityId: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
