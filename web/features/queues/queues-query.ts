import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { skillView, teamView } from "#contracts/people";
import type { changeQueue, QueueView, queueHelpers } from "#contracts/routing";
import { api } from "../../shared/api/api.ts";

export type Queue = QueueView;
export type Skill = z.infer<typeof skillView>;
export type Team = z.infer<typeof teamView>;
export type Helper = z.infer<typeof queueHelpers>["teams"][number];
export type QueueChange = Omit<z.input<typeof changeQueue>, "expectedVersion">;
export type Clearance = Skill["clearance"];

/** The account's own rules of handing out, as the setting `routing.rules` keeps them. */
export interface RoutingRules {
  wrapUpSeconds: Record<"phone" | "chat" | "dm" | "public" | "email", number>;
  wrapUpMostSeconds: number;
  maxTransfers: number;
  supervisorQueueId: string | null;
  authorCap: number;
  alikeCap: number;
}

export const queuesQuery = queryOptions({
  queryKey: ["settings", "queues", "full"],
  queryFn: ({ signal }) => api.get<{ queues: Queue[] }>("/api/queues", undefined, signal),
});
export const skillsQuery = queryOptions({
  queryKey: ["people", "skills"],
  queryFn: ({ signal }) => api.get<{ skills: Skill[] }>("/api/skills", undefined, signal),
});
export const brandsQuery = queryOptions({
  queryKey: ["account", "brands"],
  queryFn: ({ signal }) => api.get<{ brands: { id: string; name: string }[] }>("/api/brands", undefined, signal),
});
export const rulesQuery = queryOptions({
  queryKey: ["settings", "routing.rules"],
  queryFn: async ({ signal }) => {
    const { settings } = await api.get<{ settings: { key: string; value: unknown }[] }>(
      "/api/settings",
      undefined,
      signal,
    );
    // A read may not end without a value.
    return { rules: settings.find((one) => one.key === "routing.rules")?.value as RoutingRules | undefined };
  },
});
export function helpersQuery(queueId: string) {
  return queryOptions({
    queryKey: ["people", "helpers", queueId],
    queryFn: ({ signal }) => api.get<{ teams: Helper[] }>(`/api/queues/${queueId}/helpers`, undefined, signal),
  });
}

export function saveQueue(
  { id, expectedVersion, ...change }: QueueChange & { id: string; expectedVersion: number },
  commandId: string,
): Promise<unknown> {
  return api.put(`/api/queues/${id}`, change, { commandId, expectedVersion });
}
export function saveRules(rules: RoutingRules, commandId: string): Promise<unknown> {
  return api.put("/api/settings/routing.rules", { value: rules }, { commandId });
}
export function addSkill(
  skill: { name: string; kind: "hard" | "soft"; clearance: Clearance; brandIds: string[] },
  commandId: string,
): Promise<Skill> {
  return api.post<Skill>("/api/skills", skill, { commandId });
}
export function changeSkill(
  {
    id,
    expectedVersion,
    ...change
  }: { id: string; expectedVersion: number; clearance?: Clearance; kind?: Skill["kind"]; brandIds?: string[] },
  commandId: string,
): Promise<Skill> {
  return api.patch<Skill>(`/api/skills/${id}`, change, { commandId, expectedVersion });
}
