import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { AgentView, apiKeyMade, apiKeyView, auditRow, skillView, teamView } from "#contracts/people";
import type { PresenceView } from "#contracts/workforce";
import { api } from "../../shared/api/api.ts";
import type { Grant, NewGrant } from "./rights.ts";

export type Agent = AgentView;
export type Skill = z.infer<typeof skillView>;
export type Team = z.infer<typeof teamView>;
export type ApiKey = z.infer<typeof apiKeyView>;
export type ApiKeyMade = z.infer<typeof apiKeyMade>;
export type AuditRow = z.infer<typeof auditRow>;
export type Named = { id: string; name: string };

export const agentsQuery = queryOptions({
  queryKey: ["people", "agents"],
  queryFn: ({ signal }) => api.get<{ agents: Agent[] }>("/api/agents", undefined, signal),
});
export const teamsQuery = queryOptions({
  queryKey: ["people", "teams"],
  queryFn: ({ signal }) => api.get<{ teams: Team[] }>("/api/teams", undefined, signal),
});
export const skillsQuery = queryOptions({
  queryKey: ["people", "skills"],
  queryFn: ({ signal }) => api.get<{ skills: Skill[] }>("/api/skills", undefined, signal),
});
export const grantsQuery = queryOptions({
  queryKey: ["people", "grants"],
  queryFn: ({ signal }) =>
    api.get<{ grants: Grant[]; verbs: { verb: string; says: string; scopes: Grant["scope"][] }[] }>(
      "/api/grants",
      undefined,
      signal,
    ),
});
export const apiKeysQuery = queryOptions({
  queryKey: ["people", "api-keys"],
  queryFn: ({ signal }) => api.get<{ keys: ApiKey[] }>("/api/api-keys", undefined, signal),
});
export const brandsQuery = queryOptions({
  queryKey: ["account", "brands"],
  queryFn: ({ signal }) => api.get<{ brands: Named[] }>("/api/brands", undefined, signal),
});
export const queuesQuery = queryOptions({
  queryKey: ["settings", "queues"],
  queryFn: ({ signal }) => api.get<{ queues: Named[] }>("/api/queues", undefined, signal),
});
type AuditPage = { items: AuditRow[]; next: string | null };
export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  queryFn: ({ signal, pageParam }) => api.get<AuditPage>("/api/audit", { cursor: pageParam, limit: 50 }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page: AuditPage) => page.next,
  // What happened since the last look belongs at its head.
  staleTime: 0,
});

export type ForcedState = "available" | "busy" | "break" | "training" | "away" | "offline";
export function forcePresence(
  { agentId, ...wish }: { agentId: string; state: ForcedState; until: string | null; reason: string },
  commandId: string,
): Promise<PresenceView> {
  return api.put<PresenceView>(`/api/presence/${agentId}`, wish, { commandId });
}

export type NewAgent = {
  name: string;
  email: string;
  initials: string;
  locale: string;
  password: string;
  teamIds: string[];
};
export function addAgent(agent: NewAgent, commandId: string): Promise<Agent> {
  return api.post<Agent>("/api/agents", agent, { commandId });
}

export type AgentChange = {
  id: string;
  expectedVersion: number;
  name?: string;
  initials?: string;
  locale?: string;
  state?: Agent["state"];
};
export function changeAgent({ id, expectedVersion, ...change }: AgentChange, commandId: string): Promise<Agent> {
  return api.patch<Agent>(`/api/agents/${id}`, change, { commandId, expectedVersion });
}

export type SkillLevel = { skillId: string; level: number; validFrom: string | null; validUntil: string | null };
export function setSkills({ id, skills }: { id: string; skills: SkillLevel[] }, commandId: string): Promise<unknown> {
  return api.put(`/api/agents/${id}/skills`, { skills }, { commandId });
}

export function giveGrant(grant: NewGrant, commandId: string): Promise<unknown> {
  return api.post("/api/grants", grant, { commandId });
}
export function takeGrant(id: string, commandId: string): Promise<unknown> {
  return api.delete(`/api/grants/${id}`, {}, { commandId });
}
export function makeApiKey(key: { name: string; expiresAt: string | null }, commandId: string): Promise<ApiKeyMade> {
  return api.post<ApiKeyMade>("/api/api-keys", key, { commandId });
}
export function revokeApiKey(id: string, commandId: string): Promise<unknown> {
  return api.delete(`/api/api-keys/${id}`, {}, { commandId });
}
