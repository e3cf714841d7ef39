import { queryOptions } from "@tanstack/react-query";
import type { QueueView } from "#contracts/routing";
import type { WorkViewView } from "#contracts/work-loop";
import { api } from "../../../shared/api/api.ts";
import { presenceQuery } from "../../../shared/api/presence-query.ts";

/** What the list shows: whose, and narrowed to what. */
export type Shown = { scope: "mine" | "team" | "all"; filter: string };

/** Saved lists with their counts; asked for when the bar is open, and every minute while it is. */
export const viewsQuery = queryOptions({
  queryKey: ["work-views"],
  queryFn: async ({ signal }) => (await api.get<{ views: WorkViewView[] }>("/api/desk/views", undefined, signal)).views,
  refetchInterval: 60_000,
});

export const queuesQuery = queryOptions({
  queryKey: ["queues"],
  queryFn: ({ signal }) => api.get<{ queues: QueueView[] }>("/api/queues", undefined, signal),
  staleTime: 30_000,
});

export { presenceQuery };
