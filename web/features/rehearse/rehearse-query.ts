import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { AgentView, skillView, teamView } from "#contracts/people";
import type { Rehearsal, RehearsalAsked } from "#contracts/rehearse";
import type { QueueView } from "#contracts/routing";
import { api } from "../../shared/api/api.ts";

export const queuesQuery = queryOptions({
  queryKey: ["settings", "queues", "full"],
  queryFn: ({ signal }) => api.get<{ queues: QueueView[] }>("/api/queues", undefined, signal),
});
export const teamsQuery = queryOptions({
  queryKey: ["people", "teams"],
  queryFn: ({ signal }) => api.get<{ teams: z.infer<typeof teamView>[] }>("/api/teams", undefined, signal),
});
export const agentsQuery = queryOptions({
  queryKey: ["people", "agents"],
  queryFn: ({ signal }) => api.get<{ agents: AgentView[] }>("/api/agents", undefined, signal),
});
export const skillsQuery = queryOptions({
  queryKey: ["people", "skills"],
  queryFn: ({ signal }) => api.get<{ skills: z.infer<typeof skillView>[] }>("/api/skills", undefined, signal),
});

export function rehearse(asked: RehearsalAsked, commandId: string): Promise<Rehearsal> {
  return api.post<Rehearsal>("/api/rehearsals", asked, { commandId });
}
