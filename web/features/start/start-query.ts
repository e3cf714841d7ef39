import { queryOptions } from "@tanstack/react-query";
import type { WorkRow } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";

type Arriving = { items: WorkRow[]; counts: { waiting: number } };

/** Enough of the queue to find what came last: it is ordered by deadline, not by arrival. */
export const arrivingQuery = queryOptions({
  queryKey: ["work", "arriving"],
  queryFn: ({ signal }) => api.get<Arriving>("/api/desk/work", { view: "team", limit: 100 }, signal),
});

export const agentsQuery = queryOptions({
  queryKey: ["people", "agents"],
  queryFn: ({ signal }) => api.get<{ agents: { id: string; state: string }[] }>("/api/agents", undefined, signal),
});

/** The version of the first brand's policy; 0 while it works by the one it came with. */
export const policyVersionQuery = queryOptions({
  queryKey: ["policy", "start"],
  queryFn: async ({ signal }) => {
    const { brands } = await api.get<{ brands: { id: string }[] }>("/api/brands", undefined, signal);
    const first = brands[0];
    if (!first) return { version: 0 };
    return api.get<{ version: number }>(`/api/policies/${first.id}`, undefined, signal);
  },
});
