import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  MonitorBody,
  MonitorList,
  MonitorPosts,
  MonitorTried,
  MonitorTry,
  MonitorVersions,
  MonitorView,
  QueryAdopt,
  QueryAdopted,
} from "#contracts/monitors";
import { api } from "../../shared/api/api.ts";
import { every } from "../../shared/api/query-client.ts";

export type Monitor = MonitorView;
export type Post = MonitorPosts["items"][number];
export type { MonitorBody, MonitorTried, MonitorTry, QueryAdopted };

const MONITORS = ["monitors"] as const;
/** What is caught is not told by the live stream: a hot monitor would wake every desk. The page looks again while it is open. */
const LOOK_AGAIN = 10_000;

export const monitorsQuery = queryOptions({
  queryKey: [...MONITORS, "list"],
  queryFn: ({ signal }) => api.get<MonitorList>("/api/monitors", undefined, signal),
  refetchInterval: every(LOOK_AGAIN),
});

export function postsQuery(monitorId: string) {
  return infiniteQueryOptions({
    queryKey: [...MONITORS, "posts", monitorId],
    queryFn: ({ pageParam, signal }) =>
      api.get<MonitorPosts>(
        `/api/monitors/${monitorId}/posts`,
        { limit: 25, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: every(LOOK_AGAIN),
  });
}

export function versionsQuery(monitorId: string) {
  return queryOptions({
    queryKey: [...MONITORS, "versions", monitorId],
    queryFn: ({ signal }) => api.get<MonitorVersions>(`/api/monitors/${monitorId}/versions`, undefined, signal),
  });
}

/** What a query as it stands on the screen would bring; the answer before stays until the next one is there. */
export function triedQuery(asked: MonitorTry) {
  return queryOptions({
    queryKey: [...MONITORS, "try", asked],
    queryFn: () => api.post<MonitorTried>("/api/monitors/try", asked),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
}

export function makeMonitor(body: MonitorBody, commandId: string): Promise<Monitor> {
  return api.post<Monitor>("/api/monitors", body, { commandId });
}
export function changeMonitor(
  { id, expectedVersion, ...body }: MonitorBody & { id: string; expectedVersion: number },
  commandId: string,
): Promise<Monitor> {
  return api.put<Monitor>(`/api/monitors/${id}`, body, { commandId, expectedVersion });
}
export function switchMonitor(
  { id, on, expectedVersion }: { id: string; on: boolean; expectedVersion: number },
  commandId: string,
): Promise<Monitor> {
  return api.put<Monitor>(`/api/monitors/${id}/switch`, { on }, { commandId, expectedVersion });
}
export function removeMonitor(
  { id, expectedVersion }: { id: string; expectedVersion: number },
  commandId: string,
): Promise<unknown> {
  return api.delete(`/api/monitors/${id}`, { commandId, expectedVersion });
}
export function adoptQuery(asked: QueryAdopt, commandId: string): Promise<QueryAdopted> {
  return api.post<QueryAdopted>("/api/monitors/adopt", asked, { commandId });
}
